import { expect } from 'chai'
import fc from 'fast-check'
import {
  cosineSimilarity,
  eachKey,
  evaluate,
  exactMatch,
  FAILURE_REWARD,
  masked,
  numericCloseness,
  ScriptSynthesis,
  Sequential,
  tokenF1,
  weighted,
} from '../../src/modules/index.ts'
import { sameJson } from '../../src/modules/json.ts'
import type { Json } from '../../src/runtime/index.ts'

const anyJson = fc.jsonValue() as fc.Arbitrary<Json>

describe('exactMatch', () => {
  it('is 1 for equal outputs, whatever the order of keys, and else 0', () => {
    const reward = exactMatch()
    expect(reward({ a: [1], b: null }, { b: null, a: [1] })).to.equal(1)
    expect(reward({ a: [1] }, { a: [1], b: null })).to.equal(0)
    expect(reward(0, false)).to.equal(0)
    expect(reward([], {})).to.equal(0)
    expect(reward({}, {})).to.equal(1)
  })
})

describe('numericCloseness', () => {
  it('falls with the distance', () => {
    const reward = numericCloseness()
    expect([3, 4, 6].map(y => reward({ y }, { y: 3 }))).to.deep.equal([1, 0.5, 0.25])
    expect(numericCloseness({ scale: 3 })({ y: 6 }, { y: 3 })).to.equal(0.5)
  })

  it('averages over what either side holds', () => {
    const reward = numericCloseness()
    expect(reward([1, 2], [1])).to.equal(0.5)
    expect(reward({ a: 1 }, { b: 1 })).to.equal(0)
    expect(reward({ a: 'x', b: 1 }, { a: 'x', b: 2 })).to.equal(0.75)
    expect(reward({ a: [] }, { a: {} })).to.equal(0)
    expect(reward({}, { a: 1 })).to.equal(0)
    expect(reward([], [])).to.equal(1)
  })

  it('is from 0 to 1, and 1 for equal outputs alone', () => {
    const reward = numericCloseness()
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        const given = reward(a, b) as number
        expect(given).to.be.within(0, 1)
        expect(reward(a, a)).to.equal(1)
      }),
    )
  })

  it('asks for a scale above 0', () => {
    expect(() => numericCloseness({ scale: 0 })).to.throw(RangeError)
  })
})

describe('eachKey', () => {
  it('gives credit for every output that is right', async () => {
    const reward = eachKey()
    expect(await reward({ a: 1, b: 2 }, { a: 1, b: 2 })).to.equal(1)
    expect(await reward({ a: 1, b: 2 }, { a: 1, b: 3 })).to.equal(0.5)
    expect(await reward({ a: 1 }, { a: 1, b: 3 })).to.equal(0.5)
    expect(await reward({ a: 1, c: 2 }, { a: 1 })).to.equal(0.5)
    expect(await reward({}, {})).to.equal(1)
  })

  it('asks the reward it is given, also for what is no record', async () => {
    const close = eachKey(numericCloseness())
    expect(await close({ a: 3, b: 1 }, { a: 4, b: 1 })).to.equal(0.75)
    expect(await close(3, 4)).to.equal(0.5)
    expect(await eachKey()([1], [1])).to.equal(1)
  })
})

describe('tokenF1', () => {
  const reward = tokenF1()

  it('counts the words that are right, as often as they come', () => {
    expect(reward('the red house', 'A red house!')).to.equal(2 / 3)
    expect(reward('red red red', 'red')).to.equal(0.5)
    expect(reward('Straße, \uFB01n', 'STRASSE')).to.equal(0)
    expect(reward('\uFB01N', 'fin')).to.equal(1)
    expect([reward('', ''), reward('', 'a'), reward('?', '!'), reward('!', '!')]).to.deep.equal([1, 0, 0, 1])
  })

  it('takes signs for words where words are not set apart', () => {
    expect(reward('東京都abc', '京都')).to.be.closeTo(2 / 3, 1e-12)
  })

  it('averages over leaves, of which others count when equal', () => {
    expect(reward({ a: 'x y', n: 1 }, { a: 'y', n: 1 })).to.be.closeTo((2 / 3 + 1) / 2, 1e-12)
    expect(reward({ n: 3.5 }, { n: 3.6 })).to.equal(0)
    expect(reward(['a'], { a: 'a' })).to.equal(0)
  })

  it('is from 0 to 1, and 1 for equal outputs', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        expect(reward(a, b)).to.be.within(0, 1)
        expect(reward(a, a)).to.equal(1)
      }),
    )
  })
})

