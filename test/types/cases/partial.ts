/** Partial objects are no instances of their class until they are complete; their paths are checked like others. */

import {
  complete,
  f,
  fromJson,
  isPartial,
  load,
  loadSync,
  type PartialOf,
  SymDict,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Dense } from './models.ts'

class Pair extends SymObject.define('types.partial.Pair', {
  left: f.object(Dense),
  rest: f.list(f.object(Dense)).orEmpty(),
  rate: f.float().default(1),
}) {}

const dense = Dense.partial({ name: 'x' })
expectType<number | undefined>()(dense.units)
expectType<string | undefined>()(dense.name)
dense.width //~ Property 'width' does not exist
const _wrong: Dense = dense //~ Property 'width' is missing in type
Dense.partial({ unit: 3 }) //~ 'unit' does not exist
Dense.partial({ units: 'x' }) //~ Type 'string' is not assignable to type 'number'
new Pair({ left: dense }) //~ Property 'width' is missing in type

const pair = Pair.partial({ left: dense, rest: [dense, new Dense({ units: 3 })] })
expectType<number | undefined>()(pair.left?.units)
expectType<number | undefined>()(pair.rest?.at(0)?.units)
pair.rebind({ 'left.units': 3, 'rest[0].units': 4, rate: 2 })
pair.rebind({ 'left.unit': 3 }) //~ NoSuchField<"unit", "partial"
pair.rebind({ rate: 'x' }) //~ Type 'string' is not assignable to type
expectType<Pair>()(complete(pair))
expectType<Dense>()(complete(new Dense({ units: 1 })))
expectType<SymDict<number, number>>()(complete(SymDict.from({ a: 1 })))
expectType<boolean>()(isPartial(pair))
expectType<Promise<Pair | PartialOf<Pair>>>()(load('pair.json', Pair, { partial: true }))
expectType<Promise<Pair>>()(load('pair.json', Pair))
expectType<Pair | PartialOf<Pair>>()(loadSync('pair.json', Pair, { partial: true }))
const read = fromJson({}, Pair, { partial: true })
expectType<Pair | PartialOf<Pair>>()(read)
expectType<Pair>()(complete(read))
