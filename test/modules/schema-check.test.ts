import { expect } from 'chai'
import { checkedSchema } from '../../src/modules/schema-check.ts'

describe('checkedSchema', () => {
  it('is one and the same for equal schemas, whatever the order of keys', () => {
    const one = checkedSchema({ type: 'number', minimum: 1 })
    expect(checkedSchema({ minimum: 1, type: 'number' })).to.equal(one)
    expect(checkedSchema({ minimum: 2, type: 'number' })).not.to.equal(one)
  })

  it('cannot be changed through the schema it was made of', () => {
    const schema = { type: 'number', minimum: 7 }
    const checked = checkedSchema(schema)
    schema.minimum = 0
    expect(checked.accepts(3)).to.equal(false)
    expect(checkedSchema(schema)).not.to.equal(checked)
  })

  it('lists all problems, not only the first', () => {
    const checked = checkedSchema({ items: { type: 'number' } })
    expect(checked.problems(['a', 1, 'b']).map(({ path }) => path)).to.deep.equal(['[0]', '[2]'])
    expect(checked.problems([1])).to.deep.equal([])
  })

  it('does not check formats', () => {
    expect(checkedSchema({ type: 'string', format: 'email' }).accepts('no email')).to.equal(true)
  })

  it('says what is wrong with a schema when it is first used', () => {
    const broken = [{ type: 'strng' }, { minimum: 'a' }, { pattern: '(' }, { minimun: 3 }]
    const words = ['type must be JSONType', 'minimum value must be', '/(/u', 'unknown keyword: "minimun"']
    broken.forEach((schema, i) => {
      expect(() => checkedSchema(schema).accepts(1))
        .to.throw(`schema cannot be used`)
        .and.to.have.property('message')
        .that.contains(words[i])
    })
  })

  it('refuses data under a schema that refers to itself without end', () => {
    const endless = checkedSchema({ $ref: '#/$defs/A', $defs: { A: { allOf: [{ $ref: '#/$defs/A' }] } } })
    expect(endless.accepts(1)).to.equal(false)
    expect(endless.problems(1)[0]?.message).to.contain('cannot be checked by its schema')
  })

  it('holds on to a bounded number of schemas', () => {
    const first = checkedSchema({ const: 'first' })
    for (let i = 0; i < 1000; i++) checkedSchema({ const: i })
    expect(checkedSchema({ const: 'first' })).not.to.equal(first)
  })
})
