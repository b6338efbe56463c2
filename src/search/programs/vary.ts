/**
 * Mutation and crossover of programs. Each picks a place and an expression that may stand there, and is nothing but
 * `program.rebind([[path, expression]])`: the child shares all but its spine with its parent, and what differs is a
 * path and a value. Types and scopes are kept by drawing only what fits the place.
 */

import { KeyPath } from '../../symbolic/index.ts'
import type { Rng } from '../rng.ts'
import { argumentsOf, Call, Constant, type Expression, factsOf, partsOf } from './expression.ts'
import { type Language, rounded, typeIn } from './language.ts'
import { primitiveOf, type Type } from './primitives.ts'
import { eachPlace, Program, type Scope } from './program.ts'
import { varyStatements } from './vary-statements.ts'

/** A node of a program, and what may stand there instead. */
export interface Spot {
  readonly expression: Expression
  readonly type: Type
  readonly scope: Scope
  /** How many nodes are above it. */
  readonly depth: number
  /** The keys that lead there. */
  readonly keys: readonly (string | number)[]
}

/** All expressions of a program and their parts, parents first. A program that is a parent many times is read once. */
export function spotsOf(program: Program): readonly Spot[] {
  const token = program.token
  let spots = known.get(token)
  if (spots === undefined) known.set(token, (spots = findSpots(program)))
  return spots
}

const known = new WeakMap<object, readonly Spot[]>()

/** Another program near a given one; the same when nothing that fits was found. */
export function mutate(program: Program, language: Language, rng: Rng): Program {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (language.statements.length > 0 && rng.float() < 0.3) {
      const child = varyStatements(program, language, rng)
      if (child !== null && isWithin(child, language) && !child.equals(program)) return child
      continue
    }
    const [wanted, change] = drawMutation(rng)
    const spots = wanted === null ? spotsOf(program) : spotsOf(program).filter(wanted)
    if (spots.length === 0) continue
    const spot = rng.pick(spots)
    const expression = change(spot, language, rng)
    const child = expression === null ? null : replaced(program, spot, expression, language)
    if (child !== null) return child
  }
  return program
}

/** A program with a part of another in it; the same when nothing that fits was found. */
export function cross(program: Program, other: Program, language: Language, rng: Rng): Program {
  const spots = spotsOf(program)
  const parts = spotsOf(other)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const spot = rng.pick(spots)
    const fitting = parts.filter(({ expression }) => mayStand(expression, spot))
    if (fitting.length === 0) continue
    const child = replaced(program, spot, rng.pick(fitting).expression, language)
    if (child !== null) return child
  }
  return program
}

/** A program of the same inputs and type whose result is drawn at random, and nothing else is in it. */
export function randomProgram(like: Program, language: Language, rng: Rng): Program {
  const scope = new Map(like.inputs.map(({ name, type }) => [name, type]))
  const depth = 2 + rng.int(Math.min(4, language.maxDepth - 1))
  const isFull = rng.float() < 0.5
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const result = language.grow(rng, like.type, scope, depth, isFull && attempt === 0)
    if (factsOf(result).size <= language.maxSize) return new Program({ inputs: like.inputs, result })
  }
  return new Program({ inputs: like.inputs, result: language.grow(rng, like.type, scope, 1) })
}

/** Whether an expression may stand at a spot. */
export function mayStand(expression: Expression, { type, scope }: Spot): boolean {
  const facts = factsOf(expression)
  if (facts.type !== type) return false
  for (const [name, wanted] of facts.variables) if (scope.get(name) !== wanted) return false
  return true
}

const ATTEMPTS = 16

/** Whether a program keeps to the limits of its language. */
const isWithin = (program: Program, { maxSize, maxDepth }: Language): boolean =>
  program.size <= maxSize && program.depth <= maxDepth

function replaced(program: Program, spot: Spot, expression: Expression, language: Language): Program | null {
  const [before, after] = [factsOf(spot.expression), factsOf(expression)]
  const grows = after.size > before.size
  if (grows && program.size - before.size + after.size > language.maxSize) return null
  if (after.depth > before.depth && spot.depth + after.depth > language.maxDepth) return null
  if (spot.expression.equals(expression)) return null
  return program.rebind([[KeyPath.of(...spot.keys), expression]])
}

