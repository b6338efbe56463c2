// Rings 2 and 3 as command lines: how a child is started, by platform and version of Node.
// A flag that Node does not know ends its start, so there is a list of launches, strongest first, and the pool goes
// down the list when a child does not come up. The program comes by `-e` and standard input: a child needs no file at
// all, which is why it may be denied all of them, and why this works in a bundle.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { confine, NOBODY } from './bubblewrap.ts'
import { LOADER, RUNNER } from './child-runner.ts'
import { environmentOf, type Locality } from './environment.ts'
import { heldBy } from './lifeline.ts'
import { memoryWatch } from './memory-watch.ts'
import type { IsolationLevel } from './outcome.ts'
import { type Probe, probe } from './probe.ts'

export interface Launch {
  readonly command: string
  readonly args: readonly string[]
  /** What it is sent first, to be run; a child without has all of its program in `args`. */
  readonly program?: string
  /** All of its environment; nothing, when there is none. */
  readonly env?: Readonly<Record<string, string>>
  /** The user and group to become, when the parent is root. */
  readonly user: number | undefined
  readonly isolation: IsolationLevel
  /** What confines the child besides its own context: words for people and records. */
  readonly locks: readonly Lock[]
  /** The filter of system calls, to be written to the descriptor `FILTER_AT`. */
  readonly filter?: Buffer
  /** The descriptor of the lifeline, if it has one: the last of all. */
  readonly lifelineAt?: number
}

/** The descriptor after those of input, outputs and answers. */
export const FILTER_AT = 4

/**
 * - `namespaces`: no network, no other process, no file but the libraries of the system, no capability.
 * - `seccomp`: the system calls of computing, and no others.
 * - `permissions`: Node's permission model denies files, children, workers and addons; the network too since Node 25.
 * - `rlimits`: address space, processor time, open files, file size and core dumps are limited by the system.
 * - `user`: the child runs as nobody, since the parent is root.
 * - `parent-death`: the child is ended when its parent ends: by the kernel, or by a shell that waits for that.
 * - `memory-watch`: a thread of the child ends it when it grows too large; where there are no `rlimits` for that.
 */
export type Lock =
  | 'namespaces'
  | 'seccomp'
  | 'permissions'
  | 'rlimits'
  | 'user'
  | 'parent-death'
  | 'memory-watch'

export interface Host {
  readonly nodePath: string
  /** The version of that Node.js, as in `process.versions.node`. */
  readonly version: string
  readonly platform: NodeJS.Platform
  readonly isRoot: boolean
  readonly setpriv: string | undefined
  /** Whether the system can confine that Node.js; not asked when nobody wants it. */
  readonly probe: Probe | undefined
}

/** What is asked of a launch. */
export interface LaunchOptions extends Partial<Locality> {
  readonly memory: number
  readonly paranoid: boolean
  readonly isolation: 'auto' | IsolationLevel
}

/** Processor seconds of a child's whole life: the last net under a child that outlived its parent. */
const CPU_SECONDS = 600

/** The ways to start a child on this host, strongest first. */
export function planLaunches(host: Host, options: LaunchOptions): Launch[] {
  const { isolation } = options
  const confined = isolation === 'process' ? [] : confinedLaunches(host, options)
  return isolation === 'os' ? confined : [...confined, ...plainLaunches(host, options)]
}

function confinedLaunches(host: Host, options: LaunchOptions): Launch[] {
  const { probe, nodePath, version } = host
  if (!probe?.ok) return []
  const { bwrap, processor, user } = probe.confinement
  const env = environmentOf(options)
  const node = { program: nodePath, env, filterAt: FILTER_AT, limits: limits(host, options.memory) }
  const locks: Lock[] = ['namespaces', 'seccomp', 'permissions', 'rlimits', 'parent-death']
  if (user !== undefined) locks.push('user')
  const launch = (flags: readonly string[], locks: readonly Lock[]): Launch => {
    const confined = confine(bwrap, processor, { ...node, args: [...flags, '-e', LOADER] })
    return { ...confined, program: RUNNER, env, user, isolation: 'os', locks }
  }
  return [
    launch(flagsFor(version, options), locks),
    launch(
      plainFlags(options),
      locks.filter(lock => lock !== 'permissions'),
    ),
  ]
}

