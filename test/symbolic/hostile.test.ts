/**
 * A long run of JSON and patches that wish us ill: each becomes a tree or one clear error, and nothing else happens.
 * Case number i is always the same; `FUZZ=20 npx mocha …` runs 100,000 of them, and a failure names its case.
 */

import { expect } from 'chai'
import {
  f,
  fromJson,
  fromJsonString,
  type ReadOptions,
  register,
  Symbolic,
  SymDict,
  SymError,
  SymObject,
  type SymType,
  withTypes,
} from '../../src/symbolic/index.ts'
import { Dense, Model, smallModel } from '../support/model.ts'
import { runs } from '../support/random.ts'
import { prototypeKeys, snapshot } from '../support/refusal.ts'

class Versioned extends SymObject.define('hostile.Versioned', {
  units: f.int({ min: 0 }).default(1),
  inner: f.lazy((): SymType<Versioned> => Versioned).optional(),
  either: f.union(f.int(), f.list(f.string(), { maxSize: 2 }), f.object(Dense)).default(0),
}) {
  static version = 3
  static migrate(json: Record<string, unknown>, from: number): unknown {
    if (from < 2 && 'size' in json) {
      json.units = json.size
      delete json.size
    }
    return json.broken === true ? null : json
  }
}

class Hooked extends SymObject.define('hostile.Hooked', { a: f.int(), b: f.any().default(null) }) {
  onBound(): void {
    if (this.a > 100) throw new RangeError('too much')
    if (this.a < -100) throw new SymError('a', 'too little')
  }
}

abstract class Abstract extends SymObject.define('hostile.Abstract', {}) {
  static readonly isAbstract = true
}

/** A small generator of random numbers (mulberry32), good enough to be nasty. */
class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1)
  }

  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % count
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }
}

const TYPES = [
  ...[
    'hostile.Versioned',
    'hostile.Hooked',
    'hostile.Abstract',
    'support.Dense',
    'support.Model',
    'support.Drop',
  ],
  ...[
    'support.Layer',
    'support.Twig',
    'espalier.Number',
    'espalier.Sealed',
    'espalier.Dict',
    'espalier.List',
  ],
  ...[
    'espalier.Unknown',
    'espalier.Tuple',
    'espalier.Date',
    'espalier.Bytes',
    'espalier.BigInt',
    'unknown.Type',
  ],
  ...['', '__proto__', 'constructor', 'node:fs', 'dict', 'list', 5, null, true, ['support.Dense'], {}],
]
const KEYS = [
  ...[
    'a',
    'b',
    'units',
    'size',
    'inner',
    'either',
    'layers',
    'head',
    'rate',
    'tags',
    'notes',
    'scores',
    'extra',
  ],
  ...[
    'name',
    'activation',
    'value',
    'items',
    'entries',
    'type',
    'data',
    'broken',
    '_type',
    '_version',
    'twigs',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'length',
    '_g',
    '_p',
    '~x',
    '',
    '0',
  ],
  ...['-1', '1e3', 'a.b', 'a[0]', '/', '~', '~1', '"', '\\', '\u0000', '\ud800', 'x'.repeat(300)],
]
const LEAVES = [
  ...[0, 1, -1, 3, 101, -101, 0.5, -0, 1e21, 1e308, 5e-324, 2 ** 53, 2 ** 31, -(2 ** 31), null, true, false],
  ...['', 'x', 'relu', 'NaN', '__tuple__', '__symbolic__', '\ud83d', '\u2028', '</script>', 'support.Dense'],
  ...['x'.repeat(500), '1e999', '2020-01-01', 'AAAA', '123n'],
]

function document(dice: Dice, depth: number): unknown {
  const kind = depth <= 0 ? 0 : dice.below(10)
  if (kind <= 2) return dice.pick(LEAVES)
  if (kind <= 4) return Array.from({ length: dice.below(4) }, () => document(dice, depth - 1))
  const entries: [string, unknown][] = []
  if (kind >= 7) entries.push(['_type', dice.pick(TYPES)])
  if (dice.chance(15)) entries.push(['_version', dice.pick([1, 2, 3, 4, 0, '1', null, 1.5, 2 ** 53, {}])])
  for (let i = dice.below(5); i > 0; i--) entries.push([dice.pick(KEYS), document(dice, depth - 1)])
  return Object.fromEntries(entries)
}

