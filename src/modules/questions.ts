/**
 * Puts the questions of an optimizer to language models, some at a time, and gives the answers in the order asked.
 * That a model refuses, times out or makes no sense is an answer; that there is no such model is not.
 */

import { DataModel } from './data-model.ts'
import type { Json } from './json.ts'
import { addUsage, type LanguageReply, type Usage } from './language/language-model.ts'
import { LanguageModelError } from './language/language-model-error.ts'
import { type LanguageModels, modelNamed } from './language/language-models.ts'
import { askFor } from './language/structured.ts'
import { mapLimited } from './map-limited.ts'
import type { Answer, Question } from './optimizer.ts'

export interface QuestionsOptions {
  readonly languageModels: LanguageModels | undefined
  readonly concurrency: number
  readonly signal: AbortSignal | undefined
}

/** What the questions of a run have come to. */
export interface Asked {
  readonly questions: number
  readonly usage: Usage
  /** In the money of the table of prices, where there is one. */
  readonly cost: number
}

export class Questions {
  readonly #options: QuestionsOptions
  #asked: Asked = { questions: 0, usage: {}, cost: 0 }

  constructor(options: QuestionsOptions) {
    this.#options = options
  }

  get asked(): Asked {
    return this.#asked
  }

  /** The answers, in the order of the questions. Throws for a model that does not exist or may not be used. */
  async ask(questions: readonly Question[]): Promise<Answer[]> {
    const { concurrency } = this.#options
    const answers = await mapLimited(questions, concurrency, question => this.#answer(question))
    for (const answer of answers) {
      const { usage, cost = 0 } = answer.ok ? answer : { usage: {} }
      const { questions: count, usage: before, cost: spent } = this.#asked
      this.#asked = { questions: count + 1, usage: addUsage(before, usage), cost: spent + cost }
    }
    return answers
  }

  async #answer({ languageModel, ...request }: Question): Promise<Answer> {
    const { languageModels, signal } = this.#options
    const model = modelNamed(languageModels, languageModel)
    const replies: LanguageReply[] = []
    try {
      const { value } = await askFor(model, { ...request, signal }, modelOfReply(request.schema), {
        onReply: reply => replies.push(reply),
      })
      return { ok: true, value, ...spentOn(replies) }
    } catch (error) {
      const { kind, message } = LanguageModelError.from(error, signal)
      if (kind === 'misconfigured' || kind === 'not_recorded') throw error
      return { ok: false, kind, message }
    }
  }
}

const modelOfReply = (schema: Question['schema']): DataModel<Json> =>
  DataModel.of<Json>(schema ?? { type: 'string' })

function spentOn(replies: readonly LanguageReply[]): { usage: Usage; cost?: number } {
  const usage = replies.map(reply => reply.usage).reduce(addUsage, {})
  const costs = replies.flatMap(({ cost }) => (cost === undefined ? [] : [cost]))
  return costs.length === 0 ? { usage } : { usage, cost: costs.reduce((sum, cost) => sum + cost, 0) }
}
