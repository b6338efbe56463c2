/** What the tests of the grammar share: scripts run by `node:vm`, and rules of all kinds by seed. */

import { createContext, runInContext } from 'node:vm'
import {
  Call,
  constantOf,
  type Expression,
  Input,
  Item,
  Total,
} from '../../../src/modules/grammar/expression.ts'
import { Grammar } from '../../../src/modules/grammar/grammar.ts'
import { OPERATOR_NAMES, type OperatorName } from '../../../src/modules/grammar/operators.ts'
import { Rule, type Types } from '../../../src/modules/grammar/rule.ts'
import type { TYPES, Value } from '../../../src/modules/grammar/types.ts'
import { randomRule } from '../../../src/modules/grammar/vary.ts'
import { Rng } from '../../../src/search/index.ts'

/** What a script leaves as its result, as JSON makes it. */
export function runScript(script: string, inputs: object): unknown {
  const context = createContext({})
  runInContext(`inputs = ${JSON.stringify(inputs)}; var result`, context)
  runInContext(script, context, { timeout: 2000 })
  return JSON.parse(runInContext('JSON.stringify(result)', context) as string)
}

/** As JSON makes it: -0 is 0. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** The kinds of tasks that random rules are made for. */
export const TASKS: readonly (readonly [inputs: Types, outputs: Types])[] = [
  [{ a: 'integer', b: 'integer' }, { y: 'integer' }],
  [
    { a: 'number', b: 'integer' },
    { y: 'number', ok: 'boolean' },
  ],
  [{ xs: 'integers', n: 'integer' }, { ys: 'integers' }],
  [
    { xs: 'numbers', ys: 'integers' },
    { ys: 'numbers', n: 'number' },
  ],
  [{ s: 'string', n: 'integer' }, { t: 'string' }],
  [
    { s: 'string', 'odd name': 'boolean', __proto__x: 'integers' },
    { 'a-b': 'boolean', t: 'string' },
  ],
  [
    { words: 'strings', flags: 'booleans', x: 'number' },
    { words: 'strings', flags: 'booleans', line: 'string', n: 'integer' },
  ],
  [
    { s: 'string', xs: 'numbers', n: 'integer' },
    { words: 'strings', xs: 'numbers' },
  ],
]

export const drawsOf = (seed: number) => {
  const rng = Rng.from(seed)
  return () => rng.float()
}

/** The grammar of a task with every operator. */
export function grammarOf(task: number): Grammar {
  const [inputs, outputs] = TASKS[task] as (typeof TASKS)[number]
  grammars[task] ??= new Grammar(inputs, outputs, { operators: OPERATOR_NAMES })
  return grammars[task]
}

const grammars: Grammar[] = []

/** A random rule for a task. */
export const ruleOf = (task: number, seed: number, height = 5): Rule =>
  randomRule(drawsOf(seed), grammarOf(task), height, seed % 2 === 0)

/** Inputs of the types, by seed, with the numbers one stumbles over. */
export function inputsOf(types: Types, seed: number): { [name: string]: Value } {
  const random = drawsOf(seed)
  const integer = () =>
    [0, 1, -1, 2, 7, -13, 1000, 2 ** 53 - 1, -(2 ** 31)][Math.floor(random() * 9)] as number
  const number = () => (random() < 0.5 ? integer() : (random() - 0.5) * 10 ** Math.floor(random() * 12 - 6))
  const make: { readonly [Name in (typeof TYPES)[number]]: () => Value } = {
    boolean: () => random() < 0.5,
    integer,
    number,
    string: () =>
      ['', 'a', 'Level', "it's", '"\\\n', 'Straße 7', '👍🏽x'][Math.floor(random() * 7)] as string,
    integers: () => Array.from({ length: Math.floor(random() * 6) }, integer),
    numbers: () => Array.from({ length: Math.floor(random() * 6) }, number),
    strings: () => Array.from({ length: Math.floor(random() * 4) }, () => make.string()),
    booleans: () => Array.from({ length: Math.floor(random() * 4) }, () => random() < 0.5),
  }
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, make[type as keyof typeof make]()]),
  )
}

export const a = new Input({ name: 'a', type: 'integer' })
export const b = new Input({ name: 'b', type: 'integer' })
export const x = new Input({ name: 'x', type: 'number' })
export const ok = new Input({ name: 'ok', type: 'boolean' })
export const xs = new Input({ name: 'xs', type: 'integers' })
export const s = new Input({ name: 's', type: 'string' })
export const item = new Item({ type: 'integer' })
export const total = new Total({ type: 'integer' })
export const words = new Input({ name: 'words', type: 'strings' })

/** A call whose plain arguments are constants: `call('add', a, 1)`. */
export const call = (op: OperatorName, ...args: readonly (Expression | Value)[]): Call =>
  new Call({ op, args: args.map(arg => (isExpression(arg) ? arg : constantOf(arg))) })

const isExpression = (value: Expression | Value): value is Expression =>
  typeof value === 'object' && value !== null && 'token' in value

/** A rule with one integer output over the inputs a and b. */
export const integerRule = (y: Expression): Rule =>
  new Rule({ inputTypes: { a: 'integer', b: 'integer' }, outputTypes: { y: 'integer' }, outputs: { y } })
