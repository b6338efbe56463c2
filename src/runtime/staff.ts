// The children of a pool: how many there are, which of them is free, and what to do when one does not come up.
// Children are started when there is work, kept warm afterwards, and joined by a spare once the first has started,
// so that the next run after a kill finds one waiting.

import { type Answer, Child, type ChildEnd, type ChildEvents } from './child.ts'
import { describeHost, type Launch, type Lock, planLaunches } from './launch.ts'
import type { Settings } from './options.ts'

export interface StaffEvents {
  /** There is one more idle child, or one fewer to wait for. */
  changed(): void
  answer(child: Child, answer: Answer): void
  lost(child: Child, end: ChildEnd): void
  /** No child can be started; nobody needs to wait. */
  refused(message: string): void
}

/** A child retires after so many jobs, at so many megabytes beyond its heap, or after so many busy milliseconds. */
const MAX_JOBS = 5000
const MAX_RSS = 130
const MAX_BUSY = 240_000
/** Starts that may fail in a row before the calls that wait are told. */
const MAX_FAILED_STARTS = 3

export class Staff {
  readonly #settings: Settings
  readonly #events: StaffEvents
  readonly #childEvents: ChildEvents
  readonly #children = new Set<Child>()
  /** Ways to start a child, strongest first, once the host has been looked at; and the one in use. */
  #launches: readonly Launch[] | undefined
  #level = 0
  #isPlanning = false
  #hasStarted = false
  #failedStarts = 0
  /** The last start has failed: only work, and not the wish for a spare, is a reason to try again. */
  #isFailing = false
  #closing: (() => void) | undefined

  constructor(settings: Settings, events: StaffEvents) {
    this.#settings = settings
    this.#events = events
    this.#childEvents = {
      ready: () => {
        this.#hasStarted = true
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
      gone: (child, end) => this.#gone(child, end),
    }
  }

  /** What confines the children, once the first has started. */
  get locks(): readonly Lock[] | undefined {
    return this.#hasStarted ? this.#launches?.[this.#level]?.locks : undefined
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
      for (const child of this.#children) this.drop(child)
      if (this.#children.size === 0) resolve()
    })
  }

  #plan(): void {
    if (this.#isPlanning) return
    this.#isPlanning = true
    describeHost(this.#settings.nodePath).then(
      host => {
        this.#isPlanning = false
        this.#launches = planLaunches(host, this.#settings.memory)
        this.#events.changed()
      },
      (error: unknown) => {
        this.#isPlanning = false
        this.#events.refused(messageOf(error))
      },
    )
  }

  #start(): void {
    const launch = this.#launches?.[this.#level]
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
    const launches = this.#launches ?? []
    const hasWeaker = !this.#hasStarted && this.#level + 1 < launches.length
    if (hasWeaker && launch === launches[this.#level]) this.#level++
    else this.#failedStarts++
    this.#isFailing = true
    if (this.#failedStarts < MAX_FAILED_STARTS) return
    this.#failedStarts = 0
    this.#events.refused(message)
  }
}

function hasDoneEnough({ jobs, busyMs }: Child, { rss }: Answer, memory: number): boolean {
  return jobs >= MAX_JOBS || rss > memory + MAX_RSS || busyMs > MAX_BUSY
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