const GOOD: readonly unknown[] = [
  smallModel().seal('head').toJSON(),
  { _type: 'hostile.Versioned', size: 3, inner: { _type: 'hostile.Versioned', _version: 2, units: 3 } },
  { _type: 'hostile.Hooked', a: 5, b: { _type: 'espalier.Dict', entries: [['_type', 1]] } },
  [
    { _type: 'espalier.List', items: ['__tuple__', 1] },
    { _type: 'espalier.Number', value: 'NaN' },
  ],
  { plain: { deep: [1, { deeper: [[], {}] }] }, either: { _type: 'unknown.Type', x: [1] } },
]

/** A good document with something put, taken or exchanged somewhere. */
function spoiled(dice: Dice): unknown {
  const root = { it: structuredClone(dice.pick(GOOD)) }
  for (let i = 1 + dice.below(3); i > 0; i--) {
    let place: Record<string, unknown> = root
    let key = 'it'
    while (dice.chance(75)) {
      const below = Object.hasOwn(place, key) ? place[key] : null
      if (typeof below !== 'object' || below === null || Object.keys(below).length === 0) break
      place = below as Record<string, unknown>
      key = dice.pick(Object.keys(place))
    }
    const act = dice.below(5)
    if (act === 0 && place !== root && !Array.isArray(place)) delete place[key]
    else if (act === 1) place[key] = structuredClone(dice.pick(GOOD))
    else if (act === 2) place[key] = { [dice.pick(KEYS)]: place[key] }
    else if (act === 3) place[key] = Array.from({ length: dice.pick([1, 2, 300]) }, () => place[key])
    else place[key] = document(dice, 2)
  }
  return root.it
}

function nested(dice: Dice): string {
  const levels = dice.pick([3, 90, 990, 1001, 1005, 20_000])
  const [open, close] = dice.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"_type":"hostile.Versioned","inner":', '}'],
    ['{"_type":"hostile.Versioned","_version":3,"inner":', '}'],
    ['{"_type":"espalier.Sealed","value":', '}'],
    ['{"_type":"espalier.Dict","entries":[["a",', ']]}'],
    ['{"_type":"unknown.Type","a":', '}'],
  ] as const)
  return (
    open.repeat(levels) +
    dice.pick(['1', '{}', '[]', '{"_type":"hostile.Hooked"}', '']) +
    close.repeat(levels)
  )
}

function textFrom(dice: Dice): string {
  const kind = dice.below(40)
  if (kind === 0) return nested(dice)
  const text = JSON.stringify(kind < 20 ? document(dice, 4) : spoiled(dice))
  if (!dice.chance(12)) return text
  const at = dice.below(text.length)
  const put = dice.pick(['', '"', '{', ']', ',', '\\', 'NaN', '\u0000', '{"_type":"support.Dense"}', '1e999'])
  return text.slice(0, at) + put + text.slice(at + dice.below(6))
}

const OPTIONS: readonly ReadOptions[] = [
  {},
  {},
  { unknown: 'keep' },
  { unknown: 'keep', maxDepth: 6 },
  { partial: true },
  { partial: true, unknown: 'keep' },
  { maxNodes: 30, maxSize: 500 },
]

/** Errors that are no bugs: ours, and what the hooks of the classes above throw themselves. */
const isExpected = (error: unknown): boolean =>
  error instanceof SymError || (error instanceof RangeError && error.message === 'too much')

function numbered(usual: number, check: (dice: Dice) => void): void {
  const before = prototypeKeys()
  for (let i = 0; i < runs(usual); i++) {
    try {
      check(new Dice(i))
    } catch (error) {
      throw new Error(`case ${i}: ${(error as Error).message}`, { cause: error })
    }
    if (i % 500 === 0) expect(prototypeKeys()).to.deep.equal(before)
  }
  expect(prototypeKeys()).to.deep.equal(before)
}

