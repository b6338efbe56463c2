/** Rules: asked about every place, parents first, and what they answer is checked like any other change. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  FieldError,
  f,
  fromJson,
  MISSING,
  SealedError,
  type Symbolic,
  SymDict,
  SymList,
  SymObject,
  same,
} from '../../../src/symbolic/index.ts'
import { Dense, type Model, smallModel } from '../../support/model.ts'
import { anyTree, runs, sealedTree } from '../../support/random.ts'
import { leavesAlone, refusal } from '../../support/refusal.ts'
import { find, show, Twig, tree } from '../../support/twig.ts'

const rename = (root: Twig, from: string, to: unknown): Twig =>
  root.transform((_, value) => (value instanceof Twig && value.name === from ? to : value))

/** Plain data with every 'x' made a 'y'. */
function swapped(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data === 'x' ? 'y' : data
  if (Array.isArray(data)) return data.map(swapped)
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, swapped(value)]))
}

describe('transform', () => {
  it('asks about every place, parents first, with its path and parent', () => {
    const root = tree('a(b(c) d)')
    const seen: string[] = []
    root.transform((path, value, parent) => {
      seen.push(`${path}:${parent === null ? '-' : parent.path}`)
      expect(same(path.isRoot ? root : root.get(path), value)).to.equal(true)
      return value
    })
    expect(seen.slice(0, 6)).to.deep.equal([
      ':-',
      'name:',
      'twigs:',
      'twigs[0]:twigs',
      'twigs[0].name:twigs[0]',
      'twigs[0].twigs:twigs[0]',
    ])
    expect(seen).to.have.length(12)
  })

  it('replaces, does not enter what it replaced, and shares the rest', () => {
    const root = tree('a(b(c) d(e) b)')
    const after = rename(root, 'b', tree('x(b)'))
    expect(show(after)).to.equal('a(x(b) d(e) x(b))')
    expect(same(find(after, 'd'), find(root, 'd'))).to.equal(true)
    expect(show(root)).to.equal('a(b(c) d(e) b)')
    expect(show(rename(root, 'a', tree('z')))).to.equal('z')
  })

  it('gives the same node for a rule that changes nothing', () => {
    const big = Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? Number.NaN : i))
    const trees: Symbolic[] = [
      smallModel(),
      tree('a(b!(c))'),
      SymList.from([Number.NaN, -0, [Number.NaN]]),
      SymDict.from({ a: Number.NaN }).seal(),
      SymList.from(big).seal(),
      SymDict.from(Object.fromEntries(big.map((value, i) => [`k${i}`, value]))),
    ]
    for (const each of trees) {
      expect(each.transform((_, value) => value)).to.equal(each)
      expect(each.transform((_, value) => (value instanceof SymList ? value.clone() : value))).to.equal(each)
      expect(each.transform((_, value) => (value === 0 ? 0 : value))).to.equal(each)
    }
    const again = (_: unknown, value: unknown): unknown =>
      value instanceof Dense ? Dense.from(value.toJSON()) : value
    const model = smallModel()
    expect(model.transform(again)).to.equal(model)
  })

  it('removes elements and keys, and resets fields, with MISSING', () => {
    const model = smallModel().rebind({ rate: 5, note: 'n', tags: ['a', 'x', 'b', 'x'] })
    const after = model.transform((path, value) =>
      value === 'x' || ['rate', 'note', 'author'].includes(String(path.key)) ? MISSING : value,
    )
    expect(after.tags.toArray()).to.deep.equal(['a', 'b'])
    expect(after.notes.keys()).to.deep.equal(['list'])
    expect([after.rate, after.note]).to.deep.equal([0.01, undefined])
    refusal(
      () => model.transform((path, value) => (path.key === 'head' ? MISSING : value)),
      FieldError,
      /head cannot be left out/,
    )
    const long = SymList.from(Array.from({ length: 600 }, (_, i) => i))
    const odd = long.transform((_, value) => (typeof value === 'number' && value % 2 === 0 ? MISSING : value))
    expect(odd.length).to.equal(300)
    expect(odd.at(-1)).to.equal(599)
    expect(
      odd.transform((_, value) => (typeof value === 'number' && value > 20 ? MISSING : value)).length,
    ).to.equal(10)
    const wide = SymDict.from(Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`k${i}`, i])))
    const thin = wide.transform((_, value) =>
      typeof value !== 'number' ? value : value % 2 === 0 ? MISSING : -value,
    )
    expect(thin.size).to.equal(300)
    expect(thin.at('k5')).to.equal(-5)
    expect(thin.hash()).to.equal(fromJson(thin.toJSON()).hash())
  })

  it('checks what it is given', () => {
    const model = smallModel()
    const put = (key: string, value: unknown) => () =>
      model.transform((path, old) => (path.toString() === key ? value : old))
    const rows: [string, unknown, RegExp][] = [
      ['head.units', 0, /support\.Model\.head\.units must be an integer of at least 1, got 0/],
      ['layers[0]', 'x', /layers\[0\] must be a support\.Layer/],
      ['tags[1]', 5, /tags\[1\] must be a string/],
      ['rate', undefined, /rate must be a number, got nothing/],
      ['', 5, /can only become another tree/],
    ]
    for (const [key, value, words] of rows)
      leavesAlone(model, () => refusal(put(key, value), FieldError, words))
    class Fixed extends SymObject.define('transform.Fixed', {
      n: f.int().frozen(1),
      l: f.list(f.int(), { minSize: 1 }),
    }) {}
    const fixed = new Fixed({ l: [1] })
    refusal(
      () => fixed.transform((path, value) => (path.key === 'n' ? 2 : value)),
      FieldError,
      /n is frozen at 1, got 2/,
    )
    refusal(
      () => fixed.transform((path, value) => (path.key === 0 ? MISSING : value)),
      FieldError,
      /transform\.Fixed\.l must have at least 1 elements/,
    )
  })

  it('stops at seals, also of the node itself, and only for changes', () => {
    const sealed = tree('a(b!(c) d)')
    refusal(() => rename(sealed, 'c', tree('x')), SealedError, /twigs\[0\]/)
    expect(show(rename(sealed, 'd', tree('x')))).to.equal('a(b!(c) x)')
    expect(show(rename(sealed, 'b', tree('x')))).to.equal('a(x d)')
    refusal(() => rename(tree('a!(b)'), 'b', tree('x')), SealedError)
    refusal(() => rename(find(sealed, 'b c'), 'c', tree('x')), SealedError)
  })

  it('works on a child in its tree', () => {
    const model = smallModel()
    const layers = model.layers.transform((path, value) => (path.key === 'units' ? 99 : value))
    expect(layers.path.toString()).to.equal('layers')
    expect((layers.root as Model).get('layers[0].units' as never)).to.equal(99)
    expect((layers.root as Model).head.units).to.equal(10)
  })

  it('leaves nothing when the rule throws, and never shows half a change', () => {
    const model = smallModel()
    const error = leavesAlone(model, () =>
      model.transform((path, value, parent) => {
        if (parent !== null) expect(parent.root).to.equal(model)
        if (path.key === 'rate') throw new RangeError('no')
        return path.key === 'units' ? 7 : value
      }),
    )
    expect(error).to.be.instanceOf(RangeError)
  })

  it('calls hooks once for each object that became new, inside out', () => {
    const seen: string[] = []
    class Seen extends SymObject.define('transform.Seen', { n: f.int(), inner: f.any().default(null) }) {
      onBound(): void {
        seen.push(`${this.n}`)
      }
    }
    const root = new Seen({ n: 1, inner: [new Seen({ n: 2 }), new Seen({ n: 3 })] })
    seen.length = 0
    root.transform((_, value) => (value === 2 ? 20 : value))
    expect(seen).to.deep.equal(['20', '1'])
  })

  it('does to random trees what replacing in their data does', () => {
    fc.assert(
      fc.property(anyTree(), each => {
        const result = each.transform((_, value) => (value === 'x' ? 'y' : value))
        expect(result.toJS()).to.deep.equal(swapped(each.toJS()))
        expect(result.hash()).to.equal(fromJson(result.toJSON()).hash())
        if (result.equals(each)) expect(result).to.equal(each)
      }),
      { numRuns: runs(300) },
    )
    fc.assert(
      fc.property(sealedTree(), each => {
        expect(each.transform((_, value) => value)).to.equal(each)
      }),
      { numRuns: runs(100) },
    )
  })
})
