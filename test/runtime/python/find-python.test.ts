import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { findPython } from '../../../src/runtime/python/find-python.ts'
import { needsPython } from './needs.ts'

describe('findPython', () => {
  let folder: string
  before(async function () {
    await needsPython.call(this)
    folder = mkdtempSync(join(tmpdir(), 'pythons-'))
  })
  after(() => folder && rmSync(folder, { recursive: true }))

  const program = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 })
    return path
  }

  async function refusal(path: string): Promise<string> {
    try {
      await findPython(path)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
    throw new Error(`${path} was taken for a Python`)
  }

  it('finds that of the system, its version and its library', async () => {
    const { path, version, folders } = await findPython()
    expect(path).to.equal(realpathSync(path))
    expect(version).to.match(/^3\.\d+\.\d+$/)
    expect(folders.some(each => /python3/.test(each))).to.equal(true)
  })

  it('sees through links and the scripts of version managers', async () => {
    const { path } = await findPython()
    const link = join(folder, 'link')
    symlinkSync(path, link)
    expect(await findPython(link)).to.include({ path })
    expect(await findPython(program('shim', `exec ${path} "$@"`))).to.include({ path })
  })

  it('refuses what is no Python, or too old a one', async () => {
    expect(await refusal('/no/such/python'))
      .to.include('/no/such/python is not Python 3')
      .and.include('ENOENT')
    expect(await refusal(program('fails', 'exit 3'))).to.include('set pythonPath')
    expect(await refusal(program('talks', 'echo hello'))).to.include('it gave no answer')
    expect(await refusal(program('lies', `echo '["a", 1]'`))).to.include('it gave no answer')
    const old = program('old', `echo '["/bin/sh", "3.8.10", "/usr", "/usr", "/usr"]'`)
    expect(await refusal(old)).to.equal(`${old} is Python 3.8.10: set pythonPath to Python 3.9 or later`)
  })
})
