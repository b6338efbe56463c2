import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readSettings, type SandboxOptions } from '../../src/runtime/options.ts'
import { Staff } from '../../src/runtime/staff.ts'

describe('the staff of a pool', () => {
  let staff: Staff | undefined
  afterEach(() => staff?.close())

  /** A staff, and a function that waits until something is so. */
  function hire(options: SandboxOptions) {
    const refusals: string[] = []
    const kept = new Staff(readSettings(options), {
      changed: () => kept.provide(1, false),
      answer: () => {},
      ask: () => {},
      lost: () => kept.provide(1, false),
      refused: message => refusals.push(message),
    })
    staff = kept
    return { staff: kept, refusals }
  }

  async function until<Value>(read: () => Value | undefined): Promise<Value> {
    for (;;) {
      const value = read()
      if (value) return value
      await new Promise(resolve => setTimeout(resolve, 2))
    }
  }

  it('starts nobody before there is work', async () => {
    const { staff } = hire({ spare: 1 })
    staff.provide(0, false)
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(staff.locks).to.equal(undefined)
  })

  it('starts one for the work, and then a spare', async () => {
    const { staff } = hire({ size: 1, spare: 1 })
    staff.provide(1, false)
    const first = await until(() => staff.find(true))
    expect(staff.locks).to.be.an('array')
    first.isBusy = true
    const spare = await until(() => staff.find(true))
    expect(spare).to.not.equal(first)
  })

  it('prefers a used child, and can ask for a fresh one', async () => {
    const { staff } = hire({ size: 1, spare: 1 })
    staff.provide(1, false)
    const first = await until(() => staff.find(true))
    first.jobs = 1
    const spare = await until(() => staff.find(true))
    expect(staff.find(false)).to.equal(first)
    expect(staff.find(true)).to.equal(spare)
    spare.jobs = 1
    staff.provide(1, true)
    expect(await until(() => staff.find(true))).to.not.be.oneOf([first, spare])
  })

  it('replaces who is gone', async () => {
    const { staff } = hire({ size: 1, spare: 0 })
    staff.provide(1, false)
    const first = await until(() => staff.find(true))
    staff.drop(first)
    expect(staff.find(false)).to.equal(undefined)
    expect(await until(() => staff.find(false))).to.not.equal(first)
  })

  it('goes down to a weaker launch when a flag is not known, and says so in the locks', async function () {
    if (process.platform === 'win32') this.skip()
    const folder = mkdtempSync(join(tmpdir(), 'picky-node-'))
    const picky = join(folder, 'node')
    const script = `#!/bin/sh
      case "$*" in
        --version) echo v20.0.0; exit ;;
        *-permission*) echo "bad option" >&2; exit 9 ;;
      esac
      exec ${process.execPath} "$@"`
    writeFileSync(picky, script, { mode: 0o755 })
    chmodSync(folder, 0o755)
    try {
      const { staff } = hire({ nodePath: picky, isolation: 'process' })
      staff.provide(1, false)
      await until(() => staff.find(true))
      expect(staff.locks).to.deep.equal(['rlimits', 'parent-death'])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('does not go down for want of memory or processes: it refuses, and can try again', async function () {
    if (process.platform === 'win32') this.skip()
    const folder = mkdtempSync(join(tmpdir(), 'poor-node-'))
    const poor = join(folder, 'node')
    // It fails three times. Children cannot write files, so it counts in folders.
    const script = `#!/bin/sh
      [ "$*" != --version ] || { echo v20.0.0; exit; }
      for try in 1 2 3; do
        if mkdir ${folder}/$try 2> /dev/null; then echo "Cannot allocate memory" >&2; exit 1; fi
      done
      exec ${process.execPath} "$@"`
    writeFileSync(poor, script, { mode: 0o755 })
    chmodSync(folder, 0o777)
    try {
      const hired = hire({ nodePath: poor, isolation: 'process' })
      const { refusals } = hired
      hired.staff.provide(1, false)
      expect(await until(() => refusals[0])).to.include('Cannot allocate memory')
      hired.staff.provide(1, false)
      await until(() => hired.staff.find(true))
      expect(hired.staff.locks).to.include('permissions')
    } finally {
      await staff?.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('refuses when no child can be started', async () => {
    const { staff, refusals } = hire({ nodePath: '/no/such/node' })
    staff.provide(1, false)
    expect(await until(() => refusals[0])).to.include('ENOENT')
    const other = hire({ nodePath: '/bin/echo' })
    other.staff.provide(1, false)
    expect(await until(() => other.refusals[0])).to.include('not Node.js')
  })
})
