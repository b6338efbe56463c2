// The level that was asked for, the level reached, and what is left behind at each: no process, however a start ends.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { Sandbox } from '../../src/runtime/index.ts'
import { probe } from '../../src/runtime/probe.ts'

/** One script for each way to end. */
const SCRIPTS = ['result = 1', 'throw 1', 'syntax error', 'for (;;);', 'import "x"']

describe('isolation', () => {
  let canConfine = false
  before(async () => {
    canConfine = (await probe(process.execPath)).ok
  })

  for (const isolation of ['os', 'process', 'auto'] as const) {
    it(`of level '${isolation}' is told in every outcome, and by the sandbox`, async function () {
      if (isolation === 'os' && !canConfine) this.skip()
      await using sandbox = new Sandbox({ isolation, size: 1, timeout: 20_000 })
      const outcomes = []
      for (const script of SCRIPTS) {
        const timeout = script === 'for (;;);' ? 100 : 20_000
        outcomes.push(await sandbox.run(script, null, { timeout }))
      }
      const level = isolation === 'auto' ? (canConfine ? 'os' : 'process') : isolation
      expect(new Set(outcomes.map(outcome => outcome.isolation))).to.have.keys(level)
      expect(sandbox.isolation).to.equal(level)
      expect(sandbox.locks?.includes('namespaces')).to.equal(level === 'os')
    })
  }

  describe('that cannot be had', () => {
    let folder: string
    let wrapped: string
    before(function () {
      if (process.platform === 'win32') this.skip()
      folder = mkdtempSync(join(tmpdir(), 'wrapped-node-'))
      wrapped = join(folder, 'node')
      // Confined, a shell script finds neither its shell nor the program it is for.
      writeFileSync(wrapped, `#!/bin/sh\nexec ${process.execPath} "$@"`, { mode: 0o755 })
      chmodSync(folder, 0o755)
    })
    after(() => folder && rmSync(folder, { recursive: true }))

    it("makes every run unavailable when it was to be 'os'", async () => {
      await using sandbox = new Sandbox({ isolation: 'os', nodePath: wrapped })
      for (const script of ['result = 1', 'result = 2']) {
        const outcome = await sandbox.run(script, null)
        expect(outcome).to.include({ ok: false, kind: 'unavailable', isolation: 'os' })
        if (!outcome.ok) expect(outcome.message).to.include("isolation 'os' cannot be had here: ")
      }
    })

    it("falls back to 'process' when it was to be the best there is", async () => {
      const HEAD = `import { Sandbox } from '${new URL('../../src/runtime/index.ts', import.meta.url).href}'`
      const program = `${HEAD}
        const sandbox = new Sandbox({ nodePath: ${JSON.stringify(wrapped)} })
        const { ok, isolation } = await sandbox.run('result = 1', null)
        await sandbox.close()
        console.log(JSON.stringify([ok, isolation]))`
      const args = ['--import', 'tsx', '--input-type=module', '-e', program]
      const child = spawn(process.execPath, args)
      let [said, warned] = ['', '']
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk
      })
      child.stderr.on('data', (chunk: Buffer) => {
        warned += chunk
      })
      await once(child, 'close')
      expect(JSON.parse(said)).to.deep.equal([true, 'process'])
      expect(warned).to.match(/ESPALIER_ISOLATION.*isolation level 'process' only/)
    })
  })

  describe('leaves no process', () => {
    before(function () {
      if (process.platform !== 'linux') this.skip()
    })

    /** The processes of sandboxes with so much memory, which nobody else has. */
    const processesWith = (memory: number) =>
      readdirSync('/proc').filter(name => {
        try {
          return readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(`--max-old-space-size=${memory}\0`)
        } catch {
          return false
        }
      })

    const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

    it('when it is closed while it starts', async () => {
      const memory = 1000 + (process.pid % 1000)
      for (const ms of [0, 5, 10, 15, 20, 30, 40, 60]) {
        const sandbox = new Sandbox({ size: 2, memory })
        const run = sandbox.run('for (;;);', null)
        await pause(ms)
        await sandbox.close()
        expect(await run).to.include({ kind: 'cancelled' })
        // What was killed may take a moment to be gone.
        for (let tries = 0; tries < 50 && processesWith(memory).length > 0; tries++) await pause(10)
        expect(processesWith(memory), `after ${ms} ms`).to.deep.equal([])
      }
    })

    for (const isolation of ['os', 'process'] as const) {
      it(`when its parent is killed while it starts at level '${isolation}'`, async function () {
        if (isolation === 'os' && !canConfine) this.skip()
        const HEAD = `import { Sandbox } from '${new URL('../../src/runtime/index.ts', import.meta.url).href}'`
        const parents = [0, 15, 30, 45, 60].map(async (ms, index) => {
          const memory = 2000 + (process.pid % 1000) + (1000 * index) / 5
          const program = `${HEAD}
            const sandbox = new Sandbox({ size: 2, isolation: '${isolation}', memory: ${memory} })
            console.log('begins')
            sandbox.run('for (;;);', null, { timeout: 100000 })`
          const args = ['--import', 'tsx', '--input-type=module', '-e', program]
          const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
          await once(parent.stdout, 'data')
          await pause(ms)
          parent.kill('SIGKILL')
          await once(parent, 'exit')
          // Looks are counted, not seconds, which pass at once on a machine that was stopped.
          for (let looks = 0; looks < 250 && processesWith(memory).length > 0; looks++) await pause(20)
          return processesWith(memory)
        })
        expect((await Promise.all(parents)).flat()).to.deep.equal([])
      })
    }
  })
})

describe('memory outside the heap', () => {
  it('has a limit', async () => {
    await using sandbox = new Sandbox({ size: 1, memory: 32, timeout: 5000 })
    const hoard = 'const kept = []; for (;;) kept.push(new Uint8Array(4e6).fill(1))'
    for (const script of [hoard, `try { ${hoard} } catch { for (;;); }`]) {
      const outcome = await sandbox.run(script, null)
      expect(outcome).to.include({ ok: false, kind: 'out_of_memory' })
      if (!outcome.ok) expect(outcome.message).to.include('32 MB')
    }
  })
})

describe('a paranoid sandbox', () => {
  it('runs scripts without the compilers of the engine', async () => {
    await using sandbox = new Sandbox({ size: 1, paranoid: true })
    const script =
      'let sum = 0; for (let i = 0; i < inputs; i++) sum += i; result = [sum, typeof WebAssembly]'
    expect(await sandbox.run(script, 1000)).to.deep.include({ ok: true, value: [499500, 'undefined'] })
  })
})