describe('cosineSimilarity', () => {
  const vectors: { readonly [text: string]: readonly number[] } = {
    up: [0, 2],
    down: [0, -1],
    right: [1, 0],
    north: [1, 1],
  }
  const asked: string[][] = []
  const embed = async (texts: readonly string[]) => {
    asked.push([...texts])
    return texts.map(text => vectors[text] ?? [])
  }

  it('is the cosine of vectors, never below 0', async () => {
    const reward = cosineSimilarity({ embed })
    expect(await reward('up', 'right')).to.equal(0)
    expect(await reward('up', 'down')).to.equal(0)
    expect(await reward('up', 'north')).to.be.closeTo(Math.SQRT1_2, 1e-12)
    expect(await reward({ a: 'up', n: 1 }, { a: 'north', n: 1 })).to.be.closeTo((1 + Math.SQRT1_2) / 2, 1e-12)
  })

  it('asks for each text once, and not for texts that are equal', async () => {
    asked.length = 0
    const reward = cosineSimilarity({ embed })
    for (let i = 0; i < 3; i++) await reward(['up', 'up', 'same'], ['north', 'down', 'same'])
    expect(asked).to.deep.equal([['up', 'north', 'down']])
    const forgetful = cosineSimilarity({ embed, cached: 2 })
    expect(await forgetful(['up', 'up'], ['north', 'down'])).to.be.closeTo(Math.SQRT1_2 / 2, 1e-12)
  })

  it('throws when it is given no vectors to compare', async () => {
    const failure = async (given: (texts: readonly string[]) => Promise<number[][]>) => {
      try {
        return String(await cosineSimilarity({ embed: given })('a', 'b'))
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(await failure(async () => [[1]])).to.contain('must give 2 vectors')
    expect(await failure(async () => [[1], [1, 2]])).to.contain('of one length, got 1 and 2')
    expect(await failure(async () => [[0], [0]])).to.contain('not all 0')
    expect(await failure(() => Promise.reject(new Error('offline')))).to.equal('offline')
  })
})

describe('masked', () => {
  const expected = { answer: 1, log: ['x'], trace: { answer: 2, at: 3 } }

  it('asks about some keys alone, on both sides', async () => {
    const answers = masked(exactMatch(), { inMask: ['answer'] })
    expect(await answers({ answer: 1, trace: { answer: 2 } }, expected)).to.equal(1)
    expect(await answers({ answer: 1, log: ['x'] }, expected)).to.equal(0)
    expect(
      await masked(exactMatch(), { inMask: ['answer'], recursive: false })({ answer: 1 }, expected),
    ).to.equal(1)
    expect(
      await masked(exactMatch(), { outMask: ['log', /^at/] })({ answer: 1, trace: { answer: 2 } }, expected),
    ).to.equal(1)
    const both = masked(exactMatch(), { inMask: ['trace'], outMask: ['at'] })
    expect(await both({ trace: { answer: 2, at: 9 } }, expected)).to.equal(1)
  })

  it('throws when nothing is left to compare', () => {
    const sentence = 'leave nothing to compare of {"answer":1'
    expect(() => masked(exactMatch(), { inMask: ['anser'] })({}, expected)).to.throw(RangeError, sentence)
    expect(() => masked(exactMatch(), { outMask: ['answer', 'log', 'trace'] })({}, expected)).to.throw(
      RangeError,
    )
    expect(() => masked(exactMatch(), {})).to.throw(TypeError, 'needs inMask or outMask')
    expect(() => masked(exactMatch(), { inMask: [] })).to.throw(RangeError)
  })

  it('takes what is empty for something', async () => {
    expect(await masked(exactMatch(), { inMask: ['list'] })({ list: [] }, { list: [], log: 1 })).to.equal(1)
    expect(await masked(exactMatch(), { outMask: ['log'] })({}, {})).to.equal(1)
  })
})

describe('weighted', () => {
  const reward = weighted({ exact: exactMatch(), close: numericCloseness() }, { exact: 3 })

  it('is the mean of rewards, weighed', async () => {
    expect(await reward(3, 3)).to.equal(1)
    expect(await reward(3, 4)).to.equal(0.125)
  })

  it('tells its parts as well', async () => {
    expect(await reward.parts(3, 4)).to.deep.equal({ exact: 0, close: 0.5 })
  })

  it('asks for weights of rewards that it has', () => {
    expect(() => weighted({ a: exactMatch() }, { b: 1 } as never)).to.throw(
      RangeError,
      "no reward 'b', only a",
    )
    expect(() => weighted({ a: exactMatch() }, { a: 0 })).to.throw(RangeError, 'not all 0')
    expect(() => weighted({})).to.throw(RangeError)
  })
})

describe('a failure', () => {
  it('is worth nothing, even where its default output is right', async () => {
    const program = new Sequential({
      modules: [
        new ScriptSynthesis({
          schema: { properties: { y: { type: 'integer' } } },
          script: 'throw new Error()',
          defaultReturnValue: { y: 0 },
        }),
      ],
    })
    const score = await evaluate(program, [{ inputs: {}, outputs: { y: 0 } }], { reward: exactMatch() })
    expect([score.rewards, score.failures, FAILURE_REWARD]).to.deep.equal([[0], 1, 0])
  })
})

describe('sameJson', () => {
  it('agrees with text', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        expect(sameJson(a, structuredClone(a) as Json)).to.equal(true)
        if (JSON.stringify(a) === JSON.stringify(b)) expect(sameJson(a, b)).to.equal(true)
      }),
    )
  })

  it('goes by own keys', () => {
    expect(sameJson(JSON.parse('{"__proto__":1}'), { a: 1 })).to.equal(false)
    expect(sameJson({ constructor: 1 } as unknown as Json, { a: 1 })).to.equal(false)
  })
})
