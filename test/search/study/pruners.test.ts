import { expect } from 'chai'
import {
  type Course,
  gatePruner,
  hyperband,
  intV,
  MemoryStorage,
  medianPruner,
  type Pruner,
  randomSearch,
  rankPruner,
  Space,
  Study,
  StudyError,
  type StudyOptions,
  successiveHalving,
} from '../../../src/search/index.ts'

/** A trial that reported values at steps 1, 2, 3 and so on. */
const course = (id: number, values: readonly number[], isComplete = true): Course => ({
  id,
  isComplete,
  reports: values.map((reward, i) => ({ step: i + 1, values: { reward } })),
})
const asks = (
  pruner: Pruner,
  trial: Course,
  past: readonly Course[],
  direction: 'maximize' | 'minimize' = 'maximize',
) => pruner.shouldPrune({ trial, past, directions: [direction] })
const flat = (id: number, value: number, steps = 4): Course => course(id, Array(steps).fill(value))

describe('medianPruner', () => {
  const past = [1, 2, 3, 4, 5].map(value => flat(value, value))

  it('prunes what is below the median at the step, by its best so far', () => {
    expect(asks(medianPruner(), course(9, [2.9]), past)).to.equal(true)
    expect(asks(medianPruner(), course(9, [3]), past)).to.equal(false)
    expect(asks(medianPruner(), course(9, [3.5, 0]), past)).to.equal(false)
    expect(asks(medianPruner(), course(9, [3.5]), past, 'minimize')).to.equal(true)
  })

  it('waits for enough that completed, and for the warmup', () => {
    expect(asks(medianPruner(), course(9, [0]), past.slice(1))).to.equal(false)
    expect(asks(medianPruner({ startup: 4 }), course(9, [0]), past.slice(1))).to.equal(true)
    const open = past.map(each => ({ ...each, isComplete: false }))
    expect(asks(medianPruner(), course(9, [0]), open)).to.equal(false)
    expect(asks(medianPruner({ warmup: 2 }), course(9, [0, 0]), past)).to.equal(false)
    expect(asks(medianPruner({ warmup: 2 }), course(9, [0, 0, 0]), past)).to.equal(true)
  })

  it('takes another quantile', () => {
    expect(asks(medianPruner({ quantile: 0.75 }), course(9, [3.9]), past)).to.equal(true)
    expect(asks(medianPruner({ quantile: 0.25 }), course(9, [2.1]), past)).to.equal(false)
    expect(
      asks(medianPruner({ quantile: 0.1, startup: 2 }), course(9, [1.1]), [flat(1, 1), flat(2, 3)]),
    ).to.equal(true)
  })
})

describe('successiveHalving', () => {
  const pruner = successiveHalving({ factor: 2 })

  it('keeps the best half at each rung: 1, 2, 4', () => {
    const past = [1, 2, 3].map(value => flat(value, value))
    expect(asks(pruner, course(9, [2]), past)).to.equal(false)
    expect(asks(pruner, course(9, [1.5]), past)).to.equal(true)
    expect(asks(pruner, course(9, [9, 0]), past)).to.equal(true)
    expect(asks(pruner, course(9, [9, 9, 0]), past), 'between rungs').to.equal(false)
    expect(asks(pruner, course(9, [9, 9, 9, 0]), past)).to.equal(true)
  })

  it('compares with those that came as far alone, also those that were pruned there', () => {
    const past = [flat(1, 5, 1), flat(2, 5, 1), { ...flat(3, 1, 2), isComplete: false }]
    expect(asks(pruner, course(9, [1]), past)).to.equal(true)
    expect(asks(pruner, course(9, [9, 2]), past)).to.equal(false)
    expect(asks(pruner, course(9, [-9]), [])).to.equal(false)
  })

  it('takes steps that jump over rungs', () => {
    const jump: Course = { id: 9, isComplete: false, reports: [{ step: 7, values: { reward: 0 } }] }
    expect(asks(pruner, jump, [flat(1, 5), flat(2, 5)])).to.equal(true)
    expect(asks(successiveHalving({ minSteps: 8 }), jump, [flat(1, 5), flat(2, 5)])).to.equal(false)
  })
})

