/** Hyper values have the type of what they become, so that a space reads like the tree it stands for. */

import { floatV, intV, oneOf, Space, space } from '../../../src/search/index.ts'
import type { SymList } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Conv, Dense, type Layer, Model, model } from './models.ts'

const wide = new Dense({ units: oneOf([32, 64]), activation: oneOf(['relu', 'gelu']) })
expectType<Dense>()(wide)
expectType<number>()(intV(8, 256))
expectType<number>()(floatV(1e-4, 1e-1, { scale: 'log' }))
new Dense({ units: intV(8, 256), name: oneOf(['a', 'b'], { name: 'label' }) })
new Model({
  layers: [oneOf<Layer>([wide, new Conv({ kernel: 3 })]), wide],
  head: oneOf([wide, new Dense({ units: 1 })]),
  rate: floatV(0, 1),
  note: oneOf(['a', undefined]),
  tail: oneOf([null, wide]),
  block: oneOf(['text', wide]),
  grid: oneOf([[[1]], [[2, 3]]]),
  steps: { warmup: intV(1, 9) },
})

new Dense({ units: oneOf(['a', 'b']) }) //~ 'string' is not assignable to type 'number'
new Dense({ units: oneOf([32, 'b']) }) //~ 'string' is not assignable to type 'number'
new Dense({ units: 3, activation: oneOf(['relu', 'rely']) }) //~ '"rely"' is not assignable to type
new Dense({ units: 3, name: intV(1, 3) }) //~ 'number' is not assignable to type 'string'
new Model({ layers: [], head: oneOf([new Conv({ kernel: 3 })]) }) //~ missing the following properties from type 'Dense'
oneOf(3) //~ 'number' is not assignable to parameter of type 'readonly
intV(1) //~ Expected 2-3 arguments, but got 1
floatV(0, 1, { scale: 'exp' }) //~ '"exp"' is not assignable to type

// Updates take them too.
model.rebind({ 'head.units': oneOf([1, 2]), rate: floatV(0, 1), 'layers[0]': oneOf<Layer>([wide]) })
model.rebind({ 'head.units': oneOf(['a']) }) //~ not assignable to type 'number
model.rebind({ 'head.unit': oneOf([1, 2]) }) //~ NoSuchField<"unit", "types.Dense", "

// A space gives back trees of the type of its template.
expectType<Space<Dense>>()(Space.of(wide))
expectType<Dense>()(Space.of(wide).materialize(Space.of(wide).first()))
expectType<Space<Model>>()(space(model, { 'head.units': oneOf([1, 2]) }))
expectType<Space<SymList<number>>>()(Space.of([oneOf([1, 2]), 3]))
space(model, { 'head.unit': oneOf([1, 2]) }) //~ NoSuchField<"unit", "types.Dense", "
space(model, { 'head.units': oneOf(['a']) }) //~ not assignable to type 'number
