// A thread that strips types, one text at a time and each within a time limit.
// Sucrase looks ahead by trial, so it takes exponential time on some nestings (24 times `f<a>(`: two minutes), and the text
// comes from anywhere: the parent must be able to end the work, and must not stand still meanwhile. The thread runs nothing
// of a script, so that it is no boundary does not matter here.

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
  readonly #limit: number
  readonly #tasks: Task[] = []
  #worker: Worker | undefined
  #isReady = false
  #timer: NodeJS.Timeout | undefined

  /** `limit` is the milliseconds allowed for one text; `path` is where sucrase is. */
  constructor(limit: number, path = findSucrase()) {
    this.#limit = limit
    this.#path = path
  }

  /** Never rejects. */
  strip(text: string): Promise<Stripped> {
    return new Promise(resolve => {
      this.#tasks.push({ text, resolve })
      if (this.#tasks.length === 1) this.#begin()
    })
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
    this.#worker.postMessage(task.text)
    this.#timer = setTimeout(() => this.#giveUp(), this.#limit)
  }

  #start(): Worker {
    const worker = new Worker(THREAD, { eval: true, execArgv: [], env: {}, workerData: this.#path })
    this.#isReady = false
    worker.on('message', (said: 'ready' | Stripped) => {
      if (worker !== this.#worker) return
      if (said !== 'ready') {
        this.#finish(said)
      } else {
        this.#isReady = true
        this.#begin()
      }
    })
    worker.on('error', error => {
      if (worker !== this.#worker) return
      this.#worker = undefined
      this.#finish({ unusable: error.message.split('\n')[0]! })
    })
    return worker
  }

  #giveUp(): void {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#finish({ over: this.#limit })
  }

  #finish(stripped: Stripped): void {
    clearTimeout(this.#timer)
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
