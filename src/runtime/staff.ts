// The children of a pool: how many there are, which of them is free, and what to do when one does not come up.
// Children are started when there is work, kept warm afterwards, and joined by a spare once the first has started,
// so that the next run after a kill finds one waiting.

import { Child, type ChildEnd, type ChildEvents } from './child.ts'
import { engineOf } from './engine.ts'
import type { Launch, Lock } from './launch.ts'
import { MemoryWatch, memoryLimit } from './memory-watch.ts'
import type { Answer, Ask } from './message.ts'
import type { Settings } from './options.ts'
import type { IsolationLevel } from './outcome.ts'
import { isPassing, warnOfProcessLevel } from './probe.ts'

export interface StaffEvents {
  /** There is one more idle child, or one fewer to wait for. */
  changed(): void
  answer(child: Child, answer: Answer): void
  ask(child: Child, ask: Ask): void
  lost(child: Child, end: ChildEnd): void
  /** No child can be started; nobody needs to wait. */
  refused(message: string): void
}

/** A child retires after so many jobs, at so many megabytes beyond its heap, or after so many busy milliseconds. */
const MAX_JOBS = 5000
const MAX_RSS = 130
const MAX_BUSY = 240_000
/** Starts that may fail in a row before a weaker launch is tried or, with none left, the calls that wait are told. */
const MAX_FAILED_STARTS = 3
/** While another child is up, starting rests for so many milliseconds after failures, and so often. */
const REST = 1000
const MAX_RESTS = 5
/** Failures that would come again: a flag that Node does not know, a program that is not there. */
const HOPELESS = /^exit code 9\b|\bENOENT$/

export class Staff {
  readonly #settings: Settings
  readonly #events: StaffEvents
  readonly #childEvents: ChildEvents
  readonly #children = new Set<Child>()
  /** Ways to start a child, strongest first, once the host has been looked at; and the one in use. */
  #launches: readonly Launch[] | undefined
  #level = 0
  /** Why that is not ring 3. */
  #shortfall = ''
  #isPlanning = false
  #hasStarted = false
  #failedStarts = 0
  /** Until then nothing is started, as long as a child is up. */
  #restsUntil = 0
  /** The last start has failed: only work, and not the wish for a spare, is a reason to try again. */
  #isFailing = false
  #closing: (() => void) | undefined
  readonly #watch: MemoryWatch<Child>

  constructor(settings: Settings, events: StaffEvents) {
    this.#settings = settings
    this.#events = events
    this.#childEvents = {
      ready: () => {
        if (!this.#hasStarted) this.#reached()
        this.#failedStarts = 0
        this.#isFailing = false
        events.changed()
      },
      answer: (child, answer) => {
        child.busyMs += answer.ms
        child.isSpent ||= hasDoneEnough(child, answer, settings.memory)
        events.answer(child, answer)
        if (child.isSpent && !child.isBusy) this.drop(child)
      },
      ask: (child, ask) => events.ask(child, ask),
      gone: (child, end) => this.#gone(child, end),
    }
    const limit = memoryLimit(settings.memory)
    const end: ChildEnd = { reason: 'out_of_memory', message: `it occupied over ${limit} MB` }
    this.#watch = new MemoryWatch(this.#children, limit, child => events.lost(child, end))
  }

  /** What confines the children, once the first has started. */
  get locks(): readonly Lock[] | undefined {
    return this.#hasStarted ? this.#launch?.locks : undefined
  }

  /** The level of the children; before the first has started, the one that is certain. */
  get isolation(): IsolationLevel {
    const { isolation } = this.#settings
    return (this.#hasStarted && this.#launch?.isolation) || (isolation === 'os' ? 'os' : 'process')
  }

  get #launch(): Launch | undefined {
    return this.#launches?.[this.#level]
  }

  /** Whether some child can take work, now or when it is done with what it has. */
  get #isUp(): boolean {
    for (const child of this.#children) if (child.isReady && !child.isGone && !child.isSpent) return true
    return false
  }

  /** An idle child, rather a used one: the fresh one is the spare. */
  find(mustBeFresh: boolean): Child | undefined {
    let found: Child | undefined
    for (const child of this.#children) {
      if (!child.isReady || child.isGone || child.isBusy || child.isSpent) continue
      if (child.isFresh) found ??= child
      else if (!mustBeFresh) return child
    }
    return found
  }

