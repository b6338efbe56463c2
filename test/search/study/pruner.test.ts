import { expect } from 'chai'
import { StudyError } from '../../../src/search/errors.ts'
import {
  allPruners,
  anyPruner,
  type Course,
  gaugeOf,
  metricSettings,
  type PruneQuestion,
  type Pruner,
} from '../../../src/search/study/pruner.ts'
import type { Direction } from '../../../src/search/study/records.ts'

const course = (...reports: [step: number, values: Record<string, number>][]): Course => ({
  id: 1,
  isComplete: false,
  reports: reports.map(([step, values]) => ({ step, values })),
})

const asked = (trial: Course, direction: Direction, past: readonly Course[] = []): PruneQuestion => ({
  trial,
  past,
  directions: [direction],
})

describe('a gauge', () => {
  const loss = course([1, { reward: 5, loss: 3 }], [4, { loss: 2 }], [9, { loss: 4, toString: 1 }])

  it('reads what a trial had at a step, or last before it', () => {
    const { at } = gaugeOf({ metric: 'loss' }, asked(loss, 'maximize'))
    expect([0, 1, 3, 4, 100].map(step => at(loss, step))).to.deep.equal([undefined, 3, 3, 2, 4])
    expect(gaugeOf({}, asked(loss, 'maximize')).at(loss, 9)).to.equal(5)
    expect(gaugeOf({ metric: 'valueOf' }, asked(loss, 'maximize')).at(loss, 9)).to.equal(undefined)
  })

  it('turns values so that more is better', () => {
    expect(gaugeOf({ metric: 'loss' }, asked(loss, 'minimize')).best(loss)).to.equal(-2)
    expect(gaugeOf({ metric: 'loss', direction: 'minimize' }, asked(loss, 'maximize')).at(loss, 4)).to.equal(
      -2,
    )
    expect(gaugeOf({ metric: 'loss' }, asked(loss, 'maximize')).best(loss)).to.equal(4)
    expect(gaugeOf({ metric: 'none' }, asked(loss, 'maximize')).best(loss)).to.equal(undefined)
  })

  it('refuses a metric once it is plain that nobody reports it', () => {
    const done = { ...loss, isComplete: true }
    const read = (metric: string, past: readonly Course[]): void =>
      void gaugeOf({ metric }, { ...asked(loss, 'maximize', past), trial: { ...loss, id: 7 } })
    read('lost', [loss])
    read('loss', [done])
    expect(() => read('lost', [done])).to.throw(
      StudyError,
      "the pruner looks at 'lost', and trials report reward, loss, toString; write: { metric: 'reward', direction: … }",
    )
  })

  it('has settings that say what it reads', () => {
    expect(metricSettings({})).to.deep.equal({})
    expect(metricSettings({ metric: 'a', direction: 'minimize' })).to.deep.equal({
      metric: 'a',
      direction: 'minimize',
    })
    expect(() => metricSettings({ direction: 'up' as 'minimize' })).to.throw(StudyError, "got 'up'")
  })
})

describe('pruners together', () => {
  const fixed = (answer: boolean, hasMetric = true): Pruner => ({
    name: `${answer}`,
    settings: {},
    hasMetric,
    shouldPrune: () => answer,
  })
  const question = { trial: course(), past: [], directions: ['maximize'] as const }

  it('prune when one of them does, or all', () => {
    const [yes, no] = [fixed(true), fixed(false)]
    expect(anyPruner(no, yes).shouldPrune(question)).to.equal(true)
    expect(anyPruner(no, no).shouldPrune(question)).to.equal(false)
    expect(allPruners(no, yes).shouldPrune(question)).to.equal(false)
    expect(allPruners(yes, yes).shouldPrune(question)).to.equal(true)
  })

  it('are known by their parts', () => {
    const { settings, hasMetric } = anyPruner(fixed(true), fixed(false, false))
    expect(settings).to.deep.equal([
      { name: 'true', settings: {} },
      { name: 'false', settings: {} },
    ])
    expect(hasMetric).to.equal(false)
    expect(() => anyPruner()).to.throw(StudyError, 'any of no pruners makes no sense')
  })
})
