/** How the words of `f` make fields: the rules they share about ranges, sizes and what may be absent. */

import { DefinitionError } from '../errors.ts'
import { ANY, ContainerField, Field, type FieldRules, NO_RULES } from './field.ts'
import { acceptOrThrow } from './refusal.ts'

export interface SizeOptions {
  readonly minSize?: number
  readonly maxSize?: number
}

/** A field of the given rules. */
export function makeField<Out, In>(rules: Partial<FieldRules>): Field<Out, In, false> {
  return new Field({ ...NO_RULES, ...rules }, finishDefault)
}

/** A field of the given rules that may be empty by default. */
export function makeContainer<Out, In>(rules: Partial<FieldRules>): ContainerField<Out, In, false> {
  return new ContainerField({ ...NO_RULES, ...rules }, finishDefault)
}

function finishDefault(field: Field, value: unknown): unknown {
  return acceptOrThrow('default', [], field, value)
}

/** A range, open at the ends that are not given. Throws `DefinitionError` when nothing lies in it. */
export function range(
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): { min: number; max: number } {
  if (!(min <= max)) throw new DefinitionError('', `the range from ${min} to ${max} holds nothing`)
  return { min, max }
}

export function sizeRules({ minSize = 0, maxSize = Number.POSITIVE_INFINITY }: SizeOptions) {
  const { min, max } = range(minSize, maxSize)
  return { minSize: min, maxSize: max }
}

/** Null, the rule that asks nothing, for a field that asks nothing. */
export function elementRule(field: Field): Field | null {
  refuseOptional(field, 'an element of a list or dict')
  return field.tag === ANY && !field.rules.isNullable && !field.rules.hasDefault ? null : field
}

/** Only fields of a class can be absent: in a list or dict nothing is left to say so, in memory or in JSON. */
export function refuseOptional(field: Field, what: string): void {
  if (!field.rules.isOptional) return
  throw new DefinitionError(
    '',
    `${what} cannot be optional; use nullable(), or make the whole field optional`,
  )
}
