import { getEventListeners } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Json, type Outcome, type RunManyOptions, Sandbox } from '../../src/runtime/index.ts'
import { descendantsOf, stateOf } from './processes.ts'

const short = (outcome: Outcome): Json => (outcome.ok ? outcome.value : outcome.kind)
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const LOOP = 'if (inputs === "loop") for (;;); result = inputs'

describe('a pool', () => {
  const sandbox = new Sandbox({ size: 2, timeout: 5000 })
  after(() => sandbox.close())

  const run = async (script: string, inputs: Json = null, timeout = 5000) =>
    short(await sandbox.run(script, inputs, { timeout }))
  const runMany = async (script: string, inputs: Json[], options?: RunManyOptions) =>
    (await sandbox.runMany(script, inputs, options)).map(short)

  it('lets an input that hits a limit cost itself alone', async () => {
    const inputs = [0, 1, 'loop', 3, 4, 5, 'loop', 7]
    const expected = inputs.map(input => (input === 'loop' ? 'timeout' : input))
    expect(await runMany(LOOP, inputs, { timeout: 400 })).to.deep.equal(expected)
    expect(await runMany(LOOP, inputs, { context: 'script', timeout: 400 })).to.deep.equal(expected)
  })

  it('gives an input of many its whole time, even after a silence', async () => {
    const script = 'const end = Date.now() + inputs; while (Date.now() < end); result = inputs'
    const inputs = [1, 150, 150, 1]
    expect(await runMany(script, inputs, { context: 'script', timeout: 2000 })).to.deep.equal(inputs)
    const short = await runMany(script, [1, 1, 1200], { context: 'script', timeout: 600 })
    expect(short).to.deep.equal([1, 1, 'timeout'])
  })

  it('kills soon after the deadline', async () => {
    for (let round = 0; round < 5; round++) {
      const start = performance.now()
      expect(await run('for (;;);', null, 100)).to.equal('timeout')
      // A few milliseconds later when the machine is quiet; the limit of the sandbox is 5000.
      expect(performance.now() - start).to.be.within(100, 4000)
    }
  })

  it('has a spare ready after a kill', async function () {
    if (process.platform === 'win32') this.skip()
    const folder = mkdtempSync(join(tmpdir(), 'two-nodes-'))
    const nodePath = join(folder, 'node')
    // It starts twice, and then never comes up: what runs after the kill runs in the spare. Children count in folders.
    const program = `#!/bin/sh
      [ "$*" != --version ] || { echo ${process.version}; exit; }
      for start in 1 2; do
        if mkdir ${folder}/$start 2> /dev/null; then exec ${process.execPath} "$@"; fi
      done
      exec sleep 60`
    writeFileSync(nodePath, program, { mode: 0o755 })
    chmodSync(folder, 0o777)
    const single = new Sandbox({ size: 1, spare: 1, nodePath, isolation: 'process' })
    try {
      await single.run('', null)
      expect(short(await single.run('for (;;);', null, { timeout: 100 }))).to.equal('timeout')
      expect(short(await single.run('result = 1', null))).to.equal(1)
    } finally {
      await single.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('lets the child that is up do the work when no other can be started', async function () {
    if (process.platform === 'win32') this.skip()
    const folder = mkdtempSync(join(tmpdir(), 'one-node-'))
    const nodePath = join(folder, 'node')
    const program = `#!/bin/sh
      [ "$*" != --version ] || { echo ${process.version}; exit; }
      mkdir ${folder}/started 2> /dev/null && exec ${process.execPath} "$@"
      exit 1`
    writeFileSync(nodePath, program, { mode: 0o755 })
    chmodSync(folder, 0o777)
    const lonely = new Sandbox({ size: 3, spare: 0, nodePath, isolation: 'process' })
    try {
      await lonely.run('', null)
      const script = 'const end = Date.now() + 20; while (Date.now() < end); result = inputs'
      const outcomes = await Promise.all([1, 2, 3, 4, 5, 6].map(n => lonely.run(script, n)))
      expect(outcomes.map(short)).to.deep.equal([1, 2, 3, 4, 5, 6])
    } finally {
      await lonely.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('does not blame a script when it is the parent that was busy', async () => {
    await run('result = 1')
    const running = run('result = 1', null, 100)
    const end = Date.now() + 400
    while (Date.now() < end);
    expect(await running).to.equal(1)
  })

  it('uses its children at the same time', async () => {
    // Each script waits in its child until the other is there, too.
    const waiting: (() => void)[] = []
    const meet = () =>
      new Promise<void>(resolve => {
        waiting.push(resolve)
        if (waiting.length === 2) for (const go of waiting) go()
      })
    const meeting = (inputs: Json) =>
      sandbox.run('await tools.meet(); result = inputs', inputs, { tools: { meet } })
    expect((await Promise.all([meeting(1), meeting(2)])).map(short)).to.deep.equal([1, 2])
  })

  it('serves calls in order, and a small one between the parts of a large one', async () => {
    await using single = new Sandbox({ size: 1 })
    await single.run('', null)
    const order: string[] = []
    const note = (name: string) => () => order.push(name)
    const large = single.runMany('result = 1', new Array(200).fill(0)).then(note('large'))
    const small = ['a', 'b', 'c'].map(name => single.run('result = 1', null).then(note(name)))
    await Promise.all([large, ...small])
    expect(order).to.deep.equal(['a', 'b', 'c', 'large'])
  })

  it('answers a thousand callers at once, each with its own', async () => {
    const all = await Promise.all(
      Array.from({ length: 1000 }, (_, index) => run(`result = inputs + ${index}`, index)),
    )
    expect(all).to.deep.equal(Array.from({ length: 1000 }, (_, index) => index * 2))
  })

  it('refuses what would make the queue too long', async () => {
    await using short = new Sandbox({ size: 1, maxQueue: 2 })
    const all = await Promise.all([1, 2, 3, 4].map(inputs => short.run('result = inputs', inputs)))
    expect(all.map(outcome => outcome.ok || outcome.kind)).to.deep.equal([
      true,
      true,
      'unavailable',
      'unavailable',
    ])
  })

  it('cancels a call that runs, one that waits, and one that never began', async () => {
    const stop = new AbortController()
    const { signal } = stop
    const running = sandbox.runMany(LOOP, [1, 'loop', 3], { signal, timeout: 5000 })
    const others = [1, 2, 3].map(() => sandbox.run('for (;;);', null, { signal, timeout: 5000 }))
    await pause(60)
    const start = performance.now()
    stop.abort(new Error('enough'))
    const kinds = (await running).map(short)
    expect(kinds.slice(1)).to.include('cancelled')
    for (const outcome of await Promise.all(others)) {
      expect(outcome).to.deep.include({ kind: 'cancelled', message: 'the run was cancelled: enough' })
    }
    expect(performance.now() - start).to.be.below(4000)
    expect(short(await sandbox.run('result = 1', null, { signal }))).to.equal('cancelled')
    expect(await run('result = 1')).to.equal(1)
  })

  it('has room in its queue for what comes after a cancelled call', async () => {
    await using single = new Sandbox({ size: 1, maxQueue: 1 })
    const stop = new AbortController()
    const first = single.run('result = 1', null, { signal: stop.signal })
    stop.abort()
    expect(short(await single.run('result = 2', null))).to.equal(2)
    expect(short(await first)).to.equal('cancelled')
  })

  it('leaves nothing on a signal that outlives its runs', async () => {
    const { signal } = new AbortController()
    await sandbox.run('result = 1', null, { signal })
    expect(getEventListeners(signal, 'abort')).to.deep.equal([])
  })

  it('runs an innocent input again after a crash, once', async function () {
    if (process.platform !== 'linux') this.skip()
    await using single = new Sandbox({ size: 1, timeout: 5000 })
    await single.run('result = 1', null)
    const killTheBusy = async () => {
      await pause(100)
      for (const pid of descendantsOf(process.pid)) if (stateOf(pid) === 'R') process.kill(pid, 'SIGKILL')
    }
    const script = 'const end = Date.now() + 160; while (Date.now() < end); result = inputs'
    for (const context of ['input', 'script'] as const) {
      const innocent = single.runMany(script, [7, 8], { context })
      await killTheBusy()
      expect((await innocent).map(short)).to.deep.equal([7, 8])
    }
    const unlucky = single.run('for (;;);', null)
    await killTheBusy()
    await killTheBusy()
    expect(await unlucky).to.include({ kind: 'crashed', message: 'the process ended twice: SIGKILL' })
    expect(short(await single.run('result = 1', null))).to.equal(1)
  })
})
