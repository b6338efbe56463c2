/** Compounds: what is built, when, and for whom it is kept. */

import { expect } from 'chai'
import { compound, f, fromJson, fromParents, SymDict } from '../../../src/symbolic/index.ts'

describe('compound', () => {
  let built = 0
  const Scale = compound('compound.Scale', { low: f.int(), high: f.int() }, ({ low, high }) => {
    built++
    if (low > high) throw new RangeError('nothing in it')
    return Array.from({ length: high - low + 1 }, (_, i) => low + i)
  })

  beforeEach(() => {
    built = 0
  })

  it('builds its product when it is first asked for, once for each content', () => {
    const scale = new Scale({ low: 1, high: 3 })
    expect(built).to.equal(0)
    const product: number[] = scale.product
    expect(product).to.deep.equal([1, 2, 3])
    const tree = SymDict.from({ a: scale, b: [scale] })
    expect(tree.get('b[0].product' as string, 'no field')).to.equal('no field')
    expect((tree.at('a') as typeof scale).product).to.equal(product)
    expect(scale.clone().product).to.equal(product)
    expect(built).to.equal(1)
    expect(scale.rebind({ high: 2 }).product).to.deep.equal([1, 2])
  })

  it('is compared and saved by its fields', () => {
    const scale = new Scale({ low: 1, high: 3 })
    expect(scale.equals(new Scale({ low: 1, high: 3 }))).to.equal(true)
    expect(fromJson(scale.toJSON(), Scale).product).to.deep.equal([1, 2, 3])
  })

  it('does not keep failures', async () => {
    const bad = new Scale({ low: 3, high: 1 })
    expect(() => bad.product).to.throw(RangeError)
    expect(() => bad.product).to.throw(RangeError)
    expect(built).to.equal(2)
    let tries = 0
    const Flaky = compound('compound.Flaky', {}, async () => {
      if (++tries === 1) throw new RangeError('not yet')
      return tries
    })
    const flaky = new Flaky({})
    await flaky.product.catch(() => {})
    expect(await flaky.product).to.equal(2)
    expect(await flaky.product).to.equal(2)
  })

  it('is built anew where it depends on what is around', () => {
    const scale = new Scale({ low: fromParents(), high: 3 })
    const tree = SymDict.from({ one: { low: 1, scale }, two: { low: 2, scale } })
    const products = ['one.scale', 'two.scale'].map(path => (tree.get(path) as typeof scale).product)
    expect(products).to.deep.equal([
      [1, 2, 3],
      [2, 3],
    ])
  })
})
