// Comments in a syntax tree: each belongs to the statement (or member of a class) that it explains, as `comments` to be
// written above it; what follows the last one belongs to the block, as `trailingComments`. A comment in the middle of
// an expression moves above its statement, so printing and parsing again changes nothing more.

import type { Json } from '../json.ts'
import {
  isParsedNode,
  MAX_LEVELS,
  type ParsedNode,
  type SyntaxComment,
  type SyntaxNode,
  TooDeep,
} from './tree.ts'

/** A comment as the parser reports it. */
export interface ParsedComment {
  readonly type: 'Line' | 'Block'
  readonly value: string
  readonly start: number
  readonly end: number
}

/** A list of statements or members, and the node whose list it is. */
interface List {
  readonly owner: ParsedNode
  readonly elements: readonly ParsedNode[]
  cursor: number
}

/** The types of node whose comments have a place, and the key of their list. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['Program', 'body'],
  ['BlockStatement', 'body'],
  ['ClassBody', 'body'],
  ['StaticBlock', 'body'],
  ['SwitchCase', 'consequent'],
])

/** Writes each comment to the node it belongs to. Comments come in the order of the text. */
export function attachComments(root: ParsedNode, comments: readonly ParsedComment[], text: string): void {
  const lists: List[] = []
  collect(root, lists, 1)
  const open: List[] = []
  let next = 0
  for (const comment of comments) {
    while (next < lists.length && lists[next]!.owner.start <= comment.start) open.push(lists[next++]!)
    while (open.length > 1 && open.at(-1)!.owner.end < comment.end) open.pop()
    attach(open.at(-1) ?? lists[0]!, comment, text)
  }
}

function attach(list: List, { type, value, start }: ParsedComment, text: string): void {
  const { owner, elements } = list
  while (list.cursor < elements.length && elements[list.cursor]!.end <= start) list.cursor++
  const previous = elements[list.cursor - 1]
  const isBeside = previous !== undefined && !LINE_END.test(text.slice(previous.end, start))
  const target = isBeside ? previous : elements[list.cursor]
  add(target ?? owner, target ? 'comments' : 'trailingComments', { type, value })
}

function add(node: ParsedNode, key: 'comments' | 'trailingComments', comment: SyntaxComment): void {
  const notes = node as { [name in typeof key]?: SyntaxComment[] }
  notes[key] ??= []
  notes[key].push(comment)
}

/** The lists of a tree in the order of the text, outer before inner. */
function collect(node: ParsedNode, lists: List[], level: number): void {
  if (level > MAX_LEVELS) throw new TooDeep()
  const key = LISTS.get(node.type)
  if (key !== undefined) lists.push({ owner: node, elements: node[key] as ParsedNode[], cursor: 0 })
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const item of value) isParsedNode(item) && collect(item, lists, level + 1)
    else if (isParsedNode(value)) collect(value, lists, level + 1)
  }
}

const LINE_END = /[\n\r\u2028\u2029]/

/** The tree with each comment as an element of its list, of type `Comment` with the `text` to write. */
export function commentsAsNodes(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map(commentsAsNodes)
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  const node = value as SyntaxNode
  let copy: Record<string, Json> | undefined
  for (const key of Object.keys(node)) {
    const part = commentsAsNodes(node[key]!)
    if (part !== node[key]) (copy ??= { ...node })[key] = part
  }
  const key = LISTS.get(node.type)
  const list = key === undefined ? undefined : (copy ?? node)[key]
  if (key !== undefined && Array.isArray(list)) {
    const elements = list.flatMap((element: Json) => [...written(element, 'comments'), element])
    elements.push(...written(node, 'trailingComments'))
    if (elements.length > list.length) (copy ??= { ...node })[key] = elements
  }
  return copy ?? node
}

function written(node: Json, key: 'comments' | 'trailingComments'): Json[] {
  const comments = (node as Partial<Record<typeof key, Json>> | null)?.[key]
  if (!Array.isArray(comments)) return []
  return (comments as SyntaxComment[]).map(({ type, value }) => {
    return { type: 'Comment', text: type === 'Line' ? `//${value}` : `/*${value}*/` }
  })
}
