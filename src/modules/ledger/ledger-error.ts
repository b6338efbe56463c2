/** What is wrong with a ledger, and where: the file, the line where there is one, and the sentence. */

import { SymError } from '../../symbolic/index.ts'

/** Thrown for a ledger that cannot be read or gone on with. */
export class LedgerError extends SymError {
  override readonly name = 'LedgerError'
  override readonly code = 'ledger'

  /** `place` is the file, or what the ledger is called, with the line from 1 where there is one. */
  constructor(place: string, message: string, options?: { cause?: unknown }) {
    super('', `${place}: ${message}`, options)
  }
}
