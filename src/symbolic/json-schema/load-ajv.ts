/** ajv, loaded with the first schema that needs it: fields of other kinds never pay for it. */

import { createRequire } from 'node:module'
import type { ValidateFunction } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonSchema } from './json-schema.ts'

let loaded: Ajv2020 | null = null

/** The function that checks by a schema. Each schema is by itself: two may have the same `$id`. */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  const ajv = loadAjv()
  try {
    return ajv.compile(schema)
  } finally {
    if (typeof schema === 'object') ajv.removeSchema(schema)
  }
}

/** The one instance that compiles all schemas; formats and unknown keywords are annotations. */
export function loadAjv(): Ajv2020 {
  if (loaded !== null) return loaded
  const module = createRequire(import.meta.url)('ajv/dist/2020.js') as { Ajv2020: typeof Ajv2020 }
  loaded = new module.Ajv2020({
    allErrors: true,
    strict: false,
    validateFormats: false,
  })
  return loaded
}
