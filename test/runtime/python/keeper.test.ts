import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'chai'
import { type Json, type Outcome, type RunManyOptions, Sandbox } from '../../../src/runtime/index.ts'
import { childrenOf, descendantsOf, isAlive } from '../processes.ts'
import { needsPython } from './needs.ts'

const short = (outcome: Outcome): Json => (outcome.ok ? outcome.value : outcome.kind)
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe('a keeper of Python', function () {
  this.timeout(20_000)
  const options = { language: 'python', allowUnsandboxedPython: true } as const
  const sandbox = new Sandbox({ ...options, size: 2, timeout: 5000 })
  before(needsPython)
  after(() => sandbox.close())

  const runMany = async (script: string, inputs: readonly Json[], options?: RunManyOptions) =>
    (await sandbox.runMany(script, inputs, options)).map(short)

  const MIXED = `
import os
if inputs == 'loop':
    while True: pass
if inputs == 'exit': os._exit(1)
if inputs == 'raise': raise ValueError
if inputs == 'greedy': x = bytearray(1 << 40)
result = inputs`

  it('lets an input that hits a limit cost itself alone, in order', async () => {
    const inputs = [0, 'loop', 2, 'exit', 4, 'raise', 'greedy', '', 'loop', null]
    const expected = [0, 'timeout', 2, 'crashed', 4, 'runtime', 'out_of_memory', '', 'timeout', null]
    for (const context of ['input', 'script'] as const) {
      expect(await runMany(MIXED, inputs, { context, timeout: 600 })).to.deep.equal(expected)
    }
  })

  it('answers many inputs in their order, whatever their letters', async () => {
    const inputs = Array.from({ length: 120 }, (_, index) => (index % 3 === 0 ? `${index}𝒳é` : index))
    for (const context of ['input', 'script'] as const) {
      expect(await runMany('result = inputs', inputs, { context })).to.deep.equal(inputs)
    }
  })

  it('shares a process between inputs only when asked to, and names never', async () => {
    const script =
      'import math\nseen = getattr(math, "seen", 0)\nmath.seen = seen + 1\nresult = [seen, "x" in globals()]\nx = 1'
    expect(await runMany(script, [1, 2, 3])).to.deep.equal(Array(3).fill([0, false]))
    const shared = await runMany(script, [1, 2, 3], { context: 'script' })
    expect(shared).to.deep.equal([
      [0, false],
      [1, false],
      [2, false],
    ])
  })

  it('keeps the outputs of inputs that share a process apart', async () => {
    const script = 'import sys\nprint(inputs)\nif inputs == 2: sys.stdout = None\nresult = 0'
    const outcomes = await sandbox.runMany(script, [1, 2, 3], { context: 'script' })
    expect(outcomes.map(({ stdout }) => stdout)).to.deep.equal(['1\n', '2\n', ''])
  })

  it('ends a script soon after its time, and works on', async () => {
    const start = performance.now()
    const outcome = await sandbox.run('while True: pass', null, { timeout: 150 })
    const took = performance.now() - start
    expect(outcome).to.include({ kind: 'timeout', message: 'the script took over 150 ms (timeout)' })
    expect(took).to.be.within(149, 4000)
    if (process.platform !== 'linux') return
    const keepers = childrenOf(process.pid)
    expect(short(await sandbox.run('result = 1', null))).to.equal(1)
    expect(childrenOf(process.pid)).to.deep.equal(keepers)
  })

  it('takes large inputs and gives large results', async () => {
    const rows = Array.from({ length: 900 }, (_, id) => ({ id, name: `item ${id}`, note: 'é'.repeat(80) }))
    expect(short(await sandbox.run('result = inputs[::-1]', rows))).to.deep.equal(rows.toReversed())
    expect(short(await sandbox.run('result = len(inputs)', 'x'.repeat(8_000_000)))).to.equal(8_000_000)
  })

  it('is cancelled by a signal, while it runs and while it waits', async () => {
    const controller = new AbortController()
    const runs = Array.from({ length: 4 }, () =>
      sandbox.run('while True: pass', null, { signal: controller.signal }),
    )
    setTimeout(() => controller.abort(new Error('enough')), 100)
    for (const outcome of await Promise.all(runs)) {
      expect(outcome).to.include({ kind: 'cancelled', message: 'the run was cancelled: enough' })
    }
    expect(short(await sandbox.run('result = 1', null))).to.equal(1)
  })

  it('is fair to many callers and refuses more than may wait', async () => {
    const small = new Sandbox({ ...options, size: 1, maxQueue: 3, timeout: 5000 })
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_, n) => small.run('result = inputs', n)))
    expect(outcomes.map(short).filter(each => each === 'unavailable').length).to.be.within(1, 3)
    await small.close()
  })

  it('is gone with all its forks when the sandbox is closed', async function () {
    if (process.platform !== 'linux') this.skip()
    const before = new Set(childrenOf(process.pid))
    const own = new Sandbox({ ...options, timeout: 60_000 })
    await own.run('result = 1', null)
    const running = own.run('while True: pass', null)
    await pause(100)
    const keepers = childrenOf(process.pid).filter(pid => !before.has(pid))
    const all = keepers.flatMap(pid => [pid, ...descendantsOf(pid)])
    expect(all.length).to.be.at.least(3)
    await own.close()
    expect(short(await running)).to.equal('cancelled')
    for (const end = Date.now() + 5000; all.some(isAlive) && Date.now() < end; ) await pause(10)
    expect(all.filter(isAlive)).to.deep.equal([])
  })

  describe('when its parent ends', () => {
    let parent: ChildProcess | undefined
    afterEach(() => parent?.kill('SIGKILL'))

    for (const isolation of ['auto', 'process'] as const) {
      it(`leaves no process behind (isolation: '${isolation}')`, async function () {
        if (process.platform !== 'linux') this.skip()
        const program = `
          import { Sandbox } from '${new URL('../../../src/runtime/index.ts', import.meta.url).href}'
          const sandbox = new Sandbox({ language: 'python', allowUnsandboxedPython: true, isolation: '${isolation}', timeout: 200000 })
          await sandbox.run('result = 1', null)
          sandbox.run('while True: pass', null)
          setTimeout(() => console.log('busy'), 150)`
        const args = ['--import', 'tsx', '--input-type=module', '-e', program]
        const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
        parent = started
        await once(started.stdout, 'data')
        const all = descendantsOf(started.pid!)
        expect(all.length).to.be.at.least(3)
        started.kill('SIGKILL')
        await once(started, 'exit')
        for (const end = Date.now() + 5000; all.some(isAlive) && Date.now() < end; ) await pause(10)
        expect(all.filter(isAlive)).to.deep.equal([])
      })
    }
  })
})
