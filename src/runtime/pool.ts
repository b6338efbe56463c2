// Calls that wait for a child, and turns: ranges of inputs that a child is running under a deadline of the parent.
// Callers take turns, one range at a time, and a child gives a range back when it takes long, so a call with a million
// inputs delays its neighbors by some milliseconds. When a child is killed or crashes, what it had not finished runs
// again elsewhere.

import type { Call, Range } from './call.ts'
import type { Child, ChildEnd } from './child.ts'
import { type Engine, engineOf } from './engine.ts'
import type { Lock } from './launch.ts'
import type { Answer, Ask } from './message.ts'
import type { Settings } from './options.ts'
import { failure, type IsolationLevel, type OutcomeKind, readOutcomes } from './outcome.ts'
import { Queue } from './queue.ts'
import { Staff } from './staff.ts'
import { readToolCalls, ToolDesk } from './tool-desk.ts'

/** Milliseconds between answers while one context runs many inputs. */
const SLICE = 10

/** A range of a call's inputs on its child. */
interface Turn {
  readonly id: number
  readonly call: Call
  readonly range: Range
  /** Milliseconds allowed for each input, or, without marks, between two answers. */
  readonly limit: number
  timer: NodeJS.Timeout
  /** The first input without an outcome, and when it was begun; what its tools took is added to that. */
  next: number
  since: number
  /** Where its tools are called, once one was; since when it waits for them, if it does; and how long it did before. */
  desk: ToolDesk | undefined
  askedAt: number | undefined
  toolMs: number
}

export class Pool {
  readonly #settings: Settings
  readonly #engine: Engine
  readonly #staff: Staff
  readonly #queue = new Queue<Call>()
  /** What a child crashed on; it may run again once, on a child that has run nothing. */
  readonly #retries: { readonly call: Call; readonly range: Range }[] = []
  readonly #turns = new Map<Child, Turn>()
  #lastId = 0
  #isClosing = false
  /** Keeps the parent's event loop alive, and does so only while somebody waits. */
  #alive: NodeJS.Timeout | undefined

