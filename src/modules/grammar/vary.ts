/**
 * Mutation and crossover. Each picks a place in a rule and an expression that may stand there, and is nothing but
 * `rule.rebind([[path, expression]])`: the child shares all but its spine with its parent. Types are kept by asking
 * the grammar what a place wants, so that no child is ever made to be thrown away for its types.
 */

import { KeyPath } from '../../symbolic/index.ts'
import {
  argumentsOf,
  Call,
  Constant,
  constantOf,
  type Expression,
  factsOf,
  plainValue,
} from './expression.ts'
import { type Draw, type Grammar, pick, type Slot } from './grammar.ts'
import { Rule } from './rule.ts'
import { fits, type Type, type Value } from './types.ts'

/** How large a rule may grow. */
export interface Limits {
  readonly maxSize: number
  readonly maxHeight: number
}

/** A place in a rule, what stands there, and what may. */
export interface Place extends Slot {
  readonly path: KeyPath
  readonly expression: Expression
  /** The number of nodes above it. */
  readonly depth: number
}

/** A child, and the word for how it was made. */
export interface Child {
  readonly rule: Rule
  readonly operator: string
}

/** All places of a rule, parents first. */
export function placesOf(rule: Rule, grammar: Grammar): Place[] {
  const places: Place[] = []
  const visit = (path: KeyPath, expression: Expression, slot: Slot, depth: number): void => {
    places.push({ ...slot, path, expression, depth })
    if (!(expression instanceof Call)) return
    const args = path.child('args')
    const slots = grammar.slots(expression, slot)
    for (const [i, arg] of argumentsOf(expression).entries())
      visit(args.child(i), arg, slots[i] as Slot, depth + 1)
  }
  for (const [key, expression] of rule.outputs) {
    visit(KeyPath.of('outputs', key), expression, { wanted: rule.outputTypes.at(key) as Type, item: null }, 0)
  }
  return places
}

/** A rule of random expressions. */
export function randomRule(random: Draw, grammar: Grammar, height: number, isFull: boolean): Rule {
  const { inputTypes, outputTypes } = grammar
  const outputs = Object.entries(outputTypes).map(
    ([key, wanted]) => [key, grammar.grow(random, { wanted, item: null }, height, isFull)] as const,
  )
  return new Rule({ inputTypes, outputTypes, outputs: Object.fromEntries(outputs) })
}

type Mutation = (
  random: Draw,
  grammar: Grammar,
  place: Place,
  places: readonly Place[],
) => Expression | undefined

/** The mutations by name, with how often each is tried. */
const mutations: readonly (readonly [name: string, weight: number, mutate: Mutation])[] = [
  ['subtree', 0.35, (random, grammar, place) => grammar.grow(random, place, 1 + Math.floor(random() * 4))],
  ['point', 0.2, changePoint],
  ['constant', 0.1, changeConstant],
  ['hoist', 0.15, hoist],
  ['wrap', 0.2, wrap],
]

/** A mutated rule; undefined when nothing that fits was found. */
export function mutate(random: Draw, grammar: Grammar, rule: Rule, limits: Limits): Child | undefined {
  const places = placesOf(rule, grammar)
  for (let tries = 0; tries < 10; tries++) {
    const [operator, , change] = drawMutation(random)
    const eligible =
      operator === 'constant' ? places.filter(place => place.expression instanceof Constant) : places
    if (eligible.length === 0) continue
    const place = pick(random, eligible)
    const expression = change(random, grammar, place, places)
    const child = expression && replace(rule, place, expression, limits)
    if (child !== undefined) return { rule: child, operator }
  }
  return undefined
}

/** The first rule with a part of the second in it; undefined when nothing that fits was found. */
export function cross(
  random: Draw,
  grammar: Grammar,
  rule: Rule,
  other: Rule,
  limits: Limits,
): Child | undefined {
  const places = placesOf(rule, grammar)
  const parts = placesOf(other, grammar).map(part => part.expression)
  for (let tries = 0; tries < 10; tries++) {
    const place = pick(random, places)
    const fitting = parts.filter(part => mayStand(part, place))
    if (fitting.length === 0) continue
    const child = replace(rule, place, pick(random, fitting), limits)
    if (child !== undefined) return { rule: child, operator: 'crossover' }
  }
  return undefined
}

