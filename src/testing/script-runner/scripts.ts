// What a language must be able to say for the script runner suite: each script by what it does, not how.
// Another language joins by filling in this table.

import type { Json } from '../../runtime/index.ts'

export interface RunnerScripts {
  /** Leaves `inputs` as its result. */
  readonly echo: string
  /** Leaves a given value as its result, written in the language itself. */
  readonly constant: (value: Json) => string
  /** Leaves twice the number `inputs`. */
  readonly double: string
  /** Other ways to leave `inputs` as a result, where the language has any. */
  readonly otherEchoes: readonly string[]
  /** Does something, and leaves no result. */
  readonly noResult: string
  /** Results that are no JSON, by what they are. */
  readonly badResults: Readonly<Record<string, string>>
  /** Leaves a text of `inputs` letters. */
  readonly text: string
  /** Changes `inputs`, a list, and leaves it. */
  readonly change: string
  /** Writes `out` and `err`, each with a line end, to the two outputs, and leaves 1. */
  readonly print: string
  /** Writes `inputs` lines of nine digits, and leaves 1. */
  readonly printMuch: string
  /** Writes `before` with a line end, and fails on line 2 with an error that says `on purpose`. */
  readonly fail: string
  /** Fails when `inputs` is negative, and leaves it otherwise. */
  readonly failOnNegative: string
  /** Are no programs; the second of their two lines is to blame. */
  readonly syntaxErrors: readonly string[]
  /** Calls itself without end. */
  readonly recursion: string
  /** Runs without end. */
  readonly loop: string
  /** Runs without end when `inputs` is `'loop'`, and leaves it otherwise. */
  readonly loopOnDemand: string
  /** Ways to run without end that are hard to interrupt, by what they are. */
  readonly stubborn: Readonly<Record<string, string>>
  /** Takes memory without end when `inputs` is `'bomb'`, and leaves it otherwise. */
  readonly bomb: string
  /** Is busy for `inputs` milliseconds, and leaves that number. */
  readonly spend: string
  /** Ways to end the process that runs them. */
  readonly exits: readonly string[]
  /** Leaves marks wherever the next script might find them, and no result. */
  readonly leaveMarks: string
  /** Leaves a list of the marks it found. */
  readonly findMarks: string
  /** Leaves three random numbers in a list. */
  readonly random: string
  /** Leaves the milliseconds since 1970. */
  readonly now: string
  /** Leaves what the tool `add` makes of `{ a: inputs, b: 1 }`. */
  readonly callTool: string
  /** Calls the tool `refuse`, and leaves the message of the error. */
  readonly catchTool: string
  /** A comment of so many characters. */
  readonly comment: (length: number) => string
}

/** The languages whose scripts come with the suite. */
export type ScriptLanguage = 'javascript' | 'python'
