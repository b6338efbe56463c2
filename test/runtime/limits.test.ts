// Scripts that want too much: time, memory, output, or a way to stop the process.

import { expect } from 'chai'
import { type OutcomeKind, Sandbox } from '../../src/runtime/index.ts'

const MEMORY: Record<string, string> = {
  'many objects': 'const all = []; for (;;) all.push({ n: all.length })',
  'a huge array': 'new Array(2 ** 32 - 2).fill(1)',
  'a growing Map': 'const map = new Map(); for (let i = 0; ; i++) map.set(i, { i })',
  'big strings, with catch':
    'const all = []; for (;;) try { all.push("y".repeat(1e6) + all.length + "é") } catch {}',
  closures:
    'let f = () => 0; for (;;) { const g = f, data = new Array(1000).fill(0); f = () => g() + data.length }',
  ArrayBuffers: 'const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1))',
  'ArrayBuffers, with catch':
    'const all = []; for (;;) try { for (;;) all.push(new Uint8Array(1e7).fill(1)) } catch {}',
  'promises that pile up':
    'const more = () => { for (let i = 0; i < 9; i++) Promise.resolve().then(more) }; await more()',
}

const TIME: Record<string, string> = {
  'an endless loop': 'for (;;);',
  'an endless loop that catches all': 'for (;;) try { for (;;) null.x } catch {} finally { continue }',
  'an endless chain of promises': 'await (async () => { for (;;) await null })()',
  'promises that never end after the script': 'const again = () => Promise.resolve().then(again); again()',
  'endless recursion that catches itself': 'const f = () => { try { f() } finally { f() } }; f()',
  'a built-in that cannot be interrupted': 'Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)',
  'another such': 'Array.prototype.fill.call(new Proxy({ length: 2 ** 53 - 1 }, {}), 1)',
  'a regular expression': '/^(a+)+$/.test("a".repeat(60) + "b")',
  'a getter of the result': 'result = { get a() { for (;;); } }',
  'a Proxy as the result': 'result = new Proxy({}, { ownKeys() { for (;;); } })',
  'toJSON of the result': 'result = { toJSON() { for (;;); } }',
  'the message of an error': 'throw { get message() { for (;;); } }',
  'a getter in what is logged': 'console.log({ get a() { for (;;); } })',
  'an output flood': 'for (;;) console.log("x".repeat(1000))',
}

const EXITS = [
  'process.exit(0)',
  'globalThis.process.abort()',
  'this.constructor.constructor("return process")().exit()',
  'inputs.constructor.constructor("return process")().kill()',
  'console.log.constructor("process.exit()")()',
  'require("process").exit()',
]

describe('limits', () => {
  const sandbox = new Sandbox({ size: 2, timeout: 3000, memory: 32 })
  before(() => sandbox.run('', null))
  after(() => sandbox.close())

  const kindOf = async (script: string, timeout: number): Promise<OutcomeKind | 'ok'> => {
    const outcome = await sandbox.run(script, {}, { timeout })
    return outcome.ok ? 'ok' : outcome.kind
  }

  for (const [name, script] of Object.entries(MEMORY)) {
    it(`end ${name}`, async () => {
      // A bomb that catches what it is told, or a system that limits no address space, may last until the deadline.
      const isPatient = name.includes('catch') || !sandbox.locks?.includes('rlimits')
      const kinds = isPatient ? ['out_of_memory', 'timeout'] : ['out_of_memory']
      expect(await kindOf(script, isPatient ? 2000 : 8000)).to.be.oneOf(kinds)
    })
  }

  for (const [name, script] of Object.entries(TIME)) {
    it(`end ${name}`, async () => {
      const start = performance.now()
      expect(await kindOf(script, 60)).to.equal('timeout')
      expect(performance.now() - start).to.be.within(60, 1000)
    })
  }

  it('let no script end the process', async () => {
    for (const script of EXITS) expect(await kindOf(script, 3000), script).to.equal('runtime')
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
    const bad = [...Object.values(TIME), ...EXITS]
    const runs = Array.from({ length: 200 }, (_, index) => {
      const isBad = index % 20 === 7
      const script = isBad ? bad[((index - 7) / 20) % bad.length]! : `result = ${index}`
      return sandbox.run(script, {}, { timeout: isBad ? 30 : 10_000 })
    })
    const outcomes = await Promise.all(runs)
    outcomes.forEach((outcome, index) => {
      if (index % 20 === 7) expect(outcome.ok).to.equal(false)
      else expect(outcome).to.include({ ok: true, value: index })
    })
  })
})
