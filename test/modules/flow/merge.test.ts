import { expect } from 'chai'
import fc from 'fast-check'
import {
  And,
  Concat,
  DataModel,
  Graph,
  type JsonSchema,
  lambda,
  type Merge,
  type Module,
  Not,
  Or,
  type Trace,
  Xor,
} from '../../../src/modules/index.ts'
import type { Json } from '../../../src/runtime/index.ts'
import { f, fromJson } from '../../../src/symbolic/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'

const runner = new FakeRunner()
const record = (properties: JsonSchema, required = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
})
const TEXT = record({ text: { type: 'string' } })
const BOTH = { schemas: { a: TEXT, b: TEXT } }

const call = async (module: Module, input: Json) => {
  const traces: Trace[] = []
  const output = await module.call(input, { runner, onTrace: trace => void traces.push(trace) })
  return traces[0]?.error === undefined ? output : traces[0].error.message
}

describe('merging modules', () => {
  const [a, b] = [{ text: 'yes' }, { text: 'no' }]

  it('are the operators of the same names', async () => {
    const both = { text: 'yes', text_1: 'no' }
    const table: [Merge, Json, Json, Json, Json][] = [
      [new Concat(BOTH), both, 'input.b must be a record, got null', 'input.a must be a record, got null', 'input.a must be a record, got null'],
      [new And(BOTH), both, null, null, null],
      [new Or(BOTH), both, a, b, null],
      [new Xor(BOTH), null, a, b, null],
    ] // biome-ignore format: a table
    for (const [module, ...expected] of table) {
      const given = [
        { a, b },
        { a, b: null },
        { a: null, b },
        { a: null, b: null },
      ]
      const outputs = await Promise.all(given.map(input => call(module, input)))
      expect(outputs, module.typeName).to.deep.equal(expected)
      expect(await call(module, null)).to.equal(null)
    }
    expect([await call(new Not(), a), new Not().outputSpec]).to.deep.equal([null, { type: 'null' }])
  })

  it('know the schema of what they give, which their values fit', () => {
    const key = fc.constantFrom('x', 'x_1', 'y')
    const schema = fc
      .tuple(fc.uniqueArray(key, { minLength: 1 }), fc.infiniteStream(fc.boolean()))
      .map(([keys, flags]) => {
        const properties = Object.fromEntries(keys.map(each => [each, { type: 'integer' }]))
        return record(
          properties,
          keys.filter(() => flags.next().value),
        )
      })
    const recordOf = ({ properties, required }: JsonSchema, draw: () => boolean) =>
      Object.fromEntries(
        Object.keys(properties as object)
          .filter(each => (required as string[]).includes(each) || draw())
          .map((each, i) => [each, i]),
      )
    return fc.assert(
      fc.asyncProperty(schema, schema, fc.infiniteStream(fc.boolean()), async (first, second, flags) => {
        const draw = () => flags.next().value as boolean
        const input = { first: recordOf(first, draw), second: recordOf(second, draw) }
        for (const module of [
          new Concat({ schemas: { first, second } }),
          new Or({ schemas: { first, second } }),
        ]) {
          const output = await module.call(input, { runner })
          expect(DataModel.of(module.outputSpec).problems(output)).to.deep.equal([])
        }
      }),
      { numRuns: 15 },
    )
  })

  it('name keys by the schemas, whatever a value leaves out', async () => {
    const open = record({ x: { type: 'integer' } }, [])
    const module = new Concat({ schemas: { a: open, b: open } })
    expect(await call(module, { a: {}, b: { x: 2 } })).to.deep.equal({ x_1: 2 })
  })

  it('refuse what does not fit, with its place', async () => {
    expect(await call(new Or(BOTH), { a, c: b })).to.equal('input must be a record of a, b, got ["a","c"]')
    expect(await call(new Or(BOTH), 'a')).to.equal('input must be a record of a, b, got "a"')
    expect(await call(new Or(BOTH), { a: { text: 1 }, b })).to.equal('input.a.text must be a string, got 1')
    expect(() => new Concat({ schemas: { a: TEXT } })).to.throw(
      'schemas must be at least two schemas by name',
    )
    expect(() => new Concat({ schemas: { a: TEXT, b: { type: 'integer' } } })).to.throw('record')
  })

  it('take schemas in every form, and survive JSON', () => {
    const module = new Or({ schemas: { a: DataModel.of(TEXT), b: f.struct({ n: f.int() }) } })
    expect(fromJson(JSON.parse(JSON.stringify(module)), Or).equals(module)).to.equal(true)
    expect(module.inputSpec.required).to.deep.equal(['a', 'b'])
  })
})

describe('merging modules in a graph', () => {
  const Small = lambda('mergeTest.Small', x => (x < 10 ? { text: 'small' } : null), { schema: TEXT })
  const Even = lambda('mergeTest.Even', x => (x % 2 === 0 ? { text: 'even' } : null), { schema: TEXT })
  const graph = (module: Module, from: string[] = ['small', 'even']) =>
    new Graph({
      steps: {
        small: { module: new Small(), from: 'input' },
        even: { module: new Even(), from: 'input' },
        all: { module, from },
      },
      output: 'all',
    })
  const SCHEMAS = { schemas: { small: TEXT, even: TEXT } }

  it('join ways of which some were not gone, without being told', async () => {
    const outputs = (module: Module) => graph(module).callMany([2, 3, 12, 13], { runner })
    expect(await outputs(new Or(SCHEMAS))).to.deep.equal([
      { text: 'small', text_1: 'even' },
      { text: 'small' },
      { text: 'even' },
      null,
    ])
    expect(await outputs(new Xor(SCHEMAS))).to.deep.equal([null, { text: 'small' }, { text: 'even' }, null])
    expect(await outputs(new And(SCHEMAS))).to.deep.equal([
      { text: 'small', text_1: 'even' },
      null,
      null,
      null,
    ])
    expect(await outputs(new Concat(SCHEMAS))).to.deep.equal([
      { text: 'small', text_1: 'even' },
      null,
      null,
      null,
    ])
  })

  it('are checked against what they are given', () => {
    expect(() => graph(new Or(BOTH))).to.throw(
      "steps.all cannot take a record of small, even: 'a' is wanted, and never there",
    )
    const number = { schemas: { small: TEXT, even: record({ n: { type: 'number' } }) } }
    expect(() => graph(new Or(number))).to.throw("steps.all cannot take what 'even' gives: 'n' is wanted")
  })
})
