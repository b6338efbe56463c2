/**
 * The text of a file in pieces, so that its size does not matter, and the lines in it. What is not UTF-8 is an error and
 * no question mark; a byte order mark is none of the text.
 */

import { createReadStream } from 'node:fs'
import { SourceError } from './source-error.ts'

/** Lines and records longer than this are refused, in characters, unless said otherwise. */
export const MAX_LENGTH = 1_000_000

/** The text of a file, piece by piece. Throws `SourceError` for a file that cannot be read. */
export async function* piecesOf(file: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(bytes, { stream })
    } catch (cause) {
      const lenient = new TextDecoder().decode(bytes)
      const at = line + breaksIn(lenient.slice(0, Math.max(0, lenient.indexOf('\uFFFD'))))
      throw new SourceError(file, at, 'is not UTF-8', cause)
    }
  }
  try {
    for await (const bytes of createReadStream(file) as AsyncIterable<Uint8Array>) {
      const text = decode(bytes, true)
      yield text
      line += breaksIn(text)
    }
    yield decode(new Uint8Array(), false)
  } catch (cause) {
    if (cause instanceof SourceError) throw cause
    throw new SourceError(file, null, `cannot be read: ${(cause as Error).message}`, cause)
  }
}

const breaksIn = (text: string): number => text.split('\n').length - 1

export interface Line {
  readonly text: string
  /** From 1. */
  readonly number: number
}

/** The lines of a file that hold more than blanks. */
export async function* linesOf(file: string, maxLength = MAX_LENGTH): AsyncGenerator<Line, void, undefined> {
  let rest = ''
  let number = 0
  const tooLong = (): never => {
    throw new SourceError(file, number + 1, `the line has more than ${maxLength} characters`)
  }
  for await (const piece of piecesOf(file)) {
    const lines = piece.split('\n')
    lines[0] = rest + lines[0]
    rest = lines.pop() as string
    for (const text of lines) {
      if (text.length > maxLength) tooLong()
      number++
      if (text.trim() !== '') yield { text, number }
    }
    if (rest.length > maxLength) tooLong()
  }
  if (rest.trim() !== '') yield { text: rest, number: number + 1 }
}
