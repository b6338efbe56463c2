import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import fc from 'fast-check'
import { DataModel } from '../../src/modules/index.ts'
import type { Json, JsonSchema } from '../../src/modules/json.ts'
import { prepareSchema } from '../../src/modules/schema-prepare.ts'

const text = { type: 'string' }
const only = (...names: string[]): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(names.map(name => [name, text])),
})
/** For each record of the given keys, whether the schema takes it. */
const takes = (schema: JsonSchema, ...keys: string[]): boolean[] =>
  keys.map(names => DataModel.of(schema).accepts(Object.fromEntries([...names].map(name => [name, name]))))

const refusal = (schema: unknown): string => {
  try {
    prepareSchema(schema)
    return 'no error'
  } catch (error) {
    return String(error)
  }
}

describe('a schema closed to unknown keys', () => {
  it('is closed where it names keys', () => {
    expect(takes(only('a'), 'a', 'b', 'ab')).to.deep.equal([true, false, false])
    expect(takes({ patternProperties: { '^[ab]$': text } }, 'ab', 'c')).to.deep.equal([true, false])
  })

  it('is closed inside of lists and records', () => {
    const schema = { type: 'array', items: { type: 'object', additionalProperties: only('a') } }
    const model = DataModel.of(schema)
    expect(model.accepts([{ k: { a: '' } }])).to.equal(true)
    expect(model.problems([{ k: { b: '' } }]).map(({ path }) => path)).to.deep.equal(['[0].k.b'])
  })

  it('lets the parts of a whole name keys together', () => {
    const whole = { allOf: [only('a'), only('b')] }
    expect(takes(whole, 'ab', 'abc')).to.deep.equal([true, false])
    const conditions = JSON.parse(
      '{"if":{"required":["a"]},"then":{"properties":{"b":{}}},"else":{"properties":{"c":{}}}}',
    )
    const branches = { ...only('a'), ...conditions }
    expect(takes(branches, 'ab', 'c', 'ac', 'bc')).to.deep.equal([true, true, false, false])
  })

  it('lets each alternative name its own keys', () => {
    const either = { anyOf: [only('a'), only('b')] }
    expect(takes(either, 'a', 'b', 'ab', 'c')).to.deep.equal([true, true, false, false])
    const withCommon = {
      ...only('k'),
      oneOf: [
        { ...only('a'), required: ['a'] },
        { ...only('b'), required: ['b'] },
      ],
    }
    expect(takes(withCommon, 'ka', 'kb', 'k', 'kc', 'kac')).to.deep.equal([true, true, false, false, false])
  })

  it('leaves a definition open for those who add to it, and closed for the others', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: {
        base: { $ref: '#/$defs/Base' },
        more: { allOf: [{ $ref: '#/$defs/Base' }, only('b')] },
        beside: { $ref: '#/$defs/Base', properties: { c: text } },
      },
      $defs: { Base: only('a') },
    }
    const model = DataModel.of(schema)
    expect(model.accepts({ base: { a: '' }, more: { a: '', b: '' }, beside: { a: '', c: '' } })).to.equal(
      true,
    )
    expect(model.accepts({ base: { a: '', b: '' } })).to.equal(false)
    expect(model.accepts({ more: { a: '', b: '', x: '' } })).to.equal(false)
    expect(model.accepts({ beside: { a: '', c: '', x: '' } })).to.equal(false)
  })

  it('closes definitions that refer to themselves', () => {
    const tree: JsonSchema = {
      $ref: '#/$defs/Tree',
      $defs: {
        Tree: { ...only('name'), properties: { name: text, children: { items: { $ref: '#/$defs/Tree' } } } },
      },
    }
    const model = DataModel.of(tree)
    expect(model.accepts({ name: 'a', children: [{ name: 'b', children: [] }] })).to.equal(true)
    expect(model.problems({ children: [{ nome: 'b' }] }).map(({ path }) => path)).to.deep.equal([
      'children[0].nome',
    ])
  })

  it('leaves conditions as they are', () => {
    expect(takes({ type: 'object', not: only('a') }, 'a')).to.deep.equal([false])
    expect(
      DataModel.of({ type: 'object', not: { ...only('a'), required: ['a'] } }).accepts({ a: '', b: 1 }),
    ).to.equal(false)
  })

  it('obeys a schema that says something about other keys itself', () => {
    expect(takes({ ...only('a'), additionalProperties: text }, 'ab')).to.deep.equal([true])
    expect(takes({ allOf: [only('a')], unevaluatedProperties: true }, 'ab')).to.deep.equal([true])
  })
})

