// Which Python runs the scripts, and which folders it reads from when it starts.
// The program that is named may be a link, a virtual environment or a script of a version manager, none of which works
// where only its own files are to be seen. So it is asked once, unconfined, where it really lies.

import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { promisify } from 'node:util'

export interface Python {
  /** The absolute path of the program itself. */
  readonly path: string
  /** As in `3.11.2`. */
  readonly version: string
  /** Where its standard library and its shared libraries are. */
  readonly folders: readonly string[]
}

const PLACES = ['/usr/bin/python3', '/usr/local/bin/python3', '/opt/homebrew/bin/python3']
const OLDEST = [3, 9] as const

/** The Python at that path, or that of the system; an error says what to install. */
export async function findPython(path = PLACES.find(place => existsSync(place))): Promise<Python> {
  if (path === undefined) {
    throw new Error(`there is no ${PLACES[0]}: install Python 3.9 or later, or set pythonPath`)
  }
  const [executable, version, ...folders] = await ask(path)
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major !== OLDEST[0] || minor < OLDEST[1]) {
    throw new Error(`${path} is Python ${version}: set pythonPath to Python 3.9 or later`)
  }
  const real = folders.filter(folder => existsSync(folder)).map(folder => realpathSync(folder))
  return { path: realpathSync(executable), version, folders: [...new Set(real)] }
}

const QUESTION = `
import json, sys, sysconfig
places = [sysconfig.get_path(name) for name in ('stdlib', 'platstdlib')] + [sys.base_prefix + '/lib']
print(json.dumps([sys.executable, '%d.%d.%d' % sys.version_info[:3]] + places))`

/** The program, its version, and the folders it reads. */
async function ask(path: string): Promise<[string, string, ...string[]]> {
  const refuse = (why: string) => new Error(`${path} is not Python 3: set pythonPath to one (${why})`)
  let text: string
  try {
    const asked = await promisify(execFile)(path, ['-I', '-S', '-c', QUESTION], { timeout: 10_000 })
    text = asked.stdout
  } catch (error) {
    throw refuse(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
  try {
    const said: unknown = JSON.parse(text)
    const isAnswer = Array.isArray(said) && said.length === 5 && said.every(part => typeof part === 'string')
    if (isAnswer) return said as [string, string, ...string[]]
  } catch {
    // It is another program, which said something else.
  }
  throw refuse('it gave no answer')
}
