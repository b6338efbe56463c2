/** Changing by paths: each path must lead somewhere, and each value must fit the field that stands there. */

import { insertion, MISSING, SymDict, SymList, type UpdatesFor } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Conv, Dense, type Model, model } from './models.ts'

const dense = new Dense({ units: 3 })
const conv = new Conv({ kernel: 3 })

expectType<Model>()(model.rebind({ 'head.units': 64, 'layers[0].name': 'stem', rate: 0.1 }))
expectType<Dense>()(model.head.rebind({ units: 20 }))
model.rebind({})
model.rebind({ rate: 0.1 }, { raiseOnNoChange: true })
model.rebind({ head: dense, 'layers[0]': conv, 'layers[-1].name': 'last' })
model.rebind({ tail: null, note: undefined, extra: { any: 'thing' } })
model.rebind({ 'tail.units': 3, 'block.units': 3, 'block.kernel': 4, 'block.name': 'x' })
model.rebind({ block: 'text', 'free.a.b[0]': new Date(), 'extra.anything': 3 })
model.rebind({ '': model })

// A path that leads nowhere says so.
model.rebind({ 'head.unit': 64 }) //~ NoSuchField<"unit", "types.Dense", "
model.rebind({ heads: dense }) //~ NoSuchField<"heads", "types.Model", "
model.rebind({ 'heads.units': 64 }) //~ NoSuchField<"heads", "types.Model", "
model.rebind({ 'layers[0].units': 3 }) //~ NoSuchField<"units", "types.Layer", "name">
model.rebind({ 'layers.units': 3 }) //~ NoSuchField<"units", "list", "[index]">
model.rebind({ 'layers.0': dense }) //~ NoSuchField<"0", "list", "[index]">
model.rebind({ 'rate.digits': 3 }) //~ NoSuchField<"digits", number, never>
model.rebind({ 'steps.a.b': 3 }) //~ NoSuchField<"b", number, never>
model.rebind({ 'block.padding': 3 }) //~ NoSuchField<"padding",
model.rebind({ 'grid[0].a': 3 }) //~ NoSuchField<"a", "list", "[index]">
model.rebind({ 'head.width': 3 }) //~ NoSuchField<"width", "types.Dense", "
model.rebind({ rate: 0.1, 'head.unit': 64 }) //~ NoSuchField<"unit", "types.Dense", "

// A value that does not fit says so.
model.rebind({ 'head.units': 'x' }) //~ not assignable to type 'number
model.rebind({ 'head.units': undefined }) //~ 'undefined' is not assignable to type 'number
model.rebind({ 'head.units': 64 as number | undefined }) //~ 'number | undefined' is not assignable to type 'number
model.rebind({ 'head.activation': 'rely' }) //~ '"rely"' is not assignable to type
model.rebind({ 'layers[0].name': 3 }) //~ 'number' is not assignable to type 'string
model.rebind({ head: conv }) //~ 'Conv' is not assignable to type
model.rebind({ head: { units: 3 } }) //~ '{ units: number; }' is not assignable to type
model.rebind({ tail: undefined }) //~ 'undefined' is not assignable to type
model.rebind({ note: null }) //~ 'null' is not assignable to type
model.rebind({ block: 3 }) //~ 'number' is not assignable to type
model.rebind({ 'block.units': 'x' }) //~ 'string' is not assignable to type 'number
model.rebind({ '': dense }) //~ 'Dense' is not assignable to type
model.rebind({ rate: 0.1, note: 3 }) //~ 'number' is not assignable to type 'string
model.rebind(
  {
    rate: 0.1,
    'head.units': 'x', //~ 'string' is not assignable to type 'number
    'head.unit': 3, //~ NoSuchField<"unit"
  },
  { raiseOnNoChange: true },
)

