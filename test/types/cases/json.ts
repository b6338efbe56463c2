/** Saving and loading: with a class the result is an instance of it, without one it is some tree. */

import {
  fromJson,
  fromJsonString,
  type Json,
  load,
  type PatchOperation,
  type Symbolic,
  save,
} from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { type Dense, Layer, Model, model } from './models.ts'

declare const data: unknown

expectType<Model>()(fromJson(data, Model))
expectType<Layer>()(fromJson(data, Layer))
expectType<Symbolic>()(fromJson(data))
expectType<Model>()(fromJsonString('{}', Model))
expectType<Symbolic>()(fromJsonString('{}'))
expectType<Promise<Model>>()(load('model.json', Model))
expectType<Promise<Symbolic>>()(load('model.json'))
expectType<Promise<void>>()(save(model, 'model.json', { indent: 0 }))
expectType<Json>()(model.toJSON())
expectType<string>()(model.toJsonString())
expectType<unknown>()(model.toJS())
expectType<PatchOperation[]>()(model.diff(model))
expectType<Model>()(model.patch(model.diff(model)))

const loaded: Dense = fromJson(data, Model) //~ missing the following properties from type 'Dense'
const some: Model = fromJson(data) //~ missing the following properties from type 'Model'
fromJson(data, model) //~ 'Model' is not assignable to parameter of type
load('model.json', Date) //~ 'DateConstructor' is not assignable to parameter of type
load(3) //~ 'number' is not assignable to parameter of type 'string'
save({ a: 1 }, 'model.json') //~ 'a' does not exist in type 'Symbolic'
save(model) //~ Expected 2-3 arguments, but got 1
save(model, 'model.json', { indentation: 2 }) //~ 'indentation' does not exist in type 'SaveOptions'
model.patch([{ op: 'swap', path: '/head' }]) //~ is not assignable to type
fromJson(data, Date) //~ not assignable

export { loaded, some }
