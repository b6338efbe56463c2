/**
 * What may be trained in a tree: the values of variables, and the fields that classes declare `.trainable()`. A module
 * or variable with `trainable: false` freezes itself and everything below, and what was said below is kept for the
 * day it is thawed.
 */

import { CONTINUE, ENTER, type FieldMap, type Symbolic, SymObject } from '../symbolic/index.ts'
import { Module } from './module.ts'
import { Variable } from './variable.ts'

/** All variables at and below a node, by key path from it. */
export function variablesIn(tree: Symbolic): Map<string, Variable> {
  const variables = new Map<string, Variable>()
  tree.walk((path, value) => {
    if (!(value instanceof Variable)) return ENTER
    variables.set(path.toString(), value)
    return CONTINUE
  })
  return variables
}

/** The fields at and below a node that their classes declare trainable, frozen ones too, by key path from it. */
export function trainableFieldsIn(tree: Symbolic): Map<string, unknown> {
  const found = new Map<string, unknown>()
  tree.walk((path, node) => {
    if (node instanceof Variable) return CONTINUE
    for (const [name, value] of node instanceof SymObject ? trainableFields(node) : []) {
      found.set(path.child(name).toString(), value)
    }
    return ENTER
  })
  return found
}

/** The places at and below a node that may be trained, with what stands there. */
export function trainablesIn(tree: Symbolic): Map<string, unknown> {
  const found = new Map<string, unknown>()
  tree.walk((path, node) => {
    if (!(node instanceof SymObject)) return ENTER
    if (isFrozen(node)) return CONTINUE
    if (node instanceof Variable) {
      found.set(path.child('value').toString(), node.value)
      return CONTINUE
    }
    for (const [name, value] of trainableFields(node)) found.set(path.child(name).toString(), value)
    return ENTER
  })
  return found
}

/** Whether a module or variable forbids training at and below itself. */
export const isFrozen = (node: SymObject): boolean =>
  (node instanceof Module || node instanceof Variable) && !node.trainable

/** The fields of a node that its class declares trainable, with their values, absent ones too. */
export function trainableFields(node: SymObject): [name: string, value: unknown][] {
  const { fields } = node.constructor as typeof SymObject & { readonly fields: FieldMap }
  const values = node.fieldValues()
  return Object.keys(fields)
    .filter(name => fields[name]?.isTrainable)
    .map(name => [name, values[name]])
}
