// What is looked at in a script before it is sent to a child: its size, and the one piece of syntax that is
// refused. Dynamic `import()` answers with objects of the host's realm, so the word is stopped where it could
// be one. Everything else about syntax is judged by V8 in the child, which is the engine that will run it.

import { findFence, NO_IMPORT } from './hints.ts'
import { type Failure, failure } from './outcome.ts'
import { placeAt } from './place.ts'

/** Why a script is not even sent to a child, if so. */
export function findSourceFlaw(script: string, maxSource: number): Failure | undefined {
  const flaw = findTextFlaw(script, maxSource)
  const at = flaw ? -1 : findImport(script)
  return at === -1 ? flaw : failure('syntax', NO_IMPORT, 0, placeAt(script, at))
}

/** The same for a language of which nothing else is known. */
export function findTextFlaw(script: string, maxSource: number): Failure | undefined {
  if (script.length <= maxSource) return findFence(script)
  const message = `the script has ${script.length} characters; the limit is ${maxSource} (maxSource)`
  return failure('source_too_large', message)
}

/**
 * Where the text may have a dynamic import, or -1.
 *
 * A keyword holds no escapes, so the letters must stand there. Before them: a letter or `#` would make another
 * name, and a dot just before makes a property, unless it ends `...`. After them, and after white space, an
 * import has `(` or `.`, or a comment (`/`, `<!--`, `-->`). All else is left to V8, where it is a syntax error
 * or inside a string. Strings and comments are not told apart: that `'import ('` in a string is refused is the price
 * of a rule that fits on one line and cannot be talked past.
 */
export function findImport(script: string): number {
  return script.includes('import') ? script.search(DYNAMIC_IMPORT) : -1
}

const DYNAMIC_IMPORT = /(?<![\p{ID_Continue}$#]|(?<!\.)\.)import\s*[(./<-]/u
