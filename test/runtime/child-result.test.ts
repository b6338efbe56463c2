// What becomes of the value that a script leaves: JSON, or a failure that says what stands in the way, and where.

import { expect } from 'chai'
import { answersOf } from './answers.ts'

/** The message of the one failure. */
function refusal(body: string, maxResult = 10_000): string {
  const [{ k, m }] = answersOf(body, [null], { maxResult }) as [{ k: string; m: string }]
  return `${k}: ${m}`
}

describe('a result', () => {
  it('is refused where JSON would silently lose a part of it, with the place', () => {
    const cases: Record<string, string> = {
      'result = [1, { a: NaN }]': 'result[1].a is NaN, which JSON cannot hold',
      'result = -Infinity': 'result is -Infinity, which JSON cannot hold',
      'result = { "": { "b c": [NaN] } }': 'result[""]["b c"][0] is NaN, which JSON cannot hold',
      'result = { a: [5n] }': 'result.a[0] is a bigint; use Number(value) or String(value)',
      'result = Object(5n)': 'result is a bigint; use Number(value) or String(value)',
      'result = [Object(NaN)]': 'result[0] is NaN, which JSON cannot hold',
      'result = () => 1': 'result is a function, which JSON cannot hold',
      'result = class {}': 'result is a function, which JSON cannot hold',
      'result = [() => 1]': 'result[0] is a function, which JSON cannot hold',
      'result = [Symbol("s")]': 'result[0] is a symbol, which JSON cannot hold',
      'result = Object(Symbol())': 'result is of the kind Symbol, of which JSON keeps nothing',
      'result = Promise.resolve(1)': 'result is a Promise; await it',
      'result = { m: new Map() }': 'result.m is a Map; use Object.fromEntries(map)',
      'result = new Set([1])': 'result is a Set; use [...set]',
      'result = new Map().entries()': 'result is of the kind Map Iterator, of which JSON keeps nothing',
      'result = [[1].values()]': 'result[0] is of the kind Array Iterator, of which JSON keeps nothing',
      'result = (function* () {})()': 'result is a generator; use [...generator]',
      'result = new WeakMap()': 'result is of the kind WeakMap, of which JSON keeps nothing',
      'result = /x/': 'result is a RegExp; use its source',
      'result = new Error("x")': 'result is an Error; use its message',
      'result = [new Date(NaN)]': 'result[0] is an invalid Date',
      'result = new Uint8Array(2)': 'result is a typed array; use Array.from(array)',
      'result = { a: new Float64Array() }': 'result.a is a typed array; use Array.from(array)',
      'result = new DataView(new ArrayBuffer(1))': 'result is a typed array; use Array.from(array)',
      'result = new ArrayBuffer(1)': 'result is an ArrayBuffer; use a list of numbers',
      'result = Math': 'result is of the kind Math, of which JSON keeps nothing',
      'result = { toJSON() {} }': 'result has a toJSON that gives no JSON',
      'result = { toJSON: () => NaN }': 'result is NaN, which JSON cannot hold',
      'result = { a: { toJSON: () => [NaN] } }': 'result.a[0] is NaN, which JSON cannot hold',
      'result = { get a() { throw new Error("no") } }': 'result cannot be written as JSON: Error: no',
      'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); result = [proxy]':
        "result cannot be written as JSON: TypeError: Cannot perform 'get' on a proxy that has been revoked",
    }
    for (const [body, message] of Object.entries(cases)) {
      expect(refusal(body), body).to.equal(`bad_result: ${message}`)
    }
  })

  it('finds a loss at any depth', () => {
    const body = 'result = [NaN]; for (let i = 0; i < 2500; i++) result = [result]'
    expect(refusal(body)).to.match(/^bad_result: result(\[0\]){600,}\S*… is NaN/)
  })

  it('is refused when it is circular', () => {
    expect(refusal('result = {}; result.self = result')).to.match(
      /^bad_result: result cannot be written as JSON: TypeError: Converting circular structure/,
    )
  })

  it('is what JSON.stringify writes for the rest', () => {
    const body = `
      class P { x = 1; #y = 2 }
      result = [new Date(0), new P(), { a: undefined, f() {} }, [undefined], 'é\\ud800\\n', -0, [1, , 2], Object(1), Object(''), { 0: 1 }, {}, null]`
    expect(answersOf(body)).to.deep.equal([
      {
        v: [
          '1970-01-01T00:00:00.000Z',
          { x: 1 },
          {},
          [null],
          'é\ud800\n',
          0,
          [1, null, 2],
          1,
          '',
          { 0: 1 },
          {},
          null,
        ],
      },
    ])
  })

  it('keeps the order of its keys', () => {
    const [{ v }] = answersOf('result = { b: 1, a: 2, 10: 3, 2: 4 }') as [{ v: object }]
    expect(Object.keys(v)).to.deep.equal(['2', '10', 'b', 'a'])
  })

  it('may say another thing each time it is asked, and then counts as what was written', () => {
    const body =
      'let n = 0; result = new Proxy({}, { ownKeys: () => ["a"], get: () => n++, getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 0 }) })'
    expect(answersOf(body)).to.deep.equal([{ v: { a: 1 } }])
    expect(answersOf('let n = 0; result = { toJSON: () => n++ === 0 ? {} : { b: 1 } }')).to.deep.equal([
      { v: {} },
    ])
    expect(refusal('let n = 0; result = { toJSON: () => n++ === 0 ? {} : NaN }')).to.include('result is NaN')
  })

  it('stops at its size before it is written out', () => {
    const bodies = [
      'result = "x".repeat(1001)',
      'result = "\\n".repeat(600)',
      'result = []; result.length = 4e9',
      'result = new Proxy([], { get: (t, key) => key === "length" ? 2 ** 53 - 1 : 1 })',
      'result = [1]; for (let i = 0; i < 12; i++) result = [result, result]',
    ]
    for (const body of bodies) {
      expect(refusal(body, 1000), body).to.equal(
        'result_too_large: the result has more than 1000 characters of JSON (maxResult)',
      )
    }
    expect(answersOf('result = "x".repeat(998)')).to.deep.equal([{ v: 'x'.repeat(998) }])
  })
})
