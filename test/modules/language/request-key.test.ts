import { expect } from 'chai'
import { requestKey } from '../../../src/modules/language/request-key.ts'
import { ask } from '../../support/scripted-model.ts'

describe('requestKey', () => {
  it('is the same for the same request', () => {
    const { signal } = new AbortController()
    expect(requestKey('m', ask('hi', { signal }))).to.equal(requestKey('m', ask('hi', { rollout: 0 })))
    expect(requestKey('m', ask('hi'))).to.match(/^[\da-f]{64}$/)
  })

  it('depends on everything that may change the reply', () => {
    const keys = [
      requestKey('m', ask('hi')),
      requestKey('n', ask('hi')),
      requestKey('m', ask('ho')),
      requestKey('m', { messages: [{ role: 'system', content: 'hi' }] }),
      requestKey('m', ask('hi', { schema: { type: 'object' } })),
      requestKey('m', ask('hi', { temperature: 0 })),
      requestKey('m', ask('hi', { seed: 0 })),
      requestKey('m', ask('hi', { maxTokens: 9 })),
      requestKey('m', ask('hi', { rollout: 1 })),
    ]
    expect(new Set(keys).size).to.equal(keys.length)
  })
})
