import { expect } from 'chai'
import { manyOf, oneOf } from '../../../src/search/index.ts'
import { compile } from '../../../src/search/space/compile.ts'
import { materialize } from '../../../src/search/space/materialize.ts'
import {
  f,
  isSymbolic,
  type Symbolic,
  SymDict,
  SymList,
  SymObject,
  same,
} from '../../../src/symbolic/index.ts'

let bound: string[] = []
class Box extends SymObject.define('test.search.materialize.Box', { items: f.list(f.any()), size: f.int() }) {
  onBound(): void {
    bound.push(String(this.size))
  }
}

const made = (tree: Symbolic, genes: (number | string)[]): unknown => {
  const value = materialize(compile(tree), genes)
  return isSymbolic(value) ? JSON.parse(JSON.stringify(value)) : value
}

describe('materialize', () => {
  it('puts what is open inside a candidate below the candidate', () => {
    const tree = SymDict.from({ a: oneOf<unknown>([{ p: oneOf([1, 2]), q: 3 }, oneOf([4, 5])]) })
    expect(made(tree, [0, 1])).to.deep.equal({ a: { p: 2, q: 3 } })
    expect(made(tree, [1, 1])).to.deep.equal({ a: 5 })
  })

  it('makes rows of what is chosen for each place', () => {
    const tree = SymDict.from({
      a: manyOf(2, [[oneOf([1, 2])], oneOf([3, manyOf(1, [4])])], { distinct: false }),
    })
    expect(made(tree, [0, 1, 1, 0])).to.deep.equal({ a: [[2], 3] })
    expect(made(tree, [1, 1, 0, 0, 0])).to.deep.equal({ a: [[4], [1]] })
  })

  it('makes every object once, however much is decided in it', () => {
    const tree = new Box({
      items: manyOf(2, [new Box({ items: [], size: oneOf([7, 8]) }), 5]),
      size: oneOf([1, 2]),
    })
    const compiled = compile(tree)
    bound = []
    materialize(compiled, [0, 1, 1, 1])
    expect(bound.sort()).to.deep.equal(['2', '8'])
  })

  it('gives back what a single hyper value becomes', () => {
    expect(made(oneOf([oneOf([1, [2]])]) as never, [0, 0])).to.equal(1)
    expect(made(oneOf([oneOf([1, [2]])]) as never, [0, 1])).to.deep.equal([2])
    expect(materialize(compile(manyOf(1, [oneOf([5])]) as never), [0, 0])).to.be.instanceOf(SymList)
  })

  it('shares whole candidates', () => {
    const compiled = compile(SymDict.from({ a: manyOf(1, [SymList.from([1, 2])]) }))
    const [a, b] = [materialize(compiled, [0]), materialize(compiled, [0])] as [Symbolic, Symbolic]
    expect(same(a.get('a[0]') as Symbolic, b.get('a[0]') as Symbolic)).to.equal(true)
  })
})
