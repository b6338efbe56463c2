// Scripts that want too much: time, memory, output, room, or a way to stop the process. Each pays alone.

import { expect } from 'chai'
import { type Outcome, type OutcomeKind, Sandbox } from '../../src/runtime/index.ts'
import type { Attacks } from './attacks/attack.ts'
import { breakouts, exits, memory, patientMemory, sizes, time } from './attacks/limits.ts'

describe('limits', () => {
  const sandbox = new Sandbox({ size: 2, spare: 2, timeout: 3000, memory: 32 })
  before(() => sandbox.run('', null))
  after(() => sandbox.close())

  /** Runs all of them at once, and expects one of these kinds of each. */
  async function endAs(kinds: readonly OutcomeKind[], scripts: Attacks, timeout: number): Promise<Outcome[]> {
    const all = Object.entries(scripts).map(async ([name, script]) => {
      const outcome = await sandbox.run(script, {}, { timeout })
      expect(kinds, `${name}: ${JSON.stringify(outcome).slice(0, 300)}`).to.include(
        outcome.ok ? 'ok' : outcome.kind,
      )
      return outcome
    })
    return Promise.all(all)
  }
  const isSound = async () => expect(await sandbox.run('result = 1', null)).to.include({ ok: true, value: 1 })

  it('end whatever takes too long, a little after its time', async function () {
    this.timeout(60_000)
    for (const { ms } of await endAs(['timeout'], time, 60)) expect(ms).to.be.within(55, 2900)
    await isSound()
  })

  it('end whatever takes too much memory', async function () {
    this.timeout(60_000)
    // Where the system limits no address space, memory outside the heap is bounded by time alone.
    const isLimited = sandbox.locks?.includes('rlimits') === true
    await endAs(isLimited ? ['out_of_memory'] : ['out_of_memory', 'timeout'], memory, 15_000)
    await endAs(['out_of_memory', 'timeout'], patientMemory, 1500)
    await isSound()
  })

  it('let no script end its process', async () => {
    await endAs(['runtime'], exits, 3000)
    await isSound()
  })

  it('refuse results that are too large', async () => {
    await endAs(['result_too_large'], sizes, 10_000)
    await isSound()
  })

  it('take text that closes its function for a syntax error', async () => {
    await endAs(['syntax'], Object.fromEntries(breakouts.map(script => [script, script])), 3000)
    await isSound()
  })

  it('refuse a script that is too long, whatever is in it', async () => {
    await endAs(['source_too_large'], { long: 'x'.repeat(262_145), longer: '('.repeat(5e6) }, 3000)
    await endAs(['syntax'], { deep: '('.repeat(262_144), blocks: '{'.repeat(262_144) }, 3000)
  })

  it('cut an output flood, and say by how much', async () => {
    const script = 'for (let i = 0; i < 1e5; i++) { console.log("123456789"); console.error("x") } result = 1'
    const { stdout, stderr, ...outcome } = await sandbox.run(script, null)
    expect(outcome).to.include({ ok: true, value: 1 })
    expect(stdout.length).to.be.within(65_536, 65_600)
    expect(stdout.slice(-60)).to.include('[934464 more characters were dropped]')
    expect(stderr).to.include('[134464 more characters were dropped]')
  })

  it('leave everybody else unharmed, in order', async () => {
    const bad = [...Object.values(time), ...Object.values(exits)]
    const runs = Array.from({ length: 200 }, (_, index) => {
      const isBad = index % 20 === 7
      const script = isBad ? bad[((index - 7) / 20) * 5]! : `result = ${index}`
      return sandbox.run(script, {}, { timeout: isBad ? 30 : 10_000 })
    })
    const outcomes = await Promise.all(runs)
    outcomes.forEach((outcome, index) => {
      if (index % 20 === 7) expect(outcome.ok).to.equal(false)
      else expect(outcome).to.include({ ok: true, value: index })
    })
  })

  it('stay flat over rejections and promises that nobody ends', async function () {
    this.timeout(60_000)
    await using single = new Sandbox({ size: 1, spare: 0, memory: 32 })
    const script =
      'for (let i = 0; i < 5; i++) Promise.reject(new Array(1000).fill(i)); new Promise(() => {}).then(() => inputs); await 0; result = 1'
    for (let round = 0; round < 20; round++) {
      const outcomes = await single.runMany(script, new Array(40).fill(0))
      for (const outcome of outcomes) expect(outcome).to.include({ ok: true, value: 1 })
    }
  })
})
