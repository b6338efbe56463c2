/**
 * Named patchers: changes with typed arguments that can be asked for by text, `widen?by=2`, from a command line or a
 * file. And `applyRules`, which takes everything that says how a tree is to be changed: updates, rules, functions,
 * patchers by text, and lists of them. A text only ever reaches what was registered under its name.
 */

import { DefinitionError, FieldError, type Problem, SymError } from '../errors.ts'
import { isRecord } from '../fields/accept.ts'
import type { Field, FieldMap, InitOf, ValuesOf } from '../fields/field.ts'
import { article, describe } from '../fields/field-words.ts'
import { acceptOrThrow } from '../fields/refusal.ts'
import { isGreen } from '../greens/spec.ts'
import { equals } from '../greens/values.ts'
import type { KeyPath, PathLike } from '../key-path.ts'
import { nearest } from '../nearest.ts'
import { makeNode } from '../node.ts'
import { isSymbolic, type Symbolic } from '../symbolic.ts'
import { show } from '../view/format.ts'
import { INVALID } from './missing.ts'
import { PatchRule } from './patch-rules.ts'
import { canBeText, PATCHER_NAME, readPatcherText, readValue, writeValue } from './patcher-text.ts'

/**
 * What `applyRules` takes: a rule, the text of a patcher, updates as a record or map, a function as for `transform`, or
 * a list of these, which are applied one after the other.
 */
export type Rules =
  | PatchRule
  | string
  | { readonly [path: string]: unknown }
  | ReadonlyMap<PathLike, unknown>
  | ((path: KeyPath, value: unknown, parent: Symbolic | null) => unknown)
  | readonly Rules[]

/**
 * The next version of a tree by rules, each in one pass over what the ones before it have made.
 *
 *     applyRules(model, [onKey('rate', 0.1), { 'head.units': 64 }, 'widen?by=2'])
 */
export function applyRules<Tree extends Symbolic>(tree: Tree, rules: Rules): Tree {
  if (nesting >= MAX_NESTING) {
    throw new SymError('', `patchers and rules ask for each other ${MAX_NESTING} times in a row`)
  }
  nesting++
  try {
    return applied(tree, rules)
  } finally {
    nesting--
  }
}

/** The next version of a tree by a patcher's text: `applyPatcher(model, 'widen?by=2')`. */
export const applyPatcher = <Tree extends Symbolic>(tree: Tree, text: string): Tree =>
  ruleFrom(text).apply(tree)

export interface PatcherOptions<Tree extends Symbolic> {
  /** The class of the trees it is for; others are refused. */
  readonly on?: abstract new (
    ...args: never
  ) => Tree
  /** Refuses a result by throwing. */
  readonly validate?: (after: Tree, before: Tree) => void
  /** Whether it may take the place of another patcher of this name. */
  readonly replace?: boolean
}

/**
 * Registers a patcher: a name, the fields of its arguments, and what it makes of a tree and their values: updates, rules,
 * or the next version itself.
 *
 *     const widen = patcher('widen', { by: f.int({ min: 2 }).default(2) }, (model: Model, { by }) => ({
 *       'head.units': model.head.units * by,
 *     }))
 *     widen.apply(model, { by: 3 })
 *     applyPatcher(model, 'widen?by=3')
 *
 * Throws `DefinitionError` when the name is taken, or an argument could not be written as text.
 */
