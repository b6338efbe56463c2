/**
 * What a search algorithm must keep to, by its interface: three pure functions over a state that is JSON. All inputs are
 * frozen to the ground, the state goes through text between any two calls, and answers come late, out of order, never
 * asked for and without rewards.
 */

import assert from 'node:assert/strict'
import {
  type Algorithm,
  type Dna,
  floatV,
  intV,
  MemoryStorage,
  manyOf,
  oneOf,
  permutate,
  Rng,
  Space,
  type SpaceSpec,
  Study,
  type StudyRecord,
  type Told,
  untimed,
} from '../search/index.ts'
import type { ConformanceCase, ConformanceSuite } from './suite.ts'

export interface AlgorithmSuiteOptions {
  /** Whether it may propose the same point again; then it need not come to an end in finite spaces. */
  readonly repeats?: boolean
  /** How many trials each case goes through, by default 60; more than the algorithm needs to begin in earnest. */
  readonly trials?: number
  /** Which of the spaces it is for; by default all. */
  readonly spaces?: readonly AlgorithmSpace[]
}

export type AlgorithmSpace = 'choices' | 'nested' | 'lists' | 'numbers' | 'mixed'

const SPACES: Readonly<Record<AlgorithmSpace, Space<unknown>>> = {
  choices: Space.of([oneOf([1, 2, 3, 4]), oneOf(['a', 'b', 'c']), oneOf([true, false])]),
  nested: Space.of({
    a: oneOf([1, [oneOf([1, 2]), oneOf([[oneOf([1, 2, 3])], 5])], 3]),
    b: oneOf([1, 2, 3]),
  }),
  lists: Space.of({ some: manyOf(2, [1, 2, 3, 4], { sorted: true }), tour: permutate([1, 2, 3, 4]) }),
  numbers: Space.of([floatV(-5, 5), floatV(1e-6, 1, { scale: 'log' }), floatV(0, 1)]),
  mixed: Space.of({
    n: intV(1, 1_000_000),
    c: oneOf([1, [floatV(0, 1)]]),
    r: floatV(1, 100, { scale: 'rlog' }),
  }),
}

/**
 * The cases that an algorithm must pass.
 *
 *     const suite = algorithmSuite(() => regularizedEvolution({ populationSize: 10, tournamentSize: 3 }))
 *     for (const { topic, name, run } of suite.cases) it(`${topic}: ${name}`, run)
 */
export function algorithmSuite(
  make: () => Algorithm,
  {
    repeats = false,
    trials = 60,
    spaces = Object.keys(SPACES) as AlgorithmSpace[],
  }: AlgorithmSuiteOptions = {},
): ConformanceSuite {
  const cases: ConformanceCase[] = []
  for (const topic of spaces) {
    const space = SPACES[topic]
    const checks = { ...inAnySpace, ...(repeats ? {} : withoutRepeats(space.size)) }
    for (const [name, check] of Object.entries(checks)) {
      cases.push({ topic, name, run: async () => check(new Driver(make(), space, trials)) })
    }
  }
  return { cases, close: async () => {} }
}

type Check = (driver: Driver) => void | Promise<void>

const inAnySpace: Readonly<Record<string, Check>> = {
  'proposes points of the space, made from earlier trials': driver => {
    for (const { dna, parents, id } of driver.run()) {
      driver.spec.validate(dna)
      for (const parent of parents) {
        assert.ok(
          Number.isInteger(parent) && 1 <= parent && parent < id,
          `trial ${id} has the parent ${parent}`,
        )
      }
    }
  },

  'is a value: the same seed proposes the same, and asking twice too': driver => {
    const first = driver.run({ seed: 'a' })
    assert.deepEqual(texts(driver.run({ seed: 'a' })), texts(first))
    assert.deepEqual(texts(driver.run({ seed: 'a', askTwice: true })), texts(first))
  },

  'depends on the seed': driver => {
    const { size } = driver.spec
    if (size < 1000) return
    assert.notDeepEqual(texts(driver.run({ seed: 1 })), texts(driver.run({ seed: 2 })))
  },

  'writes to nothing that it is given': driver => {
    driver.run({ freeze: true })
  },

  'has a state that is JSON': driver => {
    assert.deepEqual(texts(driver.run({ throughText: true })), texts(driver.run()))
  },

  'learns late': driver => {
    for (const window of [1, 2, 7, 1000]) driver.run({ window, freeze: true })
  },

  'learns in any order': driver => {
    driver.run({ window: 8, shuffle: true, freeze: true })
  },

  'goes on when nothing has a reward': driver => {
    const all = driver.run({ rewards: () => null })
    assert.ok(all.length > 0)
  },

  'goes on with rewards that are equal, huge or tiny': driver => {
    driver.run({ rewards: () => 0 })
    driver.run({ rewards: id => (id % 2 === 0 ? 1.7e308 : -1.7e308) })
    driver.run({ rewards: id => id * 5e-324 })
  },

  'learns from trials that it never proposed': driver => {
    driver.run({ enqueue: 5, freeze: true })
  },

  'serves a study that is cut off and taken up': async driver => {
    const whole = await driver.study()
    for (const cut of [0.2, 0.5, 0.9]) {
      const kept = whole.slice(0, Math.floor(whole.length * cut))
      const resumed = await driver.study(kept)
      const fresh = resumed.filter(({ type }) => type !== 'again')
      assert.deepEqual(untimed(fresh), untimed(whole))
    }
  },
}

