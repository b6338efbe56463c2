/**
 * `withSealed(false, …)`: a scope in which seals do not hold (or, with true, in which everything counts as sealed).
 * It is looked up only where a seal is met, so trees without seals pay nothing.
 */

import { AsyncLocalStorage } from 'node:async_hooks'

const scope = new AsyncLocalStorage<boolean | null>()
let depth = 0

/**
 * Runs a function with seals lifted (`false`), everything sealed (`true`), or the trees' own seals back in force
 * (`null`); the innermost scope wins, and asynchronous work started inside keeps it. Gives back the function's result.
 */
export function withSealed<Result>(sealed: boolean | null, body: () => Result): Result {
  depth++
  return scope.run(sealed, body)
}

/** Whether a place with this seal of its own may not be changed. */
export const isLocked = (isSealed: boolean): boolean =>
  depth === 0 ? isSealed : (scope.getStore() ?? isSealed)
