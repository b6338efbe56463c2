/** Local references of JSON Schema: JSON pointers from the root of the schema, as in `#/$defs/Node`. */

import type { Json, JsonSchema } from './json.ts'

/** Whether a reference is a pointer into the schema that holds it: all that is allowed. */
export const isLocalRef = (ref: string): boolean => ref === '#' || ref.startsWith('#/')

/** What a local reference points to, by own keys only; undefined when there is nothing. */
export function resolveRef(root: JsonSchema, ref: string): Json | undefined {
  if (!isLocalRef(ref)) return undefined
  let at: Json | undefined = root
  for (const step of ref.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return undefined
    const key = unescapeStep(step)
    if (!Object.hasOwn(at, key)) return undefined
    at = (at as { readonly [key: string]: Json })[key]
  }
  return at
}

/** One step of a pointer in a URI fragment (RFC 6901, section 6). */
function unescapeStep(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
  } catch {
    return step
  }
}
