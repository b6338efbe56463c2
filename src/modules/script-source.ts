/**
 * What a rule must offer so that a script can be known to come from it. A rule is a tree whose class writes scripts
 * that are pure: the same inputs give the same result, and nothing stays behind. The grammar's expressions are such
 * rules; anything else that keeps the promise may stand there too.
 */

import { Symbolic } from '../symbolic/index.ts'

/** A tree that renders itself as a pure script: it sees `inputs`, leaves `result`, and does nothing else. */
export interface ScriptSource {
  /** The whole script, the same text for equal trees. */
  toScript(): string
}

/** Whether a value is a node that writes scripts. Plain data never is, whatever keys it has. */
export const isScriptSource = (value: unknown): value is Symbolic & ScriptSource =>
  value instanceof Symbolic && typeof (value as Partial<ScriptSource>).toScript === 'function'
