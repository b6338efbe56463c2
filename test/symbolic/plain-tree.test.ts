/** Plain data and trees looked at alike: visits, leaves by path and back, and what stands at a path. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  CONTINUE,
  canonicalize,
  ENTER,
  flatten,
  hasAt,
  KeyPath,
  PathError,
  STOP,
  SymDict,
  SymError,
  SymList,
  traverse,
  valueAt,
} from '../../src/symbolic/index.ts'
import { Dense, smallModel } from '../support/model.ts'
import { anyTree, containerData, runs } from '../support/random.ts'
import { prototypeKeys, refusal } from '../support/refusal.ts'

/** What a traversal visits and leaves, with an answer for some places: `>a` is visited, `<a` left. */
function visited(
  value: unknown,
  before: Record<string, unknown> = {},
  after: Record<string, unknown> = {},
): string {
  const places: string[] = []
  const isDone = traverse(
    value,
    path => {
      places.push(`>${path}`)
      return before[path.toString()]
    },
    path => {
      places.push(`<${path}`)
      return after[path.toString()]
    },
  )
  return `${places.join(' ')}${isDone ? '' : ' stopped'}`
}

const loop: unknown[] = []
loop.push({ loop })

describe('traverse', () => {
  const data = { a: [1, { b: 2 }], c: 3 }

  it('visits parents before children and leaves them after', () => {
    const all = '> >a >a[0] <a[0] >a[1] >a[1].b <a[1].b <a[1] <a >c <c <'
    expect(visited(data)).to.equal(all)
    expect(visited(SymDict.from(data))).to.equal(all)
    expect(visited({ a: SymList.from(data.a), c: 3 })).to.equal(all)
    expect(visited(7)).to.equal('> <')
  })

  it('goes on, around or no further, as it is told', () => {
    expect(visited(data, { a: CONTINUE })).to.equal('> >a <a >c <c <')
    expect(visited(data, { 'a[0]': STOP })).to.equal('> >a >a[0] stopped')
    expect(visited(data, {}, { 'a[1].b': STOP })).to.equal('> >a >a[0] <a[0] >a[1] >a[1].b <a[1].b stopped')
    expect(visited(SymDict.from(data), {}, { 'a[0]': STOP })).to.equal('> >a >a[0] <a[0] stopped')
    for (const answer of [ENTER, undefined, null, true, false, 0]) {
      expect(visited([1], { '': answer }, { '': answer })).to.equal('> >[0] <[0] <')
    }
  })

  it('hands over the parents, and enters objects', () => {
    const dense = new Dense({ units: 1 })
    const found: unknown[] = []
    traverse({ dense }, (path, value, parent) => {
      if (path.key === 'units') found.push(value, parent)
    })
    expect(found).to.deep.equal([1, dense])
  })

  it('refuses data that holds itself', () => {
    refusal(() => traverse(loop, () => ENTER), SymError, /deeper than 1000 levels; does it hold itself/)
    refusal(() => flatten(loop), SymError, /hold itself/)
  })
})

describe('flatten', () => {
  it('gives the leaves by path, empty containers among them', () => {
    expect(flatten({ a: { b: 1 }, c: [2, {}, []], d: null })).to.deep.equal({
      'a.b': 1,
      'c[0]': 2,
      'c[1]': {},
      'c[2]': [],
      d: null,
    })
    expect(flatten(5)).to.deep.equal({ '': 5 })
    expect(flatten([])).to.deep.equal({ '': [] })
  })

  it('writes keys so that they read back', () => {
    expect(flatten({ 'a.b': { '0': 1 }, 'x[0]': 2, '': 3 })).to.deep.equal({
      '[a.b].0': 1,
      '["x[0]"]': 2,
      '[""]': 3,
    })
  })

  it('goes through trees, and leaves out absent fields', () => {
    const flat = flatten(smallModel().head)
    expect(flat).to.deep.equal({ name: 'head', units: 10, activation: 'relu' })
    expect(flatten(smallModel())).not.to.have.property('note')
    expect(flatten(SymDict.from({ a: [], b: {} }))).to.deep.equal({ a: [], b: {} })
    const date = new Date(0)
    expect(flatten({ at: date, none: undefined })).to.deep.equal({ at: date, none: undefined })
  })

  it('gives updates that rebind takes', () => {
    const model = smallModel()
    expect(model.rebind(flatten(model) as never)).to.equal(model)
  })
})

