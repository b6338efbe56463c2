// astring, with what it gets wrong put right: optional chains in brackets, strings that would become directives, patterns
// that are assigned to, and comments as lines of their own. The printer is not trusted for the rest either: its text is
// parsed again and compared with the tree.

import { commentsAsNodes } from './comments.ts'
import type { SyntaxNode, SyntaxTree } from './tree.ts'

/** What is used of astring, whose types leave out a part of it. */
interface Astring {
  generate(tree: SyntaxTree, options: { generator: Table; expressionsPrecedence: Precedences }): string
  readonly GENERATOR: Table
  readonly EXPRESSIONS_PRECEDENCE: Precedences
}

type Precedences = Readonly<Record<string, number>>

interface State {
  write(text: string): void
}

/** Writes the node to the state; `this` is the table of all of them. */
type Write = (this: Table, node: SyntaxNode, state: State) => void

interface Table {
  [type: string]: Write
}

/** A tree that cannot be printed: the innermost node that was begun, and why. */
export class PrintError extends Error {
  readonly node: unknown

  constructor(node: unknown, message: string) {
    super(message)
    this.node = node
  }
}

export type PrintTree = (tree: SyntaxTree) => string

export function treePrinter(astring: unknown): PrintTree {
  const { generate, GENERATOR, EXPRESSIONS_PRECEDENCE } = astring as Astring
  // No prototype: a node of type `constructor` is as unknown as any other.
  const table: Table = Object.assign(Object.create(null) as Table, GENERATOR, corrections(GENERATOR))
  // `(a?.b).c` is not `a?.b.c`.
  const expressionsPrecedence = {
    ...EXPRESSIONS_PRECEDENCE,
    ChainExpression: EXPRESSIONS_PRECEDENCE.Literal!,
  }
  return tree => {
    const whole = commentsAsNodes(tree) as SyntaxTree
    const print = (generator: Table): string => generate(whole, { generator, expressionsPrecedence })
    try {
      return print(table)
    } catch (error) {
      throw explain(error, print, table)
    }
  }
}

function corrections(plain: Table): Table {
  const {
    AssignmentExpression: assign,
    ExpressionStatement: express,
    ForOfStatement: each,
    Literal: spell,
  } = plain
  const awaited = (type: string): Write =>
    function (node, out) {
      // acorn reads the slash of `await /=/` as a division.
      const argument = node.argument as SyntaxNode | null
      plain[type]!.call(
        this,
        argument && 'regex' in argument ? { ...node, argument: bracketed(argument) } : node,
        out,
      )
    }
  return {
    AssignmentExpression(node, out) {
      const isPattern = (node.left as SyntaxNode).type === 'ObjectPattern'
      if (isPattern) out.write('(')
      assign!.call(this, node, out)
      if (isPattern) out.write(')')
    },
    ForOfStatement(node, out) {
      // `for (async of` would begin an arrow function.
      const left = node.left as SyntaxNode
      const isAsync = left.type === 'Identifier' && left.name === 'async'
      each!.call(this, isAsync ? { ...node, left: bracketed(left) } : node, out)
    },
    ExpressionStatement(node, out) {
      const { expression, directive } = node as SyntaxNode & { readonly expression: SyntaxNode }
      const isText = expression.type === 'Literal' && typeof expression.value === 'string'
      if (typeof directive === 'string') out.write(`${quoted(directive)};`)
      else if (isText) out.write(`(${JSON.stringify(expression.value)});`)
      else express!.call(this, node, out)
    },
    Literal(node, out) {
      // A spelling counts only where there is no value: a number too large to be one.
      const { raw, value, ...rest } = node
      const isSpelled = value === null && typeof raw === 'string'
      spell!.call(this, (isSpelled ? node : { ...rest, value }) as SyntaxNode, out)
    },
    AwaitExpression: awaited('AwaitExpression'),
    YieldExpression: awaited('YieldExpression'),
    Comment: ({ text }, out) => out.write(String(text)),
  }
}

/** A sequence of one is written in brackets, and reads back as the one. */
function bracketed(node: SyntaxNode): SyntaxNode {
  return { type: 'SequenceExpression', expressions: [node] }
}

/** A directive is its spelling, not its value; it holds at most one kind of quote unescaped. */
function quoted(directive: string): string {
  return /^(?:[^"\\]|\\.)*$/su.test(directive) ? `"${directive}"` : `'${directive}'`
}

/** Prints once more, taking notes, to find the node at fault. */
function explain(error: unknown, print: (table: Table) => string, table: Table): Error {
  if (error instanceof RangeError) return error
  const trail: SyntaxNode[] = []
  const noting: Table = Object.create(null) as Table
  for (const [type, write] of Object.entries(table)) {
    noting[type] = function (node, state) {
      trail.push(node)
      write.call(this, node, state)
      trail.pop()
    }
  }
  try {
    print(noting)
  } catch {
    // The failing node is the last one begun; it fails on a part of a type that nobody can write, or on a missing part.
    const node = trail.at(-1)
    const stranger = Object.values(node ?? {})
      .flat()
      .find(part => typeOf(part) !== undefined && !(typeOf(part)! in table))
    return stranger === undefined
      ? new PrintError(node, `lacks a part that every ${typeOf(node)} has`)
      : new PrintError(stranger, `has the unknown type ${JSON.stringify(typeOf(stranger))}`)
  }
  return new PrintError(undefined, String(error))
}

function typeOf(part: unknown): string | undefined {
  const type = (part as { readonly type?: unknown } | null | undefined)?.type
  return typeof type === 'string' ? type : undefined
}