/** Whether an expression may stand in a slot. */
export function mayStand(expression: Expression, { wanted, item }: Slot): boolean {
  const facts = factsOf(expression)
  if (!fits(facts.type, wanted)) return false
  if (item !== null && facts.isBulky) return false
  return facts.item === null || (item !== null && fits(item, facts.item))
}

function replace(rule: Rule, place: Place, expression: Expression, limits: Limits): Rule | undefined {
  const [before, after] = [factsOf(place.expression), factsOf(expression)]
  const isTooHigh = place.depth + after.height > limits.maxHeight
  if (isTooHigh || (after.size > before.size && rule.size - before.size + after.size > limits.maxSize))
    return undefined
  const child = rule.rebind([[place.path, expression]])
  return child === rule || child.equals(rule) ? undefined : child
}

/** Another operator over the same arguments, or another leaf. */
function changePoint(random: Draw, grammar: Grammar, place: Place): Expression | undefined {
  const { expression } = place
  if (!(expression instanceof Call)) return grammar.leaf(random, place)
  const alike = grammar.alike(expression, place)
  const args = argumentsOf(expression)
  if (args.length === 2 && random() < 0.2) return swapped(expression, place, grammar)
  return alike.length === 0 ? undefined : new Call({ op: pick(random, alike).op, args })
}

function swapped(call: Call, place: Place, grammar: Grammar): Expression | undefined {
  const slots = grammar.slots(call, place)
  const [first, second] = argumentsOf(call) as [Expression, Expression]
  const mayBe = mayStand(second, slots[0] as Slot) && mayStand(first, slots[1] as Slot)
  return mayBe ? new Call({ op: call.op, args: [second, first] }) : undefined
}

/** A constant near the one that stands there. */
function changeConstant(random: Draw, grammar: Grammar, { expression, wanted }: Place): Expression {
  const value: Value = plainValue(expression as Constant)
  if (typeof value !== 'number' || random() < 0.2) return grammar.constant(random, wanted)
  const sign = random() < 0.5 ? -1 : 1
  const step =
    wanted === 'integer' || random() < 0.3 ? Math.ceil(3 * random() * random()) : Math.abs(value) * random()
  const next = random() < 0.15 ? -value : value + sign * (step || random())
  return constantOf(wanted === 'integer' ? Math.round(next) : Number(next.toPrecision(4)))
}

/** A part of what stands there, in its place. */
function hoist(
  random: Draw,
  grammar: Grammar,
  place: Place,
  places: readonly Place[],
): Expression | undefined {
  const below = places.filter(
    part => part.depth > place.depth && isBelow(part.path, place.path) && mayStand(part.expression, place),
  )
  if (below.length > 0) return pick(random, below).expression
  return place.expression instanceof Call ? grammar.leaf(random, place) : undefined
}

/** A call that has what stands there as one of its arguments. */
function wrap(random: Draw, grammar: Grammar, place: Place): Expression | undefined {
  for (let tries = 0; tries < 5; tries++) {
    const production = grammar.production(random, place)
    if (production === undefined) return undefined
    const at = Math.floor(random() * production.args.length)
    const isBody = production.item !== null && at === 1
    if (isBody || !mayStand(place.expression, { wanted: production.args[at] as Type, item: place.item }))
      continue
    return grammar.fill(production, place, (slot, i) =>
      i === at ? place.expression : grammar.grow(random, slot, 1 + Math.floor(random() * 2)),
    )
  }
  return undefined
}

function isBelow(path: KeyPath, above: KeyPath): boolean {
  return above.keys.every((key, i) => path.keys[i] === key)
}

function drawMutation(random: Draw): (typeof mutations)[number] {
  let left = random()
  for (const mutation of mutations) if ((left -= mutation[1]) < 0) return mutation
  return mutations[0] as (typeof mutations)[number]
}
