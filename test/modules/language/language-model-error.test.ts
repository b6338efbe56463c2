import { expect } from 'chai'
import { cancelled, LanguageModelError } from '../../../src/modules/language/language-model-error.ts'
import { SymError } from '../../../src/symbolic/index.ts'

describe('LanguageModelError', () => {
  it('says what kind of failure it is, and whether another try may go well', () => {
    const error = new LanguageModelError('rate_limited', 'slow down', { status: 429, retryAfter: 30 })
    expect(error).to.be.instanceOf(SymError)
    expect(error).to.include({ kind: 'rate_limited', status: 429, retryAfter: 30, code: 'language_model' })
    expect(error.isPassing).to.equal(true)
    expect(new LanguageModelError('unavailable', '').isPassing).to.equal(true)
    expect(new LanguageModelError('refused', '').isPassing).to.equal(false)
  })

  it('is made of any error', () => {
    const error = new LanguageModelError('filtered', 'no')
    expect(LanguageModelError.from(error)).to.equal(error)
    expect(LanguageModelError.from('odd')).to.include({ kind: 'failed', message: 'odd' })
    const cause = new Error('stopped')
    const aborted = LanguageModelError.from(cause, AbortSignal.abort('enough'))
    expect(aborted).to.include({ kind: 'cancelled', cause: 'enough' })
    expect(cancelled(AbortSignal.abort('enough'))).to.include({ kind: 'cancelled', cause: 'enough' })
  })
})
