import { expect } from 'chai'
import {
  Derived,
  derived,
  floatV,
  oneOf,
  registerDerivation,
  Space,
  SpaceError,
  sameAs,
} from '../../../src/search/index.ts'
import { FieldError, f, fromJson, SymObject } from '../../../src/symbolic/index.ts'

class Dense extends SymObject.define('test.search.derived.Dense', { units: f.int({ min: 1 }) }) {}
class Model extends SymObject.define('test.search.derived.Model', {
  encoder: f.object(Dense),
  decoder: f.object(Dense),
  width: f.int().default(0),
}) {}

const half = registerDerivation('test.derived.half', (units: number) => units / 2)
const sum = registerDerivation('test.derived.sum', (a: number, b: number) => a + b)
const space = Space.of(
  new Model({
    encoder: new Dense({ units: oneOf([32, 64]) }),
    decoder: new Dense({ units: derived(half, ['encoder.units']) }),
    width: derived(sum, ['encoder.units', 'decoder.units']),
  }),
)
const made = (tree: unknown): unknown[] => {
  const each = Space.of(tree)
  return [...each.iterate()].map(dna => JSON.parse(JSON.stringify(each.materialize(dna))))
}

describe('derived values', () => {
  it('follow from what is decided, and from each other', () => {
    expect([...space.iterate()].map(dna => String(space.materialize(dna)))).to.deep.equal([
      'Model(encoder=Dense(units=32), decoder=Dense(units=16), width=48)',
      'Model(encoder=Dense(units=64), decoder=Dense(units=32), width=96)',
    ])
    expect(space.decisions.map(point => point.id)).to.deep.equal(['encoder.units'])
  })

  it('are looked up in the parent, then in its parents', () => {
    expect(made({ x: oneOf([1, 2]), y: { x: 5, z: sameAs('x') }, w: [sameAs('x')] })).to.deep.equal([
      { x: 1, y: { x: 5, z: 5 }, w: [1] },
      { x: 2, y: { x: 5, z: 5 }, w: [2] },
    ])
    // The place itself is not meant, so a key of the same name further up is.
    expect(made({ units: oneOf([1]), part: { units: sameAs('units') } })).to.deep.equal([
      { units: 1, part: { units: 1 } },
    ])
  })

  it('may stand inside candidates, and copy whole trees', () => {
    expect(
      made({ a: oneOf<unknown>([{ p: oneOf([1, 2]) }, 3]), b: oneOf<unknown>([[sameAs('a')], 4]) }),
    ).to.deep.equal([
      { a: { p: 1 }, b: [{ p: 1 }] },
      { a: { p: 1 }, b: 4 },
      { a: { p: 2 }, b: [{ p: 2 }] },
      { a: { p: 2 }, b: 4 },
      { a: 3, b: [3] },
      { a: 3, b: 4 },
    ])
  })

  it('lead back only from trees in which they follow', () => {
    const model = space.materialize(space.first())
    expect(space.encode(model).toNumbers()).to.deep.equal([0])
    expect(() => space.encode(model.rebind({ width: 7 }))).to.throw(
      SpaceError,
      "not in the space: 'width' is not what follows from the rest",
    )
    const some = Space.of({ u: oneOf([3, 4]), v: oneOf([{ w: sameAs('u') }, { w: 5 }]) })
    expect(some.encode({ u: 3, v: { w: 5 } } as never).toNumbers()).to.deep.equal([0, 1])
    expect(some.has({ u: 3, v: { w: 4 } })).to.equal(false)
    expect(some.has({ v: { w: 4 } })).to.equal(false)
    const bare = Space.of({ u: oneOf([3, 4]), v: oneOf([sameAs<number>('u'), 5]) })
    expect([...bare.iterate()].map(dna => bare.encode(bare.materialize(dna)).equals(dna))).to.deep.equal([
      true,
      true,
      true,
      true,
    ])
    expect(bare.has({ u: 3, v: 4 })).to.equal(false)
  })

  it('have to fit when they are known', () => {
    const odd = Space.of(
      new Model({
        encoder: new Dense({ units: oneOf([3]) }),
        decoder: new Dense({ units: derived(half, ['encoder.units']) }),
      }),
    )
    expect(() => odd.materialize(odd.first())).to.throw(FieldError, 'decoder.units must be an integer')
  })

  it('wait for what another space opens', () => {
    const tree = { a: oneOf([1, 2], { name: 'a' }), b: floatV(0, 1), c: sameAs('b'), d: sameAs('a') }
    const outer = Space.of(tree, { where: hyper => hyper.name === 'a' })
    const half = outer.materialize(outer.first())
    expect([half.at('d'), half.at('c') instanceof Derived]).to.deep.equal([1, true])
    const inner = Space.of(half)
    expect(inner.materialize(inner.first()).toJS()).to.deep.equal({ a: 1, b: 0, c: 0, d: 1 })
  })

  it('are refused when they lead nowhere or in circles', () => {
    const refuse = (tree: unknown, why: string): void => {
      const each = Space.of(tree)
      expect(() => each.materialize(each.first())).to.throw(SpaceError, why)
    }
    refuse(
      { x: oneOf([1]), y: [sameAs('z')] },
      "the value at 'y[0]' is derived from 'z', which is nowhere above it",
    )
    refuse(
      { x: oneOf([1]), y: sameAs('z'), z: sameAs('y') },
      "the derived values at 'y', 'z' depend on each other",
    )
    expect(() => Space.of(oneOf([sameAs('x')]))).to.throw(SpaceError, 'there is nothing above the root')
    expect(() => derived({ name: 'no.such' }, ['a' as never])).to.throw(SpaceError, "no derivation 'no.such'")
    expect(() => fromJson({ _type: 'search.Derived', from: ['a', 'b'] })).to.throw(
      SpaceError,
      'one path is needed',
    )
    expect(() => fromJson({ _type: 'search.Derived', from: ['a'], by: 'no.such' })).to.throw(
      SpaceError,
      "no derivation 'no.such'",
    )
  })

  it('survive JSON', () => {
    const tree = fromJson(JSON.parse(JSON.stringify(space.template)), Model)
    expect(tree.equals(space.template)).to.equal(true)
    expect(Space.of(tree).materialize(Space.of(tree).first()).width).to.equal(48)
  })
})
