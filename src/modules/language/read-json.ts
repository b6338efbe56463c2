/**
 * The JSON in the text of a reply. Models wrap it: in a fence, in a sentence before and after, behind thoughts of their
 * own. Whole values are looked for and nothing is mended, since a guess would be our answer and not theirs.
 */

import type { Json } from '../json.ts'

/**
 * The JSON that a text is, or the first record or list in it that is wanted, or else the first; undefined when there is
 * none.
 *
 *     readJson('Here you are:\n```json\n{ "y": 3 }\n```')      // { y: 3 }
 */
export function readJson(text: string, isWanted: (json: Json) => boolean = () => true): Json | undefined {
  const answer = withoutThoughts(text)
  const whole = parsed(answer)
  if (whole !== undefined) return whole
  let first: Json | undefined
  let from = 0
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const start = firstOpening(answer, from)
    if (start < 0) break
    const end = endOf(answer, start)
    const found = end < 0 ? undefined : parsed(answer.slice(start, end))
    if (found !== undefined && isWanted(found)) return found
    first ??= found
    from = found === undefined ? start + 1 : end
  }
  return first
}

/** The text without the thoughts that reasoning models write before their answer. */
export function withoutThoughts(text: string): string {
  const end = /^\s*<think(?:ing)?>/.test(text) ? text.search(/<\/think(?:ing)?>/) : -1
  return (end < 0 ? text : text.slice(text.indexOf('>', end) + 1)).trim()
}

/** A text full of openings must not cost the square of its length. */
const MAX_TRIES = 20

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function firstOpening(text: string, from: number): number {
  for (let i = from; i < text.length; i++) if (text[i] === '{' || text[i] === '[') return i
  return -1
}

/** The position after the bracket that closes the one at `start`, brackets in strings left aside; -1 without one. */
function endOf(text: string, start: number): number {
  let depth = 0
  let isString = false
  for (let i = start; i < text.length; i++) {
    const character = text[i]
    if (isString) {
      if (character === '\\') i++
      else if (character === '"') isString = false
    } else if (character === '"') isString = true
    else if (character === '{' || character === '[') depth++
    else if ((character === '}' || character === ']') && --depth === 0) return i + 1
  }
  return -1
}
