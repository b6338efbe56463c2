// What failures say to whoever wrote the script, often a language model: mistakes that come up again and again get the
// sentence that helps, in place of or after what V8 says. It is looked at only when a script has failed.

import { type Failure, failure } from './outcome.ts'
import { lineOf, placeAt } from './place.ts'

/** Why a text is no script in any language, if so: model output that was not unpacked. */
export function findFence(script: string): Failure | undefined {
  // A language is named after the fence, or nothing. Such a text can be valid JavaScript: a template tagged by a template.
  const fence = /^\s*```[^\n`]*/.exec(script)?.[0]
  if (fence === undefined) return undefined
  const place = placeAt(script, fence.indexOf('`'))
  return failure('syntax', `the script begins with a Markdown fence: ${UNPACK}`, 0, place)
}

/**
 * A failure with a hint, where there is one to give, and without a line that the script does not have. `tools` are the
 * names of those that it may call.
 */
export function explainFailure(script: string, found: Failure, tools: readonly string[] = []): Failure {
  const message = hinted(script, found, tools)
  const isPlaced = found.line === undefined || found.line <= placeAt(script, script.length).line
  if (message === found.message && isPlaced) return found
  if (isPlaced) return { ...found, message }
  // Only a script that writes its own stacks gets here.
  const { line: _line, column: _column, ...rest } = found
  return { ...rest, message }
}

export const NO_IMPORT = 'import is not available to a script: it works on `inputs` alone'

const UNPACK = 'pass only what stands between the fences'

/** What other places offer to a script, and this one does not. */
const HOST_NAMES: ReadonlySet<string> = new Set(
  (
    'require module exports process global Buffer fetch setTimeout setInterval setImmediate queueMicrotask structuredClone ' +
    'performance crypto URL TextEncoder TextDecoder window document localStorage alert prompt WebAssembly Atomics ' +
    'SharedArrayBuffer WeakRef FinalizationRegistry'
  ).split(' '),
)

function hinted(script: string, found: Failure, tools: readonly string[]): string {
  const { kind, message, line, column } = found
  if (kind === 'runtime') return hintedRuntime(message, tools)
  if (kind !== 'syntax') return message
  const word = wordAt(script, line, column)
  if (word === 'import') return NO_IMPORT
  if (word === 'export') return 'export is not available to a script: assign "result", or return a value'
  const fence = script.search(/^[ \t]*```/m)
  if (fence === -1) return message
  const { line: fenceLine } = placeAt(script, script.indexOf('`', fence))
  return `${message}; the script holds a Markdown fence (line ${fenceLine}): ${UNPACK}`
}

function hintedRuntime(message: string, tools: readonly string[]): string {
  const name = /^ReferenceError: (\w+) is not defined$/.exec(message)?.[1]
  if (name === 'tools') return `${message}: this script was given none`
  if (name !== undefined && HOST_NAMES.has(name)) return `${message}: a script has the language alone`
  const isUnknownTool = tools.length > 0 && /^TypeError: tools(\.\w+|\[.+\]) is not a function$/.test(message)
  return isUnknownTool ? `${message}; there are ${tools.join(', ')}` : message
}

function wordAt(script: string, line: number | undefined, column: number | undefined): string {
  if (line === undefined || column === undefined) return ''
  return /^\w+/.exec(lineOf(script, line).slice(column - 1))?.[0] ?? ''
}
