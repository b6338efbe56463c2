import { expect } from 'chai'
import { floatV, manyOf, OneOf, oneOf, Space, SpaceError, sameAs, space } from '../../../src/search/index.ts'
import { scan, type Template } from '../../../src/search/space/template.ts'
import { FieldError, f, SymDict, SymObject } from '../../../src/symbolic/index.ts'

class Lists extends SymObject.define('test.search.template.Lists', { rows: f.list(f.list(f.string())) }) {}
class Pair2 extends SymObject.define('test.search.template.Pair', { low: f.int(), high: f.int() }) {
  onBound(): void {
    if (this.low > this.high) throw new Error(`low ${this.low} is above high ${this.high}`)
  }
}

const scanned = (tree: Record<string, unknown>) => scan(SymDict.from(tree), () => true)

describe('the scanned template', () => {
  it('knows each open place, and what can be put there', () => {
    const { places, pair } = scanned({ a: oneOf<unknown>([{ p: oneOf([1, 2]) }, 5]), b: [floatV(0, 1)] })
    expect(pair?.[0]).to.equal('')
    expect(places.map(({ id, text, leaf }) => [id, text, leaf?.kind])).to.deep.equal([
      ['a', 'a', undefined],
      ['b[0]', 'b[0]', 'float'],
    ])
    const [first, second] = (places[0]?.rows[0] ?? []) as [Template, Template]
    expect(first.places.map(({ id, text, within }) => [id, text, String(within)])).to.deep.equal([
      ['a[=0/2].p', 'a.p', 'p'],
    ])
    expect([second.pair, second.places.length]).to.deep.equal([['a', 5], 0])
  })

  it('has candidates for each place of a row, constant ones only once', () => {
    const [place] = scanned({ a: manyOf(2, [[oneOf([1, 2])], { q: 3 }]) }).places
    const rows = place?.rows ?? []
    expect(rows.map(row => row[0]?.places[0]?.id)).to.deep.equal(['a[0][=0/2][0]', 'a[1][=0/2][0]'])
    expect(rows.map(row => row[0]?.places[0]?.text)).to.deep.equal(['a[0][0]', 'a[1][0]'])
    expect(rows[0]?.[1]).to.equal(rows[1]?.[1])
  })

  it('has candidates in the form in which they will be stored', () => {
    const lists = space(new Lists({ rows: [] }), { rows: manyOf(2, [['a'], ['b']]) })
    const { rows } = lists.materialize(lists.first())
    expect(() => rows.rebind({ '[0][0]': 5 as never })).to.throw(FieldError, 'string')
  })

  it('leaves what is not opened, with all that is inside', () => {
    const tree = SymDict.from({ a: oneOf([[floatV(0, 1)]]), b: floatV(0, 1), c: sameAs('b') })
    const { places, derived } = scan(tree, hyper => !(hyper instanceof OneOf))
    expect(places.map(place => place.id)).to.deep.equal(['b'])
    expect(derived.map(({ path }) => String(path))).to.deep.equal(['c'])
  })

  it('refuses hyper values in sealed places, also inside candidates', () => {
    const inner = SymDict.from({ x: oneOf([1, 2]) })
    expect(() => Space.of({ deep: inner.seal() })).to.throw(
      SpaceError,
      "the hyper value at 'deep.x' stands in a sealed place",
    )
    expect(() => Space.of({ c: oneOf([inner.seal()]) })).to.throw(
      SpaceError,
      "'c.x' stands in a sealed place",
    )
    const beside = SymDict.from({ fixed: inner.rebind({ x: 1 }).seal(), y: oneOf([1, 2]) })
    expect(Space.of(beside).size).to.equal(2)
  })

  it('leaves rules across fields to materializing', () => {
    const pairs = space(new Pair2({ low: 5, high: 6 }), { low: oneOf([1, 5]), high: oneOf([2, 7]) })
    expect(
      [...pairs.iterate()].map(dna => {
        try {
          return pairs.materialize(dna).toString()
        } catch (error) {
          return (error as Error).message
        }
      }),
    ).to.deep.equal([
      'Pair(low=1, high=2)',
      'Pair(low=1, high=7)',
      'low 5 is above high 2',
      'Pair(low=5, high=7)',
    ])
  })

  it('writes keys that need quoting', () => {
    const odd = Space.of({ 'a.b': { 'x[0]': oneOf([1, 2]), '': oneOf([3, 4]) } })
    const dna = odd.next(odd.first())
    expect(dna === null ? null : odd.materialize(dna).toJS()).to.deep.equal({ 'a.b': { 'x[0]': 1, '': 4 } })
  })
})
