/**
 * One writer for a journal. Whoever wants to write puts an empty file beside it, whose name says which process that is,
 * and then looks for the files of others: it steps back when one belongs to a living process, and clears away those of
 * the dead. Since each writes before it looks, two that come at once never both get through.
 */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { StudyError } from '../errors.ts'

/** Takes the lock of a file; gives back the function that releases it. Throws `StudyError` naming who has it. */
export function lock(file: string): () => void {
  const path = realPathOf(file)
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true })
  const prefix = `${basename(path)}.lock-`
  const own = `${prefix}${nameOf({ pid: process.pid, start: startOf(process.pid), host: HOST })}-${++count}`
  const release = hold(join(folder, own))
  try {
    for (let attempt = 1; ; attempt++) {
      writeFileSync(join(folder, own), '')
      const other = firstLiving(folder, prefix, own)
      if (other === null) return release
      if (attempt === ATTEMPTS) throw new StudyError('', `${file} is in use by ${other}`)
      // Perhaps both have come at once, and both step back.
      rmSync(join(folder, own), { force: true })
      pause(Math.random() * 20)
    }
  } catch (error) {
    release()
    throw error
  }
}

const ATTEMPTS = 3
let count = 0

/** The locks of this process, which go with it unless it is killed. */
const held = new Set<string>()

function hold(own: string): () => void {
  if (held.size === 0) process.once('exit', releaseAll)
  held.add(own)
  return () => {
    if (!held.delete(own)) return
    if (held.size === 0) process.off('exit', releaseAll)
    rmSync(own, { force: true })
  }
}

function releaseAll(): void {
  for (const own of held) rmSync(own, { force: true })
}

interface Owner {
  readonly pid: number
  /** When the process began, in the words of the system; '' where it does not say. */
  readonly start: string
  readonly host: string
}

const HOST = encodeURIComponent(hostname()).replaceAll('-', '%2D')

const nameOf = ({ pid, start, host }: Owner): string => `${pid}-${start}-${host}`

function ownerOf(name: string): Owner | null {
  const [, pid, start = '', host = ''] = /^([1-9]\d*)-([\w.]*)-([^-]+)-\d+$/.exec(name) ?? []
  return pid === undefined ? null : { pid: Number(pid), start, host }
}

/** Who else has a lock and lives; the locks of the dead are cleared away. */
function firstLiving(folder: string, prefix: string, own: string): string | null {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix) || name === own) continue
    const path = join(folder, name)
    const owner = ownerOf(name.slice(prefix.length))
    if (owner === null) return `whoever has made ${path}; if it is gone, delete that file`
    const { pid, host } = owner
    if (host !== HOST)
      return `process ${pid} on ${host.replaceAll('%2D', '-')}; if it is gone, delete ${path}`
    if (isAlive(owner)) return pid === process.pid ? 'this process' : `process ${pid}`
    rmSync(path, { force: true })
  }
  return null
}

/** Numbers of processes are given again, so the start must be the same where it is known. */
function isAlive({ pid, start }: Owner): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const now = startOf(pid)
  if (now === 'dead') return false
  return now === '' || start === '' || now === start
}

/** Ticks since the boot, and which boot; `dead` for a process that has ended and is only still listed. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in parentheses may hold anything; behind it are the state (field 3) and the start (field 22).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return 'dead'
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8)
    return `${fields[19]}.${boot}`
  } catch {
    return ''
  }
}

/** One name for a file, by whatever links it was reached. */
function realPathOf(file: string): string {
  const path = resolve(file)
  if (existsSync(path)) return realpathSync(path)
  const folder = dirname(path)
  return existsSync(folder) ? join(realpathSync(folder), basename(path)) : path
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
