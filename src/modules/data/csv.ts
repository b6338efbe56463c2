/**
 * CSV as RFC 4180 has it: cells between separators, and in quotes what holds a separator, a line break or a quote, which
 * is doubled. What breaks these rules is an error with its line, since a reader that guesses shifts cells in silence.
 */

import { MAX_LENGTH, piecesOf } from './pieces.ts'
import { SourceError } from './source-error.ts'

export interface CsvOptions {
  /** The character between cells. Default a comma. */
  readonly separator?: string | undefined
  /** Longer records are refused, in characters. Default a million. */
  readonly maxLength?: number | undefined
}

/** One record, and the line it begins in. */
export interface CsvRecord {
  readonly cells: readonly string[]
  readonly line: number
}

/** The records of a CSV file, the header among them; lines without anything are skipped. */
export async function* csvRecords(
  file: string,
  { separator = ',', maxLength = MAX_LENGTH }: CsvOptions = {},
): AsyncGenerator<CsvRecord, void, undefined> {
  if (!/^[^"\r\n]$/.test(separator)) {
    throw new RangeError(
      `the separator of CSV is one character and no quote, got ${JSON.stringify(separator)}`,
    )
  }
  const reader = new CsvReader(file, separator, maxLength)
  for await (const piece of piecesOf(file)) yield* reader.read(piece)
  yield* reader.end()
}

/** Where the reader is: before a cell, in one without quotes, in quotes, or behind the quote that may have ended one. */
type State = 'before' | 'plain' | 'quoted' | 'after'

class CsvReader {
  readonly #file: string
  readonly #separator: string
  readonly #maxLength: number
  readonly #marks: RegExp
  #state: State = 'before'
  #cell = ''
  #cells: string[] = []
  #length = 0
  #line = 1
  /** The line where the record began. */
  #begin = 1
  /** Whether the last character was a carriage return, which may be half of a line break. */
  #wasReturn = false

  constructor(file: string, separator: string, maxLength: number) {
    this.#file = file
    this.#separator = separator
    this.#maxLength = maxLength
    this.#marks = new RegExp(`["\\r\\n\\u{${(separator.codePointAt(0) as number).toString(16)}}]`, 'gu')
  }

  *read(piece: string): Generator<CsvRecord, void, undefined> {
    for (let at = 0; at < piece.length; ) {
      const end = this.#state === 'quoted' ? piece.indexOf('"', at) : this.#markAfter(piece, at)
      const text = piece.slice(at, end < 0 ? piece.length : end)
      at += text.length
      if (text !== '') this.#text(text)
      else yield* this.#mark(piece[at++] as string)
      if (this.#length > this.#maxLength) {
        throw new SourceError(
          this.#file,
          this.#begin,
          `the record has more than ${this.#maxLength} characters`,
        )
      }
      const isBetween = this.#cells.length === 0 && this.#state === 'before'
      if (isBetween) this.#begin = this.#line
    }
  }

  *end(): Generator<CsvRecord, void, undefined> {
    if (this.#state === 'quoted') {
      throw new SourceError(this.#file, this.#begin, 'a cell in quotes has no closing quote')
    }
    yield* this.#endRecord()
  }

  /** Where the next separator, quote or line break is; -1 when there is none. */
  #markAfter(piece: string, at: number): number {
    this.#marks.lastIndex = at
    return this.#marks.exec(piece)?.index ?? -1
  }

  /** Text without a meaning of its own. */
  #text(text: string): void {
    if (this.#state === 'after') this.#refuse('a cell in quotes goes on behind its closing quote')
    if (this.#state === 'before') this.#state = 'plain'
    else if (this.#state === 'quoted') this.#line += text.split('\n').length - 1
    this.#cell += text
    this.#length += text.length
    this.#wasReturn = false
  }

  *#mark(sign: string): Generator<CsvRecord, void, undefined> {
    const isSecondHalf = this.#wasReturn && sign === '\n'
    this.#wasReturn = sign === '\r'
    if (isSecondHalf) return
    this.#length++
    if (sign === '"') this.#quote()
    else if (sign === this.#separator) this.#endCell()
    else {
      yield* this.#endRecord()
      this.#line++
    }
  }

  #quote(): void {
    if (this.#state === 'plain')
      this.#refuse('a quote inside of a cell without quotes; put the cell in quotes and double it')
    // A quote behind the one that may have ended a cell makes a doubled one of it.
    if (this.#state === 'after') this.#cell += '"'
    this.#state = this.#state === 'quoted' ? 'after' : 'quoted'
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ''
    this.#state = 'before'
  }

  *#endRecord(): Generator<CsvRecord, void, undefined> {
    const isBlank = this.#cells.length === 0 && this.#state === 'before'
    if (!isBlank) {
      this.#endCell()
      yield { cells: this.#cells, line: this.#begin }
    }
    this.#cells = []
    this.#length = 0
  }

  #refuse(message: string): never {
    throw new SourceError(this.#file, this.#line, message)
  }
}
