// How the keeper of Python scripts is started: under bubblewrap, or, if the caller said so in so many words, without.
// Python has no wall inside its own process, so without the operating system's there is nothing
// between a script and the files of its user but what `seccomp.ts` refuses.

import { confine, NOBODY } from '../bubblewrap.ts'
import type { Plan } from '../engine.ts'
import { bindToParent, FILTER_AT, findSetpriv, type Launch, type Lock } from '../launch.ts'
import { heldBy } from '../lifeline.ts'
import type { Settings } from '../options.ts'
import { probe } from '../probe.ts'
import { forkFilter, processorOf, seccompFilter } from '../seccomp.ts'
import { findPython, type Python } from './find-python.ts'
import { KEEPER } from './keeper.ts'

/** Where Python looks for time zones other than UTC. */
const TIME_ZONES = '/usr/share/zoneinfo'
/** No packages of sites and users, no files of compiled code; `-I` would turn off the fixed hashes with the rest. */
const FLAGS = ['-s', '-S', '-B', '-X', 'utf8']

/** The ways to start a keeper here, strongest first; an error says why there is none. */
export async function planPythonLaunches(settings: Settings): Promise<Plan> {
  const { isolation, pythonPath, allowUnsandboxedPython, timeZone } = settings
  const python = await findPython(pythonPath)
  // Fixed hashes give sets the same order in every run.
  const env = { TZ: timeZone, PYTHONHASHSEED: '0', LC_ALL: 'C.UTF-8' }
  const readable = [...python.folders, TIME_ZONES]
  const probed =
    isolation === 'process'
      ? { ok: false as const, reason: "isolation: 'process' asks it not to", isFinal: true }
      : await probe(python.path, readable)
  // What failed once may work the next time: it is no reason to confine less.
  if (!probed.ok && !probed.isFinal) throw new Error(`ring 3 failed this time: ${probed.reason}`)
  const launches: Launch[] = []
  if (probed.ok) {
    const { bwrap, processor, user } = probed.confinement
    // Where root could not become nobody, it owns the files of procfs that nobody else may write to.
    const mayWrite = user !== undefined || process.getuid?.() !== 0
    const confined = confine(bwrap, processor, {
      program: python.path,
      args: programOf(settings, [forkFilter(processor, mayWrite)], true),
      env,
      readable,
      mayFork: true,
      filterAt: FILTER_AT,
    })
    const locks: Lock[] = ['namespaces', 'seccomp', 'rlimits', 'parent-death']
    if (user !== undefined) locks.push('user')
    launches.push({ ...confined, env, user, isolation: 'os', locks })
  }
  if (allowUnsandboxedPython && isolation !== 'os') launches.push(...openLaunches(python, settings, env))
  const shortfall = probed.ok ? '' : probed.reason
  if (launches.length > 0) return { launches, shortfall }
  const remedy = isolation === 'os' ? '' : '; allowUnsandboxedPython: true lets it run without'
  throw new Error(`Python runs only where the operating system confines it: ${shortfall}${remedy}`)
}

function openLaunches({ path }: Python, settings: Settings, env: Record<string, string>): Launch[] {
  const processor = process.platform === 'linux' ? processorOf() : undefined
  const bound = bindToParent(findSetpriv())
  const launch = (filters: readonly Buffer[], user: number | undefined): Launch => {
    const args = ['-c', heldBy(FILTER_AT), ...bound, path, ...programOf(settings, filters, false)]
    const locks: Lock[] = ['rlimits', 'parent-death']
    if (filters.length > 0) locks.push('seccomp')
    if (user !== undefined) locks.push('user')
    return { command: '/bin/sh', args, env, user, isolation: 'process', locks, lifelineAt: FILTER_AT }
  }
  const filters = processor ? [seccompFilter(processor, true), forkFilter(processor, false)] : []
  // Nobody may not be allowed to read a Python that lies in somebody's home; and old systems have no filters.
  const users = process.getuid?.() === 0 ? [NOBODY, undefined] : [undefined]
  return [...users.map(user => launch(filters, user)), ...(processor ? [launch([], users[0])] : [])]
}

/** The arguments of Python. A character of a result takes up to 3 bytes, one of an output up to 6. */
function programOf(settings: Settings, filters: readonly Buffer[], isConfined: boolean): string[] {
  const { memory, maxResult, maxOutput } = settings
  const argument = {
    filters: filters.map(filter => filter.toString('base64')),
    isConfined,
    memory,
    maxOutput,
    maxItem: 100_000 + maxResult * 3 + maxOutput * 12,
  }
  return [...FLAGS, '-c', KEEPER, JSON.stringify(argument)]
}
