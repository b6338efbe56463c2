/** What a study does beside handing out trials: points tried first, constraints, costs, several objectives, groups. */

import { expect } from 'chai'
import {
  type Algorithm,
  Dna,
  intV,
  MemoryStorage,
  oneOf,
  randomSearch,
  regularizedEvolution,
  Space,
  Study,
  StudyError,
  type StudyOptions,
  type Told,
  type Trial,
  untimed,
} from '../../../src/search/index.ts'

const space = Space.of([intV(1, 1000), oneOf([1, 2, 3])])
type Point = typeof space extends Space<infer Value> ? Value : never
const score = (point: Point): number => Number(point.at(0)) * Number(point.at(1))
const evolution = regularizedEvolution({ populationSize: 5, tournamentSize: 2 })
const study = (options: StudyOptions<Point> = {}, algorithm: Algorithm = evolution): Study<Point> =>
  new Study(space, algorithm, { seed: 3, ...options })
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const later = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds))
const point = (a: number, b: number): Point => space.materialize(Dna.fromNumbers([a, b - 1], space.spec))

async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

/** An algorithm, and what it is told. */
function listening(algorithm: Algorithm = randomSearch()): { algorithm: Algorithm; told: Told[] } {
  const told: Told[] = []
  const tell: Algorithm['tell'] = (state, trial, spec) => {
    told.push(trial)
    return algorithm.tell(state, trial, spec)
  }
  return { algorithm: { ...algorithm, tell }, told }
}

describe('points that are enqueued', () => {
  it('are tried first, in order, and are told to the algorithm', async () => {
    const { algorithm, told } = listening()
    const search = study({ budget: { trials: 8 } }, algorithm)
    await search.enqueue(point(5, 2))
    await search.enqueue(Dna.fromNumbers([7, 0], space.spec))
    await search.optimize(score)
    expect(search.history.slice(0, 2).map(({ dna }) => String(dna))).to.deep.equal(['[5, 1]', '[7, 0]'])
    expect(told.slice(0, 2).map(({ reward }) => reward)).to.deep.equal([10, 7])
    await expectRefused(search.enqueue(Dna.fromNumbers([2], Space.of([oneOf([1, 2, 3])]).spec)))
  })

  const expectRefused = async (promise: Promise<unknown>): Promise<void> => {
    expect((await rejection(promise)).name).to.equal('SpaceError')
  }

  it('may be enqueued at every start: what the study has it does not try again', async () => {
    const storage = new MemoryStorage()
    let records: unknown
    for (let start = 0; start < 3; start++) {
      const search = study({ storage, budget: { trials: 4 + start } })
      await search.enqueue(point(5, 2))
      await search.enqueue(point(5, 2))
      await search.optimize(score)
      expect(search.history.filter(({ dna }) => String(dna) === '[5, 1]').length).to.equal(1)
      records = untimed(storage.read())
    }
    const alone = new MemoryStorage()
    const search = study({ storage: alone, budget: { trials: 6 } })
    await search.enqueue(point(5, 2))
    await search.optimize(score)
    expect(records).to.deep.equal(untimed(alone.read()))
  })

  it('may come in the middle, and are gone on with', async () => {
    const storage = new MemoryStorage()
    const search = study({ storage })
    for await (const trial of search.trials(20)) {
      trial.tell(score(trial.value))
      if (trial.id === 7) for (const a of [4, 2, 3]) await search.enqueue(point(a, 1))
    }
    expect(search.history.slice(7, 10).map(({ dna }) => String(dna))).to.deep.equal([
      '[4, 0]',
      '[2, 0]',
      '[3, 0]',
    ])
    const records = storage.read()
    for (let length = 0; length < records.length; length += 3) {
      const resumed = study({ storage: new MemoryStorage(records.slice(0, length)), budget: { trials: 20 } })
      await resumed.optimize(score)
      expect(resumed.history.length).to.equal(20)
    }
  })

  it('may come from evaluations while others wait at the window', async () => {
    const search = study({ window: 2, budget: { trials: 10 } })
    await search.optimize(
      async (value, trial) => {
        await later(trial.id === 1 ? 20 : 1)
        if (trial.id === 1) await search.enqueue(point(9, 3))
        return score(value)
      },
      { concurrency: 2 },
    )
    expect(search.history.some(({ dna }) => String(dna) === '[9, 2]')).to.equal(true)
  })
})

