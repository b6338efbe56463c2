// Ring 3 as a command line: a program of any language in namespaces of its own, by bubblewrap.
// It gets a root that holds its own file and the libraries of the system, all read-only; no network, no other
// process, no capability, no environment but what is given, and the calls of `seccomp.ts`. Nothing is written to a
// disk to start it: the filter crosses by a descriptor.

import type { ChildProcess } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { Writable } from 'node:stream'
import { heldBy } from './lifeline.ts'
import { seccompFilter } from './seccomp.ts'
import type { Processor } from './system-calls.ts'

export interface Confined {
  /** The program's absolute path and its arguments. */
  readonly program: string
  readonly args: readonly string[]
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>
  /** Files and folders to be seen besides the program and the libraries of the system; what is not there is left out. */
  readonly readable?: readonly string[]
  /** Whether it may start processes of its own. They share its confinement. */
  readonly mayFork?: boolean
  /** The descriptor by which the filter comes: one that the program does not use, nor the next. */
  readonly filterAt: number
  /** Shell text that sets limits first. */
  readonly limits?: string
}

/** A command to spawn `detached`; `filter` is then written to descriptor `filterAt` and that closed. */
export interface ConfinedCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly filter: Buffer
  /** The descriptor of the lifeline: a pipe that is kept open for as long as the program may live. */
  readonly lifelineAt: number
}

/**
 * How to start a program under bubblewrap. Whoever spawns it lets the environment be empty, gives it pipes at `filterAt` and
 * `lifelineAt`, and kills it by `killGroup` or by the end of the lifeline: half set up, one half of bubblewrap waits for the other.
 */
export function confine(bwrap: string, processor: Processor, confined: Confined): ConfinedCommand {
  const { program, args, env, readable = [], mayFork = false, filterAt, limits = '' } = confined
  const lifelineAt = filterAt + 1
  const file = realpathSync(program)
  const seen = [...LIBRARIES, ...STORES.filter(store => file.startsWith(store)), ...readable]
  return {
    command: '/bin/sh',
    args: [
      ...['-c', limits + heldBy(lifelineAt), bwrap],
      ...['--unshare-all', '--unshare-user', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
      ...['--uid', String(NOBODY), '--gid', String(NOBODY), '--hostname', 'sandbox', '--clearenv'],
      ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
      ...seen.flatMap(path => ['--ro-bind-try', path, path]),
      ...['--ro-bind', file, file, '--proc', '/proc', '--dev', '/dev'],
      // What bubblewrap makes itself lies in memory, and would be a place to write to.
      ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/'],
      ...['--seccomp', String(filterAt), '--', file, ...args],
    ],
    filter: seccompFilter(processor, mayFork),
    lifelineAt,
  }
}

/** Hands a started program its filter. */
export function writeFilter(started: ChildProcess, at: number, filter: Buffer): void {
  const pipe = started.stdio[at]
  if (!(pipe instanceof Writable)) return
  pipe.on('error', () => {})
  pipe.end(filter)
}

/** The absolute path of a program of the system, by the usual places and then by PATH. */
export function findProgram(name: string): string | undefined {
  const folders = [
    '/usr/bin',
    '/bin',
    '/usr/sbin',
    '/usr/local/bin',
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders
    .filter(isAbsolute)
    .map(folder => join(folder, name))
    .find(path => existsSync(path))
}

/** The user and the group that is nobody. */
export const NOBODY = 65_534

/** Where programs look for shared libraries. */
const LIBRARIES = ['/lib', '/lib32', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib']
/** On systems that keep each package in a folder of its own, libraries are among them. */
const STORES = ['/nix/store', '/gnu/store']
