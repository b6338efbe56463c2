import { expect } from 'chai'
import { Dna, oneOf, Space, StudyError } from '../../../src/search/index.ts'
import type { AnswerRecord, ReportRecord } from '../../../src/search/study/records.ts'
import { reasonOf, rewardProblem, Trial } from '../../../src/search/study/trial.ts'

const { spec } = Space.of([oneOf([1, 2])])

/** A trial on a desk that notes what it is asked. */
function trialOnDesk(objectives = 1): {
  trial: Trial<string>
  answers: AnswerRecord[]
  reports: ReportRecord[]
  made: () => number
} {
  const reports: ReportRecord[] = []
  const answers: AnswerRecord[] = []
  let made = 0
  const trial = new Trial<string>({ id: 3, dna: Dna.fromNumbers([1], spec), parents: [1] }, 1, {
    objectives,
    report: (_, report) => void reports.push(report),
    shouldPrune: () => false,
    materialize: dna => `${++made}: ${dna}`,
    answer: (_, { time: _time, ...answer }) => void answers.push(answer),
  })
  return { trial, answers, reports, made: () => made }
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

  it('answers several objectives with as many numbers, and any with a cost', () => {
    const { trial, answers } = trialOnDesk(2)
    for (const reward of [1, [1], [1, Number.NaN], [1, 2, 3]]) {
      expect(() => trial.tell(reward)).to.throw(StudyError, 'must be a list of 2 finite numbers')
    }
    const values = [1, 2]
    trial.tell(values, { cost: 3 })
    values.push(3)
    trial.skip('no', { cost: 0 })
    trial.prune()
    trial.prune('slow')
    expect(answers).to.deep.equal([
      { type: 'tell', id: 3, reward: [1, 2], cost: 3 },
      { type: 'skip', id: 3, reason: 'no', cost: 0 },
      { type: 'prune', id: 3, reason: '' },
      { type: 'prune', id: 3, reason: 'slow' },
    ])
    expect(() => trial.skip('', { cost: -1 })).to.throw(
      StudyError,
      'the cost of trial 3 must be a number of at least 0',
    )
  })

  it('reports numbers at steps that grow', () => {
    const { trial, reports } = trialOnDesk()
    trial.report(0, 0.5)
    trial.report(3, { loss: 2, reward: 1 })
    expect(reports).to.deep.equal([
      { type: 'report', id: 3, step: 0, values: { reward: 0.5 } },
      { type: 'report', id: 3, step: 3, values: { loss: 2, reward: 1 } },
    ])
    for (const step of [3, 2, 3.5, Number.NaN]) {
      expect(() => trial.report(step, 1)).to.throw(
        StudyError,
        `must be an integer of more than 3, got ${step}`,
      )
    }
    expect(() => trial.report(4, Number.NaN)).to.throw(
      StudyError,
      "the report 'reward' of trial 3 must be a finite number",
    )
    trial.report(4, 1)
  })

  it('has a signal that aborts when its time is up, with the reason', () => {
    for (const early of [true, false]) {
      const { trial } = trialOnDesk()
      if (early) expect(trial.signal.aborted).to.equal(false)
      trial.expire(new RangeError('late'))
      expect(trial.signal.aborted).to.equal(true)
      expect(trial.signal.reason).to.be.instanceOf(RangeError)
      expect(trial.state).to.equal('open')
    }
  })

  it('gives the reason of an error in a line', () => {
    expect([reasonOf(new TypeError('x')), reasonOf(null), reasonOf(5)]).to.deep.equal([
      'TypeError: x',
      'null',
      '5',
    ])
  })
})
