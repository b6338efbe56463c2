/** Where a script may be edited: its expressions with a guess at what they give, and its lists of statements. */

import type { Json, SyntaxNode } from '../../runtime/index.ts'

/** What an expression gives, as far as its form tells. */
export type Guess = 'number' | 'string' | 'boolean' | 'list' | 'record' | 'function' | 'any'

/** An expression, and where it stands. */
export interface Place {
  readonly node: SyntaxNode
  /** What it gives, or else what is wanted where it stands. */
  readonly guess: Guess
  /** Puts another expression there; in a tree that nobody else holds. */
  readonly put: (node: SyntaxNode) => void
}

export interface Places {
  readonly expressions: readonly Place[]
  /** Lists of statements, to be changed in place. */
  readonly lists: readonly SyntaxNode[][]
  /** The names that the script declares. */
  readonly names: readonly string[]
}

/** The places of a tree. */
export function placesIn(tree: SyntaxNode): Places {
  const expressions: Place[] = []
  const lists: SyntaxNode[][] = []
  const names = new Set(declaredIn(tree))
  const visit = (node: SyntaxNode): void => {
    if (Array.isArray(node.body)) lists.push(node.body as unknown as SyntaxNode[])
    for (const [key, part] of Object.entries(node)) {
      const children = Array.isArray(part) ? part : [part]
      children.forEach((child, i) => {
        if (!isNode(child)) return
        if (isExpression(child, names) && isOpen(node, key)) {
          const put = (other: SyntaxNode) => putAt(node, key, Array.isArray(part) ? i : undefined, other)
          const guess = guessOf(child)
          expressions.push({ node: child, guess: guess === 'any' ? wantedAt(node, key) : guess, put })
        }
        if (isEntered(node, key)) visit(child)
      })
    }
  }
  visit(tree)
  return { expressions, lists, names: [...names] }
}

/** Whether one expression may stand for another: their guesses agree, or one of them is none. */
export const agree = (a: Guess, b: Guess): boolean => a === b || a === 'any' || b === 'any'

export function guessOf(node: SyntaxNode): Guess {
  const operator = String(node.operator)
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number' ||
        typeof node.value === 'string' ||
        typeof node.value === 'boolean'
        ? (typeof node.value as Guess)
        : 'any'
    case 'TemplateLiteral':
      return 'string'
    case 'BinaryExpression':
      if (/^(?:[<>]=?|[!=]==?|in|instanceof)$/.test(operator)) return 'boolean'
      return operator === '+' ? 'any' : 'number'
    case 'UnaryExpression':
      return operator === '!' ? 'boolean' : operator === 'typeof' ? 'string' : 'number'
    case 'ConditionalExpression':
      return guessOf(node.consequent as SyntaxNode)
    case 'ArrayExpression':
      return 'list'
    case 'ObjectExpression':
      return 'record'
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return 'function'
    case 'MemberExpression':
      return isNamed(node.property, 'length') ? 'number' : 'any'
    case 'CallExpression':
      return isNamed((node.callee as SyntaxNode).object, 'Math') ? 'number' : 'any'
    default:
      return 'any'
  }
}

/** What is wanted of an expression where it stands. */
function wantedAt(node: SyntaxNode, key: string): Guess {
  if (key === 'test') return 'boolean'
  const operator = String(node.operator)
  switch (node.type) {
    case 'BinaryExpression':
      return /^(?:[-*/%<>]|\*\*|[<>]=)$/.test(operator) ? 'number' : 'any'
    case 'UnaryExpression':
      return operator === '!' ? 'boolean' : operator === '-' ? 'number' : 'any'
    case 'CallExpression':
      return guessOf(node)
    default:
      return 'any'
  }
}

export const isNode = (value: Json | undefined): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

export const isNamed = (value: Json | undefined, name: string): boolean =>
  isNode(value) && value.type === 'Identifier' && value.name === name

/** Names that the script does not declare, such as `Math` and `inputs`, are no values to compute with. */
const isExpression = ({ type, name }: SyntaxNode, names: ReadonlySet<string>): boolean =>
  type === 'Identifier'
    ? names.has(String(name))
    : type === 'Literal' || type === 'TemplateLiteral' || type.endsWith('Expression')

/** Parts that name something, or are written to, or without which nothing happens: no expression may stand there. */
const CLOSED: { readonly [type: string]: readonly string[] } = {
  VariableDeclarator: ['id'],
  FunctionDeclaration: ['id', 'params'],
  FunctionExpression: ['id', 'params'],
  ArrowFunctionExpression: ['params'],
  AssignmentExpression: ['left'],
  UpdateExpression: ['argument'],
  ForInStatement: ['left'],
  ForOfStatement: ['left'],
  CatchClause: ['param'],
  LabeledStatement: ['label'],
  BreakStatement: ['label'],
  ContinueStatement: ['label'],
  ClassDeclaration: ['id', 'superClass'],
  ClassExpression: ['id', 'superClass'],
  MethodDefinition: ['key', 'value'],
  CallExpression: ['callee'],
  NewExpression: ['callee'],
  ChainExpression: ['expression'],
  TaggedTemplateExpression: ['tag', 'quasi'],
  ExpressionStatement: ['expression'],
}

const isOpen = (node: SyntaxNode, key: string): boolean => {
  if (node.type === 'MemberExpression' && key === 'property') return node.computed === true
  if (node.type === 'Property' && key === 'key') return false
  return !CLOSED[node.type]?.includes(key)
}

/** Patterns and names have no expressions worth changing inside. */
const isEntered = (node: SyntaxNode, key: string): boolean =>
  !(key === 'params' || key === 'id' || key === 'param' || key === 'label' || /Pattern$/.test(node.type))

function putAt(node: SyntaxNode, key: string, index: number | undefined, other: SyntaxNode): void {
  const holder = node as Record<string, unknown>
  if (index === undefined) holder[key] = other
  else (holder[key] as SyntaxNode[])[index] = other
  // `{ y }` becomes `{ y: other }`.
  if (node.type === 'Property') holder.shorthand = false
}

/** The names that the tree declares, for variables and parameters. */
function declaredIn(node: SyntaxNode): string[] {
  const declared =
    node.type === 'VariableDeclarator' ? [node.id] : Array.isArray(node.params) ? node.params : []
  const own = declared.flatMap(each =>
    isNode(each) && each.type === 'Identifier' ? [String(each.name)] : [],
  )
  const parts = Object.values(node).flatMap(part => (Array.isArray(part) ? part : [part]))
  return [...own, ...parts.filter(isNode).flatMap(declaredIn)]
}
