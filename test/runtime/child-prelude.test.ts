// What the prelude gives back, and what it leaves of a context. Values and the clock have files of their own.

import { expect } from 'chai'
import { answersOf as answer } from './answers.ts'

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

  it('locks how many frames an error captures', () => {
    const body =
      'try { Error.stackTraceLimit = 5 } catch {} result = [Error.stackTraceLimit ?? 0, typeof new Error().stack]'
    expect(answer(body)).to.deep.equal([{ v: [0, 'undefined'] }])
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

  it('knows a script that closes its wrapper by the length of what is left', () => {
    expect(answer('}),0]});(function(inputs){var result;return[(function(){')).to.equal('not loaded')
  })

  it('takes away what has no place in a script', () => {
    const body =
      'result = ["WebAssembly", "SharedArrayBuffer", "Atomics", "FinalizationRegistry", "WeakRef", "escape"].filter(name => name in globalThis)'
    expect(answer(body)).to.deep.equal([{ v: [] }])
    expect(answer('result = Reflect.ownKeys(JSON).length')).to.deep.equal([{ v: 3 }])
  })
})
