// What Linux tells of a process that we have started: the processes it wraps, and how much memory it occupies.
// Where there is no procfs, nothing is known, and nothing fails.

import { readFileSync } from 'node:fs'

/** Megabytes that a process occupies, where the system tells. */
export function residentMegabytes(pid: number): number | undefined {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

/** A process and those it wraps, from the outermost to the innermost; each has started the next as its last. */
export function chainOf(pid: number): number[] {
  const chain = [pid]
  for (;;) {
    const child = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').at(-1)
    if (!child) return chain
    pid = Number(child)
    chain.push(pid)
  }
}

/** The text of a file of procfs; empty when there is none. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
