/** Reading: properties cannot be written, paths give the type of what stands there, collections read like arrays. */

import { KeyPath, type PathValue, type Symbolic, SymDict, SymList } from '../../../src/symbolic/index.ts'
import { expectType, type Same } from '../expect-type.ts'
import { type Conv, Dense, type Layer, type Model, model } from './models.ts'

model.head.units = 3 //~ Cannot assign to 'units' because it is a read-only property
model.head = new Dense({ units: 3 }) //~ Cannot assign to 'head' because it is a read-only property
model.layers.length = 0 //~ Cannot assign to 'length' because it is a read-only property
model.layers[0] //~ can't be used to index type 'SymList
model.layers.push(model.head) //~ Property 'push' does not exist
model.steps.a //~ Property 'a' does not exist
model.heads //~ Property 'heads' does not exist on type 'Model'. Did you mean 'head'?

// Paths.
expectType<number>()(model.get('rate'))
expectType<number>()(model.get('head.units'))
expectType<'relu' | 'gelu'>()(model.get('head.activation'))
expectType<string>()(model.get('layers[0].name'))
expectType<string>()(model.get('layers[-1].name'))
expectType<Layer>()(model.get('layers[0]'))
expectType<SymList<Layer>>()(model.get('layers'))
expectType<number>()(model.get('grid[0][1]'))
expectType<number>()(model.get('steps.warmup'))
expectType<number>()(model.get('steps[warm.up]'))
expectType<number>()(model.get('steps["warm up"]'))
expectType<number>()(model.get('tail.units'))
expectType<Dense | null>()(model.get('tail'))
expectType<string | undefined>()(model.get('note'))
expectType<string | Dense | Conv>()(model.get('block'))
expectType<number>()(model.get('block.kernel'))
expectType<string>()(model.get('block.name'))
expectType<unknown>()(model.get('free.a.b[0]'))
expectType<unknown>()(model.get('extra.anything[3].goes'))
expectType<Model>()(model.get(''))

model.get('rates') //~ NoSuchField<"rates", "types.Model", "
model.get('head.unit') //~ NoSuchField<"unit", "types.Dense", "
model.get('layers[0].units') //~ NoSuchField<"units", "types.Layer", "name">
model.get('layers.name') //~ NoSuchField<"name", "list", "[index]">
model.get('layers.0') //~ NoSuchField<"0", "list", "[index]">
model.get('layers[x]') //~ NoSuchField<"x", "list", "[index]">
model.get('rate.digits') //~ NoSuchField<"digits", number, never>
model.get('block.nothing') //~ NoSuchField<"nothing",
model.get('head..units') //~ NoSuchField<"", "types.Dense"
model.get('head.width') //~ NoSuchField<"width", "types.Dense"
model.get('head.rebind') //~ NoSuchField<"rebind", "types.Dense"
model.get(3) //~ 'number' is not assignable to parameter of type

// A default for what may be absent.
expectType<number | 'none'>()(model.get('steps.warmup', 'none' as const))
expectType<Layer | null>()(model.get('layers[9]', null))
model.get('heads.units', 3) //~ NoSuchField<"heads", "types.Model"

// Paths of run time.
declare const text: string
declare const index: number
declare const either: 'rate' | 'note'
declare const halfWrong: 'rate' | 'rates'
expectType<unknown>()(model.get(text))
expectType<unknown>()(model.get(KeyPath.parse('head.units')))
expectType<unknown>()(model.get(['layers', 0, 'name']))
expectType<string>()(model.get(`layers[${index}].name`))
expectType<number | string | undefined>()(model.get(either))
model.get(`layers[${index}].nam`) //~ NoSuchField<"nam", "types.Layer", "name">
model.get(halfWrong) //~ NoSuchField<"rates"
expectType<boolean>()(model.has(text))

type Units = PathValue<Model, 'head.units'>
const isNumber: Same<Units, number> = true

export { isNumber }

// Places.
expectType<Symbolic | null>()(model.head.parent)
expectType<Symbolic>()(model.head.root)
expectType<KeyPath>()(model.head.path)
expectType<Symbolic | null>()(model.head.ancestor(node => node.isSealed))
expectType<Dense | null>()(model.head.ancestor(node => node instanceof Dense))
expectType<Model>()(model.detached())

// Collections.
expectType<Layer | undefined>()(model.layers.at(0))
expectType<number>()(model.layers.length)
for (const layer of model.layers) expectType<Layer>()(layer)
expectType<string[]>()(model.layers.map(layer => layer.name))
expectType<Dense[]>()(model.layers.filter(layer => layer instanceof Dense))
expectType<Layer[]>()([...model.layers])
expectType<number>()(model.layers.reduce((sum, layer) => sum + layer.width, 0))
expectType<number | undefined>()(model.steps.at('warmup'))
for (const [key, value] of model.steps) expectType<number>()(value + key.length)
expectType<[string, number][]>()(model.steps.entries())
expectType<number | undefined>()(model.grid.at(0)?.at(0))

const config = SymDict.from({ lr: 0.1, name: 'x', deep: { rates: [1, 2] } })
expectType<SymList<number>>()(SymList.from([1, 2]))
expectType<SymList<Dense>>()(SymList.from([model.head]))
expectType<SymList<SymList<number>, number[]>>()(SymList.from([[1], [2]]))
expectType<SymDict<number>>()(SymDict.from({ a: 1 }))
expectType<SymDict<number>>()(SymDict.from(new Map([['a', 1]])))
expectType<number>()(config.get('deep.rates[0]'))

// Records of an interface become dicts like all others, which the types do not see.
interface Rates {
  readonly slow: number
}
declare const rates: Rates
SymDict.from(rates) //! 'Rates' is not assignable to parameter of type
SymDict.from({ rates }).at('rates')?.slow.toFixed() //? Property 'slow' does not exist on type 'SymDict

SymList.from([1, 2]).get('[0].a') //~ NoSuchField<"a", number, never>
SymList.from({ a: 1 }) //~ 'a' does not exist in type 'Iterable
SymDict.from(3) //~ 'number' is not assignable to parameter of type
new SymList() //~ only accessible within the class
