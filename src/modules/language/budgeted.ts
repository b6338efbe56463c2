/**
 * A budget for a language model: in calls, in tokens, in money. It is asked before every call and lets none through when
 * it is used up, so it is exceeded by no more than what was under way. Prices age, so there are none in here.
 */

import { checkNumber } from './check-number.ts'
import {
  estimatedTokens,
  type LanguageModel,
  type LanguageModelLike,
  type LanguageReply,
  type LanguageRequest,
  languageModel,
} from './language-model.ts'
import { LanguageModelError } from './language-model-error.ts'

export interface BudgetOptions {
  readonly calls?: number
  /** Input and output together. */
  readonly tokens?: number
  /** In the money of the prices. */
  readonly money?: number
  /** By the name of the model: its id, or what its replies call it. */
  readonly prices?: { readonly [model: string]: Price }
}

/** Money for a million tokens. */
export interface Price {
  readonly input: number
  readonly output: number
  /** For input that the server had in its own cache. Default: the same as `input`. */
  readonly cached?: number
}

/** What was used so far. */
export interface Spent {
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly money: number
  /** Calls whose tokens the server did not count; they were guessed from the length of the texts. */
  readonly guessed: number
}

/** A language model that knows what it has used. */
export interface BudgetedModel extends LanguageModel {
  readonly spent: Spent
  /** Whether the next call would be refused. */
  readonly isOverBudget: boolean
}

/**
 * A model that refuses calls beyond a budget, with an error of kind `over_budget`. Replies get a `cost` where there is a
 * price. Put it inside a cache, so that what is known costs nothing.
 *
 *     const model = budgeted(client, { money: 2.5, prices: { 'gpt-5-mini': { input: 0.25, output: 2 } } })
 *     model.spent      // { calls, inputTokens, outputTokens, money, guessed }
 */
export function budgeted(like: LanguageModelLike, options: BudgetOptions): BudgetedModel {
  const model = languageModel(like)
  const { prices = {} } = options
  for (const name of ['calls', 'tokens', 'money'] as const) checkNumber(name, options[name], { min: 0 })
  for (const [name, { input, output, cached }] of Object.entries(prices)) {
    for (const [part, price] of Object.entries({ input, output, cached })) {
      checkNumber(`prices[${JSON.stringify(name)}].${part}`, price, { min: 0 })
    }
  }
  if (options.money !== undefined && priceOf(prices, model.id) === undefined) {
    throw new TypeError(`a budget in money needs prices[${JSON.stringify(model.id)}]`)
  }
  const book = new Book(options)
  return {
    id: model.id,
    get spent() {
      return book.spent
    },
    get isOverBudget() {
      return book.limit !== undefined
    },
    generate: async request => {
      const { limit } = book
      if (limit !== undefined)
        throw new LanguageModelError('over_budget', `the budget of ${limit} is used up`)
      const price = priceOf(prices, model.id)
      const guess = usageOf(request)
      const settle = book.reserve(guess, price)
      try {
        const reply = await model.generate(request)
        if (reply.isCached) {
          settle(undefined)
          return reply
        }
        const cost = settle(usageOf(request, reply), priceOf(prices, reply.model) ?? price)
        return cost === undefined ? reply : { ...reply, cost }
      } catch (error) {
        settle(NOTHING)
        throw error
      }
    },
  }
}

interface Counted {
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly isGuess: boolean
}

const NOTHING: Counted = { input: 0, output: 0, cached: 0, isGuess: false }

class Book {
  readonly #options: BudgetOptions
  #spent: Spent = { calls: 0, inputTokens: 0, outputTokens: 0, money: 0, guessed: 0 }
  /** What is under way will take about that much. */
  #tokens = 0
  #money = 0
  #underWay = 0

  constructor(options: BudgetOptions) {
    this.#options = options
  }

  get spent(): Spent {
    return this.#spent
  }

  /** The limit that what was used, and what is under way, have reached; in words. */
  get limit(): string | undefined {
    const { calls: maxCalls, tokens: maxTokens, money: maxMoney } = this.#options
    const { calls, inputTokens, outputTokens, money } = this.#spent
    if (maxCalls !== undefined && calls + this.#underWay >= maxCalls) return `${maxCalls} calls`
    const tokens = inputTokens + outputTokens + this.#tokens
    if (maxTokens !== undefined && tokens >= maxTokens) return `${maxTokens} tokens`
    if (maxMoney !== undefined && money + this.#money >= maxMoney) return `${maxMoney} in money`
    return undefined
  }

  /** Books a call as under way. The function given back books what it took, and says what that cost; nothing for none. */
  reserve(guess: Counted, guessPrice: Price | undefined) {
    const money = costOf(guess, guessPrice) ?? 0
    this.#underWay++
    this.#tokens += guess.input + guess.output
    this.#money += money
    return (taken: Counted | undefined, price?: Price): number | undefined => {
      this.#underWay--
      this.#tokens -= guess.input + guess.output
      this.#money -= money
      if (taken === undefined) return undefined
      const cost = costOf(taken, price)
      const spent = this.#spent
      this.#spent = {
        calls: spent.calls + 1,
        inputTokens: spent.inputTokens + taken.input,
        outputTokens: spent.outputTokens + taken.output,
        money: spent.money + (cost ?? 0),
        guessed: spent.guessed + (taken.isGuess ? 1 : 0),
      }
      return cost
    }
  }
}

function usageOf(request: LanguageRequest, reply?: LanguageReply): Counted {
  const { inputTokens, outputTokens, cachedTokens = 0 } = reply?.usage ?? {}
  const { maxTokens = 0 } = request
  const input = inputTokens ?? estimatedTokens(request) - maxTokens
  const output = outputTokens ?? (reply === undefined ? maxTokens : Math.ceil(reply.text.length / 4))
  const isGuess = inputTokens === undefined || outputTokens === undefined
  return { input, output, cached: Math.min(cachedTokens, input), isGuess }
}

function costOf({ input, output, cached }: Counted, price: Price | undefined): number | undefined {
  if (price === undefined) return undefined
  const { input: inputPrice, output: outputPrice, cached: cachedPrice = inputPrice } = price
  return ((input - cached) * inputPrice + cached * cachedPrice + output * outputPrice) / 1_000_000
}

const priceOf = (prices: { readonly [model: string]: Price }, model: string): Price | undefined =>
  Object.hasOwn(prices, model) ? prices[model] : undefined