describe('a constraint', () => {
  const even = (value: Point): true | string => Number(value.at(0)) % 2 === 0 || `${value.at(0)} is odd`

  it('is checked before anything is evaluated, and costs no trials', async () => {
    const storage = new MemoryStorage()
    const { algorithm, told } = listening()
    const search = study({ constraint: even, storage, budget: { trials: 20 } }, algorithm)
    const values: number[] = []
    expect(await search.optimize(value => values.push(Number(value.at(0))))).to.equal('budget')
    expect(values.length).to.equal(20)
    expect(values.every(value => value % 2 === 0)).to.equal(true)
    const refused = search.history.filter(({ status }) => status === 'infeasible')
    expect(refused.length).to.be.above(5)
    expect(search.history.length).to.equal(20 + refused.length)
    expect(refused[0]).to.deep.include({ reason: `${refused[0]?.dna.toNumbers()[0]} is odd` })
    expect(told.filter(({ reward }) => reward === null).length).to.be.within(
      refused.length - 4,
      refused.length,
    )
    const asks = storage.read().filter(record => record.type === 'ask' && record.infeasible !== undefined)
    expect(asks.length).to.equal(refused.length)
  })

  it('gives the same trials at any concurrency, and after a cut', async () => {
    const options = { constraint: even, patience: 30, budget: { trials: 60 } }
    const storage = new MemoryStorage()
    const alone = study({ ...options, storage })
    await alone.optimize(score)
    const many = study(options)
    await many.optimize(async value => later(1).then(() => score(value)), { concurrency: 4 })
    expect(plain(many.history)).to.deep.equal(plain(alone.history))
    const records = storage.read()
    for (let length = 0; length < records.length; length += 17) {
      const resumed = study({ ...options, storage: new MemoryStorage(records.slice(0, length)) })
      await resumed.optimize(score)
      expect(plain(resumed.history)).to.deep.equal(plain(alone.history))
      expect(resumed.stopReason).to.equal(alone.stopReason)
    }
  })

  it('that nothing meets ends the study, and says so', async () => {
    const search = study({ constraint: () => 'never', budget: { trials: 5 } })
    expect(await search.optimize(score)).to.equal('infeasible')
    expect(search.history.length).to.equal(1000)
    expect(() => search.best).to.throw(StudyError, 'trial 1 was infeasible: never')
  })

  it('that throws changes nothing', async () => {
    const storage = new MemoryStorage()
    let isBroken = true
    const constraint = (): true => {
      if (isBroken) throw new RangeError('no')
      return true
    }
    const search = study({ constraint, storage, budget: { trials: 5 } })
    expect((await rejection(search.optimize(score))).message).to.equal('no')
    expect(storage.read()).to.deep.equal([])
    isBroken = false
    expect(await search.optimize(score)).to.equal('budget')
  })
})

describe('what trials cost', () => {
  it('ends the study with the trial that reaches the budget, at any concurrency', async () => {
    const stories: unknown[] = []
    for (const concurrency of [1, 4]) {
      const search = study({ budget: { cost: 10 } })
      const reason = await search.optimize(
        async (value, trial) => {
          await later(trial.id % 3)
          if (trial.id % 4 === 0) trial.skip('', { cost: 2 })
          else trial.tell(score(value), { cost: 0.5 })
        },
        { concurrency },
      )
      expect([reason, search.cost, search.history.length]).to.deep.equal(['budget', 10.5, 12])
      stories.push(plain(search.history))
    }
    expect(stories[1]).to.deep.equal(stories[0])
  })

  it('is known after resuming, and a larger budget goes on', async () => {
    const storage = new MemoryStorage()
    for (const cost of [3, 5]) {
      const search = study({ storage, budget: { cost } })
      for await (const trial of search.trials()) trial.tell(1, { cost: 1 })
      expect([search.cost, search.stopReason, search.history.length]).to.deep.equal([cost, 'budget', cost])
    }
  })
})

describe('several objectives', () => {
  const directions = ['maximize', 'minimize'] as const

  it('have a front instead of a best', async () => {
    const { algorithm, told } = listening()
    const search = study({ directions, budget: { trials: 30 } }, algorithm)
    for await (const trial of search.trials()) {
      const [a, b] = trial.dna.toNumbers() as [number, number]
      trial.tell([a, (a * (b + 1)) % 97])
    }
    const { paretoFront } = search
    expect(paretoFront.length).to.be.above(1)
    for (const { values, value } of paretoFront) {
      expect(values[0]).to.equal(value.at(0))
      const isBeaten = search.history.some(
        other =>
          other.status === 'told' &&
          (other.values[0] as number) >= (values[0] as number) &&
          (other.values[1] as number) < (values[1] as number),
      )
      expect(isBeaten).to.equal(false)
    }
    expect(told[0]?.values).to.deep.equal([told[0]?.reward, told[0]?.values?.[1]])
    expect(told.every(({ values }) => values !== undefined && (values[1] as number) <= 0)).to.equal(true)
    expect(() => search.best).to.throw(
      StudyError,
      'a study of 2 objectives has no best trial, but a paretoFront',
    )
  })

  it('must fit the algorithm, the target and the answers', async () => {
    expect(() => study({ directions })).to.throw(
      StudyError,
      'regularized-evolution learns from one objective',
    )
    expect(() => study({ directions, target: 1 }, randomSearch())).to.throw(
      StudyError,
      'target needs a study of one',
    )
    const search = study({ directions, budget: { trials: 3 } }, randomSearch())
    expect((await rejection(search.optimize(() => 1))).message).to.contain(
      'must be a list of 2 finite numbers, got 1',
    )
    expect(await search.optimize(() => [1, 2])).to.equal('budget')
  })

  it('are patient until the front no longer moves', async () => {
    const search = study({ directions, patience: 3 }, randomSearch())
    const reason = await search.optimize((_, { id }) => (id <= 5 ? [id, id] : [0, 9]))
    expect([reason, search.history.length, search.paretoFront.length]).to.deep.equal(['patience', 8, 5])
  })

  it('are resumed like one', async () => {
    const storage = new MemoryStorage()
    const first = study({ directions, storage, budget: { trials: 4 } }, randomSearch())
    await first.optimize(value => [score(value), 1])
    const second = study({ directions, storage, budget: { trials: 4 } }, randomSearch())
    expect(plain(second.paretoFront)).to.deep.equal(plain(first.paretoFront))
    expect(() => study({ storage }, randomSearch())).to.throw(
      StudyError,
      'the direction ["maximize","minimize"]',
    )
  })
})

