/** Tuples, structs, dates, bytes, big integers, classes, transforms and converters: what they give and take. */

import {
  type Bytes,
  f,
  registerConverter,
  type SymDict,
  type SymList,
  SymObject,
  SymTuple,
  type SymType,
} from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Conv, Dense, Layer } from './models.ts'

class Kinds extends SymObject.define('types.MoreKinds', {
  pair: f.tuple([f.int(), f.string()]),
  deep: f.tuple([f.object(Dense), f.list(f.int())]),
  row: f.tuple(f.float(), { minSize: 1 }),
  struct: f.struct({ a: f.int(), b: f.string().default('x'), c: f.bool().optional() }),
  open: f.struct({ a: f.int() }, { patterns: [[/^x/, f.string()]], rest: f.bool() }),
  date: f.date({ min: new Date(0) }),
  bytes: f.bytes({ maxLength: 9 }),
  big: f.bigint({ min: 0n }),
  type: f.type(Layer),
  trimmed: f.string().transform((text: string | number) => String(text).trim()),
}) {}

declare const kinds: Kinds
expectType<number>()(kinds.pair.at(0))
expectType<string>()(kinds.pair.at(1))
expectType<number | string | undefined>()(kinds.pair.at(2))
expectType<[number, string]>()(kinds.pair.toArray())
expectType<number>()(kinds.deep.at(0).units)
expectType<number | undefined>()(kinds.deep.at(1).at(0))
expectType<number | undefined>()(kinds.row.at(0))
expectType<number[]>()(kinds.row.toArray())
expectType<number>()(kinds.get('pair[0]'))
expectType<string>()(kinds.get('pair[1]'))
expectType<number>()(kinds.get('deep[0].units'))
expectType<number>()(kinds.get('row[7]'))
kinds.get('pair[2]') //~ NoSuchField<"2", "tuple"
kinds.rebind({ 'pair[0]': 3, 'pair[1]': 'x', 'deep[1][0]': 3, row: [1, 2], pair: [1, 'a'] })
kinds.rebind({ 'pair[0]': 'x' }) //~ 'string' is not assignable
kinds.rebind({ pair: ['a', 1] }) //~ is not assignable

expectType<number>()(kinds.struct.at('a'))
expectType<string>()(kinds.struct.at('b'))
expectType<boolean | undefined>()(kinds.struct.at('c'))
expectType<number>()(kinds.get('struct.a'))
expectType<string | boolean>()(kinds.get('open.other'))
expectType<string | boolean | undefined>()(kinds.open.at('other'))
kinds.get('struct.d') //~ NoSuchField<"d", "dict", "a" | "b" | "c">
kinds.rebind({ 'struct.a': 3, struct: { a: 1 }, 'open.x': 'y', open: { a: 1, z: true } })
kinds.rebind({ 'struct.a': 'x' }) //~ 'string' is not assignable
kinds.rebind({ struct: { b: 'x' } }) //~ '{ b: string; }' is not assignable
const dict: SymDict<unknown> = kinds.struct
const list: SymList<string | number> = kinds.pair

export { dict, list }

expectType<Date>()(kinds.date)
expectType<Bytes>()(kinds.bytes)
expectType<bigint>()(kinds.big)
expectType<SymType<Layer>>()(kinds.type)
expectType<string>()(kinds.trimmed)
kinds.rebind({ date: new Date(), bytes: new Uint8Array(3), big: 5n, type: Dense, trimmed: 5 })
kinds.rebind({ date: '2020-01-01' }) //~ 'string' is not assignable
kinds.rebind({ big: 5 }) //~ 'number' is not assignable
kinds.rebind({ trimmed: true }) //~ 'boolean' is not assignable
kinds.rebind({ type: Date }) //~ is not assignable
f.type(Date) //~ is not assignable
f.date({ min: 5 }) //~ 'number' is not assignable
f.tuple([f.int]) //~ is not assignable

const free = SymTuple.from([1, 'a'])
expectType<1>()(free.at(0))
kinds.edit(draft => {
  draft.pair[0] = 3
  draft.struct.a = 4
  draft.pair[1] = 3 //~ 'number' is not assignable
})

registerConverter('string', Date, text => new Date(text))
registerConverter(Conv, Dense, conv => new Dense({ units: conv.kernel }))
registerConverter('string', Date, text => text) //~ 'string' is not assignable to type 'Date'
registerConverter('text', Date, () => new Date()) //~ is not assignable to parameter of type
