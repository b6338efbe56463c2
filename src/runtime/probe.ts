// Whether the operating system can confine programs here: tried once for each program, by running it confined.
// Many containers and some distributions refuse the namespaces, and nothing but trying tells. A refusal is kept; a
// try that failed for want of memory or processes is made again, so that a hiccup lowers nobody's level for good.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { confine, findProgram, NOBODY, writeFilter } from './bubblewrap.ts'
import { killGroup, letGo } from './lifeline.ts'
import { processorOf } from './seccomp.ts'
import type { Processor } from './system-calls.ts'

/** How programs are confined here. */
export interface Confinement {
  readonly bwrap: string
  readonly processor: Processor
  /** The user and group to become outside of the namespaces, when that is possible: the parent is root then. */
  readonly user: number | undefined
}

export type Probe =
  | { readonly ok: true; readonly confinement: Confinement }
  /** `isFinal`: it is so, and stays so. Otherwise it failed this time. */
  | { readonly ok: false; readonly reason: string; readonly isFinal: boolean }

/** Whether `program --version` runs confined. `readable` are files and folders it needs besides system libraries. */
export function probe(
  program: string,
  readable: readonly string[] = [],
  bwrap = findProgram('bwrap'),
): Promise<Probe> {
  const key = [bwrap, program, ...readable].join('\0')
  let known = probes.get(key)
  if (!known) {
    known = probeAnew(program, readable, bwrap)
    probes.set(key, known)
    known.then(result => {
      if (!result.ok && !result.isFinal) probes.delete(key)
    })
  }
  return known
}

/**
 * Says once in a process that scripts are confined less well than they could be. Who knows that already says
 * `isolation: 'process'` and hears nothing; `--disable-warning=ESPALIER_ISOLATION` works too.
 */
export function warnOfProcessLevel(reason: string): void {
  if (hasWarned) return
  hasWarned = true
  const message =
    `scripts are confined by isolation level 'process' only, since the operating system does not help: ${reason}. ` +
    "Set isolation to 'process' to accept that, or to 'os' to run nothing without."
  process.emitWarning(message, { type: 'IsolationWarning', code: 'ESPALIER_ISOLATION' })
}

let hasWarned = false

/** Whether a failure to start is one of want, which may pass: by the words of the C library and the names of Node. */
export function isPassing(reason: string): boolean {
  return PASSING.test(reason)
}

const PASSING =
  /temporarily unavailable|cannot allocate memory|too many open files|took over \d+ ms|EAGAIN|ENOMEM|EMFILE|ENFILE/i

const probes = new Map<string, Promise<Probe>>()

const TRIES = 3
const PAUSE = 40
const TRY_LIMIT = 5000

async function probeAnew(
  program: string,
  readable: readonly string[],
  bwrap: string | undefined,
): Promise<Probe> {
  const never = (reason: string): Probe => ({ ok: false, reason, isFinal: true })
  if (process.platform !== 'linux') return never('bubblewrap is a program of Linux')
  const processor = processorOf()
  if (!processor) return never(`no filter of system calls is known for ${process.arch}`)
  if (!existsSync(program)) return never(`${program} is not there`)
  if (bwrap === undefined) return never('bubblewrap (bwrap) is not installed')
  // Root becomes nobody first; where only root may make namespaces, or nobody may not read the program, it stays.
  const users = process.getuid?.() === 0 ? [NOBODY, undefined] : [undefined]
  let refusal = ''
  for (const user of users) {
    const confinement = { bwrap, processor, user }
    const failure = await tryOften(confinement, program, readable)
    if (!failure) return { ok: true, confinement }
    if (!failure.isFinal) return { ok: false, ...failure }
    refusal = failure.reason
  }
  return never(refusal)
}

interface FailedTry {
  readonly reason: string
  readonly isFinal: boolean
}

async function tryOften(
  how: Confinement,
  program: string,
  readable: readonly string[],
): Promise<FailedTry | undefined> {
  for (let tries = 1; ; tries++) {
    const failure = await tryOnce(how, program, readable)
    if (!failure || failure.isFinal || tries === TRIES) return failure
    await new Promise(resolve => setTimeout(resolve, PAUSE * tries))
  }
}

function tryOnce(
  { bwrap, processor, user }: Confinement,
  program: string,
  readable: readonly string[],
): Promise<FailedTry | undefined> {
  return new Promise(resolve => {
    const fail = (reason: string) => resolve({ reason, isFinal: !isPassing(reason) })
    let tried: ChildProcess
    try {
      const confined = { program, args: ['--version'], env: {}, readable, filterAt: FILTER_AT }
      const { command, args, filter, lifelineAt } = confine(bwrap, processor, confined)
      tried = spawn(command, args, {
        stdio: ['pipe', 'ignore', 'pipe', 'pipe', 'pipe'],
        env: {},
        cwd: '/',
        detached: true,
        ...(user === undefined ? {} : { uid: user, gid: user }),
      })
      writeFilter(tried, FILTER_AT, filter)
      tried.on('exit', () => letGo(tried, lifelineAt))
    } catch (error) {
      fail(messageOf(error))
      return
    }
    let said = ''
    const timer = setTimeout(() => {
      fail(`bubblewrap took over ${TRY_LIMIT} ms`)
      killGroup(tried)
    }, TRY_LIMIT).unref()
    tried.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 1000) said += chunk.toString('latin1')
    })
    tried.on('error', error => fail(messageOf(error)))
    tried.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve(undefined)
      else fail(said.trim().split('\n')[0] || `bubblewrap ended by ${signal ?? `exit code ${code}`}`)
    })
    tried.stdin?.on('error', () => {})
    tried.stdin?.end()
  })
}

const FILTER_AT = 3

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
