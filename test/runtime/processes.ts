// Looks at the processes of a Linux machine, for tests of what is alive and what is not.

import { readdirSync, readFileSync } from 'node:fs'

/** One letter: R runs, S sleeps, Z is dead and not yet buried; undefined when there is no such process. */
export function stateOf(pid: number): string | undefined {
  return statOf(pid)?.[0]
}

/** The processes that `pid` has started and that still live. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(other => statOf(other)?.[1] === String(pid) && isAlive(other))
}

/** The processes that `pid` has started, those that they have started, and so on. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap(child => [child, ...descendantsOf(child)])
}

export function isAlive(pid: number): boolean {
  const state = stateOf(pid)
  return state !== undefined && state !== 'Z' && state !== 'X'
}

/** Milliseconds of processor time that a process has used; 0 when there is no such process. */
export function processorMsOf(pid: number): number {
  const fields = statOf(pid)
  // In ticks, of which Linux counts a hundred a second.
  return fields ? 10 * (Number(fields[11]) + Number(fields[12])) : 0
}

/** The fields after the name of the program: state, parent, and so on. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** Milliseconds of processor time that this process has used: unlike the clock, it does not run while others work. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
