// The syntax-tree service: a script as plain ESTree in JSON, to be changed like any other data, and printed again.
// Three judges must agree. V8 says what is a program (it only compiles here, nothing runs), acorn reads it, and a tree is
// printed only if its text reads back as that very tree: no part of a tree can smuggle in what the tree does not say.

import { Script } from 'node:vm'
import { COMPILE, TOO_DEEP } from '../child-compile.ts'
import { findSourceFlaw } from '../source.ts'
import { attachComments } from './comments.ts'
import { bodyParser, type ParseBody } from './parser.ts'
import { PrintError, type PrintTree, treePrinter } from './printer.ts'
import {
  findDifference,
  findFlaw,
  pathTo,
  readable,
  type SyntaxNode,
  type SyntaxTree,
  TooDeep,
  toTree,
} from './tree.ts'

export interface SyntaxOptions {
  /** Characters of script. Default 65,536: parsing takes time that grows with the square of the declarations. */
  readonly maxSource?: number
}

export interface ParseOptions {
  /** Gives each node the `range: [start, end]` of its text. Default false. */
  readonly positions?: boolean
  /** Keeps comments, as `comments` and `trailingComments` of statements. Default false: they are dropped. */
  readonly comments?: boolean
}

/**
 * - `syntax`: V8 says that the text is no program; with line and column, from 1, where they are known.
 * - `unreadable`: it is one, and acorn cannot read it: it runs, and has no tree.
 * - `bad_tree`: the tree says nothing that a text could say; with the path of the part at fault.
 */
export type SyntaxFailureKind = 'syntax' | 'unreadable' | 'source_too_large' | 'too_deep' | 'bad_tree'

export interface SyntaxFailure {
  readonly ok: false
  readonly kind: SyntaxFailureKind
  readonly message: string
  readonly line?: number
  readonly column?: number
  readonly path?: string
}

export type ParsedScript = { readonly ok: true; readonly tree: SyntaxTree } | SyntaxFailure
export type PrintedScript = { readonly ok: true; readonly script: string } | SyntaxFailure

/** Reads and prints scripts. Neither throws, whatever it is given. */
export interface Syntax {
  /** The tree of a script's body, in which `return` and `await` may stand at the top. */
  parse(script: string, options?: ParseOptions): ParsedScript
  /** The text of a tree; parsing it gives an equal tree. Positions in the tree are ignored. */
  print(tree: SyntaxNode): PrintedScript
}

/**
 * Loads the service. It needs the packages `acorn` and `astring`.
 *
 *     const syntax = await loadSyntax()
 *     const parsed = syntax.parse('return inputs.x + 1')
 *     if (parsed.ok) syntax.print(parsed.tree)      // { ok: true, script: 'return inputs.x + 1;\n' }
 *     else parsed.line                              // where it is no program
 */
export async function loadSyntax(options: SyntaxOptions = {}): Promise<Syntax> {
  const { maxSource = 65_536 } = options
  if (!Number.isInteger(maxSource) || maxSource < 1)
    throw new RangeError(`maxSource must be a whole number from 1, got ${String(maxSource)}`)
  const parser = await peer('acorn', '^8.14', import('acorn'))
  const printer = await peer('astring', '^1.9', import('astring'))
  return makeSyntax(bodyParser(parser), treePrinter(printer), maxSource)
}

/** The package, or an error that says how to get it. */
export async function peer<Package>(name: string, range: string, loaded: Promise<Package>): Promise<Package> {
  try {
    return await loaded
  } catch (cause) {
    throw new Error(`syntax trees need the package ${name} (${range}): npm install ${name}`, { cause })
  }
}

function makeSyntax(parseBody: ParseBody, printTree: PrintTree, maxSource: number): Syntax {
  const parse = (
    script: string,
    { positions = false, comments = false }: ParseOptions = {},
  ): ParsedScript => {
    if (typeof script !== 'string') return refuse('syntax', `a script must be a string, got ${typeof script}`)
    const flaw = findSourceFlaw(script, maxSource)
    if (flaw) {
      const { message, line, column } = flaw
      return refuse(flaw.kind === 'syntax' ? 'syntax' : 'source_too_large', message, { line, column })
    }
    const program = compile(script)
    if (!program.ok) return program
    try {
      const body = parseBody(script, program.isAsync)
      if (comments) attachComments(body.root, body.comments, script)
      return { ok: true, tree: toTree(body.root, positions) as SyntaxTree }
    } catch (error) {
      if (isTooDeep(error)) return tooDeep('script')
      return refuse(
        'unreadable',
        `V8 takes it for a program, and acorn does not: ${messageOf(error)}`,
        placeOf(error),
      )
    }
  }

  const print = (tree: SyntaxNode): PrintedScript => {
    try {
      const flaw = findFlaw(tree, maxSource * 4)
      if (flaw) return badTree(flaw.path, flaw.message)
      const script = printTree(tree as SyntaxTree)
      const again = parse(script, { comments: true })
      if (!again.ok) {
        const isNone = again.kind === 'syntax' || again.kind === 'unreadable'
        return isNone ? badTree('', `prints as no program: ${again.message}`) : again
      }
      const difference = findDifference(tree, again.tree)
      return difference ? badTree(difference.path, difference.message) : { ok: true, script }
    } catch (error) {
      if (isTooDeep(error)) return tooDeep('tree')
      const path = error instanceof PrintError ? pathTo(error.node, tree) : undefined
      return badTree(path ?? '', messageOf(error))
    }
  }
  return { parse, print }
}

type Program = { readonly ok: true; readonly isAsync: boolean } | SyntaxFailure

/**
 * Whether V8 takes the text for the body of a script, and of which kind: the same code as in a child decides. Compiling runs
 * nothing, and takes a bounded time for a bounded text (measured: under 40 ms for 256 KB of whatever is hard on parsers).
 */
function compile(script: string): Program {
  const { isAsync, flaw } = judge(script)
  if (flaw === undefined) return { ok: true, isAsync }
  const [{ m, l, c }] = JSON.parse(flaw) as [{ readonly m: string; readonly l?: number; readonly c?: number }]
  return m === TOO_DEEP ? tooDeep('script') : refuse('syntax', m, { line: l, column: c })
}

type Judge = (script: string) => { readonly isAsync: boolean; readonly flaw?: string }

const judge = new Script(`(function (vm) {${COMPILE}\nreturn compile})`, {
  filename: 'compile.js',
}).runInThisContext()({
  Script,
}) as Judge

interface Place {
  readonly line: number | undefined
  readonly column: number | undefined
}

/** acorn tells the place in `loc`, with columns from 0, and once more at the end of its message. */
function placeOf(error: unknown): Place {
  const { loc } = error as { readonly loc?: { readonly line: number; readonly column: number } }
  return { line: loc?.line, column: loc && loc.column + 1 }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof PrintError) return error.message
  return `${error.name}: ${error.message.replace(/ \(\d+:\d+\)$/, '')}`
}

function isTooDeep(error: unknown): boolean {
  return error instanceof TooDeep || error instanceof RangeError
}

function tooDeep(what: string): SyntaxFailure {
  return refuse('too_deep', `the ${what} is nested too deeply`)
}

function badTree(path: string, message: string): SyntaxFailure {
  const place = readable(path)
  const where = place === '' ? 'the tree' : place
  return { ...refuse('bad_tree', `${where} ${message}`), path: place }
}

function refuse(kind: SyntaxFailureKind, message: string, place: Partial<Place> = {}): SyntaxFailure {
  const { line, column } = place
  return {
    ok: false,
    kind,
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
}