type Change = (spot: Spot, language: Language, rng: Rng) => Expression | null

const isConstant = ({ expression }: Spot): boolean => expression instanceof Constant
const isCall = ({ expression }: Spot): boolean => expression instanceof Call

/** The mutations with how often each is tried, and where they can do something. */
const MUTATIONS: readonly (readonly [weight: number, where: ((spot: Spot) => boolean) | null, Change])[] = [
  [0.25, null, (spot, language, rng) => language.grow(rng, spot.type, spot.scope, 1 + rng.int(3))],
  [0.2, null, changePoint],
  [0.2, isConstant, changeConstant],
  [0.1, isCall, hoist],
  [0.25, null, wrap],
]

function drawMutation(rng: Rng): readonly [((spot: Spot) => boolean) | null, Change] {
  let left = rng.float()
  for (const [weight, where, change] of MUTATIONS) if ((left -= weight) < 0) return [where, change]
  return [null, changePoint]
}

/** Another primitive over the same arguments, the arguments in another order, or another leaf. */
function changePoint({ expression, type, scope }: Spot, language: Language, rng: Rng): Expression | null {
  if (!(expression instanceof Call)) return language.leaf(rng, type, scope)
  const primitive = primitiveOf(expression.op)
  const args = argumentsOf(expression)
  const [first, second] = args
  if (args.length === 2 && first !== undefined && second !== undefined && rng.float() < 0.25) {
    return factsOf(first).type === factsOf(second).type
      ? new Call({ op: expression.op, args: [second, first] })
      : null
  }
  const alike = language.alike(primitive)
  return alike.length === 0 ? null : new Call({ op: rng.pick(alike).name, args })
}

/** A constant near the one that stands there: by a part of itself, or by a small step. */
function changeConstant({ expression, type }: Spot, language: Language, rng: Rng): Expression | null {
  const { value } = expression as Constant
  if (typeof value === 'boolean') return new Constant({ value: !value })
  const luck = rng.float()
  if (luck < 0.15) return type === 'number' ? language.constant(rng) : null
  if (luck < 0.25) return new Constant({ value: -value + 0 })
  const deviation =
    luck < 0.6 ? Math.abs(value) * 0.25 + 0.01 : luck < 0.85 ? Math.abs(value) * 0.03 + 0.01 : 1
  const next = value + rng.normal(0, deviation)
  return Number.isFinite(next) ? new Constant({ value: rounded(next) }) : null
}

/** A part of what stands there, in its place. */
function hoist(spot: Spot, _language: Language, rng: Rng): Expression | null {
  const parts = partsOf(spot.expression)
    .slice(1)
    .filter(part => factsOf(part).type === spot.type)
  return parts.length === 0 ? null : rng.pick(parts)
}

/** What stands there as an argument of a new call; the others are small and drawn at random. */
function wrap({ expression, type, scope }: Spot, language: Language, rng: Rng): Expression | null {
  const around = language.around(type)
  if (around.length === 0) return null
  const primitive = rng.pick(around)
  const fitting = primitive.args.flatMap((slot, i) => (typeIn(slot, type) === type ? [i] : []))
  const at = rng.pick(fitting)
  return language.fill(primitive, type, (wanted, i) =>
    i === at ? expression : language.grow(rng, wanted, scope, 1 + rng.int(2)),
  )
}

function findSpots(program: Program): Spot[] {
  const spots: Spot[] = []
  const visit = (
    expression: Expression,
    scope: Scope,
    depth: number,
    keys: readonly (string | number)[],
  ): void => {
    spots.push({ expression, type: factsOf(expression).type, scope, depth, keys })
    for (const [i, arg] of argumentsOf(expression).entries())
      visit(arg, scope, depth + 1, [...keys, 'args', i])
  }
  eachPlace(program, ({ expression, scope, level, keys }) => {
    if (expression !== null) visit(expression, scope, level, keys)
  })
  return spots
}
