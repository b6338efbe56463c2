/** What recipes may do to a draft: fields are writable, lists are arrays, dicts are records. */

import { type Draft, type KeyPath, recipe } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Conv, Dense, type Layer, type Model, model, type Tree, tree } from './models.ts'

const dense = new Dense({ units: 3 })

expectType<Model>()(
  model.edit(draft => {
    expectType<number>()(draft.rate)
    expectType<number>()(draft.head.units)
    expectType<'relu' | 'gelu'>()(draft.head.activation)
    expectType<string | undefined>()(draft.note)
    expectType<number | undefined>()(draft.steps.warmup)
    expectType<number | undefined>()(draft.grid[0]?.[0])
    expectType<Draft<Layer> | undefined>()(draft.layers[0])
    draft.rate = 0.1
    draft.head.units++
    draft.head = dense
    draft.tail = null
    draft.note = undefined
    draft.block = 'text'
    draft.block = new Conv({ kernel: 3 })
    draft.steps.warmup = 3
    delete draft.steps.warmup
    draft.grid[0]?.push(3)
    draft.grid.push([1, 2])
    draft.grid = [[1]]
    draft.layers.push(dense, new Conv({ kernel: 3 }))
    draft.layers.splice(0, 1, dense)
    draft.layers[0] = dense
    draft.layers.length = 0
    draft.extra.anything.goes = 3
    draft.free.a = [1]
    draft.layers = model.layers //! missing the following properties from type
    draft.steps = model.steps //! is not assignable to type '{ [key: string]: number; }'
    delete draft.note //! The operand of a 'delete' operator must be optional

    draft.rate = '0.1' //~ 'string' is not assignable to type 'number'
    draft.head.units = 'x' //~ 'string' is not assignable to type 'number'
    draft.head.unit = 3 //~ Property 'unit' does not exist on type
    draft.head.activation = 'rely' //~ '"rely"' is not assignable to type
    draft.head = null //~ 'null' is not assignable to type
    draft.head = new Conv({ kernel: 3 }) //~ missing the following properties from type
    draft.tail.units = 3 //~ 'draft.tail' is possibly 'null'
    draft.steps.warmup = 'x' //~ 'string' is not assignable to type 'number'
    draft.grid.push(['x']) //~ 'string' is not assignable to type 'number'
    draft.layers.push(3) //~ 'number' is not assignable to parameter of type
    draft.head.width //~ Property 'width' does not exist on type
    draft.head.rebind({}) //~ Property 'rebind' does not exist on type
    draft.head = { units: 3, activation: 'relu', name: '' } //? not assignable
  }),
)

model.layers.edit(draft => {
  draft.push(dense)
  draft.push('x') //~ 'string' is not assignable to parameter of type
})
model.steps.edit(draft => {
  draft.warmup = 3
  draft.warmup = 'x' //~ 'string' is not assignable to type 'number'
})
model.edit(() => model)
model.edit(3) //~ 'number' is not assignable to parameter of type

tree.edit(draft => {
  draft.value = 3
  draft.children.push(tree)
  draft.children.splice(0, 1)
  draft.children[0]?.children.reverse()
  expectType<Draft<Tree> | undefined>()(draft.children[0]?.children[1])
})

expectType<[path: KeyPath, value: unknown][]>()(
  recipe(model, draft => {
    draft.head.units = 20
    draft.head.unit = 20 //~ Property 'unit' does not exist on type
  }),
)
