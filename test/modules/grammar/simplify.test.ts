import { expect } from 'chai'
import type { Rule } from '../../../src/modules/grammar/rule.ts'
import { simplify } from '../../../src/modules/grammar/simplify.ts'
import { a, b, call, integerRule, ruleOf } from './support.ts'

const inputs = [
  { a: 3, b: 1 },
  { a: -2, b: 5 },
  { a: 0, b: -4 },
]
const asGoodAs = (rule: Rule) => {
  const outputs = JSON.stringify(inputs.map(one => rule.evaluate(one)))
  return (candidate: Rule) => JSON.stringify(inputs.map(one => candidate.evaluate(one))) === outputs
}

describe('simplify', () => {
  const winding = integerRule(
    call(
      'if',
      call('equal', b, 10),
      a,
      call('add', call('max', a, call('multiply', b, 0)), call('remainder', b, 1)),
    ),
  )

  it('leaves out what the scores do not need', async () => {
    const simple = await simplify(winding, { keeps: asGoodAs(winding) })
    expect(simple.toScript()).to.equal('result = { y: Math.max(inputs.a, 0) }')
  })

  it('asks in the same order each time, and no question twice', async () => {
    const asked: string[][] = [[], []]
    for (const questions of asked) {
      const keeps = (candidate: Rule) =>
        questions.push(candidate.toJsonString()) > 0 && asGoodAs(winding)(candidate)
      await simplify(winding, { keeps })
    }
    expect(asked[0]).to.deep.equal(asked[1])
    expect(new Set(asked[0]).size).to.equal(asked[0]?.length)
  })

  it('gives back the rule when nothing may change', async () => {
    expect(await simplify(winding, { keeps: () => false })).to.equal(winding)
  })

  it('stops asking after so many tries', async () => {
    let asked = 0
    await simplify(winding, { keeps: () => asked++ < 0, maxTries: 5 })
    expect(asked).to.equal(5)
  })

  it('only ever gives what was kept, and smaller', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const rule = ruleOf(0, seed)
      const simple = await simplify(rule, { keeps: async candidate => asGoodAs(rule)(candidate) })
      expect(asGoodAs(rule)(simple)).to.equal(true)
      expect(simple.size).to.be.at.most(rule.size)
    }
  })
})
