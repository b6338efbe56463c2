import { expect } from 'chai'
import type { Json } from '../../../src/modules/json.ts'
import {
  holdsMatch,
  type Mask,
  type MaskOptions,
  maskedValue,
  maskingOf,
} from '../../../src/modules/operators/mask.ts'

const value: Json = {
  answer: { text: 'x', score: 1 },
  trace: [{ text: 'y', score: 2 }, [{ text: 'z', other: 3 }], 4],
  score: 3,
}
const inMask = (mask: Mask, options?: MaskOptions, of: Json = value) =>
  maskedValue(of, maskingOf(true, mask, options))
const outMask = (mask: Mask, options?: MaskOptions, of: Json = value) =>
  maskedValue(of, maskingOf(false, mask, options))

describe('inMask', () => {
  it('keeps what it names whole, and the way that leads there', () => {
    expect(inMask(['answer'])).to.deep.equal({ answer: { text: 'x', score: 1 } })
    expect(inMask(['score'])).to.deep.equal({
      answer: { score: 1 },
      trace: [{ score: 2 }, [{}], 4],
      score: 3,
    })
    expect(inMask(['nothing'])).to.deep.equal({})
  })

  it('goes by the keys of the record alone when it is not recursive', () => {
    expect(inMask(['score'], { recursive: false })).to.deep.equal({ score: 3 })
  })
})

describe('outMask', () => {
  it('takes away what it names, in lists of lists too', () => {
    expect(outMask(['text', 'score'])).to.deep.equal({ answer: {}, trace: [{}, [{ other: 3 }], 4] })
    expect(outMask(['score'], { recursive: false })).to.deep.equal({
      answer: { text: 'x', score: 1 },
      trace: (value as { trace: Json }).trace,
    })
  })
})

describe('a mask', () => {
  const keys: Json = { answer: 1, answer_2: 2, answers: 3, answered: 4, classes: 5, class: 6 }

  it('compares keys exactly, unless it is to fold them', () => {
    expect(inMask(['answer'], {}, keys)).to.deep.equal({ answer: 1 })
    expect(inMask(['answer'], { fold: 'suffix' }, keys)).to.deep.equal({ answer: 1, answer_2: 2 })
    expect(inMask(['answers_7'], { fold: 'plural' }, keys)).to.deep.equal({
      answer: 1,
      answer_2: 2,
      answers: 3,
    })
    expect(inMask(['class'], { fold: 'plural' }, keys)).to.deep.equal({ classes: 5, class: 6 })
  })

  it('takes patterns, which remember nothing', () => {
    expect(inMask([/^answer/g], {}, keys)).to.deep.equal({ answer: 1, answer_2: 2, answers: 3, answered: 4 })
    expect(inMask([/ED$/i, 'class'], {}, keys)).to.deep.equal({ answered: 4, class: 6 })
  })

  it('must name something', () => {
    expect(() => inMask([])).to.throw(RangeError, 'inMask needs at least one key')
    expect(() => outMask('answer' as never)).to.throw(TypeError, 'outMask takes a list of keys')
    expect(() => outMask(['a'], { fold: 'all' as never })).to.throw(
      RangeError,
      "fold must be 'suffix' or 'plural'",
    )
  })

  it('goes by own keys', () => {
    const hostile = JSON.parse('{"__proto__":{"a":1},"b":2}') as Json
    expect(Object.keys(outMask(['b'], {}, hostile) as object)).to.deep.equal(['__proto__'])
    expect(inMask(['constructor'], {}, { a: {} })).to.deep.equal({})
    expect(holdsMatch({ a: [[{ b: 1 }]] }, maskingOf(true, ['b']))).to.equal(true)
  })
})