describe('hyperband', () => {
  const pruner = hyperband({ maxSteps: 9 })

  it('compares within brackets, which begin at 1, 3 and 9', () => {
    const firsts = new Map<string, number>()
    for (let id = 1000; id < 1300; id++) {
      const past = Array.from({ length: 900 }, (_, i) => flat(i + 1, 5, 9))
      const stops = [1, 2, 3, 9].filter(step => {
        const trial = course(id, Array(step).fill(0))
        const before = asks(pruner, course(id, Array(Math.max(1, step - 1)).fill(9)), past)
        return !before && asks(pruner, trial, past)
      })
      firsts.set(String(stops), (firsts.get(String(stops)) ?? 0) + 1)
    }
    expect([...firsts.keys()].sort()).to.deep.equal(['1,3,9', '3,9', '9'])
    // 9 : 5 : 3, so that each bracket costs about the same.
    expect(firsts.get('1,3,9')).to.be.within(130, 190)
    expect(firsts.get('9')).to.be.within(30, 80)
  })
})

describe('gatePruner', () => {
  it('asks for a value at a step', () => {
    const pruner = gatePruner({ 2: 0.5, 4: 0.8 })
    expect(asks(pruner, course(1, [0]), [])).to.equal(false)
    expect(asks(pruner, course(1, [0, 0.4]), [])).to.equal(true)
    expect(asks(pruner, course(1, [0, 0.5, 0]), [])).to.equal(false)
    expect(asks(pruner, course(1, [0, 0.4, 0.9, 0.8]), [])).to.equal(false)
    expect(asks(gatePruner({ 1: 3 }), course(1, [4]), [], 'minimize')).to.equal(true)
  })

  it('asks about the metric it names', () => {
    const pruner = gatePruner({ 1: 3 }, { metric: 'loss', direction: 'minimize' })
    const trial: Course = { id: 1, isComplete: false, reports: [{ step: 1, values: { reward: 0, loss: 4 } }] }
    expect(asks(pruner, trial, [])).to.equal(true)
    expect(asks(pruner, course(1, [9]), [])).to.equal(false)
  })
})

describe('rankPruner', () => {
  it('keeps a share of those that came as far', () => {
    const past = [1, 2, 3, 4, 5].map(value => flat(value, value))
    const pruner = rankPruner({ 2: 0.5 })
    expect(asks(pruner, course(9, [0]), past)).to.equal(false)
    expect(asks(pruner, course(9, [0, 3]), past)).to.equal(false)
    expect(asks(pruner, course(9, [0, 2.5]), past)).to.equal(true)
    expect(asks(pruner, course(9, [0, 2.5]), past.slice(1))).to.equal(false)
  })
})

describe('pruners', () => {
  it('are known by name and settings, and refuse what makes no sense', () => {
    const { name, settings } = medianPruner({ metric: 'loss', direction: 'minimize' })
    expect([name, settings]).to.deep.equal([
      'medianPruner',
      { startup: 5, warmup: 0, quantile: 0.5, metric: 'loss', direction: 'minimize' },
    ])
    expect(() => medianPruner({ quantile: 1 })).to.throw(
      StudyError,
      'quantile must be a number between 0 and 1, got 1',
    )
    expect(() => medianPruner({ startup: 0 })).to.throw(StudyError, 'startup must be')
    expect(() => successiveHalving({ factor: 1 })).to.throw(
      StudyError,
      'factor must be an integer of at least 2, got 1',
    )
    expect(() => hyperband({ maxSteps: 2, minSteps: 3 })).to.throw(
      StudyError,
      'maxSteps must be an integer of at least 3',
    )
    expect(() => gatePruner({})).to.throw(StudyError, 'no steps')
    expect(() => gatePruner({ 1.5: 2 })).to.throw(StudyError, 'a step must be an integer')
    expect(() => gatePruner({ 1: Number.NaN })).to.throw(
      StudyError,
      'the gate at step 1 must be a finite number',
    )
    expect(() => rankPruner({ 1: 2 })).to.throw(StudyError, 'a share above 0 and up to 1')
  })
})

