/**
 * What language models have cost a run, and the limits on it. Whoever runs something opens an account, and gives out the
 * models of that account, so each run and each question has a bill of its own. Calls beyond a limit are refused, so it is
 * exceeded by no more than what was under way.
 */

import { budgeted, type Price, type Spent } from './language/budgeted.ts'
import { modelFromEnvironment } from './language/environment.ts'
import {
  estimatedTokens,
  type LanguageModel,
  type LanguageReply,
  type LanguageRequest,
} from './language/language-model.ts'
import { LanguageModelError } from './language/language-model-error.ts'
import { DEFAULT_MODEL, type LanguageModels } from './language/language-models.ts'

export type { Spent }

/** Prices by the name of the model, as `budgeted` takes them. */
export type Prices = { readonly [model: string]: Price }

/** Limits on language models; tokens are input and output together, money is that of the prices. */
export interface SpendingLimits {
  readonly calls?: number | undefined
  readonly tokens?: number | undefined
  readonly money?: number | undefined
}

export const NOTHING_SPENT: Spent = { calls: 0, inputTokens: 0, outputTokens: 0, money: 0, guessed: 0 }

/** The models of one run or question, and what they have cost. */
export interface Account {
  readonly models: LanguageModels | undefined
  /** Undefined as long as nothing was spent. */
  readonly spent: Spent | undefined
}

export class Spending {
  readonly #limits: SpendingLimits
  readonly #models: LanguageModels
  #total = NOTHING_SPENT
  /** What is not to be spent now. */
  #held = NOTHING_SPENT
  #underWay = 0

  /** Throws `TypeError` for a limit in money when a model has no price. */
  constructor(models: LanguageModels | undefined, limits: SpendingLimits, prices: Prices | undefined) {
    this.#limits = limits
    const fromEnvironment = models === undefined ? modelFromEnvironment() : undefined
    const all = fromEnvironment === undefined ? { ...models } : { [DEFAULT_MODEL]: fromEnvironment }
    for (const { id } of Object.values(all)) {
      const hasPrice = prices !== undefined && Object.hasOwn(prices, id)
      if (limits.money === undefined || hasPrice) continue
      throw new TypeError(`budget.money needs prices[${JSON.stringify(id)}]`)
    }
    const priced = Object.entries(all).map(([name, model]): [string, LanguageModel] => [
      name,
      prices === undefined ? model : budgeted(model, { prices }),
    ])
    this.#models = Object.fromEntries(priced)
  }

  get total(): Spent {
    return this.#total
  }

  /** The limit that has been reached. */
  get limit(): keyof SpendingLimits | undefined {
    const { calls, tokens, money } = this.#limits
    const spent = added(this.#total, this.#held)
    if (calls !== undefined && spent.calls + this.#underWay >= calls) return 'calls'
    if (tokens !== undefined && spent.inputTokens + spent.outputTokens >= tokens) return 'tokens'
    if (money !== undefined && spent.money >= money) return 'money'
    return undefined
  }

  /** Keeps back as much, but no more than half of what each limit has left; nothing when it is told so. */
  hold(wanted: Spent): void {
    const { calls, tokens, money } = this.#limits
    const { total } = this
    const half = (limit: number | undefined, spent: number): number =>
      limit === undefined ? 0 : Math.max(0, limit - spent) / 2
    const tokensLeft = half(tokens, total.inputTokens + total.outputTokens)
    this.#held = {
      calls: Math.min(wanted.calls, Math.floor(half(calls, total.calls))),
      inputTokens: Math.min(wanted.inputTokens + wanted.outputTokens, tokensLeft),
      outputTokens: 0,
      money: Math.min(wanted.money, half(money, total.money)),
      guessed: 0,
    }
  }

  /** Books what was spent on something that is not done again. */
  add(spent: Partial<Spent>): void {
    this.#total = added(this.#total, picked(spent))
  }

  open(): Account {
    let own: Spent | undefined
    const book = (spent: Spent): void => {
      own = added(own ?? NOTHING_SPENT, spent)
      this.#total = added(this.#total, spent)
    }
    const counted = Object.entries(this.#models).map(([name, model]) => [name, this.#counting(model, book)])
    return {
      models: counted.length === 0 ? undefined : Object.fromEntries(counted),
      get spent() {
        return own
      },
    }
  }

  #counting(model: LanguageModel, book: (spent: Spent) => void): LanguageModel {
    return {
      id: model.id,
      generate: async request => {
        const { limit } = this
        if (limit !== undefined) {
          throw new LanguageModelError('over_budget', `the run's budget of ${limit} is used up`)
        }
        this.#underWay++
        try {
          const reply = await model.generate(request)
          if (!reply.isCached) book(billOf(request, reply))
          return reply
        } catch (error) {
          const isRefusal = error instanceof LanguageModelError && error.kind === 'over_budget'
          if (!isRefusal) book({ ...NOTHING_SPENT, calls: 1 })
          throw error
        } finally {
          this.#underWay--
        }
      },
    }
  }
}

/** A multiple of what was spent. */
export const times = (factor: number, spent: Spent): Spent => ({
  calls: factor * spent.calls,
  inputTokens: factor * spent.inputTokens,
  outputTokens: factor * spent.outputTokens,
  money: factor * spent.money,
  guessed: factor * spent.guessed,
})

/** What two bills come to. */
export const added = (a: Spent, b: Spent): Spent => ({
  calls: a.calls + b.calls,
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  money: a.money + b.money,
  guessed: a.guessed + b.guessed,
})

/** The parts of a bill in a record that has others too. */
export const picked = ({
  calls = 0,
  inputTokens = 0,
  outputTokens = 0,
  money = 0,
  guessed = 0,
}: Partial<Spent>): Spent => ({
  calls,
  inputTokens,
  outputTokens,
  money,
  guessed,
})

/** What a reply took; tokens that nobody counted are guessed from the length of the texts. */
function billOf(request: LanguageRequest, { usage, text, cost = 0 }: LanguageReply): Spent {
  const { inputTokens, outputTokens } = usage
  return {
    calls: 1,
    inputTokens: inputTokens ?? estimatedTokens({ ...request, maxTokens: 0 }),
    outputTokens: outputTokens ?? estimatedTokens({ messages: [{ role: 'assistant', content: text }] }),
    money: cost,
    guessed: inputTokens === undefined || outputTokens === undefined ? 1 : 0,
  }
}
