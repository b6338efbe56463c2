// Ring 2 as a command line: how a child is started, by platform and version of Node.
// A flag that Node does not know ends its start, so there is a list of launches, strongest first, and the pool goes
// down the list when a child does not come up. The program is passed with `-e`: a child needs no file at all,
// which is why it may be denied all of them, and why this works in a bundle.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { RUNNER } from './child-runner.ts'

export interface Launch {
  readonly command: string
  readonly args: readonly string[]
  /** The user and group to become, when the parent is root. */
  readonly user: number | undefined
  /** What confines the child besides its own context: words for people and records. */
  readonly locks: readonly Lock[]
}

/**
 * - `permissions`: Node's permission model denies files, children, workers and addons; the network too since Node 25.
 * - `rlimits`: address space, processor time, open files, file size and core dumps are limited by the system.
 * - `user`: the child runs as nobody, since the parent is root.
 * - `parent-death`: the kernel kills the child when its parent ends.
 */
export type Lock = 'permissions' | 'rlimits' | 'user' | 'parent-death'

export interface Host {
  readonly nodePath: string
  /** The version of that Node.js, as in `process.versions.node`. */
  readonly version: string
  readonly platform: NodeJS.Platform
  readonly isRoot: boolean
  readonly setpriv: string | undefined
}

/** Processor seconds of a child's whole life: the last net under a child that outlived its parent. */
const CPU_SECONDS = 600
const NOBODY = 65_534

/** The ways to start a child on this host, strongest first. */
export function planLaunches(host: Host, memory: number): Launch[] {
  const program = ['-e', RUNNER]
  const { nodePath, platform, setpriv } = host
  const strict = [...flagsFor(host.version, memory), ...program]
  const plain = [...heapFlags(memory), '--disallow-code-generation-from-strings', ...program]
  if (platform === 'win32') {
    return [
      { command: nodePath, args: strict, user: undefined, locks: ['permissions'] },
      { command: nodePath, args: plain, user: undefined, locks: [] },
    ]
  }
  const limited = ['-c', limits(host.version, memory)]
  const launches: Launch[] = [
    {
      command: '/bin/sh',
      args: [...limited, nodePath, ...strict],
      user: undefined,
      locks: ['permissions', 'rlimits'],
    },
    { command: '/bin/sh', args: [...limited, nodePath, ...plain], user: undefined, locks: ['rlimits'] },
    { command: nodePath, args: plain, user: undefined, locks: [] },
  ]
  const user = host.isRoot ? NOBODY : undefined
  if (setpriv !== undefined || host.isRoot) {
    const bound = setpriv === undefined ? [] : [setpriv, '--no-new-privs', '--pdeathsig', 'KILL']
    const locks: Lock[] = ['permissions', 'rlimits']
    if (host.isRoot) locks.push('user')
    if (setpriv !== undefined) locks.push('parent-death')
    launches.unshift({ command: '/bin/sh', args: [...limited, ...bound, nodePath, ...strict], user, locks })
  }
  return launches
}

/** What this machine offers; asks another Node for its version, which starts it once. */
export async function describeHost(nodePath: string): Promise<Host> {
  const { platform } = process
  const isOwn = nodePath === process.execPath
  if (isOwn && isForeignRuntime())
    throw new Error(`${nodePath} is not Node.js: set nodePath to a Node.js program`)
  const version = isOwn ? process.versions.node : await askVersion(nodePath)
  const places = ['/usr/bin/setpriv', '/bin/setpriv', '/usr/sbin/setpriv']
  const setpriv = platform === 'linux' ? places.find(place => existsSync(place)) : undefined
  return { nodePath, version, platform, isRoot: process.getuid?.() === 0, setpriv }
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

function flagsFor(version: string, memory: number): string[] {
  const [major, minor] = parts(version)
  const since = (...releases: readonly (readonly [number, number])[]) =>
    releases.some(([from, least]) => major === from && minor >= least) || major > releases.at(-1)![0]
  const flags = [
    ...heapFlags(memory),
    '--disallow-code-generation-from-strings',
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

function heapFlags(memory: number): string[] {
  // One helper thread is enough for scripts this short, and it saves address space.
  return [`--max-old-space-size=${memory}`, '--max-semi-space-size=8', '--v8-pool-size=1']
}

/**
 * The address space that Node needs before it runs anything differs by version: 0.73 GB up to 22, 1.28 GB since 24.
 * Half a gigabyte more than that and the heap leaves room for ArrayBuffers, and ends a bomb of them.
 */
function limits(version: string, memory: number): string {
  const [major] = parts(version)
  const space = ((major < 24 ? 750 : 1530) + 420 + memory) * 1024
  const quietly = (limit: string) => `ulimit ${limit} 2>/dev/null;`
  const all = ['-c 0', '-f 0', '-n 64', `-t ${CPU_SECONDS}`, `-v ${space}`].map(quietly).join(' ')
  return `${all} exec "$0" "$@"`
}

function parts(version: string): [number, number] {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return [major, minor]
}
