import { expect } from 'chai'
import {
  floatV,
  MemoryStorage,
  progress,
  randomSearch,
  Space,
  Study,
  type StudyOptions,
} from '../../../src/search/index.ts'
import { millisecondsLeft, statusText, summaryText, Tally } from '../../../src/search/report/progress.ts'
import { paper } from './paper.ts'

const space = Space.of({ x: floatV(0, 1) })
const study = (options: StudyOptions = {}): Study<unknown> =>
  new Study<unknown>(space, randomSearch(), options)
const dna = space.first()
const told = (id: number, ...values: number[]) =>
  ({ status: 'told', id, dna, parents: [], reward: values[0] as number, values, metrics: {} }) as const
const failed = { status: 'failed', id: 9, dna, parents: [], reason: 'no' } as const
const nothing = { trials: 0, cost: 0, ms: 0 }

describe('progress', () => {
  it('is a line per improvement and a summary where there is no terminal', async () => {
    const output = paper()
    const rewards = [-1, 3, 2, 5]
    const search = study({ budget: { trials: 4 } })
    await search.optimize((_, { id }) => rewards[id - 1] as number, { progress: output })
    expect(output.text.replace(/after [\d.]+ ms|in [\d.]+ ms|\([\d.,]+\/s\)/g, '~')).to.equal(
      [
        'trial 1: best -1 ~',
        'trial 2: best 3 ~',
        'trial 4: best 5 ~',
        '4 trials ~ ~, ended by budget; best 5 (trial 4)',
        '',
      ].join('\n'),
    )
  })

  it('is one line on a terminal, and the summary in its place', async () => {
    const output = paper({ isTTY: true, columns: 200 })
    const search = study({ budget: { trials: 3 } })
    await search.optimize((_, { id }) => id, { progress: output })
    const [, first, ...others] = output.text.split('\r')
    expect(first).to.match(/^1\/3 trials {2}.*best 1 \(trial 1\).*\[K$/)
    expect(others.at(-1)).to.match(/^.\[K3 trials in .*\n$/)
    expect(output.text.match(/\n/g)).to.have.length(1)
  })

  it('ends with a summary when the study is aborted or fails', async () => {
    const output = paper()
    const controller = new AbortController()
    const search = study()
    await search.optimize(
      (_, { id }) => {
        if (id === 2) controller.abort()
        return id
      },
      { signal: controller.signal, progress: output },
    )
    expect(output.text).to.match(/\n1 trial in [^\n]*, aborted; best 1 \(trial 1\)\n$/)
    const other = paper()
    const fails = study({ budget: { trials: 3 } }).optimize(() => Number.NaN, { progress: other })
    await fails.then(
      () => expect.fail('it should fail'),
      () => {},
    )
    expect(other.text).to.match(/^1 trial in .*, not ended; no trial has a reward; 1 failed\n$/)
  })

  it('shows a loop until it is stopped, once', async () => {
    const output = paper()
    const search = study({ directions: ['maximize', 'minimize'] })
    const shown = progress(search, { stream: output })
    for await (const trial of search.trials(2)) trial.tell([trial.id, trial.id])
    shown.stop()
    shown[Symbol.dispose]()
    for await (const trial of search.trials(3)) trial.tell([9, 9])
    expect(output.text).to.match(
      /^trial 1: on the front with 1, 1 .*\ntrial 2: on the front with 2, 2 .*\n2 trials in [^\n]*; 2 trials on the front\n$/,
    )
  })

  it('does not repeat what the storage holds already', async () => {
    const storage = new MemoryStorage()
    await study({ storage, budget: { trials: 2 } }).optimize((_, { id }) => id)
    const output = paper()
    await study({ storage, budget: { trials: 3 } }).optimize(() => 0, { progress: output })
    expect(output.text).to.match(/^3 trials, 1 of them now, in [^\n]*; best 2 \(trial 2\)\n$/)
  })

  it('leaves no timer', async () => {
    await null // Mocha sets a timer of its own when a test begins to wait.
    const before = process.getActiveResourcesInfo().filter(each => each === 'Timeout').length
    await study({ budget: { trials: 2 } }).optimize((_, { id }) => id, { progress: paper({ isTTY: true }) })
    expect(process.getActiveResourcesInfo().filter(each => each === 'Timeout').length).to.be.at.most(before)
  })
})

describe('the words of progress', () => {
  it('say how far, how fast, how good and how long', () => {
    const tally = new Tally({ directions: ['maximize'] })
    expect(tally.take([told(1, 0.5), failed, told(3, 0.25)])).to.deep.equal([told(1, 0.5)])
    const now = { trials: 3, cost: 2, ms: 6000 }
    expect(statusText(tally, { budget: { trials: 9 } }, nothing, now)).to.equal(
      '3/9 trials  0.5/s  best 0.5 (trial 1)  1 failed  6.0 s, 12.0 s to go',
    )
    expect(statusText(tally, { budget: {} }, now, { ...now, ms: 7000 })).to.equal(
      '3 trials  best 0.5 (trial 1)  1 failed  7.0 s',
    )
    expect(summaryText(tally, 'target', nothing, now)).to.equal(
      '3 trials in 6.0 s (0.5/s), ended by target; best 0.5 (trial 1); 1 failed; cost 2',
    )
  })

  it('reckon with the budget that is used up first', () => {
    const now = { trials: 10, cost: 4, ms: 1000 }
    expect(millisecondsLeft({ trials: 30, cost: 5 }, nothing, now)).to.equal(250)
    expect(millisecondsLeft({ trials: 30, seconds: 100 }, nothing, now)).to.equal(2000)
    expect(millisecondsLeft({ seconds: 1.5 }, nothing, now)).to.equal(500)
    expect(millisecondsLeft({ trials: 30 }, now, now)).to.equal(null)
    expect(millisecondsLeft({}, nothing, now)).to.equal(null)
    expect(millisecondsLeft({ trials: 5 }, nothing, now)).to.equal(0)
  })
})
