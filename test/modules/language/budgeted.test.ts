import { expect } from 'chai'
import { budgeted } from '../../../src/modules/language/budgeted.ts'
import { LanguageModelError } from '../../../src/modules/language/language-model-error.ts'
import { ask, failureOf, ScriptedModel } from '../../support/scripted-model.ts'

const prices = { scripted: { input: 100_000, output: 200_000, cached: 10_000 } }

describe('budgeted', () => {
  it('counts what is used, and what it cost', async () => {
    const usage = { inputTokens: 10, outputTokens: 5, cachedTokens: 4 }
    const model = budgeted(new ScriptedModel({ text: 'hi', usage }), { prices })
    // 6 at 0.1, 4 at 0.01 and 5 at 0.2.
    expect((await model.generate(ask('a'))).cost).to.be.closeTo(1.64, 1e-9)
    await model.generate(ask('b'))
    expect(model.spent).to.deep.equal({
      calls: 2,
      inputTokens: 20,
      outputTokens: 10,
      money: 3.28,
      guessed: 0,
    })
    expect(model.isOverBudget).to.equal(false)
  })

  it('lets no call through when the budget is used up', async () => {
    const scripted = new ScriptedModel('hi')
    const byCalls = budgeted(scripted, { calls: 2 })
    for (let i = 0; i < 2; i++) await byCalls.generate(ask('a'))
    expect(await failureOf(byCalls.generate(ask('a')))).to.equal(
      'over_budget: the budget of 2 calls is used up',
    )
    expect([scripted.calls, byCalls.isOverBudget]).to.deep.equal([2, true])
    const byTokens = budgeted(new ScriptedModel('hi'), { tokens: 15 })
    await byTokens.generate(ask('a'))
    expect(await failureOf(byTokens.generate(ask('a')))).to.equal(
      'over_budget: the budget of 15 tokens is used up',
    )
    const byMoney = budgeted(new ScriptedModel('hi'), { money: 2, prices })
    await byMoney.generate(ask('a'))
    expect(await failureOf(byMoney.generate(ask('a')))).to.equal(
      'over_budget: the budget of 2 in money is used up',
    )
  })

  it('never makes more calls than it may, however many are asked for at once', async () => {
    const scripted = new ScriptedModel('hi', 5)
    const model = budgeted(scripted, { calls: 3 })
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => failureOf(model.generate(ask('a')))))
    expect(outcomes.filter(outcome => outcome === 'no error')).to.have.length(3)
    expect(scripted.calls).to.equal(3)
  })

  it('holds back what calls under way may take', async () => {
    const model = budgeted(new ScriptedModel('hi', 5), { tokens: 100 })
    const first = model.generate(ask('a', { maxTokens: 200 }))
    expect(await failureOf(model.generate(ask('b')))).to.match(/^over_budget/)
    await first
    expect(await failureOf(model.generate(ask('b')))).to.equal('no error')
  })

  it('guesses what the server does not count', async () => {
    const model = budgeted(new ScriptedModel({ text: 'x'.repeat(400), usage: {} }), {})
    await model.generate(ask('y'.repeat(400)))
    expect(model.spent.guessed).to.equal(1)
    expect(model.spent.inputTokens).to.be.within(95, 105)
    expect(model.spent.outputTokens).to.equal(100)
  })

  it('counts a call that failed, and none that was answered from memory', async () => {
    const model = budgeted(
      new ScriptedModel([new LanguageModelError('refused', 'no'), { text: 'hi', isCached: true }]),
      {},
    )
    await failureOf(model.generate(ask('a')))
    expect(model.spent).to.include({ calls: 1, inputTokens: 0 })
    await model.generate(ask('a'))
    expect(model.spent.calls).to.equal(1)
  })

  it('needs a price for a budget in money, and checks its options', () => {
    expect(() => budgeted(new ScriptedModel('hi'), { money: 1 })).to.throw(
      TypeError,
      'needs prices["scripted"]',
    )
    expect(() => budgeted(() => '', { calls: -1 })).to.throw(RangeError, 'calls')
    expect(() => budgeted(() => '', { prices: { x: { input: -1, output: 0 } } })).to.throw(
      RangeError,
      'prices["x"].input',
    )
  })
})
