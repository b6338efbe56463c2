/** The check of options that are numbers. */

export interface NumberRange {
  readonly min: number
  readonly isInteger?: boolean
}

/** Throws `RangeError` for a number that is out of range; undefined is left to the default. */
export function checkNumber(
  name: string,
  value: number | undefined,
  { min, isInteger = false }: NumberRange,
): void {
  if (value === undefined) return
  const isFine = typeof value === 'number' && value >= min && (!isInteger || Number.isInteger(value))
  if (isFine) return
  throw new RangeError(
    `${name} must be a ${isInteger ? 'whole ' : ''}number of at least ${min}, got ${value}`,
  )
}
