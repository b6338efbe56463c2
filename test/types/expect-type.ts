/** The one helper of the type cases: asks whether a value has exactly the type it should be read as. */

/**
 * Compiles when the value has exactly the type; else an argument is missing, and the message names the wanted type.
 *
 *     expectType<number>()(dense.units)
 */
export declare function expectType<Wanted>(): <Actual>(
  actual: Actual,
  ...mismatch: Same<Actual, Wanted> extends true ? [] : [wanted: Wanted, actual: Actual]
) => void

/** Whether two types are one and the same: neither wider, nor narrower, nor `any`. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
