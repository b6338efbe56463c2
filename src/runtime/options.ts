// The options of a sandbox and of one run, checked once and completed with defaults.
// A seed becomes the four words of a generator's state here, so that a child only copies them.

import { availableParallelism } from 'node:os'
import { readLocality } from './environment.ts'
import type { IsolationLevel } from './outcome.ts'
import { findSucrase } from './strip-worker.ts'
import { MAX_TOOL_TIME, Toolbox, type Tools } from './tools.ts'

export interface SandboxOptions {
  /** Milliseconds allowed for each input; the time its tools take does not count. Default 1000. */
  readonly timeout?: number
  /** Megabytes of JavaScript heap for each child. Default 64; in Python, of memory for each input, 256. */
  readonly memory?: number
  /** Children that work at the same time. Default: the cores less one, at least 1. */
  readonly size?: number
  /** Warm children beyond those, ready to replace one that was killed. Default 1; in Python, 0. */
  readonly spare?: number
  /** Characters of script. Default 262,144. */
  readonly maxSource?: number
  /** Characters of JSON in one result, and in what one call of a tool takes or gives. Default 1,000,000. */
  readonly maxResult?: number
  /** Characters kept of each of stdout and stderr, for each input. Default 65,536. */
  readonly maxOutput?: number
  /** Calls that may wait; more are answered `unavailable`. Default 10,000. */
  readonly maxQueue?: number
  /** Functions of the host that scripts may call: `await tools.search({ q: 'x' })`. Default: none. */
  readonly tools?: Tools
  /** Milliseconds allowed for one call of a tool that sets no time of its own. Default 30,000. */
  readonly toolTimeout?: number
  /** Milliseconds a script may wait for its tools, for each input. Default 120,000. */
  readonly maxToolTime?: number
  /** Calls of tools, for each input. Default 1000. */
  readonly maxToolCalls?: number
  /** Where `Math.random` starts, anew for each input. Default 0: runs repeat. */
  readonly seed?: number | string
  /** Milliseconds since 1970 at which a script's clock stands still. Default: the clock runs. */
  readonly now?: number
  /** The time zone of dates, by its name. Default `'UTC'`. */
  readonly timeZone?: string
  /** What `toLocaleString`, `localeCompare` and `Intl` go by when they are not told. Default `'en-US'`. */
  readonly locale?: string
  /** Whether an error tells the line it was made on; if not, errors capture no stack. Default true. */
  readonly lines?: boolean
  /**
   * How well to confine. `'os'`: by the operating system or not at all; where that cannot be had, every run is
   * `unavailable`. `'process'`: without it. `'auto'` takes the best there is, and warns when it is not `'os'`.
   * Default `'auto'`.
   */
  readonly isolation?: 'auto' | IsolationLevel
  /** Without the engine's compilers, where most of its faults lie; long computations take several times as long. */
  readonly paranoid?: boolean
  /** The Node.js program for the children. Default: the running one. */
  readonly nodePath?: string
  /** What scripts are written in. Default `'javascript'`. */
  readonly language?: Language
  /** The Python program, 3.9 or later. Default: the `python3` of the system. */
  readonly pythonPath?: string
  /**
   * Lets Python run where the operating system does not confine it: with limits, but with the files of its user to read.
   * Default false: there, every run is `unavailable`.
   */
  readonly allowUnsandboxedPython?: boolean
}

export type Language = 'javascript' | 'typescript' | 'python'

export interface RunOptions {
  /** Milliseconds allowed for each input. */
  readonly timeout?: number
  /** Ends the run: what is unfinished becomes `cancelled`. */
  readonly signal?: AbortSignal
  readonly seed?: number | string
  readonly now?: number
  /** In place of the tools of the sandbox; `{}` for none. */
  readonly tools?: Tools
  /**
   * Whose call it is, where calls wait for a child: callers take turns, however many calls each has made.
   * Default: each call takes turns with every other.
   */
  readonly caller?: string
}

