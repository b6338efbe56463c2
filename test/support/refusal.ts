/** Helpers for what must fail: the error it fails with, and that nothing happened. */

import { expect } from 'chai'
import { type Symbolic, SymError } from '../../src/symbolic/index.ts'

type ErrorClass<E extends Error> = abstract new (...args: never) => E

/** The error that a function throws, which must be of a class and say what the pattern wants. */
export function refusal<E extends Error = SymError>(
  action: () => unknown,
  type: ErrorClass<E> = SymError as unknown as ErrorClass<E>,
  words: RegExp = /./,
): E {
  try {
    action()
  } catch (error) {
    expect(error, String(error)).to.be.instanceOf(type)
    expect((error as E).message).to.match(words)
    return error as E
  }
  throw new Error(`expected ${type.name} saying ${words}, but nothing was thrown`)
}

/** Everything that can be seen of a tree. */
export const snapshot = (tree: Symbolic): string =>
  `${tree.root.toJsonString()} ${tree.toString()} ${tree.root.hash()} ${tree.path}`

/** Runs something that may throw, and checks that a tree is afterwards what it was before. */
export function leavesAlone<Result>(tree: Symbolic, action: () => Result): Result | Error {
  const before = snapshot(tree)
  let result: Result | Error
  try {
    result = action()
  } catch (error) {
    result = error as Error
  }
  expect(snapshot(tree)).to.equal(before)
  return result
}

/** Whether `Object.prototype` has grown anything it should not have. */
export const prototypeKeys = (): string[] => {
  const keys: string[] = []
  for (const key in {}) keys.push(key)
  return [...keys, ...Object.getOwnPropertyNames(Object.prototype).sort()]
}
