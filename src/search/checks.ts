/** Checks of options that many parts of the room share, so that they say the same in the same words. */

import { SpaceError, type StudyError } from './errors.ts'

/** Throws an error for an option that is there and is no integer of at least `least`. */
export function needInteger(
  name: string,
  value: number | undefined,
  least: number,
  Kind: typeof SpaceError | typeof StudyError = SpaceError,
): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return
  throw new Kind('', `${name} must be an integer of at least ${least}, got ${String(value)}`)
}