describe('a schema of draft 7', () => {
  it('is read in the words of 2020-12', () => {
    const schema: JsonSchema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'https://example.com/a',
      items: [text, { type: 'number' }],
      additionalItems: false,
    }
    expect(prepareSchema(schema)).to.deep.equal({ prefixItems: [text, { type: 'number' }], items: false })
    expect(prepareSchema({ items: text, additionalItems: false })).to.deep.equal({ items: text })
    expect(DataModel.of({ dependencies: { a: ['b'] } }).accepts({ a: 1 })).to.equal(false)
    expect(DataModel.of({ dependencies: { a: { required: ['b'] } } }).accepts({ a: 1 })).to.equal(false)
  })

  it('may carry notes for other tools', () => {
    expect(
      prepareSchema({ type: 'string', 'x-order': 1, discriminator: { propertyName: 'a' } }),
    ).to.deep.equal({
      type: 'string',
    })
  })
})

describe('a hostile schema', () => {
  it('may refer to nothing outside itself', () => {
    const refs = ['https://example.com/schema', 'file:///etc/passwd', 'other.json#/a', '#anchor']
    for (const $ref of refs) expect(refusal({ items: { $ref } })).to.contain('a path into the schema itself')
    expect(refusal({ $ref: '#/$defs/constructor', $defs: {} })).to.contain('something in the schema')
  })

  it('may not be asynchronous, nor change what references mean', () => {
    for (const keyword of ['$async', '$dynamicRef', '$anchor', '$recursiveRef'])
      expect(refusal({ items: { [keyword]: true } })).to.contain('is not supported')
    expect(refusal({ items: { $id: 'https://example.com/b' } })).to.contain(
      `schema.items.$id is not supported`,
    )
  })

  it('may not name a property that cannot be checked', () => {
    const schema = JSON.parse('{"properties":{"__proto__":{"properties":{"polluted":{"default":1}}}}}')
    expect(refusal(schema)).to.contain('cannot be the name of a property')
  })

  it('is refused when nested without end, or no schema at all', () => {
    let deep: JsonSchema = {}
    for (let i = 0; i < 150; i++) deep = { items: deep }
    expect(refusal(deep)).to.contain('must be a schema of less depth')
    for (const other of [3, 'a', null, []]) expect(refusal(other)).to.contain('must be a JSON Schema')
    expect(refusal({ properties: [] })).to.contain('schema.properties must be a record of schemas')
    expect(refusal({ allOf: {} })).to.contain('schema.allOf must be a list of schemas')
  })
})

const names = ['a', 'b', 'c'] as const
const anyValue: fc.Arbitrary<Json> = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, 0, 1, 'x', true),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...names, 'd', '__proto__', 'constructor'), tie('value'), { maxKeys: 3 }),
  ),
})).value as fc.Arbitrary<Json>

const anySchema: fc.Arbitrary<JsonSchema> = fc.letrec(tie => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom({}, { type: 'number' }, { type: 'object' }, { $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }),
    fc.record(
      {
        properties: fc.dictionary(fc.constantFrom(...names), tie('schema'), { maxKeys: 2 }),
        required: fc.constantFrom(['a'], []),
        items: tie('schema'),
        allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
        anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
        not: tie('schema'),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
      },
      { requiredKeys: [] },
    ),
  ),
})).schema as fc.Arbitrary<JsonSchema>

/** Schemas with two definitions that may refer to each other, by going down in the data. */
const withDefinitions = fc.record({ root: anySchema, a: anySchema, b: anySchema }).map(({ root, a, b }) => ({
  ...root,
  $defs: { A: { properties: { a } }, B: { items: b, properties: { b: a } } },
}))

describe('any schema', () => {
  const open = new Ajv2020({ strict: false, ownProperties: true, meta: false, validateSchema: false })

  it('takes nothing, once closed, that it would not take open', () => {
    fc.assert(
      fc.property(withDefinitions, anyValue, (schema, value) => {
        if (JSON.stringify(schema).includes('"not"')) return
        const isOpen = open.validate(schema, value)
        open.removeSchema(schema)
        if (DataModel.of(schema).accepts(value)) expect(isOpen).to.equal(true)
      }),
      { numRuns: 400 },
    )
  })

  it('finds problems exactly where it does not accept', () => {
    fc.assert(
      fc.property(withDefinitions, anyValue, (schema, value) => {
        const model = DataModel.of(schema)
        expect(model.problems(value).length === 0).to.equal(model.accepts(value))
      }),
      { numRuns: 40 },
    )
  })

  it('is the same when prepared twice', () => {
    fc.assert(
      fc.property(withDefinitions, schema => {
        const prepared = prepareSchema(schema)
        expect(prepareSchema(prepared)).to.deep.equal(prepared)
      }),
      { numRuns: 200 },
    )
  })
})
