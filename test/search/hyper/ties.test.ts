import { expect } from 'chai'
import { Dna, floatV, intV, manyOf, oneOf, permutate, Space, SpaceError } from '../../../src/search/index.ts'

const bit = () => oneOf([0, 1], { name: 'bit' })
const ids = (tree: unknown): string[] => Space.of(tree).decisions.map(point => point.id)
const made = (tree: unknown): string[] => {
  const space = Space.of(tree)
  return [...space.iterate()].map(dna => `${dna} ${JSON.stringify(space.materialize(dna))}`)
}

describe('decisions of one name', () => {
  it('are one decision, at the first place', () => {
    expect(made({ a: bit(), b: [bit(), bit()] })).to.deep.equal([
      '0 {"a":0,"b":[0,0]}',
      '1 {"a":1,"b":[1,1]}',
    ])
    expect(ids({ a: bit(), b: [bit()] })).to.deep.equal(['a'])
    const { spec } = Space.of({ a: bit(), b: bit(), c: floatV(0, 1) })
    expect(Dna.fromDict({ bit: 1, c: 0.5 }, spec).toNumbers()).to.deep.equal([1, 0.5])
  })

  it('are the one that is always open, where the others may be closed', () => {
    expect(made({ a: oneOf([[bit()], 5]), b: bit() })).to.deep.equal([
      '[0, 0] {"a":[0],"b":0}',
      '[0, 1] {"a":[1],"b":1}',
      '[1, 0] {"a":5,"b":0}',
      '[1, 1] {"a":5,"b":1}',
    ])
    expect(ids({ a: oneOf([[bit()], 5]), b: bit() })).to.deep.equal(['a', 'b'])
  })

  it('are one in front of them, where each may be closed', () => {
    const tree = { x: 1, a: oneOf([[bit()], 5]), b: oneOf([[bit()], 6]) }
    expect(ids(tree)).to.deep.equal(['@bit', 'a', 'b'])
    expect(made(tree)).to.deep.equal([
      '[0, 0, 0] {"x":1,"a":[0],"b":[0]}',
      '[0, 0, 1] {"x":1,"a":[0],"b":6}',
      '[0, 1, 0] {"x":1,"a":5,"b":[0]}',
      '[0, 1, 1] {"x":1,"a":5,"b":6}',
      '[1, 0, 0] {"x":1,"a":[1],"b":[1]}',
      '[1, 0, 1] {"x":1,"a":[1],"b":6}',
      '[1, 1, 0] {"x":1,"a":5,"b":[1]}',
      '[1, 1, 1] {"x":1,"a":5,"b":6}',
    ])
    const space = Space.of(tree)
    expect(space.encode({ x: 1, a: 5, b: [1] } as never).toNumbers()).to.deep.equal([1, 1, 0])
    expect(space.encode({ x: 1, a: 5, b: 6 } as never).toNumbers()).to.deep.equal([0, 1, 1])
    expect(() => space.encode({ x: 1, a: [0], b: [1] } as never)).to.throw(
      SpaceError,
      "'b' is [1], and the candidates are",
    )
  })

  it('stay apart where they can never be open together', () => {
    const tree = { a: oneOf([[bit()], { p: bit() }, 5]) }
    expect(ids(tree)).to.deep.equal(['a', 'a[=0/3][0]', 'a[=1/3].p'])
    expect(made(tree).length).to.equal(5)
    const { spec } = Space.of(tree)
    expect(Dna.fromDict({ a: 1, bit: 1 }, spec).toNumbers()).to.deep.equal([1, 1])
  })

  it('are one in a row of choices, where two candidates that have it may stand side by side', () => {
    // One candidate has it, and no candidate stands there twice: each place decides by itself.
    expect(ids(permutate([[bit()], 5]))).to.deep.equal(['[0]', '[0][=0/2][0]', '[1]', '[1][=0/2][0]'])
    expect(ids(permutate([[bit()], [bit()]]))).to.deep.equal(['@bit', '[0]', '[1]'])
    const twice = manyOf(2, [[bit()], 5], { distinct: false, sorted: true })
    expect(made(twice)).to.deep.equal([
      '[0, [0, 0]] [[0],[0]]',
      '[0, [0, 1]] [[0],5]',
      '[0, [1, 1]] [5,5]',
      '[1, [0, 0]] [[1],[1]]',
      '[1, [0, 1]] [[1],5]',
      '[1, [1, 1]] [5,5]',
    ])
  })

  it('carry what is open inside them, and ties inside that', () => {
    const kind = () => oneOf<unknown>([{ u: bit(), v: bit() }, intV(7, 8)], { name: 'kind' })
    const tree = { a: kind(), b: [kind()] }
    expect(ids(tree)).to.deep.equal(['a', 'a[=0/2].u', 'a[=1/2]'])
    expect(made(tree)).to.deep.equal([
      '(0, 0) {"a":{"u":0,"v":0},"b":[{"u":0,"v":0}]}',
      '(0, 1) {"a":{"u":1,"v":1},"b":[{"u":1,"v":1}]}',
      '(1, 7) {"a":7,"b":[7]}',
      '(1, 8) {"a":8,"b":[8]}',
    ])
    // The bit outside decides for those inside the tied choice, too.
    expect(made({ ...tree, c: bit() })).to.deep.equal([
      '[0, 0] {"a":{"u":0,"v":0},"b":[{"u":0,"v":0}],"c":0}',
      '[0, 1] {"a":{"u":1,"v":1},"b":[{"u":1,"v":1}],"c":1}',
      '[(1, 7), 0] {"a":7,"b":[7],"c":0}',
      '[(1, 7), 1] {"a":7,"b":[7],"c":1}',
      '[(1, 8), 0] {"a":8,"b":[8],"c":0}',
      '[(1, 8), 1] {"a":8,"b":[8],"c":1}',
    ])
  })

  it('tie rows, too', () => {
    const pair = () => manyOf(2, ['a', 'b', 'c'], { name: 'pair', sorted: true })
    expect(made({ x: pair(), y: pair() })).to.deep.equal([
      '[0, 1] {"x":["a","b"],"y":["a","b"]}',
      '[0, 2] {"x":["a","c"],"y":["a","c"]}',
      '[1, 2] {"x":["b","c"],"y":["b","c"]}',
    ])
  })

  it('must be alike', () => {
    expect(() => Space.of({ a: bit(), b: oneOf([[oneOf([0, 2], { name: 'bit' })]]) })).to.throw(
      SpaceError,
      "the decisions at 'a' and 'b[=0/1][0]' are both named 'bit', so they must be alike; they are OneOf(",
    )
    expect(() => Space.of({ a: floatV(0, 1, { name: 'r' }), b: floatV(0, 2, { name: 'r' }) })).to.throw(
      SpaceError,
    )
  })
})
