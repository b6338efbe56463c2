/** Fields checked by a JSON Schema as it is written. */

import { expect } from 'chai'
import { tightened } from '../../../src/symbolic/fields/tighten.ts'
import {
  DefinitionError,
  FieldError,
  f,
  fromJson,
  problemsOf,
  SymObject,
  toJsonSchema,
} from '../../../src/symbolic/index.ts'
import { refusal } from '../../support/refusal.ts'

const tags = f.jsonSchema<{ tags: string[]; n?: number }>({
  type: 'object',
  properties: { tags: { type: 'array', items: { type: 'string' }, uniqueItems: true }, n: { enum: [1, 2] } },
  required: ['tags'],
  additionalProperties: false,
})
class Host extends SymObject.define('json-schema-field.Host', {
  tags,
  list: f.list(tags).orEmpty(),
  dict: f.dict(tags).orEmpty(),
  free: f.jsonSchema({ not: { type: 'string' } }).default(null),
}) {}

describe('f.jsonSchema', () => {
  it('takes what the schema takes, and says everything that is wrong', () => {
    const host = new Host({ tags: { tags: ['a', 'b'] } })
    expect(host.tags.toString()).to.equal(`{tags: ['a', 'b']}`)
    const error = refusal(() => new Host({ tags: { tags: ['a', 'a', 1], n: 3, x: 1 } as never }), FieldError)
    expect(error.problems.map(each => `${each.path}: ${each.message}`)).to.deep.equal([
      `tags: must NOT have additional properties, such as 'x'`,
      'tags.tags[2]: must be string',
      'tags.tags: must NOT have duplicate items (items ## 1 and 0 are identical)',
      'tags.n: must be equal to one of the allowed values: [1,2]',
    ])
    expect(problemsOf(tags, { tags: [() => 1] })[0]?.message).to.match(
      /must be a value that fits the JSON Schema \{/,
    )
    expect(problemsOf(tags, undefined)).to.have.length(1)
    expect(
      problemsOf(f.jsonSchema({ title: 'Nothing', not: {} }).nullable(), Symbol('s'))[0]?.message,
    ).to.match(/that fits the JSON Schema Nothing or null/)
    expect(problemsOf(f.jsonSchema({ const: 3 }), 4)[0]?.message).to.equal('must be equal to constant 3')
    expect(problemsOf(f.jsonSchema(false), 4)).to.have.length(1)
    refusal(() => host.rebind({ free: 'x' }), FieldError, /free must NOT be valid/)
  })

  it('is asked about every change inside, alone or in a batch, from above or below', () => {
    const one = { tags: ['a', 'b'] }
    const host = new Host({ tags: one, list: [one], dict: { k: one } })
    for (const place of ['tags', 'list[0]', 'dict.k']) {
      const words = new RegExp(`${place.replace(/[[\].]/g, '\\$&')}\\.tags must NOT have duplicate`)
      expect(host.rebind([[`${place}.tags[0]`, 'c']]).get(`${place}.tags[0]` as string)).to.equal('c')
      refusal(() => host.rebind([[`${place}.tags[0]`, 'b']]), FieldError, words)
      refusal(
        () =>
          host.rebind([
            [`${place}.tags[0]`, 'b'],
            ['free', 1],
          ]),
        FieldError,
        words,
      )
      refusal(() => host.rebind([[`${place}.n`, 3]]), FieldError, /allowed values/)
      const inner = host.get(`${place}.tags` as string) as unknown as Host
      refusal(() => inner.rebind([['[0]', 'b']]), FieldError, words)
    }
    const swapped = host.rebind([
      ['tags.tags[0]', 'b'],
      ['tags.tags[1]', 'a'],
    ])
    expect(swapped.tags.toJSON()).to.deep.equal({ tags: ['b', 'a'] })
    refusal(() => host.transform((_, value) => (value === 'a' ? 'b' : value)), FieldError, /duplicate/)
    refusal(
      () => host.edit(draft => void ((draft.tags as never as { tags: string[] }).tags[0] = 'b')),
      FieldError,
    )
    refusal(() => host.patch([{ op: 'replace', path: '/tags/tags/0', value: 'b' }]), undefined, /duplicate/)
  })

  it('reads and writes JSON, and is its own JSON Schema', () => {
    const host = new Host({ tags: { tags: ['a'] } })
    expect(fromJson(host.toJSON(), Host).equals(host)).to.equal(true)
    refusal(() => fromJson({ tags: { tags: [1] } }, Host), undefined, /tags\.tags\[0\] must be string/)
    const { $schema, ...schema } = toJsonSchema(f.jsonSchema({ type: 'array', uniqueItems: true }))
    expect(schema).to.deep.equal({ type: 'array', uniqueItems: true })
    for (let i = 0; i < 2; i++)
      expect(problemsOf(f.jsonSchema({ $id: 'urn:x:same', type: 'null' }), null)).to.deep.equal([])
    const circle = f.jsonSchema({ type: 'array', items: { $ref: '#' } })
    expect(toJsonSchema(f.list(circle)).items).to.have.property('$id')
    expect(toJsonSchema(f.jsonSchema(true))).to.not.have.property('type')
  })

  it('refuses schemas that ajv cannot use', () => {
    refusal(() => f.jsonSchema({ type: 'text' }), DefinitionError, /the JSON Schema cannot be used: .*type/)
    refusal(() => f.jsonSchema({ $ref: '#/$defs/none' }), DefinitionError, /cannot be used/)
    refusal(() => tightened('x', f.jsonSchema({}), f.jsonSchema({})), DefinitionError, /cannot be told/)
    expect(tightened('x', tags.describe('More.'), tags).description).to.equal('More.')
  })
})
