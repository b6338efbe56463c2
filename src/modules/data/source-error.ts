/** What is wrong with a file of samples, and where: the file, the line where there is one, and the sentence. */

import { SymError } from '../../symbolic/index.ts'
import type { DataError } from '../data-error.ts'

/** Thrown when a file of samples cannot be read as one. */
export class SourceError extends SymError {
  override readonly name = 'SourceError'
  override readonly code = 'source'
  readonly file: string
  /** From 1; null when it is about the whole file. */
  readonly line: number | null

  constructor(file: string, line: number | null, message: string, cause?: unknown) {
    super('', `${file}${line === null ? '' : `:${line}`}: ${message}`, { cause })
    this.file = file
    this.line = line
  }

  /** The problems that a model found in a row. */
  static ofData(file: string, line: number | null, error: DataError): SourceError {
    return new SourceError(file, line, error.message, error)
  }
}
