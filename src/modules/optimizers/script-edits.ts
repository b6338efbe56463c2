/**
 * Edits of a script at its syntax tree, each of which nearly always leaves a tree that can be printed: constants and operators are
 * changed, names and whole expressions replaced by others of the same kind, expressions wrapped and unwrapped, statements
 * deleted, doubled and moved, and parts taken from another script.
 */

import type { SyntaxNode, SyntaxTree } from '../../runtime/index.ts'
import type { Rng } from '../../search/index.ts'
import { agree, type Guess, guessOf, type Places, placesIn } from './script-places.ts'

/** A script that was edited. */
export interface Edited {
  readonly tree: SyntaxTree
  /** What was done, in a word. */
  readonly operator: string
}

export interface EditOptions {
  readonly random: Rng
  /** The keys of the inputs, which scripts may read. */
  readonly inputs: readonly string[]
}

/** So many edits are tried, since not every one finds a place in every script. */
const TRIES = 20

/** A copy of a tree with one edit; undefined when none found a place. */
export function mutateScript(tree: SyntaxTree, { random, inputs }: EditOptions): Edited | undefined {
  for (let tries = 0; tries < TRIES; tries++) {
    const copy = structuredClone(tree)
    const places = placesIn(copy)
    const [operator, edit] = random.pick(EDITS)
    if (edit({ random, inputs, ...places })) return { tree: copy, operator }
  }
  return undefined
}

/** A copy of a tree with an expression or a statement of another one; undefined when nothing fits. */
export function crossScripts(tree: SyntaxTree, donor: SyntaxTree, random: Rng): Edited | undefined {
  const copy = structuredClone(tree)
  const [own, others] = [placesIn(copy), placesIn(structuredClone(donor))]
  const statements = others.lists.flat()
  if (random.float() < 0.3 && statements.length > 0 && own.lists.length > 0) {
    const list = random.pick(own.lists)
    list.splice(random.int(list.length + 1), 0, random.pick(statements))
    return { tree: copy, operator: 'crossover' }
  }
  const place = pickFrom(own.expressions, random)
  const given =
    place &&
    pickFrom(
      others.expressions.filter(({ guess }) => agree(guess, place.guess)),
      random,
    )
  if (place === undefined || given === undefined) return undefined
  place.put(given.node)
  return { tree: copy, operator: 'crossover' }
}

interface Editing extends Places, EditOptions {}

/** Changes the tree that the places are of; false when it found no place. */
type Edit = (editing: Editing) => boolean

const literal = (value: number | string | boolean): SyntaxNode =>
  typeof value === 'number' && (value < 0 || Object.is(value, -0))
    ? { type: 'UnaryExpression', operator: '-', prefix: true, argument: literal(-value) }
    : { type: 'Literal', value }

const identifier = (name: string): SyntaxNode => ({ type: 'Identifier', name })

const member = (object: string, property: string): SyntaxNode =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(property)
    ? {
        type: 'MemberExpression',
        object: identifier(object),
        property: identifier(property),
        computed: false,
        optional: false,
      }
    : {
        type: 'MemberExpression',
        object: identifier(object),
        property: literal(property),
        computed: true,
        optional: false,
      }

/** A number, text or truth value near the one that stands there. */
const constant: Edit = ({ expressions, random }) => {
  const constants = expressions.filter(({ node }) => node.type === 'Literal' && guessOf(node) !== 'any')
  const place = pickFrom(constants, random)
  if (place === undefined) return false
  const { value } = place.node
  if (typeof value === 'boolean') place.put(literal(!value))
  else if (typeof value === 'number') place.put(literal(nearby(value, random)))
  else {
    const texts = constants
      .map(({ node }) => node.value)
      .filter(other => typeof other === 'string' && other !== value)
    if (texts.length === 0) return false
    place.put(literal(random.pick(texts) as string))
  }
  return true
}

function nearby(value: number, random: Rng): number {
  switch (random.int(6)) {
    case 0:
      return value + 1
    case 1:
      return value - 1
    case 2:
      return value * 2
    case 3:
      return value / 2
    case 4:
      return -value
    default:
      return Number((value + random.normal() * (Math.abs(value) + 1)).toPrecision(3))
  }
}

const CLASSES: readonly (readonly string[])[] = [
  ['+', '-', '*', '/', '%'],
  ['<', '<=', '>', '>=', '===', '!=='],
  ['&&', '||'],
  ['=', '+=', '-=', '*='],
]

/** Another operator of the same class. */
const operator: Edit = ({ lists, expressions, random }) => {
  const all = [
    ...expressions.map(({ node }) => node),
    ...lists.flat().map(({ expression }) => expression as SyntaxNode),
  ]
  const found = all.flatMap(node => {
    const others = CLASSES.find(each => each.includes(String(node?.operator)))
    return node && others && /^(?:Binary|Logical|Assignment)Expression$/.test(node.type)
      ? [{ node, others }]
      : []
  })
  if (found.length === 0) return false
  const { node, others } = random.pick(found)
  ;(node as Record<string, unknown>).operator = random.pick(others.filter(other => other !== node.operator))
  return true
}

