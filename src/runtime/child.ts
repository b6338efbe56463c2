// One child process: start it, send it a job, hear its answers, kill it.
// It keeps no deadline and knows no queue. Everything it says is checked; what does not fit ends it.
// Its handles never keep the parent alive: whoever waits for an answer does that.

import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { constants } from 'node:os'
import { writeFilter } from './bubblewrap.ts'
import { ANSWERS } from './child-runner.ts'
import { encodeFrame, type Frame, FrameReader } from './frame.ts'
import { FILTER_AT, type Launch } from './launch.ts'
import { killGroup, letGo } from './lifeline.ts'
import { type Answer, type Ask, readMessage } from './message.ts'
import type { RandomState } from './options.ts'
import { chainOf, residentMegabytes } from './procfs.ts'

/** What a child is asked to do; the text beside it holds the inputs. */
export interface Job {
  readonly id: number
  readonly script: string
  readonly random: RandomState
  readonly now: number | undefined
  /** Whether errors are to know the line they were made on. */
  readonly lines?: boolean
  readonly maxResult: number
  readonly maxOutput: number
  /** Lengths of the pieces of the text; each piece has a context of its own. */
  readonly parts: readonly number[]
  /** Inputs in each piece. */
  readonly each: number
  /** Inputs in all pieces. */
  readonly count: number
  /** Milliseconds after which the inputs finished so far are answered; 0 answers each at once. */
  readonly slice: number
  /** Milliseconds after which it is somebody else's turn: what it has not begun by then it gives back. */
  readonly quantum: number
  /** Milliseconds allowed for each input, for a child that watches over others itself. */
  readonly timeout: number
  /** Names of the tools that the script may call, and how often for each input; with tools, `slice` is 0. */
  readonly tools?: readonly string[]
  readonly maxToolCalls?: number
}

export interface ChildEnd {
  readonly reason: 'out_of_memory' | 'crashed'
  readonly message: string
}

export interface ChildEvents {
  ready(child: Child): void
  answer(child: Child, answer: Answer): void
  ask(child: Child, ask: Ask): void
  /** Called once, whatever the reason. */
  gone(child: Child, end: ChildEnd): void
}

/** A child that has not said it is ready by then, in milliseconds, is given up. */
const START_LIMIT = 20_000
const MAX_STDERR = 8192
/** An answer cannot have taken longer than has passed since the job was sent, in milliseconds, with some for two clocks. */
const CLOCKS = 100
const OUT_OF_MEMORY = /heap out of memory|Allocation failed|array buffer allocation failed/i
/** V8 ends a process that compiles a regular expression where the stack ends, and says that it was memory. */
const END_OF_STACK = /^FATAL ERROR: RegExpCompiler Allocation failed/m

export class Child {
  readonly launch: Launch
  /** Jobs sent to it, the milliseconds it has spent on them, and whether one is being done: its keeper's notes. */
  jobs = 0
  busyMs = 0
  isBusy = false
  /** It is to be given nothing more. */
  isSpent = false
  isReady = false
  /** Whether its end has begun, by its own doing or by ours. */
  isGone = false
  readonly #process: ChildProcess
  readonly #reader: FrameReader
  readonly #events: ChildEvents
  readonly #startTimer: NodeJS.Timeout
  #sentAt = Number.POSITIVE_INFINITY
  #inner: number | undefined
  #stderr = ''
  #protest: string | undefined
  #hasEnded = false

