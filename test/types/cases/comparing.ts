/** Comparing, visiting and looking up take any value, and say what they give. */

import {
  compare,
  ENTER,
  equals,
  hash,
  isSymbolic,
  STOP,
  type Symbolic,
  same,
} from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { dense, model } from './models.ts'

declare const value: unknown

expectType<boolean>()(model.equals(value))
expectType<boolean>()(same(model.head, dense))
expectType<boolean>()(same(value, 3))
expectType<boolean>()(equals([1], value))
expectType<number>()(hash({ a: 1 }))
expectType<number>()(model.hash())
expectType<number>()(compare(value, 3))
expectType<number>()(model.compare(dense))
expectType<object>()(model.token)
if (isSymbolic(value)) expectType<Symbolic>()(value)

model.compare(3) //~ 'number' is not assignable to parameter of type 'Symbolic'
same(model) //~ Expected 2 arguments, but got 1
model.token = {} //~ Cannot assign to 'token' because it is a read-only property

expectType<boolean>()(model.walk(path => (path.key === 'head' ? STOP : ENTER)))
expectType<Map<string, unknown>>()(model.query({ path: /units/ }))
model.walk(() => 'stop') //? 'string' is not assignable to type
model.query({ regex: /units/ }) //~ 'regex' does not exist in type 'QueryOptions'
