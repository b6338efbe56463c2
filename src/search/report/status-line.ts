/**
 * One line of a terminal that is written over, with lines that stay above it; elsewhere there are only lines that stay.
 * What could steer the terminal is taken out of the text.
 */

import { lineText } from './markup.ts'

/** Where text goes: the part of a stream that is needed here, as `process.stderr` has it. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

export class StatusLine {
  readonly #output: Output
  #hasLine = false

  constructor(output: Output) {
    this.#output = output
  }

  /** Whether there is a terminal to write over. */
  get isLive(): boolean {
    return this.#output.isTTY === true
  }

  /** Writes over the line, as far as the terminal is wide; nothing elsewhere. */
  show(text: string): void {
    if (!this.isLive) return
    // Some terminals do not say how wide they are, or say 0.
    const columns = this.#output.columns || 100
    this.#output.write(`\r${lineText(text).slice(0, columns - 1)}${CLEAR}`)
    this.#hasLine = true
  }

  /** Writes a line that stays. */
  say(text: string): void {
    this.clear()
    this.#output.write(`${lineText(text)}\n`)
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#hasLine) this.#output.write(`\r${CLEAR}`)
    this.#hasLine = false
  }
}

/** Clears the rest of a line. */
const CLEAR = '\u001b[K'