export interface RunManyOptions extends RunOptions {
  /**
   * `'input'` (default): a fresh context for each input, so nothing a script does is seen by the next input.
   * `'script'`: one fresh context for all inputs of this script. A hundred times faster, for scripts that
   * are known to be pure; never shared between scripts.
   */
  readonly context?: 'input' | 'script'
}

/** The longest time limit, in milliseconds; half the processor time a child may use in its life. */
export const MAX_TIMEOUT = 300_000

export type Settings = Required<Omit<SandboxOptions, 'now' | 'tools' | 'pythonPath'>> & {
  readonly now: number | undefined
  readonly pythonPath: string | undefined
  readonly tools: Toolbox | undefined
}

export interface RunSettings {
  readonly timeout: number
  readonly signal: AbortSignal | undefined
  readonly random: RandomState
  readonly now: number | undefined
  readonly tools: Toolbox | undefined
  readonly caller: string | undefined
}

/** The state of the generator behind `Math.random`: four 32-bit words. */
export type RandomState = readonly [number, number, number, number]

export function readSettings(options: SandboxOptions = {}): Settings {
  checkRecord(options)
  const { isolation = 'auto', paranoid = false, nodePath = process.execPath } = options
  if (isolation !== 'auto' && isolation !== 'os' && isolation !== 'process') {
    throw new TypeError(`isolation must be 'auto', 'os' or 'process', got ${shown(isolation)}`)
  }
  if (typeof paranoid !== 'boolean') {
    throw new TypeError(`paranoid must be true or false, got ${shown(paranoid)}`)
  }
  if (typeof nodePath !== 'string' || nodePath === '') {
    throw new TypeError(`nodePath must be the path of a Node.js program, got ${shown(nodePath)}`)
  }
  const { language = 'javascript', lines = true, pythonPath, allowUnsandboxedPython = false } = options
  if (language !== 'javascript' && language !== 'typescript' && language !== 'python') {
    throw new TypeError(`language must be 'javascript', 'typescript' or 'python', got ${shown(language)}`)
  }
  if (language === 'typescript') findSucrase()
  if (typeof lines !== 'boolean') throw new TypeError(`lines must be true or false, got ${shown(lines)}`)
  if (pythonPath !== undefined && (typeof pythonPath !== 'string' || pythonPath === '')) {
    throw new TypeError(`pythonPath must be the path of a Python program, got ${shown(pythonPath)}`)
  }
  if (typeof allowUnsandboxedPython !== 'boolean') {
    throw new TypeError(`allowUnsandboxedPython must be true or false, got ${shown(allowUnsandboxedPython)}`)
  }
  const isPython = language === 'python'
  const toolTimeout = whole('toolTimeout', options.toolTimeout, 30_000, 1, MAX_TOOL_TIME)
  const settings: Settings = {
    timeout: whole('timeout', options.timeout, 1000, 1, MAX_TIMEOUT),
    memory: whole('memory', options.memory, isPython ? 256 : 64, 16, 4096),
    size: whole('size', options.size, Math.max(1, availableParallelism() - 1), 1, 256),
    spare: whole('spare', options.spare, isPython ? 0 : 1, 0, 256),
    maxSource: whole('maxSource', options.maxSource, 262_144, 1, 16_777_216),
    maxResult: whole('maxResult', options.maxResult, 1_000_000, 1, 67_108_864),
    maxOutput: whole('maxOutput', options.maxOutput, 65_536, 0, 16_777_216),
    maxQueue: whole('maxQueue', options.maxQueue, 10_000, 1, 100_000_000),
    tools: readTools(options.tools, toolTimeout),
    toolTimeout,
    maxToolTime: whole('maxToolTime', options.maxToolTime, 120_000, 1, MAX_TOOL_TIME),
    maxToolCalls: whole('maxToolCalls', options.maxToolCalls, 1000, 1, 1_000_000),
    seed: readSeed(options.seed ?? 0),
    now: readNow(options.now),
    ...readLocality(options),
    lines,
    isolation,
    paranoid,
    nodePath,
    language,
    pythonPath,
    allowUnsandboxedPython,
  }
  checkNames(options, Object.keys(settings), 'sandbox')
  return settings
}

