import { expect } from 'chai'
import type { Json } from '../../../src/modules/json.ts'
import { sameSchema } from '../../../src/modules/operators/same-schema.ts'

const none = new Map<string, Json>()
const same = (a: Json, b: Json, withNotes = false) => sameSchema(a, none, b, none, { withNotes })

describe('sameSchema', () => {
  it('leaves out notes, unless it is asked for them', () => {
    const [plain, noted] = [
      { type: 'string' },
      { type: 'string', title: 'T', description: 'D', default: '', 'x-a': 1 },
    ]
    expect([same(plain, noted), same(plain, noted, true)]).to.deep.equal([true, false])
  })

  it('takes a property called title for a property', () => {
    expect(same({ properties: { title: { type: 'string' } } }, { properties: {} })).to.equal(false)
    expect(same({ const: { title: 'a' } }, { const: { title: 'b' } })).to.equal(false)
  })

  it('goes by what is said, in whatever order', () => {
    expect(
      same(
        { type: ['string', 'null'], required: ['a', 'b'] },
        { required: ['b', 'a'], type: ['null', 'string'] },
      ),
    ).to.equal(true)
    expect(same({ enum: [1, { a: 1 }] }, { enum: [{ a: 1 }, 1] })).to.equal(true)
    expect(same({ prefixItems: [true, false] }, { prefixItems: [false, true] })).to.equal(false)
    expect(same({ type: 'string' }, { type: 'string', minLength: 1 })).to.equal(false)
  })

  it('follows references, in circles too', () => {
    const tree = (leaf: string): ReadonlyMap<string, Json> =>
      new Map<string, Json>([
        ['Tree', { properties: { kids: { items: { $ref: '#/$defs/Tree' } }, leaf: { type: leaf } } }],
      ])
    const root = { $ref: '#/$defs/Tree' }
    expect(sameSchema(root, tree('string'), root, tree('string'))).to.equal(true)
    expect(sameSchema(root, tree('string'), root, tree('integer'))).to.equal(false)
  })
})
