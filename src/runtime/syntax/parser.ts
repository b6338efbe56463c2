// acorn, held to a bound of nesting. A parser near the end of the stack is worse than an error: where V8 compiles a regular
// expression of the parser there, it ends the whole process ("RegExpCompiler Allocation failed"), and no `catch` helps.
// So the methods that call themselves are counted, and nested text is refused long before.

import type { ParsedComment } from './comments.ts'
import { type ParsedNode, TooDeep } from './tree.ts'

type Acorn = typeof import('acorn')

/** What parsing a body gives. */
export interface ParsedBody {
  readonly root: ParsedNode
  readonly comments: readonly ParsedComment[]
}

/** Parses a body of statements; throws acorn's `SyntaxError`, or `TooDeep`. */
export type ParseBody = (text: string, isAsync: boolean) => ParsedBody

/** Calls of these inside one another: 300 take less than a third of the usual stack, and are 150 brackets. */
const MAX_NESTING = 300
const NESTED = [
  'nextToken', // calls itself after each `<!--`
  'parseStatement',
  'parseMaybeAssign',
  'parseMaybeUnary',
  'parseExprOp',
  'parseBindingAtom',
  'parseNew',
  'regexp_disjunction',
  'regexp_eatNestedClass',
] as const

export function bodyParser({ Parser }: Acorn): ParseBody {
  let nesting = 0
  const Bounded = Parser.extend(Base => {
    // The methods are acorn's interface for plug-ins, which its types leave out.
    const base = Base.prototype as unknown as Record<string, (...args: unknown[]) => unknown>
    class BoundedParser extends Base {}
    for (const name of NESTED) {
      const inner = base[name]
      if (!inner) throw new Error(`this version of acorn has no ${name}; espalier needs acorn ^8.14`)
      const bounded = function (this: unknown, ...args: unknown[]): unknown {
        if (++nesting > MAX_NESTING) throw new TooDeep()
        try {
          return inner.apply(this, args)
        } finally {
          nesting--
        }
      }
      Object.defineProperty(BoundedParser.prototype, name, { value: bounded })
    }
    return BoundedParser
  })
  return (text, isAsync) => {
    const comments: ParsedComment[] = []
    nesting = 0
    const root = Bounded.parse(text, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: isAsync,
      allowHashBang: false,
      onComment: (isBlock, value, start, end) =>
        comments.push({ type: isBlock ? 'Block' : 'Line', value, start, end }),
    })
    return { root: root as unknown as ParsedNode, comments }
  }
}