  constructor(settings: Settings) {
    this.#settings = settings
    this.#engine = engineOf(settings.language)
    this.#staff = new Staff(settings, {
      changed: () => this.#work(),
      answer: (child, answer) => this.#answered(child, answer),
      ask: (child, ask) => this.#asked(child, ask),
      lost: (child, end) => this.#lost(child, end),
      refused: message => this.#refused(message),
    })
  }

  /** Calls that wait for a child. */
  get waiting(): number {
    return this.#queue.length
  }

  get locks(): readonly Lock[] | undefined {
    return this.#staff.locks
  }

  get isolation(): IsolationLevel {
    return this.#staff.isolation
  }

  submit(call: Call): void {
    this.#queue.push(call)
    this.#work()
  }

  /** Ends a call; a child that runs a part of it is killed, since a running script hears nothing. */
  cancel(call: Call, message: string): void {
    this.#queue.remove(call)
    for (const [child, turn] of this.#turns) if (turn.call === call) this.#interrupt(child, turn, message)
    call.settleRest(failure('cancelled', message))
    this.#work()
  }

  /** Ends every call and every child, and resolves when the children are gone. */
  async close(): Promise<void> {
    this.#isClosing = true
    const message = 'the sandbox was closed'
    const turns = [...this.#turns.values(), ...this.#retries.splice(0)]
    const calls = new Set([...turns.map(turn => turn.call), ...this.#queue.clear()])
    for (const [child, turn] of this.#turns) this.#interrupt(child, turn, message)
    const gone = this.#staff.close()
    this.#keepAlive()
    for (const call of calls) call.settleRest(failure('cancelled', message))
    await gone
    clearInterval(this.#alive)
  }

  /** Gives ranges to idle children, and asks for the children that are missing. */
  #work(): void {
    const { size } = this.#settings
    while (this.#retries.length > 0 && this.#turns.size < size) {
      const child = this.#staff.find(true)
      if (!child) break
      const { call, range } = this.#retries.shift()!
      if (!call.isDone) this.#begin(child, call, range)
    }
    while (this.#queue.length > 0 && this.#turns.size < size) {
      const child = this.#staff.find(false)
      if (!child) break
      const call = this.#queue.shift()!
      const range = call.take()
      if (range) this.#begin(child, call, range)
      if (call.hasWork) this.#queue.push(call)
    }
    const waiting = this.#queue.length + this.#retries.length
    this.#staff.provide(this.#turns.size + waiting, this.#retries.length > 0)
    this.#keepAlive()
  }

  #begin(child: Child, call: Call, given: Range): void {
    const { grace, marksEach } = this.#engine
    const range = marksEach ? { ...given, isMarked: true } : given
    const { maxResult, maxOutput, maxToolCalls } = this.#settings
    const { timeout, random, now, tools } = call.settings
    // Without marks nobody knows which input is running: a long silence is cut short, and the rest runs with marks.
    const silence = Math.min(timeout, SLICE + Math.max(20, Math.min(100, timeout / 4)))
    const limit = range.isMarked ? timeout : silence
    const timer = setTimeout(() => this.#expired(child, turn), limit + grace)
    const turn: Turn = {
      id: ++this.#lastId,
      call,
      range,
      limit,
      timer,
      next: range.from,
      since: performance.now(),
      desk: undefined,
      askedAt: undefined,
      toolMs: 0,
    }
    this.#turns.set(child, turn)
    const { text, parts, each } = call.body(range)
    const slice = range.isMarked ? 0 : SLICE
    const count = range.to - range.from
    const job = {
      id: turn.id,
      script: call.code,
      random,
      now,
      maxResult,
      maxOutput,
      parts,
      each,
      count,
      slice,
      quantum: call.quantum,
      timeout,
      lines: this.#settings.lines,
      ...(tools && { tools: tools.names, maxToolCalls }),
    }
    child.send(job, text)
  }

  #answered(child: Child, { id, count, same, rest, ms, text }: Answer): void {
    const turn = this.#turns.get(child)
    const left = turn ? turn.range.to - turn.next - count : -1
    const isExpected = turn?.id === id && turn.askedAt === undefined && 0 <= left && !(rest && left === 0)
    const { memory, maxOutput } = this.#settings
    const conditions = { ms: ms / count, isolation: this.isolation, memory, maxOutput }
    const outcomes = isExpected ? readOutcomes(text, same ? 1 : count, conditions) : undefined
    if (!isExpected || !outcomes) {
      this.#lost(child, { reason: 'crashed', message: 'it sent a frame that is no answer' })
      return
    }
    const { call, range, next } = turn
    turn.next += count
    turn.since = performance.now()
    const isOver = rest || left === 0
    if (isOver) this.#release(child, turn)
    else if (turn.desk) this.#startAnew(child, turn)
    else turn.timer.refresh()
    call.settle(next, same ? new Array(count).fill(outcomes[0]) : outcomes)
    if (rest) this.#putBack(call, { ...range, from: turn.next, isRetry: false })
    if (isOver) this.#work()
  }

  /** What is left of a range waits for another turn of its call. */
  #putBack(call: Call, range: Range): void {
    call.putBack(range)
    if (call.hasWork) this.#queue.push(call)
  }

  /** A script waits for its tools. Meanwhile its own clock stands still, and that of the tools runs. */
  #asked(child: Child, { id, text }: Ask): void {
    const { maxResult, maxToolCalls, maxToolTime } = this.#settings
    const turn = this.#turns.get(child)
    const tools = turn?.call.settings.tools
    const isExpected = turn?.id === id && tools !== undefined && turn.askedAt === undefined
    const calls = isExpected ? readToolCalls(text) : undefined
    const made = turn?.call.countToolCalls(turn.next, 0) ?? 0
    if (!isExpected || !calls || made + calls.length > maxToolCalls) {
      this.#lost(child, { reason: 'crashed', message: 'it sent calls of tools that it may not make' })
      return
    }
    turn.call.countToolCalls(turn.next, calls.length)
    turn.desk ??= new ToolDesk(tools, turn.next, maxResult)
    const since = (turn.askedAt = performance.now())
    this.#setTimer(child, turn, maxToolTime - turn.toolMs)
    turn.desk.perform(calls).then(answers => {
      if (this.#turns.get(child) !== turn) return
      const now = performance.now()
      turn.askedAt = undefined
      turn.toolMs += now - since
      turn.since += now - since
      this.#setTimer(child, turn, turn.limit + this.#engine.grace - (now - turn.since))
      child.reply(answers)
    })
  }

  /** After an input that used tools, the next has all its time again. */
  #startAnew(child: Child, turn: Turn): void {
    turn.desk = undefined
    turn.toolMs = 0
    this.#setTimer(child, turn, turn.limit + this.#engine.grace)
  }

  #setTimer(child: Child, turn: Turn, ms: number): void {
    clearTimeout(turn.timer)
    turn.timer = setTimeout(() => this.#expired(child, turn), ms)
  }

  /** A deadline has passed. If it was this process that was late, the answer lies in the pipe: look there first. */
  #expired(child: Child, turn: Turn): void {
    const { next, timer } = turn
    const kill = () => {
      if (this.#turns.get(child) !== turn || turn.next !== next || turn.timer !== timer) return
      this.#drop(child)
      if (turn.askedAt === undefined) {
        this.#hitLimit(turn, 'timeout', `the script took over ${turn.call.settings.timeout} ms (timeout)`)
      } else {
        const { maxToolTime } = this.#settings
        this.#hitLimit(
          turn,
          'tool_timeout',
          `the script waited over ${maxToolTime} ms for its tools (maxToolTime)`,
        )
      }
    }
    setImmediate(() => setImmediate(kill))
  }

  /** A child is gone or not to be trusted: what it ran is blamed or runs again. */
  #lost(child: Child, { reason, message }: ChildEnd): void {
    const turn = this.#turns.get(child)
    this.#drop(child)
    const toolCalls = turn?.call.countToolCalls(turn.next, 0) ?? 0
    // What earlier inputs left behind may have filled the memory: one that may be innocent runs again in a fresh child.
    const isOwn = child.jobs === 1 && turn?.next === turn?.range.from
    if (!turn) {
      this.#work()
    } else if (reason === 'out_of_memory' && (isOwn || toolCalls > 0)) {
      this.#hitLimit(turn, reason, `the script used over ${this.#settings.memory} MB (memory)`)
    } else if (turn.range.isRetry && turn.next === turn.range.from) {
      this.#hitLimit(turn, reason, `the process ended twice: ${message}`)
    } else if (toolCalls > 0) {
      // What its tools have done would be done again.
      this.#hitLimit(turn, reason, `the process ended after ${toolCalls} calls of tools: ${message}`)
    } else {
      const range = { from: turn.next, to: turn.range.to, isMarked: true, isRetry: true }
      this.#retries.push({ call: turn.call, range })
      this.#work()
    }
  }

  /** One input has hit a limit: it alone pays, unless it is not known which one it was. */
  #hitLimit(turn: Turn, kind: OutcomeKind, message: string): void {
    const { call, range, next } = turn
    if (range.isMarked) call.settle(next, [failure(kind, message, timeOf(turn))])
    const from = range.isMarked ? next + 1 : next
    this.#putBack(call, { from, to: range.to, isMarked: true, isRetry: false })
    this.#work()
  }

  /** Ends what a child is running, whose caller waits for it no longer. */
  #interrupt(child: Child, turn: Turn, message: string): void {
    this.#drop(child)
    turn.call.settle(turn.next, [failure('cancelled', message, timeOf(turn))])
  }

  #release(child: Child, turn: Turn): void {
    clearTimeout(turn.timer)
    turn.desk?.close()
    this.#turns.delete(child)
    child.isBusy = false
  }

  #drop(child: Child): void {
    const turn = this.#turns.get(child)
    if (turn) this.#release(child, turn)
    this.#staff.drop(child)
  }

  #refused(message: string): void {
    const calls = [...this.#queue.clear(), ...this.#retries.splice(0).map(({ call }) => call)]
    for (const call of calls)
      call.settleRest(failure('unavailable', `no child process could be started: ${message}`))
    this.#keepAlive()
  }

  #keepAlive(): void {
    const isNeeded = this.#isClosing || this.#queue.length + this.#retries.length + this.#turns.size > 0
    if (isNeeded === (this.#alive?.hasRef() ?? false)) return
    this.#alive ??= setInterval(() => {}, 0x7fffffff)
    if (isNeeded) this.#alive.ref()
    else this.#alive.unref()
  }
}

/** Milliseconds spent on the input that is being run, without those its tools took. */
function timeOf({ since, askedAt = performance.now() }: Turn): number {
  return askedAt - since
}
