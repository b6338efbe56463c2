import { expect } from 'chai'
import { floatV, manyOf, oneOf, Space, SpaceError } from '../../../src/search/index.ts'
import { compile } from '../../../src/search/space/compile.ts'
import { SymDict } from '../../../src/symbolic/index.ts'

describe('compile', () => {
  it('makes the shape of the DNAs', () => {
    const tree = SymDict.from({ a: oneOf<unknown>([{ p: floatV(0, 1) }, 5]), b: manyOf(2, ['x', 'y']) })
    const { spec, hasLeft } = compile(tree)
    expect(spec.elements.map(({ kind, id, size }) => [kind, id, size])).to.deep.equal([
      ['choices', 'a', Number.POSITIVE_INFINITY],
      ['many', 'b', 2],
    ])
    expect(hasLeft).to.equal(false)
    expect(compile(tree, hyper => !('min' in hyper)).spec.points.map(({ id }) => id)).to.deep.equal([
      'a',
      'b[0]',
      'b[1]',
    ])
    expect(compile(tree, hyper => !('min' in hyper)).hasLeft).to.equal(true)
  })

  it('refuses a name that is the path of another decision', () => {
    expect(() => Space.of({ a: oneOf([1, 2], { name: 'b' }), b: oneOf([1, 2]) })).to.throw(
      SpaceError,
      "the name 'b' of the decision at 'a' is the path of another decision",
    )
    expect(Space.of({ a: oneOf([1, 2], { name: 'a' }) }).decisions[0]?.name).to.equal('a')
  })
})
