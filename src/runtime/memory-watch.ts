// Memory that the engine's own limit does not see, ArrayBuffers above all: what a whole child occupies has a limit
// too, and is looked at while it works. On Linux its keeper looks, through procfs; elsewhere a thread of the
// child does, and ends it. A bomb goes on until the next look, so the limit is one of tens of milliseconds.

/** Milliseconds between two looks. */
const LOOK_EVERY = 25

/** Megabytes a whole child may occupy: 60 are taken by an empty one, others by young objects and the text of a job. */
export function memoryLimit(memory: number): number {
  return memory + 192
}

/** A child as the watch sees it. */
export interface Watched {
  readonly isBusy: boolean
  readonly isGone: boolean
  /** How many jobs it was given: it tells two looks at one job from looks at two. */
  readonly jobs: number
  /** Megabytes it occupies, where the system tells. */
  readonly resident: number | undefined
}

/** Looks at the children that have been busy with one job since the last look; the others are not worth a file read. */
export class MemoryWatch<Child extends Watched> {
  readonly #children: Iterable<Child>
  readonly #limit: number
  readonly #over: (child: Child) => void
  #jobs = new Map<Child, number>()
  #timer: NodeJS.Timeout | undefined

  constructor(children: Iterable<Child>, limit: number, over: (child: Child) => void) {
    this.#children = children
    this.#limit = limit
    this.#over = over
  }

  /** Begins to look, until no child is busy. */
  start(): void {
    if (process.platform === 'linux') this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#jobs.clear()
  }

  #look(): void {
    const before = this.#jobs
    const busy = [...this.#children].filter(child => child.isBusy && !child.isGone)
    this.#jobs = new Map(busy.map(child => [child, child.jobs]))
    for (const child of busy) {
      if (before.get(child) === child.jobs && (child.resident ?? 0) > this.#limit) this.#over(child)
    }
    if (busy.length === 0) this.stop()
  }
}

/** Source text that goes before a child's program, and starts a thread that ends the child above the limit. */
export function memoryWatch(memory: number): string {
  const limit = memoryLimit(memory)
  const look = `
    const { writeSync } = require('fs'), rest = new Int32Array(new SharedArrayBuffer(4))
    for (;;) {
      Atomics.wait(rest, 0, 0, ${LOOK_EVERY})
      if (process.memoryUsage.rss() < ${limit * 1_048_576}) continue
      writeSync(2, 'Allocation failed: over ${limit} MB')
      process.kill(process.pid, 'SIGKILL')
    }`
  const options =
    '{ eval: true, env: {}, resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 } }'
  return `'use strict'\nnew (require('worker_threads').Worker)(${JSON.stringify(look)}, ${options})\n`
}
