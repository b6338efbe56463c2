/** Data models: static types follow from JSON Schemas, Standard Schemas and fields, and from operators on them. */

import { z } from 'zod'
import {
  and,
  concat,
  DataModel,
  factorize,
  inMask,
  type JsonSchema,
  or,
  outMask,
  prefix,
  suffix,
  xor,
} from '../../../src/modules/index.ts'
import type { Json } from '../../../src/runtime/index.ts'
import { f } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Dense } from './models.ts'

type Value<Model> = Model extends DataModel<infer Value> ? Value : null
declare function valueIn<Model>(model: Model): Value<Model>
declare const unknownSchema: JsonSchema

// Sources
const Query = DataModel.of({
  type: 'object',
  properties: { query: { type: 'string' }, limit: { type: 'integer', default: 3 }, note: { type: 'string' } },
  required: ['query'],
})
expectType<{ query: string; limit: number; note?: string }>()(Query.parse({}))
expectType<Json>()(DataModel.of(unknownSchema).parse({}))
expectType<{ x: number }>()(DataModel.of<{ x: number }>({ type: 'object' }).parse({}))
expectType<'a' | 1>()(DataModel.of({ enum: ['a', 1] }).parse('a'))
expectType<(string | null)[]>()(
  DataModel.of({ type: 'array', items: { type: ['string', 'null'] } }).parse([]),
)
expectType<{ a: string } | { b: true }>()(
  DataModel.of({
    anyOf: [
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { b: { const: true } }, required: ['b'] },
    ],
  }).parse({}),
)
const Tree = DataModel.of({
  $ref: '#/$defs/Tree',
  $defs: {
    Tree: {
      type: 'object',
      properties: { size: { type: 'integer' }, kids: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
      required: ['size', 'kids'],
    },
  },
})
expectType<number | undefined>()(Tree.parse({}).kids[0]?.kids[0]?.size)
expectType<{ x: number; y?: string | undefined }>()(
  DataModel.of(z.object({ x: z.int(), y: z.string().optional() })).parse({}),
)
expectType<{ x: number; tags: string[]; y?: string }>()(
  DataModel.of(f.struct({ x: f.int(), tags: f.list(f.string()), y: f.string().optional() })).parse({}),
)
expectType<{ name: string; units: number; activation: 'relu' | 'gelu' }>()(DataModel.of(Dense).parse({}))
DataModel.of(3) //~ not assignable to parameter of type
expectType<string | undefined>()(Query.with({ query: 'a' }).at('query'))
expectType<string | 7>()(Query.at('query', 7))

// Merging
const Answer = DataModel.of<{ answer: string; query: number; note?: string }>({ type: 'object' })
expectType<{
  query: string
  limit: number
  note?: string
  answer: string
  query_1: number
  note_1?: string
}>()(valueIn(concat(Query, Answer)))
expectType<Value<ReturnType<typeof thrice>>>()(valueIn(Query.concat(Answer).concat(Query)))
const thrice = () => concat(Query, Answer, Query)
expectType<string>()(valueIn(thrice()).query_2)
expectType<number>()(valueIn(thrice()).limit_1)
declare const maybe: typeof Answer | null
expectType<null>()(and(Query, null))
expectType<string>()(valueIn(and(Query, Answer)).answer)
expectType<string>()(valueIn(Query.concat(Answer)).answr) //~ Property 'answr' does not exist
type Either =
  | { query: string; limit: number; note?: string }
  | { answer: string; query: number; note?: string }
const exclusive = xor(Query, Answer)
if (exclusive !== null) expectType<Either>()(valueIn(exclusive))
expectType<Value<typeof Query>>()(valueIn(or(Query, null)))
expectType<{ readonly [key: string]: Json }>()(valueIn(concat(Query, DataModel.of(unknownSchema))))
Query.concat(maybe) //~ not assignable to parameter of type

// Masks and names
const Deep = DataModel.of<{
  answer: { text: string; score?: number }
  steps: { text: string; at: number }[]
  extra?: { text: string; more: number }
  id: string
}>({ type: 'object' })
expectType<{ answer: { score?: number }; steps: { at: number }[]; extra?: { more: number } }>()(
  valueIn(Deep.outMask(['text', 'id'])),
)
expectType<{ answer: { text: string }; steps?: { text: string }[]; extra?: { text: string } }>()(
  valueIn(Deep.inMask(['text'])),
)
expectType<{ answer: { text: string; score?: number } }>()(valueIn(inMask(Deep, ['answer'])))
expectType<{ id: string }>()(valueIn(inMask(Deep, ['text', 'id'], { recursive: false })))
expectType<{ readonly [key: string]: Json }>()(valueIn(outMask(Deep, [/^t/])))
expectType<{ readonly [key: string]: Json }>()(valueIn(outMask(Deep, ['text'], { fold: 'suffix' })))
expectType<{ old_query: string; old_limit: number; old_note?: string }>()(valueIn(prefix(Query, 'old')))
expectType<{ query_2: string; limit_2: number; note_2?: string }>()(valueIn(suffix(Query, '2')))
expectType<{ readonly [key: string]: Json }>()(valueIn(factorize(Query)))
valueIn(prefix(Query, 'old')).query //~ Property 'query' does not exist
Query.inMask('query') //~ not assignable to parameter of type
Query.inMask(['query'], { fold: 'all' }) //~ not assignable to type

// A model of something is a model
const anyModel: DataModel<unknown> = Query

export { anyModel }
