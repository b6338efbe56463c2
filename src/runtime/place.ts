// Places in a text: lines and columns, from 1. A line ends where JavaScript says it does.

export interface Place {
  readonly line?: number
  readonly column?: number
}

/** The line and column of a position. */
export function placeAt(text: string, position: number): Required<Place> {
  const lines = text.slice(0, position).split(LINE_END)
  return { line: lines.length, column: lines.at(-1)!.length + 1 }
}

/** The text of a line; empty when there is none. */
export function lineOf(text: string, line: number): string {
  return text.split(LINE_END, line)[line - 1] ?? ''
}

const LINE_END = /\r\n|[\n\r\u2028\u2029]/