describe('canonicalize', () => {
  it('makes records and arrays of paths, in any order', () => {
    expect(canonicalize({ 'c[1]': 3, 'a.b': 1, 'c[0]': 2 })).to.deep.equal({ a: { b: 1 }, c: [2, 3] })
    expect(canonicalize(new Map([[KeyPath.of('x', '0'), 1]]))).to.deep.equal({ x: { '0': 1 } })
    expect(canonicalize([['[0]', 'a']])).to.deep.equal(['a'])
    expect(canonicalize({ '': 5 })).to.equal(5)
    expect(canonicalize({})).to.deep.equal({})
  })

  it('says which paths cannot both be', () => {
    const conflict = (flat: never | object, words: RegExp): void => {
      refusal(() => canonicalize(flat as Record<string, unknown>), PathError, words)
    }
    conflict(
      { a: 1, 'a.b.c': 2 },
      /^'a' is given a value, and 'a\.b\.c' leads through it; give one or the other$/,
    )
    conflict({ 'a.b.c': 2, a: {} }, /^'a' is given a value, and 'a\.b\.c' leads through it/)
    conflict({ '': 1, a: 2 }, /^'' is given a value, and 'a' leads through it/)
    conflict({ 'a.b': 1, 'a[b]': 2 }, /^two values are given for 'a\.b'$/)
    conflict({ 'a[0]': 1, 'a.x': 2 }, /^'a' would be a list, by 'a\[0\]', and a dict, by 'a\.x'$/)
    conflict({ 'a[0]': 1, 'a[2]': 2 }, /^'a' would be a list with nothing at 'a\[1\]'$/)
    conflict({ '[4000000000]': 1 }, /^the root would be a list with nothing at '\[0\]'$/)
    conflict({ 'a[-1]': 1 }, /^'a\[-1\]' counts from the end of a new list$/)
    conflict({ 'a[': 1 }, /never closed/)
    refusal(() => canonicalize([[new Array(1001).fill('a'), 1]]), SymError, /deeper than 1000 levels/)
    refusal(() => canonicalize(null as never), SymError, /values by path/)
  })

  it('closes up lists, when asked to', () => {
    expect(canonicalize({ 'a[7]': 'y', 'a[2].x': 1 }, { gaps: 'close' })).to.deep.equal({
      a: [{ x: 1 }, 'y'],
    })
  })

  it('takes hostile keys for keys', () => {
    const before = prototypeKeys()
    const data = canonicalize({ '__proto__.x': 1, 'constructor.prototype.y': 2 }) as Record<string, unknown>
    expect(Object.keys(data)).to.deep.equal(['__proto__', 'constructor'])
    expect(data.x).to.equal(undefined)
    expect(prototypeKeys()).to.deep.equal(before)
  })

  it('is the inverse of flatten, for data and for trees', () => {
    fc.assert(
      fc.property(containerData(), data => {
        const flat = flatten(data)
        expect(canonicalize(flat)).to.deep.equal(data)
        for (const [text, value] of Object.entries(flat)) {
          expect(KeyPath.parse(text).toString()).to.equal(text)
          expect(valueAt(data, text)).to.deep.equal(value)
        }
      }),
      { numRuns: runs(300) },
    )
    fc.assert(
      fc.property(anyTree(), tree => {
        expect(canonicalize(flatten(tree))).to.deep.equal(tree.toJS())
      }),
      { numRuns: runs(100) },
    )
  })
})

describe('valueAt', () => {
  const data = { a: [1, { b: 2 }], text: 'yes', 'k.1': 5, tree: SymDict.from({ x: [7] }) }

  it('reads plain data, trees, and trees in plain data', () => {
    expect(valueAt(data, 'a[1].b')).to.equal(2)
    expect(valueAt(data, 'a[-1].b')).to.equal(2)
    expect(valueAt(data, '[k.1]')).to.equal(5)
    expect(valueAt(data, 'tree.x[0]')).to.equal(7)
    expect(valueAt(smallModel(), 'head.units')).to.equal(10)
    expect(valueAt(3, '')).to.equal(3)
  })

  it('says what is there instead, or gives the default', () => {
    refusal(() => valueAt(data, 'a[9]'), PathError, /^there is nothing at 'a\[9\]': 'a' is \[1,{"b":2}\]$/)
    refusal(() => valueAt(data, 'text[0]'), PathError, /'text' is 'yes'/)
    refusal(() => valueAt(3, 'x'), PathError, /the root is 3/)
    refusal(() => valueAt(data, 'tree.y'), PathError, /no key 'y'/)
    expect(valueAt(data, 'a.b', 'none')).to.equal('none')
    expect(valueAt(data, 'tree.y', undefined)).to.equal(undefined)
  })

  it('sees own keys only', () => {
    for (const path of ['toString', '__proto__', 'constructor.prototype', 'a.length', 'a.0']) {
      expect(hasAt(data, path), path).to.equal(false)
    }
    expect(hasAt(data, 'tree.x')).to.equal(true)
    expect(hasAt({ none: undefined }, 'none')).to.equal(true)
  })
})
