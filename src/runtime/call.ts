// One call of `run` or `runMany` on its way: its inputs as text, the ranges of them still to run, and the
// outcomes so far. It knows which text a range needs; the pool knows when and where ranges run.

import { type Json, jsonText } from './json.ts'
import type { RunSettings } from './options.ts'
import type { Outcome } from './outcome.ts'

/** Inputs `from` to `to` (exclusive) of a call. */
export interface Range {
  readonly from: number
  readonly to: number
  /** Each input is answered on its own, so that one that hits a limit is known. */
  readonly isMarked: boolean
  /** A child crashed on it once; only a fresh child may run it again. */
  readonly isRetry: boolean
}

/** A range of inputs as a child takes it. */
export interface Body {
  readonly parts: readonly number[]
  readonly each: number
  readonly text: string
}

/** Inputs of one range at most, when each has its own context: about 6 ms of work when they are quick. */
const CHUNK = 16
/** Milliseconds after which a range is given back; what shares a context is torn apart less often. */
const QUANTUM = 50
const SHARED_QUANTUM = 250

export class Call {
  /** What children are given: the script, or what it was translated to before the call was submitted. */
  code: string
  readonly settings: RunSettings
  readonly caller: string | undefined
  readonly size: number
  /** Milliseconds after which it is the turn of others. */
  readonly quantum: number
  isDone = false
  readonly #resolve: (outcomes: Outcome[]) => void
  readonly #outcomes: Outcome[]
  #texts: readonly string[]
  readonly #isShared: boolean
  readonly #chunk: number
  readonly #again: Range[] = []
  /** Calls of tools made for each input, when the script has tools. */
  readonly #toolCalls: number[] | undefined
  #next = 0
  #left: number

  /** `workers` is how many children may share the inputs. */
  constructor(
    script: string,
    inputs: readonly Json[],
    isShared: boolean,
    settings: RunSettings,
    workers: number,
    resolve: (outcomes: Outcome[]) => void,
  ) {
    const { length } = inputs
    this.code = script
    this.settings = settings
    this.caller = settings.caller
    this.size = length
    this.quantum = isShared ? SHARED_QUANTUM : QUANTUM
    this.#resolve = resolve
    this.#outcomes = new Array(length)
    // The text is taken now: what the caller does to the inputs while the call waits is not seen.
    this.#texts = isShared
      ? [jsonText(inputs, 'inputs')]
      : inputs.map((input, index) => jsonText(input, length === 1 ? 'inputs' : `inputs[${index}]`))
    this.#isShared = isShared
    // Inputs that wait for tools are better spread over the children.
    const most = settings.tools ? 1 : CHUNK
    this.#chunk = isShared ? length : Math.min(most, Math.ceil(length / workers))
    this.#toolCalls = settings.tools && new Array(length).fill(0)
    this.#left = length
  }

  get hasWork(): boolean {
    return !this.isDone && (this.#again.length > 0 || this.#next < this.size)
  }

  /** The next range to run: what was put back comes first. */
  take(): Range | undefined {
    if (!this.hasWork) return undefined
    const again = this.#again.shift()
    if (again) return again
    const from = this.#next
    const to = (this.#next = Math.min(from + this.#chunk, this.size))
    // With tools each input is marked: one that runs again without need would call its tools again.
    const isMarked = !this.#isShared || to - from === 1 || this.#toolCalls !== undefined
    return { from, to, isMarked, isRetry: false }
  }

  putBack(range: Range): void {
    if (range.from < range.to && !this.isDone) this.#again.push(range)
  }

  body({ from, to }: Range): Body {
    if (!this.#isShared) {
      const texts = this.#texts.slice(from, to)
      return { parts: texts.map(text => text.length), each: 1, text: texts.join('') }
    }
    const isWhole = from === 0 && to === this.size
    if (!isWhole && this.#texts.length < this.size) {
      // Cut into inputs once, when a part of them is needed for the first time.
      this.#texts = (JSON.parse(this.#texts[0]!) as Json[]).map(input => JSON.stringify(input))
    }
    const text = isWhole ? this.#texts[0]!.slice(1, -1) : this.#texts.slice(from, to).join(',')
    return { parts: [text.length], each: to - from, text }
  }

  /** Notes calls of tools made for an input, which its outcome will tell; gives how many there were by now. */
  countToolCalls(index: number, more: number): number {
    if (!this.#toolCalls) return 0
    return (this.#toolCalls[index]! += more)
  }

  /** Takes the outcomes of the inputs from `from` on. */
  settle(from: number, outcomes: readonly Outcome[]): void {
    if (this.isDone) return
    for (let index = 0; index < outcomes.length; index++) this.#set(from + index, outcomes[index]!)
    if (this.#left === 0) this.#finish()
  }

  /** Gives every input that has no outcome yet this one. */
  settleRest(outcome: Outcome): void {
    if (this.isDone) return
    for (let index = 0; index < this.size; index++) if (!this.#outcomes[index]) this.#set(index, outcome)
    this.#finish()
  }

  #set(index: number, outcome: Outcome): void {
    if (!this.#outcomes[index]) this.#left--
    this.#outcomes[index] = this.#toolCalls ? { ...outcome, toolCalls: this.#toolCalls[index]! } : outcome
  }

  #finish(): void {
    this.isDone = true
    this.#resolve(this.#outcomes)
  }
}
