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
import { type Draw, type Grammar, isInBody, pick, type Slot } from './grammar.ts'
import { Rule } from './rule.ts'
import { fits, isNumeric, type Type, type Value } from './types.ts'

/** How large a rule may grow. */
export interface Limits {
  readonly maxSize: number
  readonly maxHeight: number
}

/** A node of a rule and the way to it. */
export interface Spot {
  readonly expression: Expression
  /** The call it is an argument of; null for the expression of an output. */
  readonly above: Spot | null
  /** Which argument it is, or of which output. */
  readonly key: string | number
  /** The number of nodes above it. */
  readonly depth: number
}

/** A spot with what may stand there. */
export interface Place extends Slot {
  readonly expression: Expression
  readonly depth: number
  readonly path: KeyPath
}

/** A child, and the word for how it was made. */
export interface Child {
  readonly rule: Rule
  readonly operator: string
}

/** All nodes of a rule, parents first. A rule that is a parent many times is gone through once. */
export function spotsOf(rule: Rule): readonly Spot[] {
  let spots = known.get(rule.token)
  if (spots === undefined) known.set(rule.token, (spots = findSpots(rule)))
  return spots
}

const known = new WeakMap<object, readonly Spot[]>()

/** The place of a spot: its path, and what the calls above it want there. */
export function placeOf(spot: Spot, rule: Rule, grammar: Grammar): Place {
  const { expression, depth } = spot
  return { expression, depth, path: pathOf(spot), ...slotOf(spot, rule, grammar) }
}

/** An expression's parts, all the way down, parents first. */
export function partsOf(expression: Expression): Expression[] {
  return argumentsOf(expression).flatMap(arg => [arg, ...partsOf(arg)])
}

/** A rule of random expressions. */
export function randomRule(random: Draw, grammar: Grammar, height: number, isFull: boolean): Rule {
  const { inputTypes, outputTypes } = grammar
  const outputs = Object.entries(outputTypes).map(
    ([key, wanted]) => [key, grammar.grow(random, { wanted, item: null }, height, isFull)] as const,
  )
  return new Rule({ inputTypes, outputTypes, outputs: Object.fromEntries(outputs) })
}

/** Whether a rule keeps to the limits. */
export function isWithin(rule: Rule, { maxSize, maxHeight }: Limits): boolean {
  const heights = rule.outputs.values().map(expression => factsOf(expression).height)
  return rule.size <= maxSize && Math.max(...heights) <= maxHeight
}

type Mutation = (random: Draw, grammar: Grammar, place: Place) => Expression | undefined

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
  const spots = spotsOf(rule)
  for (let tries = 0; tries < 10; tries++) {
    const [operator, , change] = drawMutation(random)
    const eligible =
      operator === 'constant' ? spots.filter(spot => spot.expression instanceof Constant) : spots
    if (eligible.length === 0) continue
    const place = placeOf(pick(random, eligible), rule, grammar)
    const expression = change(random, grammar, place)
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
  const spots = spotsOf(rule)
  const parts = spotsOf(other)
  for (let tries = 0; tries < 10; tries++) {
    const place = placeOf(pick(random, spots), rule, grammar)
    const fitting = parts.filter(part => mayStand(part.expression, place))
    if (fitting.length === 0) continue
    const child = replace(rule, place, pick(random, fitting).expression, limits)
    if (child !== undefined) return { rule: child, operator: 'crossover' }
  }
  return undefined
}

/** Whether an expression may stand in a slot. */
export function mayStand(expression: Expression, slot: Slot): boolean {
  const facts = factsOf(expression)
  if (!fits(facts.type, slot.wanted) || (facts.isBulky && isInBody(slot))) return false
  return isAtHand(facts.item, slot.item) && isAtHand(facts.total, slot.total)
}

/** Whether what is taken from a body's surroundings, if anything is, is there. */
const isAtHand = (taken: Type | null, given: Type | null | undefined): boolean =>
  taken === null || (given !== null && given !== undefined && fits(given, taken))

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
function changeConstant(
  random: Draw,
  grammar: Grammar,
  { expression, wanted }: Place,
): Expression | undefined {
  const value: Value = plainValue(expression as Constant)
  if (typeof value !== 'number' || !isNumeric(wanted) || random() < 0.2)
    return grammar.constant(random, wanted)
  const sign = random() < 0.5 ? -1 : 1
  const step =
    wanted === 'integer' || random() < 0.3 ? Math.ceil(3 * random() * random()) : Math.abs(value) * random()
  const next = random() < 0.15 ? -value : value + sign * (step || random())
  return constantOf(wanted === 'integer' ? Math.round(next) : Number(next.toPrecision(4)))
}

/** A part of what stands there, in its place; a leaf where no part fits. */
function hoist(random: Draw, grammar: Grammar, place: Place): Expression | undefined {
  const parts = partsOf(place.expression)
  if (parts.length === 0) return undefined
  const fitting = parts.filter(part => mayStand(part, place))
  return fitting.length > 0 ? pick(random, fitting) : grammar.leaf(random, place)
}

/** A call that has what stands there as one of its arguments. */
function wrap(random: Draw, grammar: Grammar, place: Place): Expression | undefined {
  for (let tries = 0; tries < 5; tries++) {
    const production = grammar.production(random, place)
    if (production === undefined) return undefined
    const at = Math.floor(random() * production.args.length)
    if (
      at >= production.from ||
      !mayStand(place.expression, { ...place, wanted: production.args[at] as Type })
    )
      continue
    return grammar.fill(production, place, (slot, i) =>
      i === at ? place.expression : grammar.grow(random, slot, 1 + Math.floor(random() * 2)),
    )
  }
  return undefined
}

function findSpots(rule: Rule): Spot[] {
  const spots: Spot[] = []
  const visit = (expression: Expression, above: Spot | null, key: string | number): void => {
    const spot = { expression, above, key, depth: above === null ? 0 : above.depth + 1 }
    spots.push(spot)
    if (!(expression instanceof Call)) return
    const { args } = expression
    for (let i = 0; i < args.length; i++) visit(args.at(i) as Expression, spot, i)
  }
  for (const [key, expression] of rule.outputs) visit(expression, null, key)
  return spots
}

function pathOf({ above, key }: Spot): KeyPath {
  return above === null ? KeyPath.of('outputs', key) : pathOf(above).child('args').child(key)
}

function slotOf({ above, key }: Spot, rule: Rule, grammar: Grammar): Slot {
  if (above === null) return { wanted: rule.outputTypes.at(key as string) as Type, item: null }
  return grammar.slots(above.expression as Call, slotOf(above, rule, grammar))[key as number] as Slot
}

function drawMutation(random: Draw): (typeof mutations)[number] {
  let left = random()
  for (const mutation of mutations) if ((left -= mutation[1]) < 0) return mutation
  return mutations[0] as (typeof mutations)[number]
}
