/** What reading each kind of field gives, and which fields cannot be made. */

import { f, type SymDict, type SymList, SymObject } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Conv, Dense, Layer } from './models.ts'

class Kinds extends SymObject.define('types.Kinds', {
  bool: f.bool(),
  int: f.int({ min: 0, max: 9 }),
  float: f.float(),
  string: f.string({ minLength: 1, maxLength: 9, pattern: /^a/ }),
  choice: f.enum('a', 'b', 3, null, true),
  literal: f.literal('only'),
  ints: f.list(f.int(), { minSize: 1 }),
  rows: f.list(f.list(f.string())),
  dict: f.dict(f.int(), { maxSize: 3 }),
  lists: f.dict(f.list(f.bool())),
  free: f.dict(),
  object: f.object(Dense),
  abstract: f.object(Layer),
  lazy: f.lazy(() => Dense),
  union: f.union(f.int(), f.string(), f.object(Conv)),
  any: f.any(),
}) {}

declare const kinds: Kinds
expectType<boolean>()(kinds.bool)
expectType<number>()(kinds.int)
expectType<number>()(kinds.float)
expectType<string>()(kinds.string)
expectType<'a' | 'b' | 3 | null | true>()(kinds.choice)
expectType<'only'>()(kinds.literal)
expectType<SymList<number>>()(kinds.ints)
expectType<SymList<SymList<string>, SymList<string> | readonly string[]>>()(kinds.rows)
expectType<SymDict<number>>()(kinds.dict)
expectType<SymDict<SymList<boolean>, SymList<boolean> | readonly boolean[]>>()(kinds.lists)
expectType<SymDict>()(kinds.free)
expectType<Dense>()(kinds.object)
expectType<Layer>()(kinds.abstract)
expectType<Dense>()(kinds.lazy)
expectType<number | string | Conv>()(kinds.union)
expectType<unknown>()(kinds.any)
expectType<string>()(kinds.int) //~ Expected 3 arguments

class Options extends SymObject.define('types.Options', {
  byDefault: f.int().default(3),
  optional: f.string().optional(),
  nullable: f.bool().nullable(),
  both: f.object(Dense).nullable().optional(),
  frozen: f.literal(2).frozen(2),
  empty: f.list(f.int()).orEmpty(),
  emptyDict: f.dict(f.list(f.int())).default({ a: [1] }),
  told: f.int().trainable().describe('A number.').meta({ unit: 'm' }),
}) {}

declare const options: Options
expectType<number>()(options.byDefault)
expectType<string | undefined>()(options.optional)
expectType<boolean | null>()(options.nullable)
expectType<Dense | null | undefined>()(options.both)
expectType<2>()(options.frozen)
expectType<SymList<number>>()(options.empty)
expectType<number>()(options.told)

// Only the fields without a default must be given.
new Options({ nullable: null, told: 3 })
new Options({ nullable: true, told: 3, optional: undefined, both: null, frozen: 2, empty: [1] })
new Options({ told: 3 }) //~ Property 'nullable' is missing
new Options({ nullable: null }) //~ Property 'told' is missing
new Options({ nullable: undefined, told: 3 }) //~ 'undefined' is not assignable to type 'boolean | null'

// Defaults and rules are checked where they are written.
f.int().default('3') //~ 'string' is not assignable to parameter of type 'number'
f.bool().default(1) //~ 'number' is not assignable to parameter of type 'boolean'
f.enum('a', 'b').default('c') //~ '"c"' is not assignable to parameter of type '"a" | "b"'
f.literal('a').default('b') //~ '"b"' is not assignable to parameter of type '"a"'
f.int().frozen('3') //~ 'string' is not assignable to parameter of type 'number'
f.int().default(null) //~ 'null' is not assignable to parameter of type 'number'
f.int().nullable().default(null)
f.list(f.int()).default(['a']) //~ 'string' is not assignable to type 'number'
f.list(f.int()).default([1, 2])
f.list(f.list(f.int())).default([[1], [2]])
f.dict(f.int()).default({ a: 'b' }) //~ 'string' is not assignable to type 'number'
f.object(Dense).default(new Conv({ kernel: 3 })) //~ missing the following properties from type 'Dense'
f.object(Layer).default(new Conv({ kernel: 3 }))
f.union(f.int(), f.string()).default(true) //~ 'boolean' is not assignable to parameter of type 'string | number'

f.int({ minimum: 3 }) //~ 'minimum' does not exist in type 'RangeOptions'
f.string({ min: 3 }) //~ 'min' does not exist in type 'StringOptions'
f.list(f.int(), { min: 3 }) //~ 'min' does not exist in type 'SizeOptions'
f.enum() //~ Expected at least 1 arguments, but got 0
f.enum({}) //~ is not assignable to parameter of type 'Primitive'
f.union(f.int()) //~ Expected at least 2 arguments, but got 1
f.list(f.int) //~ is not assignable to parameter of type 'Field
f.list(Dense) //~ missing the following properties from type 'Field
f.object(3) //~ 'number' is not assignable to parameter of type 'SymType
f.object(dense()) //~ not assignable to parameter of type 'SymType
f.lazy(Dense) //~ not assignable to parameter of type
f.object(Date) //~ not assignable
f.lazy(() => Date) //? not assignable

declare function dense(): Dense
