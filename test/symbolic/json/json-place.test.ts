/** Where a text stops being JSON, held against what JSON.parse takes. */

import { expect } from 'chai'
import fc from 'fast-check'
import { fromJsonString, JsonError } from '../../../src/symbolic/index.ts'
import { jsonErrorIndex, placeOfJsonError } from '../../../src/symbolic/json/json-place.ts'

describe('the place of a JSON error', () => {
  it('is where the first wrong character stands, or where the text ends', () => {
    const cases: [text: string, at: number][] = [
      ['{"a": 1', 7],
      ['{"a": tru}', 6],
      ['{"a" 1}', 5],
      ['{a: 1}', 1],
      ['[1, 2,]', 6],
      ['[1 2]', 3],
      ['"abc', 4],
      ['"a\\x"', 2],
      ['', 0],
      ['1 1', 2],
      ['[[[', 3],
      ['{"a":{"b":[1,{"c":}]}}', 18],
      ['01', 1],
      ['"\t"', 1],
    ]
    for (const [text, at] of cases) expect(jsonErrorIndex(text), text).to.equal(at)
  })

  it('is nowhere for JSON', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        expect(jsonErrorIndex(text)).to.equal(-1)
        expect(jsonErrorIndex(JSON.stringify(JSON.parse(text), null, 2))).to.equal(-1)
      }),
    )
  })

  it('is somewhere exactly when JSON.parse throws', () => {
    const damage = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '}', ',', '\\', '\n', 'x', '-'))
    fc.assert(
      fc.property(damage, ([json, at, put]) => {
        const cut = at % (json.length + 1)
        const text = json.slice(0, cut) + put + json.slice(cut + 1)
        let parses = true
        try {
          JSON.parse(text)
        } catch {
          parses = false
        }
        expect(jsonErrorIndex(text) === -1, text).to.equal(parses)
      }),
    )
  })

  it('is told in lines and columns', () => {
    expect(placeOfJsonError('{\n  "a": 1,\n  "b" 2\n}')).to.equal(' (line 3, column 7)')
    expect(() => fromJsonString('{\n  "a": [1, 2')).to.throw(JsonError, 'line 2, column 13')
  })

  it('does not mind depth', () => {
    expect(jsonErrorIndex('['.repeat(200_000))).to.equal(200_000)
  })
})
