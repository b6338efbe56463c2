/**
 * What a storage for studies must keep to. A study trusts it with everything, so the cases are few and strict: records
 * come back as they were, all of them, in order, and a study over it can be taken up anywhere.
 */

import assert from 'node:assert/strict'
import {
  oneOf,
  regularizedEvolution,
  Space,
  Study,
  type StudyRecord,
  type StudyStorage,
  untimed,
} from '../search/index.ts'
import type { ConformanceCase, ConformanceSuite } from './suite.ts'

export interface StorageSuiteOptions {
  /**
   * A new storage over the place of one that was closed, for storages that outlive their process. Without it the cases
   * about that are left out.
   */
  readonly reopen?: (storage: StudyStorage) => StudyStorage | Promise<StudyStorage>
}

/**
 * The cases that a storage must pass. Each makes a storage of its own, which must be empty, and closes it.
 *
 *     const suite = storageSuite(() => new MemoryStorage())
 *     for (const { topic, name, run } of suite.cases) it(`${topic}: ${name}`, run)
 */
export function storageSuite(
  make: () => StudyStorage | Promise<StudyStorage>,
  { reopen }: StorageSuiteOptions = {},
): ConformanceSuite {
  const cases: ConformanceCase[] = []
  const add = (
    topic: string,
    checks: Readonly<Record<string, (storage: StudyStorage) => Promise<void>>>,
  ): void => {
    for (const [name, check] of Object.entries(checks)) {
      cases.push({ topic, name, run: async () => check(await make()) })
    }
  }
  add('records', records)
  add('studies', studies)
  if (reopen !== undefined) add('reopening', reopening(reopen))
  return { cases, close: async () => {} }
}

const START: StudyRecord = {
  type: 'study',
  version: 1,
  library: '0.0.0',
  space: 123,
  template: { __proto__: null, 'a key': [1, 'ü', null, { deep: [[[]]] }] },
  algorithm: { name: 'some', settings: { size: 20, list: ['\n', '"', '\u2028'] } },
  seed: 'seed \u{1f332}',
  direction: ['maximize', 'minimize'],
  window: 3,
  order: 'ordered',
  time: { at: 1_700_000_000_000 },
}

/** One of each kind, with what is easily lost: text of all sorts, numbers at the ends of their range, hostile names. */
const RECORDS: readonly StudyRecord[] = [
  START,
  { type: 'enqueue', dna: [0, ['__tuple__', 1, 0.1]] },
  { type: 'ask', id: 1, dna: [0, ['__tuple__', 1, 0.1]], parents: [], enqueued: true, time: { at: 1.5 } },
  { type: 'ask', id: 2, dna: [1e-308, 1.7976931348623157e308, 0.1 + 0.2], parents: [1] },
  { type: 'report', id: 1, step: 0, values: { 'a metric': -1e-7 } },
  { type: 'again', id: 1, reason: 'Error: line one\nline two\r\n\t\u0000\u{10ffff}' },
  { type: 'ask', id: 3, dna: 5, parents: [], infeasible: '' },
  {
    type: 'tell',
    id: 1,
    reward: 0.1,
    metrics: JSON.parse('{"__proto__":1,"constructor":2,"":3}'),
    cost: 0.25,
  },
  { type: 'skip', id: 2, reason: `long: ${'ä'.repeat(100_000)}` },
  { type: 'fail', id: 4, reason: '{"type":"tell"}', time: { at: 3, ms: 0.125 } },
  { type: 'prune', id: 5, reason: 'at step 3' },
  { type: 'tell', id: 6, reward: [1, 2] },
]

const records: Readonly<Record<string, (storage: StudyStorage) => Promise<void>>> = {
  'there are none at first': async storage => {
    assert.deepEqual(await all(storage), [])
    await storage.close?.()
  },

  'come back as they were, in order': async storage => {
    await all(storage)
    for (const record of RECORDS) await storage.append(record)
    assertSame(await all(storage), RECORDS)
    await storage.close?.()
  },

  'keep their order when nobody waits': async storage => {
    await all(storage)
    const some = asked(500)
    await Promise.all(some.map(record => storage.append(record)))
    assertSame(await all(storage), some)
    await storage.close?.()
  },

  'can be read again and again, and what is read taken apart': async storage => {
    await all(storage)
    for (const record of RECORDS) await storage.append(record)
    const read = await all(storage)
    read.length = 0
    assertSame(await all(storage), RECORDS)
    await storage.close?.()
  },
}

const studies: Readonly<Record<string, (storage: StudyStorage) => Promise<void>>> = {
  'run over it as they do in memory': async storage => {
    const study = studyOver(storage, 30)
    await study.ready
    await study.optimize(score, { concurrency: 4 })
    const alone = studyOver(undefined, 30)
    await alone.optimize(score)
    assert.deepEqual(plain(study.history), plain(alone.history))
    const kept = untimed(await all(storage))
    assert.equal(kept.filter(({ type }) => type === 'ask').length, 30)
    assert.equal(kept.filter(({ type }) => type === 'tell').length, 30)
    await study.close()
  },
}

const reopening = (
  reopen: NonNullable<StorageSuiteOptions['reopen']>,
): Readonly<Record<string, (storage: StudyStorage) => Promise<void>>> => ({
  'gives the same records, and takes more': async storage => {
    await all(storage)
    for (const record of RECORDS.slice(0, 5)) await storage.append(record)
    await storage.close?.()
    const second = await reopen(storage)
    assertSame(await all(second), RECORDS.slice(0, 5))
    for (const record of RECORDS.slice(5)) await second.append(record)
    await second.close?.()
    const third = await reopen(second)
    assertSame(await all(third), RECORDS)
    await third.close?.()
  },

  'lets a study go on as if nothing had happened': async storage => {
    const whole = studyOver(undefined, 20)
    await whole.optimize(score)
    let place = storage
    for (let trials = 0; trials <= 20; trials += 4) {
      const study = studyOver(place, trials)
      await study.ready
      assert.equal(study.history.length, Math.max(0, trials - 4))
      await study.optimize(score, { concurrency: 3 })
      assert.deepEqual(plain(study.history), plain(whole.history.slice(0, trials)))
      await study.close()
      place = await reopen(place)
    }
    await place.close?.()
  },
})

const space = Space.of([oneOf([1, 2, 3, 4, 5]), oneOf([1, 2, 3, 4, 5]), oneOf([1, 2, 3, 4, 5])])
type Point = typeof space extends Space<infer Value> ? Value : never

const score = (point: Point): number =>
  Number(point.at(0)) * 100 + Number(point.at(1)) * 10 + Number(point.at(2))

function studyOver(storage: StudyStorage | undefined, trials: number): Study<Point> {
  const algorithm = regularizedEvolution({ populationSize: 5, tournamentSize: 2 })
  return new Study(space, algorithm, {
    seed: 1,
    budget: { trials },
    ...(storage === undefined ? {} : { storage }),
  })
}

/** The first record of a study, and some trials. */
const asked = (count: number): StudyRecord[] => [
  START,
  ...Array.from(
    { length: count },
    (_, i): StudyRecord => ({ type: 'ask', id: i + 1, dna: [i], parents: [] }),
  ),
]

const all = async (storage: StudyStorage): Promise<StudyRecord[]> => [...(await storage.read())]

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Records are JSON, so they are the same when their text is: keys in order, and `__proto__` a key like any other. */
function assertSame(found: readonly StudyRecord[], expected: readonly StudyRecord[]): void {
  const texts = (all: readonly StudyRecord[]): string[] => all.map(record => JSON.stringify(record))
  assert.deepEqual(texts(found), texts(expected))
}
