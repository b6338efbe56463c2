// What is left when the parent ends, in any way it may end: nothing.
// Each test starts a program of its own that uses a sandbox.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'chai'
import { descendantsOf, isAlive } from './processes.ts'

const HEAD = `
  import { Sandbox } from '${new URL('../../src/runtime/index.ts', import.meta.url).href}'
  const sandbox = new Sandbox({ size: 2, timeout: 200000 })
`

describe('the end of a parent', () => {
  let parent: ChildProcess | undefined
  afterEach(() => parent?.kill('SIGKILL'))

  /** Starts a program; its standard output is gathered line by line. */
  function start(program: string) {
    const args = ['--import', 'tsx', '--input-type=module', '-e', HEAD + program]
    const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    parent = started
    let said = ''
    started.stdout.on('data', (chunk: Buffer) => {
      said += chunk
    })
    const hear = async (text: string) => {
      while (!said.includes(text)) await new Promise(resolve => setTimeout(resolve, 5))
      return said
    }
    return { parent: started, hear }
  }

  async function goneWithin(pids: readonly number[], ms: number): Promise<boolean> {
    const end = Date.now() + ms
    while (pids.some(isAlive) && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 10))
    return !pids.some(isAlive)
  }

  it('comes by itself when close() was forgotten', async () => {
    const { parent, hear } = start('console.log(JSON.stringify(await sandbox.run("result = 1", null)))')
    expect(await once(parent, 'exit')).to.deep.equal([0, null])
    expect(await hear('"ok":true')).to.include('"value":1')
  })

  it('waits for a run that is under way', async () => {
    const { parent, hear } = start(`
      sandbox.run('const end = Date.now() + 200; while (Date.now() < end); result = 1', null)
        .then(outcome => console.log(outcome.ok))`)
    expect(await once(parent, 'exit')).to.deep.equal([0, null])
    await hear('true')
  })

  it('waits for close()', async () => {
    const { parent, hear } = start(
      'await sandbox.run("", null); await sandbox.close(); console.log("closed")',
    )
    expect(await once(parent, 'exit')).to.deep.equal([0, null])
    await hear('closed')
  })

  const BUSY = `
    await sandbox.run('', null)
    sandbox.run('for (;;);', null)
    sandbox.run('await new Promise(() => {}) ; for (;;);', null)
    setTimeout(() => console.log('busy'), 150)
  `

  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
    it(`leaves no child when it comes by ${signal}`, async function () {
      if (process.platform !== 'linux') this.skip()
      const { parent, hear } = start(BUSY)
      await hear('busy')
      const children = descendantsOf(parent.pid!)
      expect(children.length).to.be.at.least(2)
      parent.kill(signal)
      await once(parent, 'exit')
      expect(await goneWithin(children, 5000)).to.equal(true)
    })
  }

  it('leaves no child when it comes by process.exit or an error', async function () {
    if (process.platform !== 'linux') this.skip()
    for (const end of ['process.exit(3)', 'throw new Error("on purpose")']) {
      const { parent, hear } = start(
        `${BUSY} process.stderr.write = () => true; setTimeout(() => { ${end} }, 400)`,
      )
      await hear('busy')
      const children = descendantsOf(parent.pid!)
      expect(children.length).to.be.at.least(2)
      await once(parent, 'exit')
      expect(await goneWithin(children, 5000)).to.equal(true)
    }
  })
})
