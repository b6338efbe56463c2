// What a child says, read from its frames: that it is ready, outcomes, or calls of tools. A child that a script has escaped into
// says whatever it likes, so a message is what is exactly of the agreed form, and every number in it is one that makes sense.

import type { Frame } from './frame.ts'

export type Message =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'ask'; readonly ask: Ask }

/** Outcomes of the next `count` inputs, or one outcome that is the `same` for all of them. */
export interface Answer {
  readonly id: number
  readonly count: number
  readonly same: boolean
  /** Its time was over: the inputs that are left were not begun, and it waits for another job. */
  readonly rest: boolean
  readonly ms: number
  /** Megabytes the child occupies. */
  readonly rss: number
  readonly text: string
}

/** Calls of tools that the script made together; it waits until they are answered. */
export interface Ask {
  readonly id: number
  readonly text: string
}

/** The message in a frame, or `undefined` when it holds none. */
export function readMessage({ header, text }: Frame): Message | undefined {
  if (typeof header !== 'object' || header === null) return undefined
  const { ready, calls, id, count, ms, rss, same = false, rest = false } = header as Said
  if (ready === true) return { kind: 'ready' }
  if (!isWhole(id)) return undefined
  if (calls === true) return { kind: 'ask', ask: { id, text } }
  const isAnswer =
    isWhole(count) &&
    count > 0 &&
    isWhole(rss) &&
    typeof ms === 'number' &&
    0 <= ms &&
    ms <= Number.MAX_SAFE_INTEGER &&
    typeof same === 'boolean' &&
    typeof rest === 'boolean'
  return isAnswer ? { kind: 'answer', answer: { id, count, same, rest, ms, rss, text } } : undefined
}

type Said = Partial<Readonly<Record<string, unknown>>>

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
