/** JSON Schema as fields are written to it and read from it (draft 2020-12): its type, and pointers into it. */

import { DefinitionError } from '../errors.ts'
import { escapePointer } from '../key-path.ts'

/** A JSON Schema; `true` takes everything and `false` nothing. */
export type JsonSchema = boolean | JsonSchemaObject

/** A JSON Schema with keywords. */
export interface JsonSchemaObject {
  readonly [keyword: string]: unknown
}

/** The URI of the draft. */
export const DRAFT = 'https://json-schema.org/draft/2020-12/schema'

/** A JSON pointer with one more token. */
export const pointerTo = (pointer: string, ...tokens: readonly (string | number)[]): string =>
  tokens.reduce<string>((text, token) => `${text}/${escapePointer(String(token))}`, pointer)

/** The two ends of a range under their keywords, where it has them. */
export const ends = (low: string, min: number, high: string, max: number): JsonSchemaObject => ({
  ...(min === -Infinity || (min === 0 && low !== 'minimum') ? {} : { [low]: min }),
  ...(max === Infinity ? {} : { [high]: max }),
})

/** The error for a place in a schema that fields cannot say. */
export const unsayable = (pointer: string, why: string): DefinitionError =>
  new DefinitionError(
    pointer,
    `no field can say what stands at '${pointer || '#'}' of the JSON Schema: ${why}`,
  )
