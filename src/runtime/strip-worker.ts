// A thread that strips types, one text at a time and each within a time limit.
// Sucrase looks ahead by trial, so it takes exponential time on some nestings (24 times `f<a>(`: two minutes), and the text
// comes from anywhere: the parent must be able to end the work, and must not stand still meanwhile. The thread runs nothing
// of a script, so that it is no boundary does not matter here. Each sandbox has its own: a text of one never waits for another's.

import { Worker } from 'node:worker_threads'
import { findPeer } from './peer.ts'

/** The code without types; what is wrong with the text, and where; or why there is no answer. */
export type Stripped =
  | { readonly code: string }
  | { readonly flaw: string; readonly line?: number; readonly column?: number }
  | { readonly over: number }
  | { readonly unusable: string }

interface Task {
  readonly text: string
  readonly resolve: (stripped: Stripped) => void
}

export interface StripLimits {
  /** Milliseconds for one text. A common one takes 3, and 256 K characters of them 300. */
  readonly time: number
  /** Milliseconds until the thread must have loaded sucrase; it takes 60. */
  readonly start: number
}

const LIMITS: StripLimits = { time: 1000, start: 10_000 }
/** Threads that are started for one text before it is given up. */
const MAX_STARTS = 2
/** Megabytes of heap: a text of 256 K characters takes 60. */
const MEMORY = 256

const CLOSED: Stripped = { unusable: 'it was closed' }

/** The whole of the thread. What it is given has been resolved by the parent, since it stands in no file itself. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads')
const { transform } = require(workerData)
parentPort.postMessage('ready')
parentPort.on('message', text => {
  try {
    parentPort.postMessage({ code: transform(text, { transforms: ['typescript'], disableESTransforms: true }).code })
  } catch (error) {
    const { line, column } = error.loc ?? {}
    const flaw = error instanceof RangeError ? 'the script is nested too deeply' : 'SyntaxError: ' + error.message
    parentPort.postMessage({ flaw: flaw.replace(/ \\(\\d+:\\d+\\)$/, ''), line, column })
  }
})
`

export class StripWorker {
  readonly #path: string
  readonly #limits: StripLimits
  readonly #tasks: Task[] = []
  #worker: Worker | undefined
  #isReady = false
  /** Threads started since the last that came up. */
  #starts = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /** `path` is where sucrase is. */
  constructor(limits: StripLimits = LIMITS, path = findSucrase()) {
    this.#limits = limits
    this.#path = path
  }

  /** Never rejects. */
  strip(text: string): Promise<Stripped> {
    if (this.#isClosed) return Promise.resolve(CLOSED)
    return new Promise(resolve => {
      this.#tasks.push({ text, resolve })
      if (this.#tasks.length === 1) this.#begin()
    })
  }

  /** Ends the thread for good; what it was asked is given up. */
  close(): void {
    this.#isClosed = true
    this.#end()
    for (const { resolve } of this.#tasks.splice(0)) resolve(CLOSED)
  }

  /** The first task is the one the thread works at; it keeps the program alive for just as long as there is one. */
  #begin(): void {
    const task = this.#tasks[0]
    if (!task) {
      this.#worker?.unref()
      return
    }
    try {
      this.#worker ??= this.#start()
    } catch (error) {
      this.#finish({ unusable: error instanceof Error ? error.message : String(error) })
      return
    }
    this.#worker.ref()
    if (!this.#isReady) return
    const { time } = this.#limits
    this.#worker.postMessage(task.text)
    this.#timer = setTimeout(() => {
      this.#end()
      this.#finish({ over: time })
    }, time)
  }

  #start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: MEMORY }
    const worker = new Worker(THREAD, {
      eval: true,
      execArgv: [],
      env: {},
      workerData: this.#path,
      resourceLimits,
    })
    this.#isReady = false
    this.#starts++
    const { start } = this.#limits
    this.#timer = setTimeout(() => this.#lost(worker, `it did not start in ${start} ms`), start)
    worker.on('message', (said: 'ready' | Stripped) => {
      if (worker !== this.#worker) return
      clearTimeout(this.#timer)
      if (said !== 'ready') {
        this.#finish(said)
      } else {
        this.#isReady = true
        this.#starts = 0
        this.#begin()
      }
    })
    worker.on('error', error => this.#lost(worker, error.message.split('\n')[0]!))
    worker.on('exit', () => this.#lost(worker, 'it ended'))
    return worker
  }

  /** A thread is gone or not coming up. If it had not begun with a text, another may. */
  #lost(worker: Worker, why: string): void {
    if (worker !== this.#worker) return
    const hadBegun = this.#isReady
    this.#end()
    if (hadBegun || this.#starts >= MAX_STARTS) this.#finish({ unusable: why })
    else this.#begin()
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#worker?.terminate()
    this.#worker = undefined
  }

  #finish(stripped: Stripped): void {
    clearTimeout(this.#timer)
    this.#starts = 0
    this.#tasks.shift()?.resolve(stripped)
    this.#begin()
  }
}

/** Where sucrase is. */
export function findSucrase(): string {
  const path = findPeer('sucrase')
  if (path !== undefined) return path
  throw new Error("language 'typescript' needs the package sucrase: npm install sucrase")
}
