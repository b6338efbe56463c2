// The calls that wait for a child, fair between callers: each takes one call from the line of another caller than the last, as long
// as there is another. So whoever asks for ten thousand runs, in one call or in as many, delays a neighbor by one turn.

export interface Queued {
  /** Whose call it is; a call without stands for itself. */
  readonly caller: string | undefined
}

export class Queue<Call extends Queued> {
  /** The calls of each caller in order of arrival. The caller that comes first is the next. */
  readonly #lines = new Map<string | Call, Call[]>()
  readonly #calls = new Set<Call>()

  get length(): number {
    return this.#calls.size
  }

  has(call: Call): boolean {
    return this.#calls.has(call)
  }

  /** Takes its place behind the other calls of its caller; a caller that is new, behind the other callers. */
  push(call: Call): void {
    if (this.#calls.has(call)) return
    this.#calls.add(call)
    const line = this.#lines.get(call.caller ?? call)
    if (line) line.push(call)
    else this.#lines.set(call.caller ?? call, [call])
  }

  /** The next call; its caller is now the last. */
  shift(): Call | undefined {
    for (const [caller, line] of this.#lines) {
      const call = line.shift()!
      this.#lines.delete(caller)
      if (line.length > 0) this.#lines.set(caller, line)
      this.#calls.delete(call)
      return call
    }
    return undefined
  }

  remove(call: Call): void {
    if (!this.#calls.delete(call)) return
    const caller = call.caller ?? call
    const line = this.#lines.get(caller)!
    line.splice(line.indexOf(call), 1)
    if (line.length === 0) this.#lines.delete(caller)
  }

  /** All calls; none is left. */
  clear(): Call[] {
    const calls = [...this.#calls]
    this.#calls.clear()
    this.#lines.clear()
    return calls
  }
}