function plainLaunches(host: Host, options: LaunchOptions): Launch[] {
  const { nodePath, platform, setpriv, version, isRoot } = host
  const env = environmentOf(options)
  // Only on Linux does a limit of the address space hold; elsewhere a thread of the child watches its size.
  const isWatched = platform !== 'linux'
  const watch: Lock[] = isWatched ? ['memory-watch'] : []
  const program = isWatched ? memoryWatch(options.memory) + RUNNER : RUNNER
  const strict = [...flagsFor(version, options), ...(isWatched ? ['--allow-worker'] : []), '-e', LOADER]
  const plain = [...plainFlags(options), '-e', LOADER]
  const launch = (args: readonly string[], locks: readonly Lock[], user?: number): Launch => {
    const [command = nodePath, ...rest] = args
    return { command, args: rest, program, env, user, isolation: 'process', locks: [...locks, ...watch] }
  }
  const bare = launch([nodePath, ...plain], [])
  if (platform === 'win32') return [launch([nodePath, ...strict], ['permissions']), bare]

  const limited = ['/bin/sh', '-c', limits(host, options.memory) + heldBy(FILTER_AT)]
  const held = (args: readonly string[], locks: readonly Lock[], user?: number): Launch => {
    const all: Lock[] = ['rlimits', 'parent-death', ...locks]
    return { ...launch([...limited, ...args], all, user), lifelineAt: FILTER_AT }
  }
  const launches = [held([nodePath, ...strict], ['permissions']), held([nodePath, ...plain], []), bare]
  if (setpriv !== undefined || isRoot) {
    const user = isRoot ? NOBODY : undefined
    const locks: Lock[] = isRoot ? ['permissions', 'user'] : ['permissions']
    launches.unshift(held([...bindToParent(setpriv), nodePath, ...strict], locks, user))
  }
  return launches
}

/** What this machine offers: asks another Node for its version, and tries ring 3 where that is wanted. */
export async function describeHost(
  nodePath: string,
  isolation: LaunchOptions['isolation'] = 'auto',
): Promise<Host> {
  const { platform } = process
  const isOwn = nodePath === process.execPath
  if (isOwn && isForeignRuntime())
    throw new Error(`${nodePath} is not Node.js: set nodePath to a Node.js program`)
  const [version, probed] = await Promise.all([
    isOwn ? process.versions.node : askVersion(nodePath),
    isolation === 'process' ? undefined : probe(nodePath),
  ])
  const isRoot = process.getuid?.() === 0
  return { nodePath, version, platform, isRoot, setpriv: findSetpriv(), probe: probed }
}

/** The program that asks the kernel to end another with its parent. */
export function findSetpriv(): string | undefined {
  const places = ['/usr/bin/setpriv', '/bin/setpriv', '/usr/sbin/setpriv']
  return process.platform === 'linux' ? places.find(place => existsSync(place)) : undefined
}

/** What goes before a command so that it ends with its parent; nothing where there is no `setpriv`. */
export function bindToParent(setpriv: string | undefined): string[] {
  return setpriv === undefined ? [] : [setpriv, '--no-new-privs', '--pdeathsig', 'KILL']
}

/** Whether this process is Bun, Deno or Electron, whose own program does not start a Node.js. */
function isForeignRuntime(): boolean {
  const { versions } = process
  return 'bun' in versions || 'deno' in versions || 'electron' in versions
}

async function askVersion(nodePath: string): Promise<string> {
  const { stdout } = await promisify(execFile)(nodePath, ['--version'], { env: {}, timeout: 10_000 })
  const version = /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1]
  if (version === undefined) throw new Error(`${nodePath} is not Node.js: set nodePath to a Node.js program`)
  return version
}

function flagsFor(version: string, options: LaunchOptions): string[] {
  const [major, minor] = parts(version)
  const since = (...releases: readonly (readonly [number, number])[]) =>
    releases.some(([from, least]) => major === from && minor >= least) || major > releases.at(-1)![0]
  const flags = [
    ...plainFlags(options),
    '--disable-proto=delete',
    '--no-addons',
    '--no-warnings',
    since([22, 13], [23, 5]) ? '--permission' : '--experimental-permission',
  ]
  // The permission model does not cover SQLite, which writes any file.
  if (since([22, 5])) flags.push('--no-experimental-sqlite')
  if (since([22, 14], [23, 7])) flags.push('--disable-sigusr1')
  // Node 24 and later do not start without WebAssembly; the prelude deletes it in any case.
  if (major < 24) flags.push('--no-expose-wasm')
  return flags
}

/** The flags that every version knows. */
function plainFlags({ memory, paranoid }: LaunchOptions): string[] {
  // One helper thread is enough for scripts this short, and it saves address space.
  const heap = [`--max-old-space-size=${memory}`, '--max-semi-space-size=8', '--v8-pool-size=1']
  return [...heap, '--disallow-code-generation-from-strings', ...(paranoid ? ['--jitless'] : [])]
}

/**
 * The address space that Node needs before it runs anything differs by version: 0.73 GB up to 22, 1.28 GB since 24.
 * Half a gigabyte more than that and the heap leaves room for ArrayBuffers, and ends a bomb of them.
 */
function limits({ version, platform }: Host, memory: number): string {
  const [major] = parts(version)
  const space = ((major < 24 ? 750 : 1530) + 420 + memory) * 1024
  const quietly = (limit: string) => `ulimit ${limit} 2>/dev/null;`
  const all = ['-c 0', '-f 0', '-n 64', `-t ${CPU_SECONDS}`]
  if (platform === 'linux') all.push(`-v ${space}`)
  return `${all.map(quietly).join(' ')} `
}

function parts(version: string): [number, number] {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return [major, minor]
}
