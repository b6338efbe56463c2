import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { probe } from '../../src/runtime/probe.ts'

describe('probe', () => {
  let folder: string
  before(function () {
    if (process.platform !== 'linux') this.skip()
    folder = mkdtempSync(join(tmpdir(), 'probe-'))
    chmodSync(folder, 0o777)
  })
  after(() => folder && rmSync(folder, { recursive: true }))

  /** A bubblewrap of our own making, which notes each try; `rest` is what it does. */
  function fake(name: string, rest: string) {
    const [bwrap, notes] = [join(folder, name), join(folder, `${name}.tries`)]
    writeFileSync(notes, '')
    chmodSync(notes, 0o666)
    writeFileSync(bwrap, `#!/bin/sh\necho >> ${notes}\ntries=$(wc -l < ${notes})\n${rest}`, { mode: 0o755 })
    const tries = () => readFileSync(notes, 'utf8').length
    return { bwrap, tries }
  }

  const SAY = (words: string) => `echo "bwrap: ${words}" >&2; exit 1`
  const users = process.getuid?.() === 0 ? 2 : 1

  it('tries a program once', async () => {
    const { bwrap, tries } = fake('works', 'exit 0')
    const first = probe(process.execPath, [], bwrap)
    expect(probe(process.execPath, [], bwrap)).to.equal(first)
    expect(await first).to.have.property('ok', true)
    expect(tries()).to.equal(1)
  })

  it('keeps a refusal', async () => {
    const { bwrap, tries } = fake('refuses', SAY('No permissions to create a new namespace'))
    for (let count = 0; count < 2; count++) {
      expect(await probe(process.execPath, [], bwrap)).to.deep.equal({
        ok: false,
        reason: 'bwrap: No permissions to create a new namespace',
        isFinal: true,
      })
    }
    expect(tries()).to.equal(users)
  })

  it('gets over a hiccup', async () => {
    const hiccup = SAY('Creating new namespace failed: Resource temporarily unavailable')
    const { bwrap, tries } = fake('hiccups', `[ $tries -gt 2 ] || { ${hiccup}; }`)
    expect(await probe(process.execPath, [], bwrap)).to.have.property('ok', true)
    expect(tries()).to.equal(3)
  })

  it('asks again next time when a hiccup lasts', async () => {
    const hiccup = SAY('Creating new namespace failed: Cannot allocate memory')
    const { bwrap } = fake('hiccups-long', `[ $tries -gt 3 ] || { ${hiccup}; }`)
    expect(await probe(process.execPath, [], bwrap)).to.include({ ok: false, isFinal: false })
    expect(await probe(process.execPath, [], bwrap)).to.have.property('ok', true)
  })

  it('stays root where nobody else may make namespaces', async function () {
    if (users === 1) this.skip()
    const { bwrap } = fake('for-root', `[ "$(id -u)" = 0 ] || { ${SAY('Permission denied')}; }`)
    const result = await probe(process.execPath, [], bwrap)
    expect(result.ok && result.confinement.user).to.equal(undefined)
  })

  it('says what is missing', async () => {
    const reasonOf = async (program: string, bwrap: string) => {
      const result = await probe(program, [], bwrap)
      return result.ok ? 'it works' : result.reason
    }
    expect(await reasonOf('/no/such/program', '/no/such/bwrap')).to.equal('/no/such/program is not there')
    expect(await reasonOf(process.execPath, '/no/such/bwrap')).to.match(/\/no\/such\/bwrap:? not found/)
  })

  it('says yes where the environment says that it must', async function () {
    if (process.env.ESPALIER_ISOLATION !== 'os') this.skip()
    expect(await probe(process.execPath)).to.have.property('ok', true)
  })
})

describe('the warning', () => {
  const WARN = `
    import { warnOfProcessLevel } from '${new URL('../../src/runtime/probe.ts', import.meta.url).href}'
    warnOfProcessLevel('bubblewrap is not installed')
    warnOfProcessLevel('again')`

  it('comes once, with a code and with the ways to answer it', () => {
    const args = [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `${WARN}
      process.on('warning', ({ name, code, message }) => console.log([name, code, message].join('|')))`,
    ]
    const lines = execFileSync(process.execPath, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(lines).to.match(
      /^IsolationWarning\|ESPALIER_ISOLATION\|.*bubblewrap is not installed.*'process'.*'os'/,
    )
    expect(lines.trim().split('\n')).to.have.length(1)
  })
})
