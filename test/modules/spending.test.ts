import { expect } from 'chai'
import {
  budgeted,
  type LanguageFunction,
  LanguageModelError,
  languageModelsOf,
} from '../../src/modules/index.ts'
import { NOTHING_SPENT, Spending, type SpendingLimits, times } from '../../src/modules/spending.ts'

const small: LanguageFunction = () => ({ text: 'four', usage: { inputTokens: 10, outputTokens: 5 } })
const prices = { small: { input: 1e6, output: 2e6 } }
const spendingOn = (like: Parameters<typeof languageModelsOf>[0], limits: SpendingLimits = {}) =>
  new Spending(languageModelsOf(like), limits, prices)
const ask = (spending: Spending) =>
  spending.open().models?.default?.generate({ messages: [{ role: 'user', content: 'two and two?' }] })

describe('Spending', () => {
  it('keeps a bill for each account, and their sum', async () => {
    const spending = spendingOn(small)
    const account = spending.open()
    expect(account.spent).to.equal(undefined)
    await account.models?.default?.generate({ messages: [] })
    await ask(spending)
    const bill = { calls: 1, inputTokens: 10, outputTokens: 5, money: 20, guessed: 0 }
    expect(account.spent).to.deep.equal(bill)
    spending.add({ calls: 1, money: 2 })
    expect(spending.total).to.deep.equal({ ...times(2, bill), calls: 3, money: 42 })
  })

  it('guesses what nobody counted, and books a call that failed', async () => {
    const spending = spendingOn(() => 'eight char')
    await ask(spending)
    expect(spending.total).to.deep.include({ calls: 1, guessed: 1 })
    expect(spending.total.outputTokens).to.be.within(2, 6)
    const failing = spendingOn(() => {
      throw new Error('no')
    })
    await ask(failing)?.catch(() => {})
    expect(failing.total).to.deep.equal({ ...NOTHING_SPENT, calls: 1 })
  })

  it('books nothing that came from memory', async () => {
    const spending = spendingOn(() => ({ text: '', isCached: true, usage: { inputTokens: 9 } }))
    await ask(spending)
    expect(spending.total).to.deep.equal(NOTHING_SPENT)
  })

  it('refuses calls beyond a limit, those under way among them', async () => {
    const spending = spendingOn(small, { calls: 2 })
    const three = await Promise.allSettled([ask(spending), ask(spending), ask(spending)])
    expect(three.map(({ status }) => status)).to.deep.equal(['fulfilled', 'fulfilled', 'rejected'])
    const { reason } = three[2] as PromiseRejectedResult
    expect(reason).to.be.an.instanceOf(LanguageModelError)
    expect([reason.kind, reason.message]).to.deep.equal([
      'over_budget',
      "the run's budget of calls is used up",
    ])
    for (const limits of [{ tokens: 15 }, { money: 19.5 }] as const) {
      const other = spendingOn(small, limits)
      await ask(other)
      expect(other.limit).to.equal(Object.keys(limits)[0])
    }
  })

  it('keeps back what it is told to, and no more than half of what is left', () => {
    const spending = spendingOn(small, { calls: 10, tokens: 100, money: 7 })
    spending.hold({ calls: 3, inputTokens: 40, outputTokens: 20, money: 1, guessed: 0 })
    spending.add({ calls: 6, inputTokens: 49 })
    expect(spending.limit).to.equal(undefined)
    spending.add({ calls: 1 })
    expect(spending.limit).to.equal('calls')
    spending.hold(NOTHING_SPENT)
    spending.add({ inputTokens: 45 })
    expect(spending.limit).to.equal(undefined)
    spending.add({ money: 7 })
    expect(spending.limit).to.equal('money')
  })

  it('asks for prices when there is a limit in money', () => {
    expect(() => new Spending(languageModelsOf(small), { money: 1 }, {})).to.throw(
      TypeError,
      'budget.money needs prices["small"]',
    )
  })

  it('counts the cost that a model around another one knows', async () => {
    const spending = new Spending(languageModelsOf(budgeted(small, { prices })), {}, undefined)
    await ask(spending)
    expect(spending.total.money).to.equal(20)
  })
})