  /** Starts what is missing for `wanted` children to work at once, one of them fresh if so asked. */
  provide(wanted: number, isFreshWanted: boolean): void {
    if (this.#closing || (wanted === 0 && (!this.#hasStarted || this.#isFailing))) return
    if (!this.#launches) {
      this.#plan()
      return
    }
    if (wanted > 0) this.#watch.start()
    const { size, spare } = this.#settings
    let living = 0
    let hasFresh = false
    let idle: Child | undefined
    for (const child of this.#children) {
      if (child.isGone || (child.isSpent && !child.isBusy)) continue
      living++
      if (child.isFresh) hasFresh = true
      else if (!child.isBusy) idle = child
    }
    if (performance.now() < this.#restsUntil && this.#isUp) return
    const total = Math.min(size, wanted) + (this.#hasStarted ? spare : 0)
    const missing = isFreshWanted && !hasFresh ? Math.max(1, total - living) : total - living
    for (let count = 0; count < missing; count++) this.#start()
    if (living > size + spare && idle) this.drop(idle)
  }

  drop(child: Child): void {
    if (!child.isGone) child.kill()
  }

  /** Kills every child, and resolves when they are gone. */
  close(): Promise<void> {
    return new Promise(resolve => {
      this.#closing = resolve
      this.#watch.stop()
      for (const child of this.#children) this.drop(child)
      if (this.#children.size === 0) resolve()
    })
  }

  #plan(): void {
    if (this.#isPlanning) return
    this.#isPlanning = true
    const refuse = (message: string) => {
      this.#isPlanning = false
      this.#events.refused(message)
    }
    engineOf(this.#settings.language)
      .plan(this.#settings)
      .then(
        ({ launches, shortfall }) => {
          this.#isPlanning = false
          this.#launches = launches
          this.#shortfall = shortfall
          this.#events.changed()
        },
        // Nothing is kept of a refusal: one that was a hiccup may be over at the next run.
        (error: unknown) => refuse(messageOf(error)),
      )
  }

  /** The first child has started: from here on its level is that of all. */
  #reached(): void {
    this.#hasStarted = true
    if (this.#settings.isolation === 'auto' && this.isolation !== 'os') warnOfProcessLevel(this.#shortfall)
  }

  #start(): void {
    const launch = this.#launch
    if (!launch) return
    const { maxResult, maxOutput } = this.#settings
    // A slice ends after 256 K characters and one more result. A character takes up to 3 bytes, in outputs up to 6.
    const maxAnswer = 1_000_000 + maxResult * 3 + maxOutput * 12
    try {
      this.#children.add(new Child(launch, maxAnswer, this.#childEvents))
    } catch (error) {
      this.#startFailed(launch, messageOf(error))
    }
  }

  #gone(child: Child, end: ChildEnd): void {
    this.#children.delete(child)
    if (this.#closing) {
      if (this.#children.size === 0) this.#closing()
      return
    }
    if (!child.isReady) this.#startFailed(child.launch, end.message)
    this.#events.lost(child, end)
  }

  /** Goes down to a weaker launch when one has never worked here, and gives up after a few failures. */
  #startFailed(launch: Launch, message: string): void {
    this.#isFailing = true
    // Of children that were started together, the first to fail may have changed the launch already.
    if (launch !== this.#launch) return
    this.#failedStarts++
    if (this.#failedStarts < MAX_FAILED_STARTS && !HOPELESS.test(message)) return
    if (this.#isUp && this.#failedStarts < MAX_FAILED_STARTS + MAX_RESTS) {
      this.#restsUntil = performance.now() + REST
      setTimeout(() => this.#events.changed(), REST).unref()
      return
    }
    this.#failedStarts = 0
    const hasWeaker = this.#level + 1 < this.#launches!.length
    // A want of memory or processes is no reason to confine less: the calls are told, and later ones try again.
    if (hasWeaker && !this.#hasStarted && !isPassing(message)) {
      if (launch.isolation === 'os') this.#shortfall = message
      this.#level++
    } else {
      this.#events.refused(message)
    }
  }
}

function hasDoneEnough({ jobs, busyMs }: Child, { rss }: Answer, memory: number): boolean {
  return jobs >= MAX_JOBS || rss > memory + MAX_RSS || busyMs > MAX_BUSY
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
