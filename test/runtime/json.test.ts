import { expect } from 'chai'
import {
  hasInfinity,
  isDeepText,
  isDeepValue,
  isHugeText,
  type Json,
  jsonText,
  MAX_DEPTH,
} from '../../src/runtime/json.ts'

describe('jsonText', () => {
  it('writes what is JSON', () => {
    const value = { a: [1, 'two', null, false, { b: -0.5 }], __proto__: null }
    expect(jsonText(value, 'inputs')).to.equal('{"a":[1,"two",null,false,{"b":-0.5}]}')
    for (const falsy of [0, '', false, null])
      expect(jsonText(falsy, 'inputs')).to.equal(JSON.stringify(falsy))
  })

  it('names the place where a value stops being JSON', () => {
    const cases: [unknown, string][] = [
      [undefined, 'inputs must be JSON, got undefined'],
      [{ a: [1, Number.NaN] }, 'inputs.a[1] must be JSON, got NaN'],
      [[{ 'odd key': () => 1 }], 'inputs[0]["odd key"] must be JSON, got a function'],
      [{ n: 1n }, 'inputs.n must be JSON, got a bigint'],
      [{ s: Symbol('s') }, 'inputs.s must be JSON, got a symbol'],
      [{ a: undefined }, 'inputs.a must be JSON, got undefined'],
      [{ at: new Date(0) }, 'inputs.at must be JSON, got an instance of Date; pass plain data'],
      [{ toJSON: () => 1 }, 'inputs must be JSON, got an object with toJSON; pass plain data'],
      [[1, undefined, 3], 'inputs[1] must be JSON, got undefined'],
    ]
    for (const [value, message] of cases) expect(() => jsonText(value, 'inputs')).to.throw(TypeError, message)
  })

  it('refuses what is circular or very deep', () => {
    const loop: { self?: unknown } = {}
    loop.self = loop
    expect(() => jsonText(loop, 'inputs')).to.throw(/inputs\.self.* got something circular/)
    let deep: unknown = 1
    for (let level = 0; level <= MAX_DEPTH + 1; level++) deep = [deep]
    expect(() => jsonText(deep, 'inputs')).to.throw(/levels deep/)
  })
})

describe('isDeepText and isDeepValue', () => {
  const nested = (levels: number): Json => {
    let value: Json = []
    for (let level = 1; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
    return value
  }

  it('find what jsonText would refuse', () => {
    for (const levels of [1, 2, MAX_DEPTH, MAX_DEPTH + 1, MAX_DEPTH + 2, 3000]) {
      const isDeep = levels > MAX_DEPTH + 1
      expect(isDeepValue(nested(levels)), String(levels)).to.equal(isDeep)
      expect(isDeepText(JSON.stringify(nested(levels)), MAX_DEPTH + 1), String(levels)).to.equal(isDeep)
      const action = () => jsonText(nested(levels), 'inputs')
      if (isDeep) expect(action).to.throw(TypeError)
      else expect(action).to.not.throw()
    }
  })

  it('are not confused by strings', () => {
    const brackets = '["\\'.repeat(3000)
    expect(isDeepText(JSON.stringify([brackets, { [brackets]: brackets }]), 2)).to.equal(false)
    expect(isDeepText(JSON.stringify(['\\', [[1]], 'xxxxxx']), 2)).to.equal(true)
  })

  it('tell depth from width', () => {
    const wide = Array.from({ length: 5000 }, () => ({ a: [1] }))
    expect(isDeepText(JSON.stringify(wide), 3)).to.equal(false)
    expect(isDeepValue(wide)).to.equal(false)
  })
})

describe('numbers beyond all numbers', () => {
  const huge = [
    '1e999',
    '-1E+400',
    '1e0309',
    '9'.repeat(310),
    `${'9'.repeat(220)}e99`,
    `0.1e${'0'.repeat(300)}999`,
  ]

  it('are seen in a text, whatever their form, and in the value', () => {
    for (const text of huge) {
      expect(isHugeText(`[${text}]`), text).to.equal(true)
      expect(hasInfinity(JSON.parse(`{"a":[0,{"b":${text}}]}`)), text).to.equal(true)
    }
  })

  it('are not what is merely large', () => {
    for (const text of ['1e99', '1.7976931348623157e+308', '"1e999"', '-0', '1e-999', 'null'])
      expect(hasInfinity(JSON.parse(text)), text).to.equal(false)
    expect(isHugeText('{"price":12.5,"note":"the 100 best"}')).to.equal(false)
  })
})
