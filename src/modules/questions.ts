/**
 * Puts the questions of an optimizer to language models, some at a time, and gives the answers in the order asked.
 * That a model refuses, times out or makes no sense is an answer; that there is no such model is not. What the ledger
 * has an answer to is not asked.
 */

import { DataModel } from './data-model.ts'
import type { Json } from './json.ts'
import { addUsage, type LanguageReply, type Usage } from './language/language-model.ts'
import { LanguageModelError } from './language/language-model-error.ts'
import { modelNamed } from './language/language-models.ts'
import { askFor } from './language/structured.ts'
import type { Ledger } from './ledger/ledger.ts'
import { asWritten } from './ledger/records.ts'
import { mapLimited } from './map-limited.ts'
import type { Answer, Question } from './optimizer.ts'
import { isInfrastructure } from './score.ts'
import type { Account, Spending } from './spending.ts'

export interface QuestionsOptions {
  readonly spending: Spending
  readonly concurrency: number
  readonly signal: AbortSignal | undefined
  /** Whether a failure that no question is to blame for ends the run. */
  readonly onFailure?: 'score' | 'throw' | undefined
  readonly ledger?: Ledger | undefined
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
    const { concurrency, ledger, spending } = this.#options
    const first = this.#asked.questions
    const subjectOf = (question: Question, i: number) => ({
      number: first + i,
      question: asWritten(question) as unknown as Json,
    })
    const answers: Answer[] = []
    for (const [i, question] of questions.entries()) {
      const record = ledger?.taken('answer', subjectOf(question, i))
      if (record === undefined) break
      spending.add(record.took ?? {})
      answers.push(record.answer)
    }
    await mapLimited(
      questions.slice(answers.length),
      concurrency,
      async question => {
        const account = spending.open()
        return { answer: await this.#answer(question, account), account }
      },
      async ({ answer, account }) => {
        const i = answers.length
        const subject = subjectOf(questions[i] as Question, i)
        const record = await ledger?.write({ type: 'answer', ...subject, answer }, account.spent)
        answers.push(record?.answer ?? answer)
      },
    )
    for (const answer of answers) {
      const { usage, cost = 0 } = answer.ok ? answer : { usage: {} }
      const { questions: count, usage: before, cost: spent } = this.#asked
      this.#asked = { questions: count + 1, usage: addUsage(before, usage), cost: spent + cost }
    }
    return answers
  }

  async #answer({ languageModel, ...request }: Question, { models }: Account): Promise<Answer> {
    const { signal, onFailure } = this.#options
    const model = modelNamed(models, languageModel)
    const replies: LanguageReply[] = []
    try {
      const { value } = await askFor(model, { ...request, signal }, modelOfReply(request.schema), {
        onReply: reply => replies.push(reply),
      })
      return { ok: true, value, ...spentOn(replies) }
    } catch (error) {
      const { kind, message } = LanguageModelError.from(error, signal)
      if (kind === 'misconfigured' || kind === 'not_recorded') throw error
      const isTheirs = kind !== 'cancelled' && kind !== 'over_budget' && isInfrastructure({ kind })
      if (onFailure === 'throw' && isTheirs) throw error
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
