import { expect } from 'chai'
import { intV, ManyOf, manyOf, oneOf, permutate, Space, SpaceError } from '../../../src/search/index.ts'
import { FieldError, f, fromJson, SymObject } from '../../../src/symbolic/index.ts'

class Net extends SymObject.define('test.search.choice.Net', {
  sizes: f.list(f.int({ max: 9 }), { minSize: 2, maxSize: 3 }).default([1, 2]),
  pair: f.tuple([f.int(), f.string()]).default([1, 'a']),
  note: f.union(f.string(), f.list(f.string())).default(''),
  parts: f.list(f.struct({ n: f.int() })).default([]),
}) {}

const refused = (make: () => unknown): string => {
  try {
    make()
  } catch (error) {
    expect(error).to.be.instanceOf(FieldError)
    return (error as Error).message
  }
  return 'accepted'
}

describe('choices of several', () => {
  it('stand in lists, tuples and unions that take all they can become', () => {
    const net = new Net({
      sizes: manyOf(3, [1, intV(2, 9), oneOf([3, 4])]),
      note: manyOf(1, ['a', 'b']),
      parts: manyOf(2, [{ n: 1 }, { n: oneOf([2, 3]) }]),
    })
    expect(net.get('sizes')).to.be.instanceOf(ManyOf)
    const made = Space.of(net).materialize(Space.of(net).first())
    expect([made.sizes.toJS(), made.parts.at(1)?.at('n')]).to.deep.equal([[1, 2, 3], 2])
    const mixed = oneOf<unknown>([1, 'a']) as never
    expect(refused(() => new Net({ pair: [1, oneOf(['a', 'b'])] }))).to.equal('accepted')
    expect(refused(() => new Net({ pair: manyOf(2, [mixed, mixed]) }))).to.contain('cannot be this manyOf')
  })

  it('are refused with the candidate, and what is wrong with it', () => {
    expect(refused(() => new Net({ sizes: manyOf(2, [1, 2, 10]) }))).to.equal(
      'test.search.choice.Net.sizes cannot be this manyOf: candidates[2] must be an integer of at most 9, got 10',
    )
    expect(refused(() => new Net({ sizes: manyOf(1, [1, 2]) }))).to.contain(
      'sizes cannot be this manyOf: it must have 2 to 3 elements, got 1',
    )
    expect(refused(() => new Net({ sizes: manyOf(4, [1, 2, 3, 4]) }))).to.contain(
      'it must have 2 to 3 elements, got 4',
    )
    expect(refused(() => new Net({ pair: manyOf(2, [1, 'a'] as never[]) as never }))).to.contain(
      'candidates[',
    )
    expect(refused(() => new Net({ parts: manyOf(1, [{ n: 1 }, { n: 'x' as never }]) }))).to.contain(
      'candidates[1].n must be an integer',
    )
    expect(refused(() => new Net({ sizes: permutate(['a', 'b'] as never[]) as never }))).to.contain(
      'candidates[0]',
    )
  })

  it('are saved and loaded with the tree', () => {
    const net = new Net({
      sizes: manyOf(2, [1, intV(2, 3)], { distinct: false, sorted: true, name: 'sizes' }),
    })
    expect(fromJson(JSON.parse(JSON.stringify(net)), Net).equals(net)).to.equal(true)
    expect(() => fromJson({ _type: 'search.ManyOf', candidates: [1], count: 2 })).to.throw(
      SpaceError,
      'manyOf cannot take 2 different ones of 1 candidates; { distinct: false } allows repeats',
    )
    expect(() => fromJson({ _type: 'search.ManyOf', candidates: [], count: 1 })).to.throw(FieldError)
  })

  it('refuse bad arguments', () => {
    expect(() => oneOf([])).to.throw(SpaceError, 'oneOf needs at least one candidate')
    expect(() => oneOf(undefined as unknown as number[])).to.throw(SpaceError, 'candidate, in an array')
    expect(() => oneOf([1, undefined])).to.throw(SpaceError, 'candidate 1 is undefined; only null can')
    expect(() => manyOf(1, [])).to.throw(SpaceError, 'manyOf needs at least one candidate')
    expect(() => manyOf(0, [1])).to.throw(SpaceError, 'manyOf takes at least 1 of its candidates, got 0')
    expect(() => manyOf(1.5, [1, 2])).to.throw(SpaceError, 'got 1.5')
    expect(() => manyOf(3, [1, 2])).to.throw(SpaceError, 'cannot take 3 different ones of 2 candidates')
    expect(() => manyOf(1e9, [1, 2], { distinct: false })).to.throw(SpaceError, 'more than a space can hold')
    expect(() => permutate([])).to.throw(SpaceError, 'permutate needs at least one candidate')
  })
})
