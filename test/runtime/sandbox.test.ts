import { expect } from 'chai'
import { type Json, type Outcome, Sandbox, type ScriptRunner } from '../../src/runtime/index.ts'

const short = (outcome: Outcome): Json => (outcome.ok ? outcome.value : outcome.kind)

describe('a sandbox', () => {
  const sandbox = new Sandbox({ size: 2, timeout: 2000 })
  after(() => sandbox.close())

  const run = async (script: string, inputs: Json = null) => short(await sandbox.run(script, inputs))

  it('gives a script its inputs and takes its result', async () => {
    const outcome = await sandbox.run('result = { y: inputs.x * 2 }', { x: 21 })
    expect(outcome).to.deep.include({
      ok: true,
      value: { y: 42 },
      stdout: '',
      stderr: '',
      isolation: sandbox.isolation,
    })
    expect(outcome.ms).to.be.within(0, 2000)
    expect(sandbox.locks).to.include.members(process.platform === 'linux' ? ['permissions', 'rlimits'] : [])
  })

  it('takes a result that is assigned, declared or returned', async () => {
    for (const script of [
      'result = 1',
      'const result = 1',
      'let result; result = 1',
      'return 1',
      '"use strict"; result = 1',
    ]) {
      expect(await run(script)).to.equal(1)
    }
    expect(await run('if (inputs > 1) return "early"\nresult = "late"', 2)).to.equal('early')
  })

  it('counts falsy results as results', async () => {
    for (const value of [0, '', false, null, [], {}])
      expect(await run('result = inputs', value)).to.deep.equal(value)
    expect(await run('const x = 1')).to.equal('no_result')
    expect(await run('result = undefined')).to.equal('no_result')
  })

  it('awaits', async () => {
    expect(await run('result = await Promise.resolve(5)')).to.equal(5)
    expect(await run('await (async () => { result = 6 })()')).to.equal(6)
    expect(await run('const main = async () => { await null; result = 7 }; main()')).to.equal(7)
    expect(await run('return (await Promise.all([1, 2].map(async x => x * 2))).join()')).to.equal('2,4')
    expect(await run('await new Promise(() => {})')).to.equal('never_settles')
    expect(await run('await Promise.reject(new Error("no"))')).to.equal('runtime')
    expect(await run('result = Promise.resolve(1)')).to.equal('bad_result')
  })

  it('says where a syntax error is', async () => {
    const cases: [string, number, number][] = [
      ['result = = 1', 1, 10],
      ['let a = 1\nlet a = 2', 2, 5],
      ['\n\n  foo bar', 3, 7],
      ['if (true) {\n  result = 1', 2, 13],
      ['await 1; result = = 2', 1, 19],
      ['const await = 1; result = = 2', 1, 7],
    ]
    for (const [script, line, column] of cases) {
      expect(await sandbox.run(script, null), script).to.deep.include({ kind: 'syntax', line, column })
    }
  })

  it('takes text that closes the wrapper for a syntax error', async () => {
    const breakouts = [
      '}});result = 1;(function(){return(function(){',
      '}),0]});(function(inputs){var result;return[(function(){',
      '}),0]});throw 1;(function(inputs){var result;return[(function(){',
      '}}})',
      '/*',
      '`',
      '})()',
      '}',
      '}, function () { result = 1',
      '}[0] = function () { result = 1',
      '}:0}, 1?()=>{result = 1',
      '})]});for (;;);(function(inputs){var result;return[(function(){',
      '/* */}),0]});for (;;);(async function(inputs){var result;return[(async function(){await 0',
    ]
    for (const script of breakouts) {
      expect(await sandbox.run(script, null), script).to.include({ kind: 'syntax', line: 1 })
    }
    const message = 'SyntaxError: the script closes a bracket that it did not open'
    for (const script of ['if (true) {\n}}', 'let a = 1\n}, function () {']) {
      expect(await sandbox.run(script, null)).to.include({ kind: 'syntax', message, line: 2 })
    }
    expect(await run('result = "}});"')).to.equal('}});')
    expect(await run('result = 1 // }});')).to.equal(1)
    expect(await run('result = 1 /* }}); */ <!-- html')).to.equal(1)
  })

  it('refuses a result so deep that its reader might run out of stack', async () => {
    const nest =
      'result = 1; for (let level = 0; level < inputs; level++) result = level % 2 ? [result] : { a: result }'
    const outcomes = await sandbox.runMany(nest, [1000, 1001, 3000, 100_000, 10])
    expect(outcomes.map(each => (each.ok ? 'ok' : each.kind))).to.deep.equal([
      'ok',
      'ok',
      'bad_result',
      'bad_result',
      'ok',
    ])
    expect(outcomes[2]).to.include({ message: 'result is over 1000 levels deep' })
  })

  it('says what ails a script that is not JavaScript yet', async () => {
    const cases: [script: string, message: string, line: number, column: number][] = [
      [
        'let a = 1\nimport fs from "fs"',
        'import is not available to a script: it works on `inputs` alone',
        2,
        1,
      ],
      ['export default 1', 'export is not available to a script: assign "result", or return a value', 1, 1],
      [
        '\n```js\n1\n```',
        'the script begins with a Markdown fence: pass only what stands between the fences',
        2,
        1,
      ],
      ['let a\n/* never closed', 'SyntaxError: a comment is not closed', 2, 1],
    ]
    for (const [script, message, line, column] of cases) {
      expect(await sandbox.run(script, null), script).to.include({ kind: 'syntax', message, line, column })
    }
    expect(await sandbox.run('(('.repeat(20_000), null)).to.include({
      message: 'the script is nested too deeply',
    })
    expect(await sandbox.run('result = require("fs")', null)).to.include({
      message: 'ReferenceError: require is not defined: a script has the language alone',
    })
  })

  it('names the limit that was hit, and the option that sets it', async () => {
    const late = await sandbox.run('for (;;);', null, { timeout: 50 })
    expect(late).to.include({ kind: 'timeout', message: 'the script took over 50 ms (timeout)' })
    const long = await sandbox.run('x'.repeat(262_145), null)
    expect(long).to.include({ message: 'the script has 262145 characters; the limit is 262144 (maxSource)' })
    const never = await sandbox.run('await new Promise(() => {})', null)
    expect(never).to.include({
      message: 'the script awaits something that never happens: there are no timers and no events',
    })
  })

  it('refuses scripts that are too long, and imports', async () => {
    expect(await run(`//${'x'.repeat(262_144)}`)).to.equal('source_too_large')
    expect(await sandbox.run('const fs = await import("fs")', null)).to.include({
      kind: 'syntax',
      line: 1,
      column: 18,
    })
    expect(await run('import fs from "fs"')).to.equal('syntax')
    expect(await run('(('.repeat(20_000))).to.equal('syntax')
  })

  it('describes what was thrown', async () => {
    expect(await sandbox.run('inputs.x.y', {})).to.include({ kind: 'runtime' })
    const outcome = await sandbox.run('console.log("before"); throw new RangeError("too far")', null)
    expect(outcome).to.include({ kind: 'runtime', message: 'RangeError: too far', stdout: 'before\n' })
  })

  it('answers many inputs in their order', async () => {
    const inputs = Array.from({ length: 100 }, (_, index) => index)
    for (const context of ['input', 'script'] as const) {
      const outcomes = await sandbox.runMany('result = inputs * 2', inputs, { context })
      expect(outcomes.map(short)).to.deep.equal(inputs.map(x => x * 2))
    }
    expect(await sandbox.runMany('result = 1', [])).to.deep.equal([])
  })

  it('mixes good and failing inputs without losing any', async () => {
    const script = `
      if (inputs === 'throw') throw new Error('no')
      if (inputs === 'nothing') return
      if (inputs === 'function') return () => 1
      if (inputs === 'large') return 'x'.repeat(2e6)
      return inputs`
    const inputs = [1, 'throw', 0, 'nothing', 'function', '', 'large', null]
    const expected = [1, 'runtime', 0, 'no_result', 'bad_result', '', 'result_too_large', null]
    for (const context of ['input', 'script'] as const) {
      expect((await sandbox.runMany(script, inputs, { context })).map(short)).to.deep.equal(expected)
    }
    const all = await sandbox.runMany('result = (', [1, 2, 3])
    expect(all.map(short)).to.deep.equal(['syntax', 'syntax', 'syntax'])
  })

  it('gives every input a context of its own, unless asked for one', async () => {
    const script = 'result = globalThis.count = (globalThis.count ?? 0) + 1'
    expect((await sandbox.runMany(script, [0, 0, 0])).map(short)).to.deep.equal([1, 1, 1])
    expect((await sandbox.runMany(script, [0, 0, 0], { context: 'script' })).map(short)).to.deep.equal([
      1, 2, 3,
    ])
    expect((await sandbox.runMany(script, [0, 0, 0], { context: 'script' })).map(short)).to.deep.equal([
      1, 2, 3,
    ])
  })

  it('hides the inputs of one from the next', async () => {
    const shared = { n: 1 }
    const script = 'inputs.n++; (inputs.list ??= []).push(1); result = inputs'
    for (const context of ['input', 'script'] as const) {
      const outcomes = await sandbox.runMany(script, [shared, shared], { context })
      expect(outcomes.map(short)).to.deep.equal([
        { n: 2, list: [1] },
        { n: 2, list: [1] },
      ])
    }
    expect(shared).to.deep.equal({ n: 1 })
  })

  it('shows nothing of a script that tampers to the next', async () => {
    const tamper = `
      Array.prototype.map = () => ['tampered']; Object.prototype.extra = 1; JSON.stringify = () => '"tampered"'
      String.prototype.toUpperCase = () => 'tampered'; Math.max = () => -1; globalThis.left = 1; console.log = null
      Object.defineProperty(Array.prototype, 0, { set() {}, get: () => 'tampered' }); Object.freeze(globalThis)
      Promise.prototype.then = null; Function.prototype.call = null; Date.now = () => 5; delete globalThis.Set; result = 1`
    const check = `
      const seen = []
      for (const key in {}) seen.push(key)
      result = [[1].map(x => x + 1), 'a'.toUpperCase(), Math.max(1, 2), typeof left, typeof Set, await Promise.resolve(3), Date.now() > 5, seen]`
    for (let round = 0; round < 6; round++) {
      await Promise.all([run(tamper), run(tamper)])
      expect(await run(check)).to.deep.equal([[2], 'A', 2, 'undefined', 'function', 3, true, []])
    }
  })

  it('repeats Math.random, alone or in a batch, by seed', async () => {
    const script = 'result = [Math.random(), Math.random()]'
    const alone = await run(script)
    expect(alone).to.deep.equal([0.7868133715045736, 0.8221170536627334])
    for (const context of ['input', 'script'] as const) {
      const outcomes = await sandbox.runMany(script, new Array(40).fill(0), { context })
      for (const outcome of outcomes) expect(short(outcome)).to.deep.equal(alone)
    }
    const seeded = async (seed: number | string) => short(await sandbox.run(script, null, { seed }))
    expect(await seeded('a')).to.deep.equal(await seeded('a'))
    expect(await seeded('a')).to.not.deep.equal(await seeded('b'))
    expect(await seeded(0)).to.deep.equal(alone)
  })

  it('stops the clock on request', async () => {
    const outcome = await sandbox.run('result = [Date.now(), new Date().toISOString()]', null, { now: 0 })
    expect(short(outcome)).to.deep.equal([0, '1970-01-01T00:00:00.000Z'])
    expect(await run('result = Date.now() > 1e12')).to.equal(true)
    expect(await run('result = new Date(0).getTimezoneOffset()')).to.equal(0)
  })

  it('throws only for misuse, and says what was expected', async () => {
    const cases: [() => Promise<unknown>, string][] = [
      [() => sandbox.run('', undefined as never), 'inputs must be JSON, got undefined'],
      [() => sandbox.run('', { at: Number.NaN }), 'inputs.at must be JSON, got NaN'],
      [() => sandbox.run(5 as never, null), 'script must be a string, got 5'],
      [() => sandbox.run(null as never, null), 'script must be a string, got null'],
      [
        () => sandbox.run('', null, { timeout: -1 }),
        'timeout must be a whole number from 1 to 300000, got -1',
      ],
      [() => sandbox.run('', null, null as never), 'options must be a record, got null'],
      [() => sandbox.run('', null, [] as never), 'options must be a record, got a list'],
      [() => sandbox.run('', null, { caller: 5 as never }), 'caller must be a string, got 5'],
      [() => sandbox.run('', null, { signal: {} as never }), 'signal must be an AbortSignal, got an object'],
      [() => sandbox.runMany('', null as never), 'inputs must be an array, one for each run, got null'],
      [
        () => sandbox.runMany('', { 0: 1 } as never),
        'inputs must be an array, one for each run, got an object',
      ],
      [() => sandbox.runMany('', [1], null as never), 'options must be a record, got null'],
      [() => sandbox.runMany('', [1], 'script' as never), "options must be a record, got 'script'"],
      [
        () => sandbox.runMany('', [1], { context: 'all' as never }),
        "context must be 'input' or 'script', got 'all'",
      ],
    ]
    for (const [action, message] of cases) {
      const error: unknown = await action().catch((reason: unknown) => reason)
      expect(String(error)).to.include(message)
    }
    expect(() => new Sandbox({ size: 0 })).to.throw('size must be a whole number from 1 to 256, got 0')
  })

  it('is a script runner', () => {
    const runner: ScriptRunner = sandbox
    expect(runner).to.equal(sandbox)
  })
})

