/** What constructors take: required fields, optional ones, and nothing else. */

import { f, register, type SymClass, SymDict, SymList, SymObject } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Conv, Dense, Layer, Model } from './models.ts'

class AllDefaults extends SymObject.define('types.AllDefaults', { size: f.int().default(1) }) {}
class NoFields extends SymObject.define('types.NoFields', {}) {}

const dense = new Dense({ units: 3 })
expectType<Dense>()(dense)
expectType<number>()(dense.width)
new Dense({ units: 3, activation: 'gelu', name: 'stem' })
new Dense({ units: 3, activation: undefined })
new AllDefaults()
new AllDefaults({})
new AllDefaults({ size: 3 })
new NoFields()

new Dense() //~ Expected 1 arguments, but got 0
new Dense({}) //~ Property 'units' is missing
new Dense({ units: undefined }) //~ 'undefined' is not assignable to type 'number'
new Dense({ units: '3' }) //~ 'string' is not assignable to type 'number'
new Dense({ units: 3, unit: 4 }) //~ 'unit' does not exist in type //~ Did you mean to write 'units'?
new Dense({ units: 3, activation: 'rely' }) //~ '"rely"' is not assignable to type
new Dense({ units: 3, width: 4 }) //~ 'width' does not exist in type
new Dense(3) //~ 'number' is not assignable to parameter of type
new Layer({ name: 'x' }) //~ Cannot create an instance of an abstract class
new AllDefaults({ size: '3' }) //~ 'string' is not assignable to type 'number'

// Arrays, records and nodes are accepted where lists and dicts are wanted.
new Model({ layers: [], head: dense })
new Model({ layers: [dense, new Conv({ kernel: 3 })], head: dense, steps: { a: 1 }, grid: [[1], [2, 3]] })
new Model({ layers: SymList.from([dense]), head: dense, steps: SymDict.from({ a: 1 }) })
new Model({ layers: SymList.empty, head: dense, steps: SymDict.empty })
new Model({ layers: [dense] as const, head: dense, tail: null, note: undefined, extra: new Date() })
new Model({ layers: dense, head: dense }) //~ not assignable to type
new Model({ layers: [3], head: dense }) //~ 'number' is not assignable to type 'Layer'
new Model({ layers: [{ units: 3 }], head: dense }) //~ 'units' does not exist in type 'Layer'
new Model({ layers: [], head: new Conv({ kernel: 3 }) }) //~ missing the following properties from type 'Dense'
new Model({ layers: [], head: dense, steps: { a: 'b' } }) //~ 'string' is not assignable to type 'number'
new Model({ layers: [], head: dense, grid: [1] }) //~ 'number' is not assignable to type
new Model({ layers: [], head: dense, rate: null }) //~ 'null' is not assignable to type 'number | undefined'

// The class itself.
expectType<string>()(Dense.typeName)
expectType<Dense>()(Dense.from({ units: 3 }))
expectType<number>()(Dense.fields.units['~field'].out)
expectType<'relu' | 'gelu'>()(Dense.fields.activation['~field'].out)
register(Dense)
register(Layer)
register(3) //~ 'number' is not assignable
register(Date) //~ not assignable

declare const generic: SymClass<Dense, typeof Dense.fields>
expectType<Dense>()(new generic({ units: 3 }))

SymObject.define('types.Bad', { units: 3 }) //~ 'number' is not assignable to type 'Field
SymObject.define('types.Bad', { units: Number }) //~ missing the following properties from type 'Field
SymObject.define({ units: f.int() }) //~ Expected 2 arguments, but got 1
SymObject.define('types.Bad', { path: f.string() }) //~ not assignable