export function patcher<Tree extends Symbolic, const Fields extends FieldMap>(
  name: string,
  fields: Fields,
  body: (tree: Tree, args: ValuesOf<Fields>) => Tree | Rules,
  options: PatcherOptions<Tree> = {},
): Patcher<Tree, Fields> {
  if (!PATCHER_NAME.test(name)) {
    throw new DefinitionError(
      name,
      `'${name}' cannot be the name of a patcher: use words joined by dots or dashes`,
    )
  }
  if (patchers.has(name) && options.replace !== true) {
    throw new DefinitionError(
      name,
      `the patcher name '${name}' is taken; say { replace: true } to take it over`,
    )
  }
  for (const [key, field] of Object.entries(fields)) {
    if (!/^[A-Za-z_$][\w$]*$/.test(key) || key === '__proto__') {
      throw new DefinitionError(key, `the patcher '${name}' cannot have an argument named '${key}'`)
    }
    if (!canBeText(field)) {
      const message = `the argument '${key}' of '${name}' cannot be written as text: use bool, int, float, string, enum or a list of them`
      throw new DefinitionError(key, message)
    }
  }
  const made = new Patcher(name, fields, body, options)
  patchers.set(name, made as unknown as Patcher)
  return made
}

/** The names of all patchers, sorted. */
export const patcherNames = (): string[] => [...patchers.keys()].sort()

type ArgsOf<Fields> =
  Record<never, never> extends InitOf<Fields> ? [args?: InitOf<Fields>] : [args: InitOf<Fields>]

/** A patcher, as `patcher` registers it. */
export class Patcher<Tree extends Symbolic = Symbolic, Fields extends FieldMap = FieldMap> {
  readonly name: string
  readonly fields: Fields
  readonly #body: (tree: Tree, args: ValuesOf<Fields>) => Tree | Rules
  readonly #options: PatcherOptions<Tree>

  /** @internal */
  constructor(
    name: string,
    fields: Fields,
    body: (tree: Tree, args: ValuesOf<Fields>) => Tree | Rules,
    options: PatcherOptions<Tree>,
  ) {
    this.name = name
    this.fields = fields
    this.#body = body
    this.#options = options
  }

  /** The next version of a tree. Throws `FieldError` naming every argument that does not fit. */
  apply(tree: Tree, ...[args]: ArgsOf<Fields>): Tree {
    return this.rule(...([args] as unknown as ArgsOf<Fields>)).apply(tree)
  }

  /** The patcher with its arguments, as a rule for `applyRules`. */
  rule(...[args]: ArgsOf<Fields>): PatchRule {
    return new NamedRule(this as unknown as Patcher, checked(this.name, this.fields, given(args), []))
  }

  /** The text that asks for the patcher with these arguments; those that have their default are left out. */
  text(...[args]: ArgsOf<Fields>): string {
    return textOf(this.name, this.fields, checked(this.name, this.fields, given(args), []))
  }

  /** @internal */
  run(tree: Symbolic, args: Readonly<Record<string, unknown>>): Symbolic {
    const { on, validate } = this.#options
    if (on !== undefined && !(tree instanceof on)) {
      throw new SymError('', `the patcher '${this.name}' is for ${on.name}, got ${show(tree)}`)
    }
    const result = this.#body(tree as Tree, args as ValuesOf<Fields>)
    const after = isSymbolic(result) ? result : applyRules(tree, result as Rules)
    validate?.(after as Tree, tree as Tree)
    return after
  }
}

class NamedRule extends PatchRule {
  readonly #patcher: Patcher
  readonly #args: Readonly<Record<string, unknown>>

  constructor(from: Patcher, args: Readonly<Record<string, unknown>>) {
    super()
    this.#patcher = from
    this.#args = args
  }

  apply<Tree extends Symbolic>(tree: Tree): Tree {
    return this.#patcher.run(tree, this.#args) as Tree
  }

