/** Choices of several, custom decisions, derived values and traced functions are typed as what they will become, too. */

import {
  custom,
  derived,
  evolve,
  floatV,
  intV,
  manyOf,
  oneOf,
  permutate,
  registerDerivation,
  registerGenome,
  registerMutation,
  Space,
  sameAs,
  trace,
} from '../../../src/search/index.ts'
import { f, type SymList, SymObject } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Dense, type Layer, Model, model } from './models.ts'

class Kinds extends SymObject.define('types.Kinds', {
  sizes: f.list(f.int()),
  pair: f.tuple([f.string(), f.string()]),
  acts: f.list(f.enum('relu', 'gelu')).default([]),
}) {}

const wide = new Dense({ units: 64 })
expectType<[1 | 2 | 3, 1 | 2 | 3]>()(manyOf(2, [1, 2, 3]))
expectType<('a' | 'b')[]>()(manyOf(2 as number, ['a', 'b'], { distinct: false }))
expectType<['a' | 'b', 'a' | 'b']>()(permutate(['a', 'b']))
expectType<number[]>()(permutate([1, 2] as number[]))
new Kinds({
  sizes: manyOf(2, [1, intV(2, 9)]),
  pair: manyOf(2, ['a', 'b', 'c']),
  acts: permutate(['relu', 'gelu']),
})
new Kinds({ sizes: [oneOf([1, 2])], pair: permutate(['a', 'b']) })
new Model({ layers: manyOf(2, [wide, new Dense({ units: oneOf([1, 2]) })]), head: wide })
new Model({ layers: manyOf<2, Layer>(2, [wide]), head: wide })
model.rebind({ layers: manyOf(1, [wide]) })

new Kinds({ sizes: manyOf(2, ['a', 'b']), pair: ['a', 'b'] }) //~ is not assignable to type
new Kinds({ sizes: [], pair: manyOf(3, ['a', 'b', 'c']) }) //~ is not assignable to type
new Kinds({ sizes: [], pair: ['a', 'b'], acts: permutate(['relu', 'tanh']) }) //~ is not assignable to type
manyOf(2, 'ab') //~ not assignable to parameter of type 'readonly
manyOf('2', ['a']) //~ not assignable to parameter of type 'number'
expectType<Space<SymList<string>>>()(Space.of(permutate(['a', 'b'] as string[])))

const bits = registerGenome('types.bits', {
  random: (rng, { length }: { length: number }) => Array.from({ length }, () => rng.int(2)),
  decode: code => code.length,
  problem: code => (Array.isArray(code) ? null : 'a list'),
})
expectType<number>()(custom(bits, { settings: { length: 3 } }))
new Dense({ units: custom(bits, { settings: { length: 8 } }) })
custom(bits, { settings: { size: 3 } }) //~ 'size' does not exist in type
new Dense({ units: 1, name: custom(bits) }) //~ 'number' is not assignable to type 'string'

const widen = registerMutation('types.widen', (dense: Dense, rng) =>
  dense.rebind({ units: dense.units + rng.int(3) }),
)
expectType<Dense>()(evolve(wide, widen))
new Model({ layers: [evolve(wide, widen)], head: wide })
evolve(model, widen) //~ is missing the following properties from type 'Dense'

const half = registerDerivation('types.half', (units: number) => units / 2)
expectType<number>()(derived(half, ['layers[0].units']))
new Dense({ units: sameAs('head.units'), name: sameAs('name') })
new Dense({ units: derived(half, ['head.units']) })
derived(half, ['a', 'b']) //~ 2 element(s) but target allows only 1
new Dense({ units: 1, name: derived(half, ['units']) }) //~ 'number' is not assignable to type 'string'

const traced = trace(({ oneOf: choose, floatV: float, manyOf: take }) => {
  expectType<1 | 2>()(choose([1, 2], { name: 'a' }))
  expectType<number>()(choose([0, tools => tools.intV(1, 3, { name: 'n' })], { name: 'b' }))
  expectType<['x' | 'y', 'x' | 'y']>()(take(2, ['x', 'y'], { name: 'c' }))
  choose([1, 2]) //~ Expected 2 arguments, but got 1
  return { rate: float(0, 1, { name: 'rate' }) }
})
expectType<{ rate: number }>()(traced.run(traced.space.first()))
const later = trace(async tools => tools.intV(1, 2, { name: 'n' }))
expectType<Promise<number>>()(later.then(each => each.run(each.space.first())))
floatV(0, 1, { where: true }) //~ 'where' does not exist in type
