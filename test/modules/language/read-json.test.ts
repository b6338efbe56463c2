import { expect } from 'chai'
import fc from 'fast-check'
import { readJson, withoutThoughts } from '../../../src/modules/language/read-json.ts'

describe('readJson', () => {
  it('finds JSON wherever models put it', () => {
    expect(readJson('{"y":3}')).to.deep.equal({ y: 3 })
    expect(readJson(' 42\n')).to.equal(42)
    expect(readJson('```json\n{"y": [3]}\n```')).to.deep.equal({ y: [3] })
    expect(readJson('Sure! {"y": "}"} Anything else?')).to.deep.equal({ y: '}' })
    expect(readJson('<think>{"y":1}?</think>\n{"y":2}')).to.deep.equal({ y: 2 })
    expect(readJson('In C, {x} is a block. {"y":2}')).to.deep.equal({ y: 2 })
  })

  it('prefers what is wanted', () => {
    const hasY = (json: unknown): boolean => typeof json === 'object' && json !== null && 'y' in json
    expect(readJson('As in [1], {"y":2}', hasY)).to.deep.equal({ y: 2 })
    expect(readJson('As in [1], {"z":2}', hasY)).to.deep.equal([1])
  })

  it('mends nothing', () => {
    for (const text of ['', 'none', '{"y":3', "{'y':3}", '{"y":3,}', '[[[['])
      expect(readJson(text)).to.equal(undefined)
  })

  it('reads whatever JSON was written, in any company', () => {
    const container = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()))
    fc.assert(
      fc.property(container, fc.stringMatching(/^[\w .:]*$/), (value, prose) => {
        const json = JSON.parse(JSON.stringify(value)) as unknown
        expect(readJson(`x${prose}\n${JSON.stringify(value)}\n${prose}`)).to.deep.equal(json)
      }),
    )
  })

  it('takes its time from the length of the text alone', () => {
    const begun = performance.now()
    expect(readJson('{['.repeat(200_000))).to.equal(undefined)
    expect(performance.now() - begun).to.be.below(2000)
  })
})

describe('withoutThoughts', () => {
  it('takes off what comes before the answer', () => {
    expect(withoutThoughts('<thinking>hm</thinking> yes ')).to.equal('yes')
    expect(withoutThoughts('a </think> b')).to.equal('a </think> b')
    expect(withoutThoughts('<think>never ends')).to.equal('<think>never ends')
  })
})
