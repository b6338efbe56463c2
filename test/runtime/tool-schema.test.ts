import { type } from 'arktype'
import { expect } from 'chai'
import * as v from 'valibot'
import { z } from 'zod'
import { readSchema, type ToolSchema } from '../../src/runtime/tool-schema.ts'
import { processorMs } from './processes.ts'

const search = {
  type: 'object',
  properties: {
    q: { type: 'string' },
    tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 3 },
    'odd key': { type: 'object', properties: { 'a/b~c': { type: 'integer', minimum: 1 } } },
  },
  required: ['q'],
  additionalProperties: false,
}

/** What a schema gives for a value, or its sentence. */
async function checked(schema: unknown, value: unknown): Promise<unknown> {
  try {
    return await readSchema(schema, 'tools.t.inputSchema', 'input')(value)
  } catch (error) {
    return (error as Error).message
  }
}

describe('the schema of a tool', () => {
  it('lets pass what fits', async () => {
    const value = { q: 'x', tags: ['a'], 'odd key': { 'a/b~c': 3 } }
    expect(await checked(search, value)).to.equal(value)
  })

  it('names the place, the rule and what stands there', async () => {
    const cases: [unknown, string][] = [
      [5, 'input must be object, got 5'],
      [{}, 'input.q is required'],
      [{ q: 5 }, 'input.q must be string, got 5'],
      [{ q: 'x', tags: ['a', 'c'] }, 'input.tags[1] must be one of ["a","b"], got "c"'],
      [{ q: 'x', tags: ['a', 'a', 'a', 'a'] }, 'must NOT have more than 3 items, got ["a","a","a","a"]'],
      [{ q: 'x', 'odd key': { 'a/b~c': 0 } }, 'input["odd key"]["a/b~c"] must be >= 1, got 0'],
      [{ q: 'x', limitt: 1 }, 'input.limitt is a key that the schema does not know'],
    ]
    for (const [value, message] of cases) expect(await checked(search, value)).to.include(message)
  })

  it('does not take what stands on a prototype for a key', async () => {
    expect(await checked({ required: ['constructor'] }, {})).to.equal('input.constructor is required')
    const json = { properties: { toString: { type: 'string' } } }
    expect(await checked(json, {})).to.deep.equal({})
  })

  it('cuts long values and long places', async () => {
    const long = await checked(search, 'x'.repeat(10_000))
    expect(long)
      .to.match(/^input must be object, got "x+…$/)
      .and.to.have.length.below(300)
    const key = 'k'.repeat(10_000)
    expect(await checked(search, { q: '', [key]: 1 })).to.have.length.below(400)
  })

  it('refuses a value too deep for it instead of overflowing', async () => {
    const list = { type: 'array', items: { $ref: '#' } }
    expect(await checked(list, JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)))).to.be.a('string')
  })

  it('may be of any library that speaks Standard Schema', async () => {
    const schemas: ToolSchema[] = [
      z.object({ q: z.string() }),
      v.object({ q: v.string() }),
      type({ q: 'string' }),
    ]
    for (const schema of schemas) {
      expect(await checked(schema, { q: 'x' })).to.deep.equal({ q: 'x' })
      expect(await checked(schema, { q: 5 })).to.match(/^input\.q: .*string.*, got 5$/)
    }
    const slow = z.object({ list: z.array(z.string().refine(async text => text !== 'no')) })
    expect(await checked(slow, { list: ['a', 'no'] })).to.equal('input.list[1]: Invalid input, got "no"')
    expect(await checked(z.object({ n: z.number().default(3) }), {})).to.deep.equal({ n: 3 })
  })

  it('may name its draft, and be wrapped as the AI SDK does', async () => {
    for (const $schema of [
      'http://json-schema.org/draft-07/schema#',
      'https://json-schema.org/draft/2020-12/schema',
    ]) {
      expect(await checked({ $schema, ...search }, {})).to.equal('input.q is required')
      expect(await checked({ jsonSchema: { $schema, ...search } }, {})).to.equal('input.q is required')
    }
    const later = { jsonSchema: Promise.resolve(search) }
    expect(await checked(later, {})).to.equal('tools.t.inputSchema must be given at once, got a Promise')
  })

  it('must be one, and is named when it is none', () => {
    const read = (schema: unknown) => () => readSchema(schema, 'tools.t.inputSchema', 'input')
    expect(read('string')).to.throw(
      'tools.t.inputSchema must be a JSON Schema or a Standard Schema, got string',
    )
    expect(read(null)).to.throw(TypeError, 'got null')
    expect(read({ type: 'strin' })).to.throw('tools.t.inputSchema cannot be used as a JSON Schema: ')
  })

  it('is compiled once, also when tools are made anew', () => {
    const start = processorMs()
    for (let round = 0; round < 20_000; round++) readSchema(search, 'schema', 'input')
    // Compiling takes a millisecond or more.
    expect(processorMs() - start).to.be.below(2000)
  })
})