  constructor(launch: Launch, maxAnswer: number, events: ChildEvents) {
    this.launch = launch
    this.#events = events
    this.#reader = new FrameReader(maxAnswer)
    const { user, filter, program, lifelineAt } = launch
    const more = [filter, lifelineAt].filter(each => each !== undefined).map(() => 'pipe' as const)
    this.#process = spawn(launch.command, launch.args, {
      stdio: ['pipe', 'ignore', 'pipe', 'pipe', ...more],
      // Nothing of the parent's environment is in it.
      env: { ...launch.env },
      cwd: process.platform === 'win32' ? undefined : '/',
      // A session of its own: the interrupt key is for the parent to handle, and the group is ended as one.
      detached: process.platform !== 'win32',
      windowsHide: true,
      ...(user === undefined ? {} : { uid: user, gid: user }),
    })
    track(this)
    this.#startTimer = setTimeout(() => this.#protestAndKill('it did not start in time'), START_LIMIT).unref()
    this.#process.on('error', error => this.#end(error.message))
    this.#process.on('exit', () => letGo(this.#process, lifelineAt))
    this.#process.on('close', (code, signal) => this.#end(signal ?? wordsOf(code)))
    this.#process.stdin?.on('error', () => {})
    if (program !== undefined) this.#process.stdin?.write(encodeFrame({}, program))
    if (filter) writeFilter(this.#process, FILTER_AT, filter)
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      if (this.#stderr.length < MAX_STDERR) this.#stderr += chunk.toString('latin1')
    })
    const answers = this.#process.stdio[ANSWERS]
    answers?.on('error', () => {})
    answers?.on('data', (chunk: Buffer) => {
      if (!this.#reader.push(chunk, frame => this.#receive(frame))) this.#protestAndKill('it sent no frame')
    })
    this.#process.unref()
    for (const stream of this.#process.stdio) if (stream instanceof Socket) stream.unref()
  }

  /** Whether nothing has run in it yet. */
  get isFresh(): boolean {
    return this.jobs === 0
  }

  send(job: Job, text: string): void {
    this.jobs++
    this.isBusy = true
    this.#sentAt = performance.now()
    this.#process.stdin?.write(encodeFrame(job, text))
  }

  /** Answers its last ask. */
  reply(text: string): void {
    this.#process.stdin?.write(encodeFrame({}, text))
  }

  /** Megabytes it occupies, where the system tells; asked of one that is ready. */
  get resident(): number | undefined {
    const { pid } = this.#process
    if (pid === undefined) return undefined
    // Bubblewrap leaves itself twice around the program: outside, and as the first process inside.
    this.#inner ??= chainOf(pid)[this.launch.isolation === 'os' ? 2 : 0]
    return this.#inner === undefined ? undefined : residentMegabytes(this.#inner)
  }

  /** Ends it at once. It is `gone` a little later. */
  kill(): void {
    this.isGone = true
    killGroup(this.#process)
  }

  #receive(frame: Frame): void {
    if (this.isGone) return
    const message = readMessage(frame)
    const isTimely = message !== undefined && this.isReady === (message.kind !== 'ready')
    if (!isTimely) {
      this.#protestAndKill('it sent a frame that is no answer')
    } else if (message.kind === 'ready') {
      this.isReady = true
      clearTimeout(this.#startTimer)
      this.#events.ready(this)
    } else if (message.kind === 'ask') {
      this.#events.ask(this, message.ask)
    } else if (message.answer.ms <= performance.now() - this.#sentAt + CLOCKS) {
      this.#events.answer(this, message.answer)
    } else {
      this.#protestAndKill('it sent an answer that took longer than it did')
    }
  }

  #protestAndKill(protest: string): void {
    this.#protest ??= protest
    this.kill()
  }

  #end(how: string): void {
    if (this.#hasEnded) return
    this.#hasEnded = this.isGone = true
    clearTimeout(this.#startTimer)
    untrack(this)
    const isStack = END_OF_STACK.test(this.#stderr)
    const reason = OUT_OF_MEMORY.test(this.#stderr) && !isStack ? 'out_of_memory' : 'crashed'
    const said = isStack ? 'a regular expression was compiled where the stack ends' : lastWords(this.#stderr)
    const message = `${this.#protest ?? how}${said === '' ? '' : ` (${said.slice(0, 300)})`}`
    this.#events.gone(this, { reason, message })
  }
}

/** The line that says why a process ended: the engine's, where it said one. */
function lastWords(stderr: string): string {
  return /^FATAL ERROR: .*/m.exec(stderr)?.[0] ?? stderr.trim().split('\n')[0] ?? ''
}

/** A program that wraps another ends with 128 and the number of the signal that the other ended by. */
function wordsOf(code: number | null): string {
  const signals = Object.entries(constants.signals)
  return signals.find(([, number]) => number + 128 === code)?.[0] ?? `exit code ${code}`
}

// No child stays behind when the parent ends by `process.exit` or an error. Against a parent that is killed there are the
// lifeline, the end of the child's input, the kernel's signal at the parent's death, and the limit of processor time.
const living = new Set<Child>()

function killAll(): void {
  for (const child of living) child.kill()
}

function track(child: Child): void {
  if (living.size === 0) process.on('exit', killAll)
  living.add(child)
}

function untrack(child: Child): void {
  if (living.delete(child) && living.size === 0) process.off('exit', killAll)
}
