/**
 * Whether what one module gives can be what another takes. Only what is certain is said: a type that never fits, and a
 * key that is needed and never there. Everything else is for the check of the data.
 */

import { isJsonRecord, type Json, type JsonSchema } from '../json.ts'

/** Why no value of one schema fits another; null when one may. */
export function misfit(gives: JsonSchema, takes: JsonSchema, path = ''): string | null {
  const parts = partsOf(takes)?.map(part => misfit(gives, part, path))
  if (parts?.every(why => why !== null)) return parts[0] as string
  const kinds = partsOf(gives)?.map(part => misfit(part, takes, path))
  if (kinds?.every(why => why !== null)) return kinds[0] as string
  const where = path === '' ? 'it' : `'${path}'`
  const [given, taken] = [typesOf(gives), typesOf(takes)]
  if (given !== null && taken !== null && !given.some(type => taken.some(other => overlaps(type, other)))) {
    return `${where} is of type ${given.join(' or ')}, and ${taken.join(' or ')} is wanted`
  }
  const has = gives.properties
  if (given?.join() !== 'object' || !isJsonRecord(has)) return null
  const wants = isJsonRecord(takes.properties) ? takes.properties : {}
  for (const key of Array.isArray(takes.required) ? takes.required : []) {
    if (typeof key !== 'string') continue
    const at = path === '' ? key : `${path}.${key}`
    if (!Object.hasOwn(has, key)) {
      const isDefaulted = isJsonRecord(wants[key]) && Object.hasOwn(wants[key] as object, 'default')
      if (isDefaulted || mayHaveOthers(gives)) continue
      return `'${at}' is wanted, and never there`
    }
    const [inner, wanted] = [has[key], wants[key]]
    const why = isJsonRecord(inner) && isJsonRecord(wanted) ? misfit(inner, wanted, at) : null
    if (why !== null) return why
  }
  return null
}

/** The schemas of which one must fit, when there are any. */
function partsOf({ anyOf }: JsonSchema): JsonSchema[] | undefined {
  const parts = Array.isArray(anyOf) ? (anyOf as readonly Json[]).filter(isJsonRecord) : []
  return parts.length === 0 ? undefined : parts
}

/** The types that a schema names; null when it leaves them open. */
function typesOf({ type }: JsonSchema): readonly string[] | null {
  if (typeof type === 'string') return [type]
  return Array.isArray(type) ? (type as readonly Json[]).map(String) : null
}

const overlaps = (a: string, b: string): boolean =>
  a === b || (a === 'integer' && b === 'number') || (a === 'number' && b === 'integer')

/** Whether records of a schema may have keys that its properties do not name. */
const mayHaveOthers = (schema: JsonSchema): boolean =>
  (schema.additionalProperties ?? false) !== false ||
  (schema.unevaluatedProperties ?? false) !== false ||
  ['patternProperties', 'allOf', 'anyOf', 'oneOf', '$ref', '$dynamicRef', 'if', 'dependentSchemas'].some(
    word => Object.hasOwn(schema, word),
  )
