/**
 * What a request is, in one short text: equal requests to equal models have equal keys. Caches and records go by it.
 */

import { createHash } from 'node:crypto'
import type { LanguageRequest } from './language-model.ts'

/** The key of a request to a model. The order of keys in a schema counts, since models answer in that order. */
export function requestKey(id: string, request: LanguageRequest): string {
  const { messages, schema, temperature, seed, maxTokens, rollout = 0 } = request
  const said = messages.map(({ role, content }) => [role, content])
  const text = JSON.stringify([
    id,
    said,
    schema ?? null,
    temperature ?? null,
    seed ?? null,
    maxTokens ?? null,
    rollout,
  ])
  return createHash('sha256').update(text).digest('hex')
}