describe('a study that prunes', () => {
  const space = Space.of([intV(1, 100_000)])
  type Point = typeof space extends Space<infer Value> ? Value : never
  const study = (options: StudyOptions<Point> = {}): Study<Point> =>
    new Study(space, randomSearch(), { seed: 1, budget: { trials: 40 }, pruner: medianPruner(), ...options })
  const later = (milliseconds: number): Promise<void> =>
    new Promise(resolve => setTimeout(resolve, milliseconds))
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

  /** Learns for five steps, some trials faster than others. */
  const train = async (value: Point, trial: Parameters<Parameters<Study<Point>['optimize']>[0]>[1]) => {
    const final = Number(value.at(0))
    for (let step = 1; step <= 5; step++) {
      await later((trial.id * step) % 3)
      trial.report(step, (final * step) / 5)
      if (trial.shouldPrune()) return trial.prune()
    }
    return final
  }

  it('ends the poor ones early, and prunes the same at any concurrency', async () => {
    const stories: unknown[] = []
    for (const concurrency of [1, 2, 4]) {
      const search = study()
      await search.optimize(train, { concurrency })
      stories.push(plain(search.history))
    }
    expect(stories[1]).to.deep.equal(stories[0])
    expect(stories[2]).to.deep.equal(stories[0])
    const pruned = (stories[0] as { status: string }[]).filter(({ status }) => status === 'pruned')
    expect(pruned.length).to.be.within(5, 25)
    expect(pruned[0]).to.deep.include({ reason: 'at step 1' })
    const all = study({ pruner: successiveHalving({ factor: 2 }) })
    await all.optimize(train, { concurrency: 4 })
    expect(all.history.filter(({ status }) => status === 'pruned').length).to.be.above(10)
  })

  it('does so when it is cut off and taken up, too', async () => {
    const storage = new MemoryStorage()
    const whole = study({ storage, budget: { trials: 16 } })
    await whole.optimize(train, { concurrency: 4 })
    const records = storage.read()
    for (let length = 0; length < records.length; length += 11) {
      const resumed = study({ storage: new MemoryStorage(records.slice(0, length)), budget: { trials: 16 } })
      await resumed.optimize(train, { concurrency: 3 })
      expect(plain(resumed.history)).to.deep.equal(plain(whole.history))
    }
    expect(() => study({ storage, pruner: medianPruner({ startup: 9 }) })).to.throw(
      StudyError,
      'the pruner {"name":',
    )
  })

  it('sees those that run beside it when it is asap', async () => {
    const search = study({ order: 'asap', pruner: successiveHalving({ factor: 2 }), budget: { trials: 2 } })
    const pruned: boolean[] = []
    await search.optimize(
      async (_, trial) => {
        if (trial.id === 2) await later(10)
        trial.report(1, trial.id === 1 ? 9 : 1)
        pruned.push(trial.shouldPrune())
        if (trial.id === 1) await later(20)
        return 1
      },
      { concurrency: 2 },
    )
    expect(pruned).to.deep.equal([false, true])
  })

  it('names its metric when there are several objectives', async () => {
    const directions = ['maximize', 'minimize'] as const
    expect(() => study({ directions })).to.throw(
      StudyError,
      'with several objectives a pruner says what it looks at, and medianPruner does not',
    )
    const search = study({
      directions,
      pruner: gatePruner({ 1: 5 }, { metric: 'loss', direction: 'minimize' }),
    })
    await search.optimize((_, trial) => {
      trial.report(1, { loss: trial.id, size: 1 })
      return trial.shouldPrune() ? trial.prune() : [1, trial.id]
    })
    expect(search.history.filter(({ status }) => status === 'told').map(({ id }) => id)).to.deep.equal([
      1, 2, 3, 4, 5,
    ])
  })

  it('says no without a pruner, without reports, and once it is answered', async () => {
    const search = study({ pruner: gatePruner({ 0: 5 }), budget: { trials: 1 } })
    for await (const trial of search.trials()) {
      expect(trial.shouldPrune()).to.equal(false)
      trial.report(0, 1)
      expect(trial.shouldPrune()).to.equal(true)
      trial.tell(1)
      expect(trial.shouldPrune()).to.equal(false)
      expect(() => trial.report(1, 1)).to.throw(StudyError, 'has its answer already')
    }
    const free = new Study(space, randomSearch(), { budget: { trials: 1 } })
    for await (const trial of free.trials()) {
      trial.report(0, 1)
      expect(trial.shouldPrune()).to.equal(false)
      trial.tell(1)
    }
  })
})
