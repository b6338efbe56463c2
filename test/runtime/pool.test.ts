import { getEventListeners } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Json, type Outcome, type RunManyOptions, Sandbox } from '../../src/runtime/index.ts'
import { descendantsOf, processorMsOf } from './processes.ts'

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
    // The child has its job before this process stands still, and much time to answer it meanwhile.
    const running = run('result = 1', null, 200)
    await pause(0)
    const end = Date.now() + 1200
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

  // Ten thousand inputs of a millisecond take ten seconds and more; who comes after them waits for one turn.
  for (const context of ['input', 'script'] as const) {
    it(`lets a single run pass by a batch of 10,000 (context: '${context}')`, async () => {
      await using single = new Sandbox({ size: 1, timeout: 20_000 })
      await single.run('', null)
      const inputs = Array.from({ length: 10_000 }, (_, index) => index)
      const script = 'const end = Date.now() + 1; while (Date.now() < end); result = inputs'
      const stop = new AbortController()
      const batch = single.runMany(script, inputs, { context, signal: stop.signal })
      for (let round = 1; round <= 3; round++)
        expect(short(await single.run('result = inputs', round))).to.equal(round)
      stop.abort()
      const done = (await batch).filter(({ ok }) => ok)
      expect(done.map(short)).to.deep.equal(inputs.slice(0, done.length))
      expect(done.length).to.be.within(1, 5000)
    })
  }

  it('gives back what a range has no time for, and answers it in order', async () => {
    const script =
      'const end = Date.now() + 9; while (Date.now() < end); result = [inputs, globalThis.n = (globalThis.n ?? 0) + 1]'
    const inputs = Array.from({ length: 60 }, (_, index) => index)
    for (const context of ['input', 'script'] as const) {
      const outcomes = (await runMany(script, inputs, { context })) as [number, number][]
      expect(outcomes.map(([input]) => input)).to.deep.equal(inputs)
      const contexts = outcomes.filter(([, n]) => n === 1).length
      expect(contexts, 'contexts').to.be.within(context === 'input' ? 60 : 2, context === 'input' ? 60 : 30)
    }
  })

  it('lets callers take turns, however many calls each has made', async () => {
    await using single = new Sandbox({ size: 1 })
    await single.run('', null)
    const order: string[] = []
    const run = (caller: string, count: number) =>
      Array.from({ length: count }, () =>
        single.run('result = 1', null, { caller }).then(() => order.push(caller)),
      )
    await Promise.all([...run('many', 200), ...run('few', 3)])
    expect(order.slice(0, 7).filter(caller => caller === 'few')).to.have.length(3)
  })

  it('does not let a batch that hits limits keep others waiting', async () => {
    await using single = new Sandbox({ size: 1 })
    await single.run('', null)
    const stop = new AbortController()
    const loops = single.runMany(LOOP, new Array(1000).fill('loop'), { timeout: 30, signal: stop.signal })
    for (let round = 0; round < 3; round++) expect(short(await single.run('result = 1', null))).to.equal(1)
    stop.abort()
    expect((await loops).filter(outcome => short(outcome) === 'timeout').length).to.be.within(1, 500)
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
    expect(await run('result = 1')).to.equal(1)
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
    // The time of what ran is told.
    const times = (await Promise.all([...others, running.then(([, loop]) => loop!)])).map(({ ms }) => ms)
    expect(times.filter(ms => ms > 30)).to.have.length.within(1, 3)
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
    const before = new Set(descendantsOf(process.pid))
    await using single = new Sandbox({ size: 1, spare: 0, timeout: 20_000 })
    await single.run('', null)
    /** The program of the only child is the last that it started. */
    const program = () =>
      descendantsOf(process.pid)
        .filter(pid => !before.has(pid))
        .at(-1)
    for (const context of ['input', 'script'] as const) {
      const victim = program()!
      // It stands still, so it has its job and has not done it when it is killed, on a machine however busy.
      process.kill(victim, 'SIGSTOP')
      const innocent = single.runMany('result = inputs', [7, 8], { context })
      await pause(20)
      process.kill(victim, 'SIGKILL')
      expect((await innocent).map(short)).to.deep.equal([7, 8])
    }
    const unlucky = single.run('for (;;);', null)
    const killed = new Set<number>()
    while (killed.size < 2) {
      await pause(10)
      const victim = program()
      // A start takes a tenth of that: it is in the loop.
      if (victim === undefined || killed.has(victim) || processorMsOf(victim) < 600) continue
      process.kill(victim, 'SIGKILL')
      killed.add(victim)
    }
    expect(await unlucky).to.include({ kind: 'crashed', message: 'the process ended twice: SIGKILL' })
    expect(short(await single.run('result = 1', null))).to.equal(1)
  })

  it('blames nobody for memory that others may have filled: a fresh child decides', async function () {
    if (process.platform === 'win32') this.skip()
    const folder = mkdtempSync(join(tmpdir(), 'counted-node-'))
    const nodePath = join(folder, 'node')
    // It writes a letter for each child that it starts.
    const program = `#!/bin/sh
      [ "$*" != --version ] || { echo ${process.version}; exit; }
      printf x >> ${folder}/starts
      exec ${process.execPath} "$@"`
    writeFileSync(nodePath, program, { mode: 0o755 })
    chmodSync(folder, 0o777)
    const bomb = 'const all = []; for (;;) all.push(new Array(10000).fill(all.length))'
    try {
      for (const [earlier, starts] of [
        [0, 'x'],
        [1, 'xx'],
      ] as const) {
        writeFileSync(join(folder, 'starts'), '')
        chmodSync(join(folder, 'starts'), 0o666)
        const single = new Sandbox({ size: 1, spare: 0, nodePath, isolation: 'process', timeout: 20_000 })
        for (let i = 0; i < earlier; i++) await single.run('result = 1', null)
        expect(short(await single.run(bomb, null))).to.equal('out_of_memory')
        expect(readFileSync(join(folder, 'starts'), 'utf8')).to.equal(starts)
        await single.close()
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