describe('a long run of hostile input', function () {
  this.timeout(3_600_000)
  before(() => {
    for (const type of [Versioned, Hooked, Abstract, Dense, Model]) register(type)
  })

  it('JSON becomes a tree that can be saved and loaded, or one error of ours', () => {
    let read = 0
    let kept = 0
    numbered(2500, dice => {
      const text = textFrom(dice)
      const options = dice.pick(OPTIONS)
      const type = dice.pick([undefined, undefined, Model, Versioned, Dense] as const)
      const isHeld = dice.chance(10)
      // Types that are kept for want of a scope are known outside of it.
      const within = <Result>(body: () => Result): Result =>
        isHeld ? withTypes([Versioned, Model], body) : body()
      let tree: Symbolic
      try {
        tree = within(() =>
          type === undefined
            ? fromJsonString(text, options)
            : fromJsonString(text, type as typeof Model, options),
        )
      } catch (error) {
        if (!isExpected(error)) throw error
        expect((error as Error).message.length, 'the length of the message').to.be.lessThan(12_000)
        return
      }
      read++
      expect(tree).to.be.instanceOf(type ?? Symbolic)
      const free = { unknown: 'keep', partial: options.partial === true } as const
      const again = within(() => fromJsonString(tree.toJsonString(), free))
      expect(again.equals(tree) && again.hash() === tree.hash(), 'round trip').to.equal(true)
      expect(again.toJsonString()).to.equal(tree.toJsonString())
      const short = tree.toJSON({ hideDefaults: true, hideFrozen: true })
      expect(within(() => fromJson(short, free)).equals(tree), 'without defaults').to.equal(true)
      if (tree.toJsonString().includes('unknown.Type')) kept++
    })
    expect(read).to.be.greaterThan(runs(2500) / 20)
    expect(kept).to.be.greaterThan(runs(2500) / 250)
  })

  it('data is read without being changed', () => {
    numbered(500, dice => {
      const data = dice.chance(50) ? document(dice, 4) : spoiled(dice)
      const text = JSON.stringify(data)
      try {
        fromJson(data, dice.pick(OPTIONS))
      } catch (error) {
        if (!isExpected(error)) throw error
      }
      expect(JSON.stringify(data)).to.equal(text)
    })
  })

  it('patches apply as a whole or not at all, and leave the tree alone that they are applied to', () => {
    const trees = [
      smallModel(),
      smallModel().seal('head').seal('layers'),
      new Versioned({ inner: new Versioned({ either: ['x'] }) }),
      SymDict.from<unknown>({
        a: [1, { b: new Hooked({ a: 1 }) }, []],
        '': { '/': 1, '~': [2] },
      }) as Symbolic,
      fromJson(GOOD[4], { unknown: 'keep' }),
    ]
    const pointers = trees.map(pointersOf)
    let applied = 0
    numbered(2000, dice => {
      const at = dice.below(trees.length)
      const tree = trees[at] as Symbolic
      const pointer = (): unknown => {
        if (dice.chance(4)) return dice.pick([5, null, 'a', '/~', '/a/~2', {}, `/${'x/'.repeat(2000)}`])
        const base = dice.pick(pointers[at] as string[])
        return dice.chance(60) ? base : `${base}/${dice.pick(['-', '0', '1', '9', '00', '-1', ...KEYS])}`
      }
      const operations = Array.from({ length: 1 + dice.below(4) }, () => ({
        op: dice.chance(3) ? dice.pick(['merge', '', null, '__proto__']) : dice.pick(OPS),
        ...(dice.chance(97) ? { path: pointer() } : {}),
        ...(dice.chance(60) ? { from: pointer() } : {}),
        ...(dice.chance(90) ? { value: dice.chance(70) ? document(dice, 2) : spoiled(dice) } : {}),
      }))
      const text = JSON.stringify(operations)
      const before = snapshot(tree)
      try {
        const next = tree.patch(operations as never, dice.pick(OPTIONS))
        applied++
        const again = fromJsonString(next.toJsonString(), { unknown: 'keep', partial: true })
        expect(again.equals(next), 'the result is valid').to.equal(true)
      } catch (error) {
        if (!isExpected(error)) throw error
        expect((error as Error).message.length, 'the length of the message').to.be.lessThan(20_000)
      }
      expect(snapshot(tree)).to.equal(before)
      expect(JSON.stringify(operations)).to.equal(text)
    })
    expect(applied).to.be.greaterThan(runs(2000) / 30)
  })
})

const OPS = ['add', 'add', 'replace', 'replace', 'remove', 'move', 'copy', 'test']

/** The pointers to everything in a tree, the root included. */
function pointersOf(tree: Symbolic): string[] {
  const pointers: string[] = []
  tree.walk(path => {
    pointers.push(
      path.keys.map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    )
  })
  return pointers
}
