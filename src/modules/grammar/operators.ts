/** All operators of the expression language by name, those of packs among them. */

import { listOperators } from './list-operators.ts'
import { numberOperators } from './number-operators.ts'
import type { Operator } from './operator.ts'
import { packOperator } from './pack.ts'
import { textOperators } from './text-operators.ts'
import type { PackName } from './types.ts'

export const operators = { ...numberOperators, ...listOperators, ...textOperators }

export type OperatorName = keyof typeof operators | PackName

/** The operators of the grammar itself. */
export const OPERATOR_NAMES = Object.keys(operators) as (keyof typeof operators)[]

/** The row of an operator; undefined for a name that neither the grammar nor a defined pack has. */
export const findOperator = (name: string): Operator | undefined =>
  Object.hasOwn(operators, name) ? operators[name as keyof typeof operators] : packOperator(name)

/** The row of an operator that there is. */
export const operatorOf = (name: OperatorName): Operator => findOperator(name) as Operator