const withoutRepeats = (size: number): Readonly<Record<string, Check>> => ({
  'proposes nothing twice': driver => {
    const keys = driver.run().map(({ dna }) => String(dna))
    assert.equal(new Set(keys).size, keys.length)
  },

  ...(size < 500 && {
    'proposes every point of a finite space once, and then nothing more': (driver: Driver) => {
      for (const enqueue of [0, 4]) {
        const all = driver.run({ trials: size + 10, window: 3, enqueue })
        assert.equal(new Set(all.map(({ dna }) => String(dna))).size, size)
        // A point may be proposed before it is known that it was enqueued.
        assert.ok(all.length <= size + enqueue, `${all.length} trials of ${size} points`)
      }
    },
  }),
})

interface Trial {
  readonly id: number
  readonly dna: Dna
  readonly parents: readonly number[]
}

interface RunOptions {
  readonly seed?: number | string
  readonly trials?: number
  readonly window?: number
  readonly rewards?: (id: number, dna: Dna) => number | null
  /** How many points are tried at first that were not proposed. */
  readonly enqueue?: number
  /** Tells what has become known in a random order. */
  readonly shuffle?: boolean
  readonly freeze?: boolean
  readonly throughText?: boolean
  readonly askTwice?: boolean
}

/** Runs an algorithm by hand, as a study would. */
class Driver {
  readonly algorithm: Algorithm
  readonly space: Space<unknown>
  readonly trials: number

  constructor(algorithm: Algorithm, space: Space<unknown>, trials: number) {
    this.algorithm = algorithm
    this.space = space
    this.trials = trials
  }

  get spec(): SpaceSpec {
    return this.space.spec
  }

  run(options: RunOptions = {}): Trial[] {
    const { seed = 7, trials = this.trials, window = 4, rewards = rewardOf, enqueue = 0 } = options
    const { algorithm, spec } = this
    const pass = (state: unknown): unknown => {
      const next: unknown = options.throughText ? JSON.parse(JSON.stringify(state)) : state
      return options.freeze ? frozen(next) : next
    }
    const rng = Rng.from('driver')
    const run: Trial[] = []
    let state = pass(algorithm.init(spec, seed))
    let waiting: Told[] = []
    for (let id = 1; id <= trials; id++) {
      while (waiting.length >= window) {
        const at = options.shuffle ? rng.int(waiting.length) : 0
        const told = waiting[at] as Told
        waiting = waiting.filter(other => other !== told)
        state = pass(algorithm.tell(state, options.freeze ? frozen(told) : told, spec))
      }
      const isEnqueued = id <= enqueue
      let proposal: Omit<Trial, 'id'> | null = { dna: spec.randomDna(rng), parents: [] }
      if (!isEnqueued) {
        const before = state
        const [proposed, next] = algorithm.ask(before, spec)
        if (options.askTwice) assert.deepEqual(plain(algorithm.ask(before, spec)), plain([proposed, next]))
        state = pass(next)
        proposal = proposed
      }
      if (proposal === null) {
        assert.equal(algorithm.ask(state, spec)[0], null, 'it proposed nothing, and then something again')
        break
      }
      run.push({ id, dna: proposal.dna, parents: proposal.parents })
      const reward = rewards(id, proposal.dna)
      const values = reward === null ? {} : { values: [reward] }
      waiting.push({ id, dna: proposal.dna, reward, ...values })
    }
    return run
  }

  /** A study over some records, to its end; gives back the records. */
  async study(kept: readonly StudyRecord[] = []): Promise<readonly StudyRecord[]> {
    const storage = new MemoryStorage(plain(kept) as StudyRecord[])
    const study = new Study(this.space, this.algorithm, { storage, seed: 3, budget: { trials: this.trials } })
    await study.optimize((_, trial) => rewardOf(trial.id, trial.dna) ?? trial.skip())
    return storage.read()
  }
}

/** A reward with a slope and bumps, from the numbers alone; every ninth trial has none. */
function rewardOf(id: number, dna: Dna): number | null {
  if (id % 9 === 0) return null
  const numbers = dna.toNumbers().map(Number)
  return numbers.reduce((sum, number, i) => sum + Math.sin(number * (i + 1)) - Math.abs(number - i) / 100, 0)
}

const texts = (trials: readonly Trial[]): string[] => trials.map(({ dna, parents }) => `${dna} of ${parents}`)

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** The value with all in it frozen; specs and their DNAs excepted, which are the library's own. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
  if (!isPlain) return value
  Object.freeze(value)
  for (const item of Object.values(value)) frozen(item)
  return value
}