// Lists and dicts take arrays and records; the words of updates stand where they may.
model.rebind({ layers: [dense, conv], steps: { a: 1 }, grid: [[1], [2]], 'grid[0]': [1, 2], 'grid[1][2]': 3 })
model.rebind({ layers: SymList.from([dense]), steps: SymDict.from({ a: 1 }), layers2: 3 }) //~ NoSuchField<"layers2"
model.rebind({ 'steps.new': 3, 'steps["a.b"]': 4, 'steps[c.d]': 5, steps: new Map([['a', 1]]) }) //~ 'Map<string, number>' is not assignable
model.rebind({ 'layers[0]': MISSING, 'steps.a': MISSING, rate: MISSING })
model.rebind({ 'layers[0]': insertion(dense), 'grid[0][0]': insertion(3), 'grid[0]': insertion([1, 2]) })
model.rebind({ layers: [3] }) //~ 'number' is not assignable to type 'Layer'
model.rebind({ grid: [['x']] }) //~ 'string' is not assignable to type 'number'
model.rebind({ steps: { a: 'x' } }) //~ 'string' is not assignable to type 'number'
model.rebind({ 'steps.a': 'x' }) //~ 'string' is not assignable to type 'number
model.rebind({ 'layers[0]': insertion('x') }) //~ 'Insertion<string>' is not assignable to type
model.rebind({ layers: insertion(dense) }) //~ 'Insertion<Dense>' is not assignable to type
model.rebind({ head: insertion(dense) }) //~ 'Insertion<Dense>' is not assignable to type
model.rebind({ 'steps[a]': insertion(3) }) //? 'Insertion<number>' is not assignable to type
model.rebind({ 'layers[0]name': 'x' }) //~ NoSuchField

// Lists and dicts by themselves.
expectType<SymList<number>>()(SymList.from([1, 2]).rebind({ '[0]': 3, '[1]': MISSING, '[2]': insertion(4) }))
SymList.from([1, 2]).rebind({ '[0]': 'x' }) //~ 'string' is not assignable to type 'number
SymList.from([1, 2]).rebind({ 0: 3 }) //~ NoSuchField<"0", "list"
SymList.from([dense]).rebind({ '[0].units': 'x' }) //~ 'string' is not assignable to type 'number
SymDict.from({ lr: 0.1 }).rebind({ lr: 0.2, momentum: 0.9, lr2: MISSING })
SymDict.from({ lr: 0.1 }).rebind({ lr: 'fast' }) //~ 'string' is not assignable to type 'number
SymList.from<number>([]).rebind({ '[0]': 3 })
SymList.from([]).rebind({ '[0]': 3 }) //! 'number' is not assignable to type
model.layers.rebind({ '[0].name': 'x' })
model.layers.rebind({ '[0].nam': 'x' }) //~ NoSuchField<"nam", "types.Layer", "name">

// Clones take the same updates.
expectType<Model>()(model.clone())
expectType<Model>()(model.clone({ 'head.units': 3 }))
model.clone({ 'head.unit': 3 }) //~ NoSuchField<"unit", "types.Dense", "
model.clone({ 'head.units': 'x' }) //~ 'string' is not assignable to type 'number

// Things that are not updates.
model.rebind() //~ Expected 1-2 arguments, but got 0
model.rebind(undefined) //~ 'undefined' is not assignable to parameter of type 'OfferedUpdates<Model>'
model.rebind('head') //~ no properties in common with type 'OfferedUpdates<Model>'
model.rebind(dense) //~ not assignable to parameter of type 'CheckedUpdates
model.rebind({ rate: 1 }, true) //~ has no properties in common with type 'RebindOptions'
model.rebind(() => 1) //~ not assignable
model.rebind([1, 2]) //~ not assignable

/** A function over updates states them as its own type parameter. */
function retrained<const Pairs extends object>(updates: UpdatesFor<Model, Pairs>): Model {
  return model.rebind(updates as UpdatesFor<Model, Pairs>)
}
retrained({ rate: 0.1 })
retrained({ rates: 0.1 }) //~ NoSuchField<"rates", "types.Model", "