/** A name or an input in the place of an expression. */
const name: Edit = ({ expressions, names, inputs, random }) => {
  const given = [...names.map(identifier), ...inputs.map(key => member('inputs', key))]
  const place = pickFrom(
    expressions.filter(({ guess }) => guess !== 'record' && guess !== 'function'),
    random,
  )
  if (place === undefined || given.length === 0) return false
  place.put(random.pick(given))
  return true
}

/** A copy of another expression of the same kind. */
const copy: Edit = ({ expressions, random }) => {
  const place = pickFrom(expressions, random)
  const other =
    place &&
    pickFrom(
      expressions.filter(each => each !== place && agree(each.guess, place.guess)),
      random,
    )
  if (place === undefined || other === undefined) return false
  place.put(structuredClone(other.node))
  return true
}

const WRAPS: readonly {
  readonly guess: Guess
  readonly wrap: (node: SyntaxNode, other: SyntaxNode) => SyntaxNode
}[] = [
  ...['+', '-', '*', '%'].map(sign => ({ guess: 'number', wrap: binary(sign) }) as const),
  ...['abs', 'floor', 'sign'].map(called => ({ guess: 'number', wrap: math(called) }) as const),
  ...['max', 'min'].map(called => ({ guess: 'number', wrap: math(called, 2) }) as const),
  {
    guess: 'boolean',
    wrap: node => ({ type: 'UnaryExpression', operator: '!', prefix: true, argument: node }),
  },
]

function binary(sign: string) {
  return (left: SyntaxNode, right: SyntaxNode): SyntaxNode => ({
    type: 'BinaryExpression',
    left,
    operator: sign,
    right,
  })
}

function math(called: string, count = 1) {
  return (...given: SyntaxNode[]): SyntaxNode => ({
    type: 'CallExpression',
    callee: member('Math', called),
    arguments: given.slice(0, count),
    optional: false,
  })
}

/** An expression inside a new one, such as `Math.abs(x)` or `x - 1`. */
const wrap: Edit = ({ expressions, names, inputs, random }) => {
  const place = pickFrom(
    expressions.filter(({ guess }) => guess === 'number' || guess === 'boolean' || guess === 'any'),
    random,
  )
  if (place === undefined) return false
  const others = [
    literal(1),
    literal(2),
    ...names.map(identifier),
    ...inputs.map(key => member('inputs', key)),
  ]
  const fitting = WRAPS.filter(({ guess }) => agree(guess, place.guess))
  place.put(random.pick(fitting).wrap(place.node, random.pick(others)))
  return true
}

/** A choice between an expression and another one. */
const choose: Edit = ({ expressions, random }) => {
  const place = pickFrom(expressions, random)
  const tests = expressions.filter(({ guess }) => guess === 'boolean')
  const numbers = expressions.filter(
    ({ guess, node }) => guess === 'number' || (guess === 'any' && node.type !== 'Identifier'),
  )
  const other =
    place &&
    pickFrom(
      expressions.filter(({ guess }) => agree(guess, place.guess)),
      random,
    )
  if (place === undefined || other === undefined || (tests.length === 0 && numbers.length === 0)) return false
  const made =
    numbers.length > 0
      ? binary(random.pick(CLASSES[1] as string[]))(structuredClone(random.pick(numbers).node), literal(0))
      : undefined
  const test =
    made !== undefined && (tests.length === 0 || random.float() < 0.5)
      ? made
      : structuredClone(random.pick(tests).node)
  place.put({
    type: 'ConditionalExpression',
    test,
    consequent: place.node,
    alternate: structuredClone(other.node),
  })
  return true
}

/** A part of an expression in its place. */
const unwrap: Edit = ({ expressions, random }) => {
  const place = pickFrom(expressions, random)
  if (place === undefined) return false
  const inner = placesIn(place.node).expressions.filter(({ guess }) => agree(guess, place.guess))
  const part = pickFrom(inner, random)
  if (part === undefined) return false
  place.put(part.node)
  return true
}

const deletion: Edit = ({ lists, random }) => {
  const list = pickFrom(
    lists.filter(({ length }) => length > 1),
    random,
  )
  list?.splice(random.int(list.length), 1)
  return list !== undefined
}

/** A statement moved to another place, or doubled there. */
const move: Edit = ({ lists, random }) => {
  const from = pickFrom(
    lists.filter(({ length }) => length > 0),
    random,
  )
  if (from === undefined) return false
  const at = random.int(from.length)
  const statement = structuredClone(from[at] as SyntaxNode)
  if (random.float() < 0.7) from.splice(at, 1)
  const to = random.pick(lists)
  to.splice(random.int(to.length + 1), 0, statement)
  return true
}

const EDITS: readonly (readonly [operator: string, edit: Edit])[] = [
  ['constant', constant],
  ['constant', constant],
  ['operator', operator],
  ['operator', operator],
  ['name', name],
  ['name', name],
  ['copy', copy],
  ['wrap', wrap],
  ['wrap', wrap],
  ['choose', choose],
  ['unwrap', unwrap],
  ['deletion', deletion],
  ['move', move],
]

const pickFrom = <Item>(items: readonly Item[], random: Rng): Item | undefined =>
  items.length === 0 ? undefined : random.pick(items)
