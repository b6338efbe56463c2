// The prelude by itself, in a context of this process: what it gives back, and what it leaves of a context.

import vm from 'node:vm'
import { expect } from 'chai'
import { PRELUDE } from '../../src/runtime/child-prelude.ts'

interface Api {
  begin(maxResult: number, maxOutput: number, now: number, ...words: number[]): void
  load(maker: unknown, length: number, isAsync: boolean): boolean
  feed(text: string): void
  slice(ms: number): boolean
  settle(): void
  count(): number
  take(): string
}

/** The answer to one body of a script for some inputs. */
function answer(
  body: string,
  inputs: unknown[] = [null],
  { maxResult = 1000, maxOutput = 100, now = Number.NaN } = {},
) {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY)
  const api = vm.runInContext(PRELUDE, context) as Api
  const code = `(function(inputs){var result;return[(function(){${body}\n;return result}),function(){return result}]})`
  api.begin(maxResult, maxOutput, now, 1, 2, 3, 4)
  const isLoaded = api.load(vm.runInContext(code, context), code.length - 2, false)
  if (!isLoaded) return 'not loaded'
  api.feed(JSON.stringify(inputs))
  while (api.slice(1e9)) api.settle()
  return JSON.parse(api.take()) as unknown
}

describe('the prelude', () => {
  it('answers with values, and falsy ones are values', () => {
    const inputs = [0, '', false, null, [], {}]
    expect(answer('result = inputs', inputs)).to.deep.equal(inputs.map(v => ({ v })))
  })

  it('takes a result that is assigned, declared or returned', () => {
    for (const body of ['result = 1', 'var result = 1', 'let result = 1', 'const result = 1', 'return 1']) {
      expect(answer(body)).to.deep.equal([{ v: 1 }])
    }
  })

  it('refuses what JSON would silently change, and says where', () => {
    const cases: Record<string, string> = {
      'result = [1, { a: NaN }]': 'result[1].a is NaN, which JSON cannot hold',
      'result = -Infinity': 'result is -Infinity, which JSON cannot hold',
      'result = [1n]': 'result cannot be written as JSON: TypeError: Do not know how to serialize a BigInt',
      'result = () => 1': 'result is a function, which JSON cannot hold',
      'result = [() => 1]': 'result[0] is a function, which JSON cannot hold',
      'result = [Symbol("s")]': 'result[0] is a symbol, which JSON cannot hold',
      'result = Promise.resolve(1)': 'result is a Promise; await it',
      'result = { m: new Map() }': 'result.m is a Map; use Object.fromEntries(map)',
      'result = new Set()': 'result is a Set; use [...set]',
      'result = /x/': 'result is a RegExp; use its source',
      'result = new Error("x")': 'result is an Error; use its message',
      'result = { toJSON() {} }': 'result has a toJSON that gives no JSON',
      'result = { get a() { throw new Error("no") } }': 'result cannot be written as JSON: Error: no',
    }
    for (const [body, m] of Object.entries(cases)) {
      expect(answer(body, [null], { maxResult: 10_000 })).to.deep.equal([{ k: 'bad_result', m }])
    }
  })

  it('refuses what is circular', () => {
    const [item] = answer('result = {}; result.self = result') as [{ k: string; m: string }]
    expect(item.k).to.equal('bad_result')
    expect(item.m).to.match(/^result cannot be written as JSON: TypeError: Converting circular structure/)
  })

  it('writes what JSON.stringify writes for the rest', () => {
    const body =
      'class P { x = 1 } result = [new Date(0), new P(), { a: undefined, f() {} }, [undefined], "é\\ud800\\n"]'
    expect(answer(body)).to.deep.equal([
      { v: ['1970-01-01T00:00:00.000Z', { x: 1 }, {}, [null], 'é\ud800\n'] },
    ])
  })

  it('stops at the size of a result before it is written out', () => {
    const m = 'the result has more than 1000 characters of JSON'
    const bodies = [
      'result = "x".repeat(1001)',
      'result = "\\n".repeat(600)',
      'result = []; result.length = 4e9',
      'result = new Proxy([], { get: (t, key) => key === "length" ? 2 ** 53 - 1 : 1 })',
      'result = [1]; for (let i = 0; i < 12; i++) result = [result, result]',
    ]
    for (const body of bodies) expect(answer(body), body).to.deep.equal([{ k: 'result_too_large', m }])
  })

  it('keeps outputs apart, up to their limit', () => {
    const body =
      'console.log("a", 1, { b: [2n ** 3n === 8n] }); console.error(new TypeError("no")); result = 1'
    expect(answer(body)).to.deep.equal([{ v: 1, o: 'a 1 {"b":[true]}\n', e: 'TypeError: no\n' }])
    const flood = 'for (let i = 0; i < 1000; i++) console.log("123456789"); result = 1'
    expect(answer(flood)).to.deep.equal([
      { v: 1, o: `${'123456789\n'.repeat(10)}\n[9900 more characters were dropped]\n` },
    ])
    expect(answer('if (inputs) console.log(inputs); result = 0', [1, 0])).to.deep.equal([
      { v: 0, o: '1\n' },
      { v: 0 },
    ])
  })

  it('describes anything that is thrown', () => {
    const cases: Record<string, string> = {
      'throw new RangeError("far")': 'RangeError: far',
      'throw null': 'threw null',
      'throw { name: Symbol(), message: 1 }': 'threw {"message":1}',
      'throw { get name() { throw 1 } }': 'threw a value that cannot be shown',
      'throw "x".repeat(5000)': `threw ${'x'.repeat(1994)}…`,
    }
    for (const [body, m] of Object.entries(cases)) expect(answer(body)).to.deep.equal([{ k: 'runtime', m }])
  })

  it('starts Math.random anew for each input', () => {
    const draws = answer('result = [Math.random(), Math.random()]', [1, 2]) as { v: [number, number] }[]
    expect(draws[0]).to.deep.equal(draws[1])
    expect(draws[0]!.v[0]).to.not.equal(draws[0]!.v[1])
    for (const draw of draws[0]!.v) expect(draw).to.be.within(0, 1)
  })

  it('can stop the clock', () => {
    const body =
      'result = [Date.now(), +new Date(), new Date(5).getTime(), new Date() instanceof Date, Date().slice(0, 3), new Date().constructor === Date, Date.UTC(1970)]'
    expect(answer(body, [0], { now: 1000 })).to.deep.equal([{ v: [1000, 1000, 5, true, 'Thu', true, 0] }])
  })

  it('knows a script that closes its wrapper by the length of what is left', () => {
    expect(answer('}),0]});(function(inputs){var result;return[(function(){')).to.equal('not loaded')
  })

  it('takes away what has no place in a script', () => {
    const body =
      'result = ["WebAssembly", "SharedArrayBuffer", "Atomics", "FinalizationRegistry", "WeakRef", "escape"].filter(name => name in globalThis)'
    expect(answer(body)).to.deep.equal([{ v: [] }])
  })
})
