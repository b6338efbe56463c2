import { expect } from 'chai'
import { Dna, oneOf, Space, StudyError } from '../../src/search/index.ts'
import type { AnswerRecord } from '../../src/search/storage.ts'
import { reasonOf, rewardProblem, Trial } from '../../src/search/trial.ts'

const { spec } = Space.of([oneOf([1, 2])])

/** A trial on a desk that notes what it is asked. */
function trialOnDesk(): { trial: Trial<string>; answers: AnswerRecord[]; made: () => number } {
  const answers: AnswerRecord[] = []
  let made = 0
  const trial = new Trial<string>({ id: 3, dna: Dna.fromNumbers([1], spec), parents: [1] }, 1, {
    materialize: dna => `${++made}: ${dna}`,
    answer: (_, answer) => void answers.push(answer),
  })
  return { trial, answers, made: () => made }
}

describe('Trial', () => {
  it('makes its value once, when asked for', () => {
    const { trial, made } = trialOnDesk()
    expect(made()).to.equal(0)
    expect([trial.value, trial.value, made()]).to.deep.equal(['1: 1', '1: 1', 1])
    expect([trial.id, String(trial.dna), trial.parents, trial.attempt]).to.deep.equal([3, '1', [1], 1])
  })

  it('answers as data', () => {
    const { trial, answers } = trialOnDesk()
    trial.tell(0.5)
    trial.tell(-1, { metrics: { size: 4 } })
    trial.skip('too big')
    trial.skip()
    trial.fail(new RangeError('out of it'))
    trial.fail('text')
    expect(answers).to.deep.equal([
      { type: 'tell', id: 3, reward: 0.5 },
      { type: 'tell', id: 3, reward: -1, metrics: { size: 4 } },
      { type: 'skip', id: 3, reason: 'too big' },
      { type: 'skip', id: 3, reason: '' },
      { type: 'fail', id: 3, reason: 'RangeError: out of it' },
      { type: 'fail', id: 3, reason: 'text' },
    ])
  })

  it('refuses rewards and metrics that are no finite numbers', () => {
    const { trial, answers } = trialOnDesk()
    expect(() => trial.tell(Number.NaN)).to.throw(
      StudyError,
      'the reward of trial 3 must be a finite number, got NaN; what cannot be scored is answered by trial.skip(reason)',
    )
    expect(() => trial.tell(Number.POSITIVE_INFINITY)).to.throw(StudyError, 'got Infinity')
    expect(() => trial.tell('1' as unknown as number)).to.throw(StudyError, 'got "1"')
    expect(() => trial.tell(undefined as unknown as number)).to.throw(StudyError, 'got undefined')
    expect(() => trial.tell(1, { metrics: { loss: Number.NaN } })).to.throw(
      StudyError,
      "the metric 'loss' of trial 3",
    )
    expect(answers).to.deep.equal([])
    expect(rewardProblem(1, 0)).to.equal(null)
  })

  it('has a signal that aborts when the trial is dropped', () => {
    const { trial } = trialOnDesk()
    const { signal } = trial
    expect(signal.aborted).to.equal(false)
    trial.drop()
    expect(signal.aborted).to.equal(true)
    const other = trialOnDesk().trial
    other.drop()
    expect(other.signal.aborted).to.equal(true)
  })

  it('gives the reason of an error in a line', () => {
    expect([reasonOf(new TypeError('x')), reasonOf(null), reasonOf(5)]).to.deep.equal([
      'TypeError: x',
      'null',
      '5',
    ])
  })
})
