import { expect } from 'chai'
import { LedgerError } from '../../../src/modules/index.ts'
import { SymError } from '../../../src/symbolic/index.ts'

describe('LedgerError', () => {
  it('names its place', () => {
    const error = new LedgerError('run.jsonl:3', 'is no line')
    expect(error).to.be.an.instanceOf(SymError)
    expect(String(error)).to.equal('LedgerError: run.jsonl:3: is no line')
    expect(error.code).to.equal('ledger')
  })
})