  toString(): string {
    return textOf(this.#patcher.name, this.#patcher.fields, this.#args)
  }
}

const patchers = new Map<string, Patcher>()

/** Rules and patchers that ask for each other more often than this ask for themselves. */
const MAX_NESTING = 100
let nesting = 0

function applied<Tree extends Symbolic>(tree: Tree, rules: Rules): Tree {
  if (rules instanceof PatchRule) return rules.apply(tree)
  if (typeof rules === 'string') return ruleFrom(rules).apply(tree)
  if (typeof rules === 'function') return tree.transform(rules)
  if (Array.isArray(rules)) return rules.reduce((at: Tree, rule: Rules) => applyRules(at, rule), tree)
  if (isRecord(rules) || rules instanceof Map) return tree.rebind(rules as never)
  throw new SymError(
    '',
    `a rule is made by onKey and its like, or is updates, a function or a patcher, got ${show(rules)}`,
  )
}

/** The rule that a text asks for. Throws `SymError` for an unknown name, `FieldError` for arguments that do not fit. */
function ruleFrom(text: string): PatchRule {
  const { name, args } = readPatcherText(text)
  const found = patchers.get(name)
  if (found === undefined) {
    const near = nearest(name, patchers.keys())
    const known = patchers.size === 0 ? 'none is registered' : `there are ${patcherNames().join(', ')}`
    throw new SymError(
      '',
      `there is no patcher '${name}'; ${near === null ? known : `did you mean '${near}'?`}`,
    )
  }
  const names = Object.keys(found.fields)
  const values: Record<string, unknown> = Object.create(null)
  const problems: Problem[] = []
  args.forEach(([given, written], position) => {
    const key = given ?? names[position]
    if (key === undefined) {
      problems.push({
        path: '',
        message: `takes ${names.length} arguments, got ${show(written)} as one more`,
      })
    } else if (key in values) problems.push({ path: key, message: 'is given twice' })
    else {
      const field = Object.hasOwn(found.fields, key) ? (found.fields[key] as Field) : null
      const value = field === null ? written : readValue(field, written)
      values[key] = value
      if (value === INVALID) {
        problems.push({ path: key, message: `must be ${article(describe(field))}, got ${show(written)}` })
      }
    }
  })
  return new NamedRule(found, checked(name, found.fields, values, problems))
}

const given = (args: unknown): Record<string, unknown> => (args ?? {}) as Record<string, unknown>

/** The values of all arguments, defaults filled in; throws with all that is wrong with them. */
function checked(
  name: string,
  fields: FieldMap,
  args: Readonly<Record<string, unknown>>,
  problems: Problem[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const names = Object.keys(fields)
  for (const key of Object.keys(args)) {
    if (Object.hasOwn(fields, key)) continue
    const near = nearest(key, names)
    const known = names.length === 0 ? 'it has none' : `they are ${names.join(', ')}`
    const fix = near === null ? known : `did you mean '${near}'?`
    problems.push({ path: key, message: `is not an argument of this patcher; ${fix}` })
  }
  for (const [key, field] of Object.entries(fields)) {
    const value = args[key]
    const { hasDefault, isOptional, initial } = field.rules
    if (value === INVALID) continue
    if (value === undefined && !hasDefault && !isOptional) {
      problems.push({ path: key, message: `is required: ${article(describe(field))}` })
      continue
    }
    try {
      const stored = value === undefined ? initial : acceptOrThrow(name, [], field, value)
      values[key] = isGreen(stored) ? makeNode(stored, null, '') : stored
    } catch (error) {
      if (!(error instanceof SymError)) throw error
      for (const each of error.problems) {
        const path =
          each.path === '' ? key : each.path.startsWith('[') ? key + each.path : `${key}.${each.path}`
        problems.push({ ...each, path })
      }
    }
  }
  if (problems.length > 0) throw FieldError.of(name, problems)
  return values
}

function textOf(name: string, fields: FieldMap, values: Readonly<Record<string, unknown>>): string {
  const parts: string[] = []
  for (const [key, field] of Object.entries(fields)) {
    const value = values[key]
    const { hasDefault, initial } = field.rules
    const isDefault = hasDefault && equals(value, isGreen(initial) ? makeNode(initial, null, '') : initial)
    if (value !== undefined && !isDefault) parts.push(`${key}=${writeValue(value)}`)
  }
  return parts.length === 0 ? name : `${name}?${parts.join('&')}`
}
