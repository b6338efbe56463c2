/**
 * `withSealed(false, …)`: a scope in which seals do not hold (or, with true, in which everything counts as sealed).
 * It is looked up only where a seal is met, or once such a sealing scope was used, so trees without seals pay nothing.
 */

import { AsyncLocalStorage } from 'node:async_hooks'

const scope = new AsyncLocalStorage<boolean | null>()
let scopes = 0
/** How many of the scopes seal: where there were none, an unsealed place is free without looking further. */
let sealingScopes = 0

/**
 * Runs a function with seals lifted (`false`), everything sealed (`true`), or the trees' own seals back in force
 * (`null`); the innermost scope wins, and asynchronous work started inside keeps it. Gives back the function's result.
 */
export function withSealed<Result>(sealed: boolean | null, body: () => Result): Result {
  scopes++
  if (sealed === true) sealingScopes++
  return scope.run(sealed, body)
}

/** Whether a place with this seal of its own may not be changed. */
export const isLocked = (isSealed: boolean): boolean =>
  isSealed ? scopes === 0 || (scope.getStore() ?? true) : sealingScopes !== 0 && scope.getStore() === true
