/**
 * The language model that the environment names, so that a program trains with a server at hand and without a line of
 * setup: `ESPALIER_LM_URL=http://localhost:11434/v1 ESPALIER_LM_MODEL=llama3.2` is enough for Ollama.
 */

import type { LanguageModel } from './language-model.ts'
import { limited } from './limited.ts'
import { openAiCompatible } from './open-ai-compatible.ts'
import { retrying } from './retrying.ts'

export interface Environment {
  readonly [name: string]: string | undefined
}

/**
 * The model of `ESPALIER_LM_URL` and `ESPALIER_LM_MODEL`, with the key in `ESPALIER_LM_KEY` if one is needed: asked at
 * most eight times at once, and again when it is busy. Undefined when neither is set; one without the other throws.
 */
export function modelFromEnvironment(environment: Environment = process.env): LanguageModel | undefined {
  const { ESPALIER_LM_URL: baseURL, ESPALIER_LM_MODEL: model, ESPALIER_LM_KEY: apiKey } = environment
  if (!baseURL && !model) return undefined
  if (!baseURL || !model) {
    const [missing, given] = baseURL
      ? ['ESPALIER_LM_MODEL', 'ESPALIER_LM_URL']
      : ['ESPALIER_LM_URL', 'ESPALIER_LM_MODEL']
    throw new TypeError(`${missing} must be set as well when ${given} is`)
  }
  const key = JSON.stringify([baseURL, model, apiKey])
  if (key !== known?.key) {
    const client = openAiCompatible({ baseURL, model, apiKey: apiKey ?? '' })
    known = { key, model: limited(retrying(client), { concurrency: 8 }) }
  }
  return known?.model
}

/** One model for all calls, since its limit is of calls at once. */
let known: { readonly key: string; readonly model: LanguageModel } | undefined
