/** Studies that learn from what has arrived: a rerun differs, a replay does not. */

import { expect } from 'chai'
import {
  type Algorithm,
  intV,
  MemoryStorage,
  oneOf,
  Rng,
  regularizedEvolution,
  Space,
  Study,
  StudyError,
  type StudyOptions,
  untimed,
} from '../../../src/search/index.ts'

const space = Space.of([intV(1, 1000), oneOf([1, 2, 3])])
type Point = typeof space extends Space<infer Value> ? Value : never
const score = (point: Point): number => Number(point.at(0)) * Number(point.at(1))
const evolution = regularizedEvolution({ populationSize: 4, tournamentSize: 2 })
const study = (options: StudyOptions<Point> = {}, algorithm: Algorithm = evolution): Study<Point> =>
  new Study(space, algorithm, { seed: 3, order: 'asap', budget: { trials: 40 }, ...options })
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const later = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds))

/** Evaluates at odd times: trial 1 comes last of the first. */
const evaluate =
  (delays: Rng) =>
  async (point: Point, trial: { id: number }): Promise<number> => {
    await later(trial.id === 1 ? 12 : delays.float() * 4)
    return score(point)
  }

describe('an asap study', () => {
  it('does not wait for the slow: answers are told as they arrive', async () => {
    const told: number[] = []
    const tell: Algorithm['tell'] = (state, trial, spec) => {
      told.push(trial.id)
      return evolution.tell(state as never, trial, spec)
    }
    const search = study({}, { ...evolution, tell } as Algorithm)
    await search.optimize(evaluate(Rng.from(1)), { concurrency: 4 })
    expect(told.indexOf(1)).to.be.above(2)
    expect(search.history.map(({ id }) => id).slice(0, told.length)).to.deep.equal(told)
    expect(search.history.length).to.equal(40)
  })

  it('goes on from its records exactly where it was, however it was told', async () => {
    const storage = new MemoryStorage()
    const search = study({ storage })
    await search.optimize(evaluate(Rng.from(2)), { concurrency: 4 })
    const records = storage.read()
    const replayed = study({ storage: new MemoryStorage(records) })
    expect(plain(replayed.history)).to.deep.equal(plain(search.history))
    for (let length = 0; length < records.length; length += 5) {
      const kept = new MemoryStorage(records.slice(0, length))
      const resumed = study({ storage: kept })
      await resumed.optimize(evaluate(Rng.from(length)), { concurrency: 3 })
      expect(resumed.history.length).to.equal(40)
      // What the resumed study has written can be read in its turn.
      expect(plain(study({ storage: new MemoryStorage(kept.read()) }).history)).to.deep.equal(
        plain(resumed.history),
      )
    }
  })

  it('is the ordered one with a window of 1 when one is evaluated at a time', async () => {
    const [asap, ordered] = [new MemoryStorage(), new MemoryStorage()]
    await study({ storage: asap }).optimize(score)
    await study({ storage: ordered, order: 'ordered', window: 1 }).optimize(score)
    expect(untimed(asap.read()).slice(1)).to.deep.equal(untimed(ordered.read()).slice(1))
  })

  it('ends with the first to reach the target', async () => {
    const search = study({ target: 5 })
    const reason = await search.optimize(
      async (_, { id }) => later(id === 1 ? 30 : 2).then(() => (id === 3 ? 9 : id)),
      {
        concurrency: 4,
      },
    )
    expect([reason, search.best.id, search.history.some(({ id }) => id === 1)]).to.deep.equal([
      'target',
      3,
      false,
    ])
  })

  it('keeps its window, and does not mix with an ordered one', async () => {
    const storage = new MemoryStorage()
    const search = study({ storage, window: 2, budget: { trials: 6 } })
    let open = 0
    let most = 0
    await search.optimize(
      async () => {
        most = Math.max(most, ++open)
        await later(1)
        open--
        return 1
      },
      { concurrency: 2 },
    )
    expect(most).to.equal(2)
    expect(() => study({ storage, window: 2, order: 'ordered' })).to.throw(StudyError, 'the order "asap"')
    expect(() => study({ order: 'later' as 'asap' })).to.throw(
      StudyError,
      "order must be 'ordered' or 'asap', got 'later'",
    )
  })
})