describe('loops of one group', () => {
  it('get the same trials, which one of them answers', async () => {
    const search = study()
    const seen: Record<string, number[]> = { chief: [], one: [], two: [], other: [] }
    const loop = async (name: string, group: string, isChief: boolean): Promise<void> => {
      for await (const trial of search.trials(6, { group })) {
        seen[name]?.push(trial.id)
        await later(isChief ? 3 : 1)
        if (isChief) trial.tell(score(trial.value))
      }
    }
    await Promise.all([
      loop('chief', 'A', true),
      loop('one', 'A', false),
      loop('two', 'A', false),
      loop('other', 'B', true),
    ])
    expect(seen.one).to.deep.equal(seen.chief)
    expect(seen.two).to.deep.equal(seen.chief)
    expect([...(seen.chief ?? []), ...(seen.other ?? [])].sort()).to.deep.equal([1, 2, 3, 4, 5, 6])
  })

  it('are an error when all of them wait for an answer', async () => {
    const search = study()
    const loop = async (): Promise<void> => {
      for await (const trial of search.trials(6, { group: 'A' }))
        if (trial.id < 3) trial.isAnswered || trial.tell(1)
    }
    const errors = await Promise.all([rejection(loop()), rejection(loop())])
    for (const { message } of errors) expect(message).to.contain('trial 3 was left without an answer')
  })

  it('may be left by all but one', async () => {
    const search = study()
    const left = async (): Promise<void> => {
      for await (const _ of search.trials(6, { group: 'A' })) break
    }
    const chief = async (): Promise<void> => {
      for await (const trial of search.trials(6, { group: 'A' })) {
        await later(2)
        trial.tell(1)
      }
    }
    await Promise.all([left(), chief()])
    expect(search.history.length).to.equal(6)
    const alone = async (): Promise<void> => {
      for await (const _ of search.trials(9, { group: 'A' })) break
    }
    expect((await rejection(alone())).message).to.contain('trial 7 was left without an answer')
  })
})

describe('a trial', () => {
  it('has a course beside its result: attempts, reports and times', async () => {
    const search = study({ budget: { trials: 1 } })
    const began = Date.now()
    await search.optimize(async (_, trial) => {
      trial.report(1, 5)
      await later(10)
      return 1
    })
    const { attempts, reports, askedAt = 0, ms = 0 } = search.courseOf(1)
    expect([attempts, reports]).to.deep.equal([1, [{ step: 1, values: { reward: 5 } }]])
    expect(askedAt).to.be.within(began, Date.now())
    expect(ms).to.be.within(8, 2000)
    expect(() => search.courseOf(2)).to.throw(StudyError, 'there is no trial 2: it was never asked')
  })

  it('is given up when the study is closed', async () => {
    const search = study()
    const { value: trial } = (await search.trials().next()) as { value: Trial<Point> }
    await search.close()
    expect(trial.signal.aborted).to.equal(true)
    expect((await rejection(search.trials(5).next())).message).to.equal('the study is closed')
    expect(search.history).to.deep.equal([])
  })
})

describe('listeners', () => {
  it('disturb no trial when they throw', async () => {
    const search = study()
    const uncaught: unknown[] = []
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', error => uncaught.push(error))
    try {
      let calls = 0
      const stop = search.subscribe(() => {
        calls++
        throw new Error('deaf')
      })
      for await (const trial of search.trials(3)) trial.tell(score(trial.value))
      expect(calls).to.equal(3)
      stop()
      for await (const trial of search.trials(5)) trial.tell(score(trial.value))
      await later(1)
      expect(calls).to.equal(3)
      expect(uncaught.map(String)).to.deep.equal(Array(3).fill('Error: deaf'))
      expect(search.history.map(({ status }) => status)).to.deep.equal(Array(5).fill('told'))
    } finally {
      process.removeAllListeners('uncaughtException')
      for (const listener of others) process.on('uncaughtException', listener)
    }
  })
})
