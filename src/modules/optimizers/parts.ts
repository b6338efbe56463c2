/**
 * The parts of a program that a language model may write anew: whole values of variables, by their schemas, and texts.
 * A candidate is a map from key paths of such parts to other values.
 */

import { KeyPath, SymDict } from '../../symbolic/index.ts'
import { type Json, type JsonSchema, jsonOf, sameJson } from '../json.ts'
import { LanguageModule } from '../language/language-module.ts'
import type { OptimizerContext, Updates } from '../optimizer.ts'
import { ScriptModule } from '../script-module.ts'
import { Variable } from '../variable.ts'
import { at } from './texts.ts'

/** Values by key path. */
export type Values = { readonly [path: string]: Json }

export interface Part {
  readonly value: Json
  readonly schema: JsonSchema
  readonly description: string
}

/** The parts among the places that may be trained, by key path. Throws when there is none. */
export function partsIn({ program, targets }: OptimizerContext, name: string): Map<string, Part> {
  const parts = new Map<string, Part>()
  for (const target of targets) {
    const value = at(program, target)
    if (typeof value === 'string') parts.set(target, { value, schema: { type: 'string' }, description: '' })
    const around = KeyPath.parse(target).parent
    const variable = around === null ? undefined : at(program, around.toString())
    if (!(variable instanceof Variable && value instanceof SymDict)) continue
    const { schema, description } = variable
    parts.set(target, { value: jsonOf(value), schema: jsonOf(schema) as JsonSchema, description })
  }
  if (parts.size > 0) return parts
  const known = targets.map(target => `'${target}'`).join(', ')
  throw new Error(`${name} finds neither variables nor texts to train; what may be trained: ${known}`)
}

/** The values that the program has now. */
export const valuesOf = (parts: ReadonlyMap<string, Part>): Values =>
  Object.fromEntries([...parts].map(([path, { value }]) => [path, value]))

/** The updates that make one map of values into another, as far as they differ. */
export const updatesBetween = (from: Values, to: Values): Updates =>
  Object.entries(to).filter(([path, value]) => !sameJson(value, from[path]))

/** The further starts that modules name: other scripts, other instructions, one change each. */
export function seedsIn({ program }: OptimizerContext, base: Values): Values[] {
  const seeds: Values[] = []
  program.walk((path, node) => {
    const [place, key, texts] =
      node instanceof ScriptModule
        ? [path.child('state'), 'script', node.seedScripts]
        : node instanceof LanguageModule
          ? [path.child('instructions'), 'text', node.seedInstructions]
          : [path, '', []]
    const target = place.child('value').toString()
    const value = base[target]
    if (value !== undefined)
      for (const text of texts) seeds.push({ ...base, [target]: { ...(value as object), [key]: text } })
    return 'enter'
  })
  return seeds
}