const RUN_OPTIONS = ['timeout', 'signal', 'seed', 'now', 'tools', 'caller', 'context']

export function readRunSettings(options: RunOptions = {}, settings: Settings): RunSettings {
  checkRecord(options)
  checkNames(options, RUN_OPTIONS, 'run')
  const { signal, caller } = options
  if (caller !== undefined && typeof caller !== 'string') {
    throw new TypeError(`caller must be a string, got ${shown(caller)}`)
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`signal must be an AbortSignal, got ${shown(signal)}`)
  }
  return {
    timeout: whole('timeout', options.timeout, settings.timeout, 1, MAX_TIMEOUT),
    signal,
    random: randomState(readSeed(options.seed ?? settings.seed)),
    now: readNow(options.now) ?? settings.now,
    tools: options.tools === undefined ? settings.tools : readTools(options.tools, settings.toolTimeout),
    caller,
  }
}

/**
 * The generator's state for a seed: the same words for the same seed on every machine.
 * The number 1 and the text '1' are different seeds.
 */
export function randomState(seed: number | string): RandomState {
  if (lastState?.seed === seed) return lastState.state
  const text = `${typeof seed}:${seed}`
  // Four FNV-1a hashes from different starts, each finished as in MurmurHash3.
  const [a, b, c, d] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map(start => {
    let hash = start
    for (let index = 0; index < text.length; index++)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return (hash ^ (hash >>> 16)) | 0
  })
  const state: RandomState = [a ?? 0, b ?? 0, c ?? 0, d ?? 0]
  lastState = { seed, state }
  return state
}

/** Nearly every run of a program has the seed of the one before. */
let lastState: { readonly seed: number | string; readonly state: RandomState } | undefined

function checkRecord(options: unknown): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`options must be a record, got ${shown(options)}`)
}

/** A misspelt `isolation` must not go unseen. */
function checkNames(options: object, known: readonly string[], owner: string): void {
  const stranger = Object.keys(options).find(name => !known.includes(name))
  if (stranger === undefined) return
  throw new TypeError(`${stranger} is no option of a ${owner}; its options are ${known.join(', ')}`)
}

function whole(name: string, value: unknown, fallback: number, low: number, high: number): number {
  if (value === undefined) return fallback
  const isFine = typeof value === 'number' && Number.isInteger(value) && low <= value && value <= high
  if (!isFine)
    throw new RangeError(`${name} must be a whole number from ${low} to ${high}, got ${shown(value)}`)
  return value
}

/** No tools at all are as good as none given: the script has no `tools`, and its run takes the short way. */
function readTools(tools: Tools | undefined, timeout: number): Toolbox | undefined {
  if (tools === undefined) return undefined
  const toolbox = new Toolbox(tools, timeout)
  return toolbox.names.length === 0 ? undefined : toolbox
}

function readSeed(seed: unknown): number | string {
  if (typeof seed === 'string' || (typeof seed === 'number' && Number.isFinite(seed))) return seed
  throw new TypeError(`seed must be a finite number or a string, got ${shown(seed)}`)
}

function readNow(now: unknown): number | undefined {
  // The range of Date: a hundred million days either side of 1970.
  const isTime = typeof now === 'number' && -8.64e15 <= now && now <= 8.64e15
  if (now === undefined) return undefined
  if (isTime) return Math.trunc(now)
  throw new RangeError(`now must be a time in milliseconds since 1970, got ${shown(now)}`)
}

/** A value of the wrong kind, as an error shows it; this never throws. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value.length <= 60 ? `'${value}'` : `'${value.slice(0, 60)}…'`
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return String(value)
}
