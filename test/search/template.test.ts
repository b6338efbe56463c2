import { expect } from 'chai'
import { floatV, oneOf, Space, SpaceError, space } from '../../src/search/index.ts'
import { addPairs, compile, type Pair } from '../../src/search/template.ts'
import { f, SymDict, SymObject } from '../../src/symbolic/index.ts'

class Pair2 extends SymObject.define('test.search.template.Pair', { low: f.int(), high: f.int() }) {
  onBound(): void {
    if (this.low > this.high) throw new Error(`low ${this.low} is above high ${this.high}`)
  }
}

const pairsOf = (tree: Record<string, unknown>, genes: number[]): unknown[] => {
  const pairs: Pair[] = []
  expect(addPairs(compile(SymDict.from(tree)), genes, 0, pairs)).to.equal(genes.length)
  return pairs.map(([path, value]) => [path, value instanceof SymDict ? value.toJS() : value])
}

describe('the compiled template', () => {
  it('turns genes into one batch of path-value pairs', () => {
    const tree = { a: oneOf([1, 2]), b: [floatV(0, 1)] }
    expect(pairsOf(tree, [1, 0.5])).to.deep.equal([
      ['a', 2],
      ['b[0]', 0.5],
    ])
  })

  it('puts what is open inside a candidate below the candidate', () => {
    const tree = { a: oneOf<unknown>([{ p: oneOf([1, 2]), q: 3 }, oneOf([4, 5])]) }
    expect(pairsOf(tree, [0, 1]).map(pair => (pair as unknown[])[0])).to.deep.equal(['a', 'a.p'])
    expect(pairsOf(tree, [1, 1])).to.deep.equal([['a', 5]])
  })

  it('refuses a name that is taken', () => {
    const twice = {
      a: oneOf([1, 2], { name: 'n' }),
      b: oneOf<unknown>([{ c: oneOf([1, 2], { name: 'n' }) }]),
    }
    expect(() => Space.of(twice)).to.throw(
      SpaceError,
      "the name 'n' at 'b[=0/1].c' is taken by another decision; names must be different",
    )
    expect(() => Space.of({ a: oneOf([1, 2], { name: 'b' }), b: oneOf([1, 2]) })).to.throw(
      SpaceError,
      "the name 'b' at 'a'",
    )
    expect(Space.of({ a: oneOf([1, 2], { name: 'a' }) }).decisions[0]?.name).to.equal('a')
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
