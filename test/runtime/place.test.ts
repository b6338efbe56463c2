import { expect } from 'chai'
import { lineOf, placeAt } from '../../src/runtime/place.ts'

const TEXT = 'a\r\nbc\u2028\nd\re'

describe('placeAt', () => {
  it('counts lines and columns from 1', () => {
    const places = ['a', 'b', 'c', 'd', 'e'].map(letter => placeAt(TEXT, TEXT.indexOf(letter)))
    expect(places.map(({ line, column }) => `${line}:${column}`)).to.deep.equal([
      '1:1',
      '2:1',
      '2:2',
      '4:1',
      '5:1',
    ])
    expect(placeAt('', 0)).to.deep.equal({ line: 1, column: 1 })
    expect(placeAt('ab', 2)).to.deep.equal({ line: 1, column: 3 })
  })
})

describe('lineOf', () => {
  it('gives one line, or nothing', () => {
    expect([1, 2, 3, 4, 5, 6].map(line => lineOf(TEXT, line))).to.deep.equal(['a', 'bc', '', 'd', 'e', ''])
  })
})
