// A script as data: ESTree in plain JSON, as it comes from the parser, as it is handed in to be printed, and how two
// of them differ. Everything here walks by hand within a bound of depth, since a tree may come from anywhere.

import type { Json } from '../json.ts'

/**
 * A node of ESTree (https://github.com/estree/estree) as plain JSON.
 *
 * A number, string, boolean or null is a `Literal` with its `value`. Where JSON has no such value it is null, and another
 * key tells: `regex: { pattern, flags }`, `bigint: '12'`, or `raw: '1e999'` for a number too large to be one.
 */
export type SyntaxNode = { readonly type: string; readonly [key: string]: Json }

/** The root of a script: a body of statements, `return` and `await` among them. */
export type SyntaxTree = SyntaxNode & { readonly type: 'Program'; readonly body: readonly Json[] }

/** A comment in the list `comments` or `trailingComments` of a node. */
export type SyntaxComment = { readonly type: 'Line' | 'Block'; readonly value: string }

/** Objects and arrays inside one another. A symbolic tree takes 1000, so a script may stand inside something. */
export const MAX_LEVELS = 800

/** Why a tree was refused, and where: a path like `body[0].expression`, '' for the root. */
export interface Flaw {
  readonly path: string
  readonly message: string
}

export class TooDeep extends Error {}

/** Nodes as the parser makes them: instances of its own class, with positions, `RegExp`s and `bigint`s. */
export interface ParsedNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** The plain form of a node, without spellings and positions; with `range: [start, end]` on request. */
export function toTree(node: ParsedNode, hasPositions: boolean, level = 1): SyntaxNode {
  if (level > MAX_LEVELS) throw new TooDeep()
  const tree: Record<string, Json> = { type: node.type }
  for (const key of Object.keys(node)) {
    if (key !== 'type' && !POSITIONS.has(key) && key !== 'raw' && node[key] !== undefined)
      tree[key] = toValue(node[key], hasPositions, level + 1)
  }
  const isHuge = node.type === 'Literal' && typeof node.value === 'number' && !Number.isFinite(node.value)
  if (isHuge) tree.raw = String(node.raw)
  if (hasPositions) tree.range = [node.start, node.end]
  return tree as SyntaxNode
}

function toValue(value: unknown, hasPositions: boolean, level: number): Json {
  if (level > MAX_LEVELS) throw new TooDeep()
  if (Array.isArray(value)) return value.map(item => toValue(item, hasPositions, level + 1))
  if (isParsedNode(value)) return toTree(value, hasPositions, level)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  // The text of a template, and the parts of a regular expression; a RegExp and a bigint stand beside their parts.
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return null
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, toValue(part, hasPositions, level + 1)]),
  )
}

export function isParsedNode(value: unknown): value is ParsedNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

/**
 * What keeps a value from being printed, if anything: it must be a `Program` of plain JSON, not too deep, and have at
 * most `maxParts` objects and arrays, counting a part again wherever it stands.
 */
export function findFlaw(tree: unknown, maxParts: number): Flaw | undefined {
  let parts = 0
  const visit = (value: unknown, level: number): Flaw | undefined => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined
    if (typeof value === 'number')
      return Number.isFinite(value) ? undefined : { path: '', message: `is ${value}, which JSON cannot hold` }
    if (typeof value !== 'object') {
      const what = value === undefined ? 'undefined' : `a ${typeof value}`
      return { path: '', message: `is ${what}, which JSON cannot hold` }
    }
    if (level > MAX_LEVELS) throw new TooDeep()
    if (++parts > maxParts) return { path: '', message: `is one of more than ${maxParts} parts` }
    for (const key of Object.keys(value)) {
      const flaw = visit((value as Record<string, unknown>)[key], level + 1)
      if (flaw) return { path: step(value, key) + flaw.path, message: flaw.message }
    }
    return undefined
  }
  const isProgram = typeof tree === 'object' && tree !== null && 'type' in tree && tree.type === 'Program'
  return isProgram ? visit(tree, 1) : { path: '', message: 'must be a node of type Program' }
}

/** Where two trees differ in meaning, if they do. Positions do not count, nor spellings of values that are there. */
export function findDifference(a: Json, b: Json, path = ''): Flaw | undefined {
  if (a === b) return undefined
  const isSameKind = Array.isArray(a) === Array.isArray(b)
  if (!isContainer(a) || !isContainer(b) || !isSameKind) {
    return { path, message: `${shown(a)} would be read back as ${shown(b)}` }
  }
  const type = (a as SyntaxNode).type
  if (type !== (b as SyntaxNode).type)
    return { path, message: `${shown(a)} would be read back as ${shown(b)}` }
  for (const key of keysOf(a)) {
    if (!Object.hasOwn(b, key))
      return { path: path + step(a, key), message: `${type ?? 'it'} has no such part` }
  }
  for (const key of keysOf(b)) {
    const [before, after] = [a, b].map(record => (record as Record<string, Json>)[key])
    if (!Object.hasOwn(a, key)) return { path: path + step(a, key), message: `is missing: ${shown(after!)}` }
    const difference = findDifference(before!, after!, path + step(a, key))
    if (difference) return difference
  }
  return undefined
}

/** Where a part stands in a tree. */
export function pathTo(part: unknown, tree: unknown): string | undefined {
  if (part === tree) return ''
  if (typeof tree !== 'object' || tree === null) return undefined
  for (const [key, value] of Object.entries(tree)) {
    const rest = pathTo(part, value)
    if (rest !== undefined) return step(tree, key) + rest
  }
  return undefined
}

/** The path as a reader wants it: no dot at its start. */
export function readable(path: string): string {
  return path.startsWith('.') ? path.slice(1) : path
}

const POSITIONS: ReadonlySet<string> = new Set(['start', 'end', 'loc', 'range'])

function keysOf(value: object): string[] {
  const { raw, value: said } = value as { readonly raw?: Json; readonly value?: Json }
  const isSpelling = raw !== undefined && said !== null
  return Object.keys(value).filter(key => !POSITIONS.has(key) && !(isSpelling && key === 'raw'))
}

function isContainer(value: Json): value is Exclude<Json, string | number | boolean | null> {
  return typeof value === 'object' && value !== null
}

function step(container: object, key: string): string {
  return Array.isArray(container) ? `[${key}]` : `.${key}`
}

function shown(value: Json): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (!isContainer(value)) return JSON.stringify(value)
  const { type } = value as { readonly type?: Json }
  return typeof type === 'string' ? type : 'a record'
}