describe('closing a sandbox', () => {
  it('cancels what is under way and refuses what comes after', async () => {
    const sandbox = new Sandbox({ size: 1 })
    const running = sandbox.run('for (;;);', null)
    const waiting = sandbox.runMany('result = 1', [1, 2])
    await new Promise(resolve => setTimeout(resolve, 100))
    await sandbox.close()
    await sandbox.close()
    expect(short(await running)).to.equal('cancelled')
    expect((await waiting).map(short)).to.deep.equal(['cancelled', 'cancelled'])
    const error: unknown = await sandbox.run('', null).catch((reason: unknown) => reason)
    expect(String(error)).to.include('the sandbox is closed; make a new one')
  })

  it('works before anything was started, and at the end of a scope', async () => {
    await new Sandbox().close()
    let kept: Sandbox
    {
      await using sandbox = new Sandbox()
      kept = sandbox
      await sandbox.run('result = 1', null)
    }
    expect(String(await kept.run('', null).catch((reason: unknown) => reason))).to.include('closed')
  })

  it('says unavailable when no child can be started', async () => {
    await using sandbox = new Sandbox({ nodePath: '/no/such/node' })
    expect(await sandbox.run('result = 1', null)).to.include({ kind: 'unavailable' })
    expect((await sandbox.runMany('result = 1', [1, 2])).map(short)).to.deep.equal([
      'unavailable',
      'unavailable',
    ])
  })
})
