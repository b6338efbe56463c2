// TypeScript: types are stripped and never checked, and V8 judges what is left.
// Sucrase keeps the lines, so a place in the code is a place in the script; a column is found again by laying the stripped line
// over the written one, and left out where that is not certain.

import { type Failure, failure } from './outcome.ts'
import { lineOf, type Place, placeAt } from './place.ts'
import { type Stripped, StripWorker } from './strip-worker.ts'

/** Strips the types of scripts in a thread of its own, which is started when the first comes. */
export class TypeStripper {
  readonly #cache = new Map<string, Promise<string | Failure>>()
  readonly #worker = new StripWorker()

  /** The script without its types, or why there is none. The same script again is answered from memory. */
  async strip(script: string): Promise<string | Failure> {
    const known = this.#cache.get(script)
    if (known) return known
    const stripping = this.#worker.strip(script).then(stripped => readStripped(script, stripped))
    if (script.length <= MAX_CACHED_SIZE) {
      this.#cache.set(script, stripping)
      if (this.#cache.size > MAX_CACHED) this.#cache.delete(this.#cache.keys().next().value!)
    }
    const code = await stripping
    // A busy machine is no property of the script.
    if (typeof code !== 'string' && code.kind !== 'syntax') this.#cache.delete(script)
    return code
  }

  close(): void {
    this.#worker.close()
  }
}

/** Where a place in the stripped code stands in the script. */
export function placeInScript(script: string, code: string, { line, column }: Place): Place {
  if (line === undefined) return {}
  if (column === undefined) return { line }
  const found = columnInLine(lineOf(script, line), lineOf(code, line), column)
  return found === undefined ? { line } : { line, column: found }
}

/** At most 256 scripts of 64 K characters, with their code. */
const MAX_CACHED = 256
const MAX_CACHED_SIZE = 65_536

function readStripped(script: string, stripped: Stripped): string | Failure {
  if ('code' in stripped) return findNamespace(script, stripped.code) ?? stripped.code
  if ('flaw' in stripped) {
    const { flaw, line, column } = stripped
    return failure('syntax', flaw, 0, line === undefined || column === undefined ? {} : { line, column })
  }
  if ('unusable' in stripped) return failure('unavailable', `sucrase cannot be used: ${stripped.unusable}`)
  return failure(
    'timeout',
    `stripping the types took over ${stripped.over} ms: nest functions and type arguments less deeply`,
    stripped.over,
  )
}

/** A namespace is code, but sucrase takes it away like a type: what would be missing at run time is refused at once. */
function findNamespace(script: string, code: string): Failure | undefined {
  if (!script.includes('namespace') && !script.includes('module')) return undefined
  const kept = new Set(Array.from(code.matchAll(NAMESPACE), ([text]) => text))
  for (const { 0: text, 1: declare, index } of script.matchAll(NAMESPACE)) {
    if (declare !== undefined || kept.has(text)) continue
    const message = 'SyntaxError: a namespace cannot be stripped; use an object'
    return failure('syntax', message, 0, placeAt(script, index))
  }
  return undefined
}

const NAMESPACE = /(?<![\w$.])(declare\s+)?(?:namespace|module)\s+[\w$.]+\s*\{/g

/**
 * Stripping takes characters away, so the code is somewhere in the written line, in this order. The first and the last
 * way to find it there often agree on a character; where they do not, or something was put in, nothing is certain.
 */
function columnInLine(written: string, stripped: string, column: number): number | undefined {
  if (written === stripped) return column
  let first = -1
  for (let index = 0; index < column; index++) {
    first = written.indexOf(stripped.charAt(index), first + 1)
    if (first === -1) return undefined
  }
  let last = written.length
  for (let index = stripped.length - 1; index >= column - 1; index--) {
    last = last === 0 ? -1 : written.lastIndexOf(stripped.charAt(index), last - 1)
    if (last === -1) return undefined
  }
  return first === last ? first + 1 : undefined
}
