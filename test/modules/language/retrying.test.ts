import { expect } from 'chai'
import { LanguageModelError } from '../../../src/modules/language/language-model-error.ts'
import { openAiCompatible } from '../../../src/modules/language/open-ai-compatible.ts'
import { retrying } from '../../../src/modules/language/retrying.ts'
import { answers, ChatServer, says } from '../../support/chat-server.ts'
import { ask, failureOf, ScriptedModel } from '../../support/scripted-model.ts'

const busy = (retryAfter?: number): LanguageModelError =>
  new LanguageModelError('rate_limited', 'slow down', { retryAfter })

/** How long a model takes, in milliseconds. */
async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

describe('retrying', () => {
  it('tries again what may pass', async () => {
    const model = new ScriptedModel([busy(1), new LanguageModelError('unavailable', 'gone'), 'hello'])
    const reply = await retrying(model, { minDelay: 1 }).generate(ask('hi'))
    expect([reply.text, model.calls]).to.deep.equal(['hello', 3])
  })

  it('does not try again what will not', async () => {
    for (const kind of ['refused', 'misconfigured', 'over_budget', 'failed', 'cancelled'] as const) {
      const model = new ScriptedModel(new LanguageModelError(kind, 'no'))
      expect(await failureOf(retrying(model, { minDelay: 1 }).generate(ask('hi')))).to.equal(`${kind}: no`)
      expect(model.calls).to.equal(1)
    }
  })

  it('gives up after so many attempts', async () => {
    const model = new ScriptedModel(busy(1))
    expect(await failureOf(retrying(model, { attempts: 3 }).generate(ask('hi')))).to.equal(
      'rate_limited: slow down',
    )
    expect(model.calls).to.equal(3)
  })

  it('waits as long as the server says, in either header', async () => {
    const inSeconds = answers(429, '', { 'retry-after': '0.05' })
    const server = await ChatServer.start(
      answers(503, '', { 'retry-after-ms': '50' }),
      inSeconds,
      says('hello'),
    )
    try {
      const model = retrying(openAiCompatible({ baseURL: server.baseURL, model: 'm' }), { minDelay: 60_000 })
      expect(await time(() => model.generate(ask('hi')))).to.be.within(95, 5000)
      expect(server.requests).to.have.length(3)
    } finally {
      server.close()
    }
  })

  it('does not wait longer than it may', async () => {
    const model = new ScriptedModel([busy(90_000), 'hello'])
    expect(await failureOf(retrying(model).generate(ask('hi')))).to.equal('rate_limited: slow down')
  })

  it('waits ever longer', async () => {
    const model = new ScriptedModel([busy(), busy(), busy(), 'hello'])
    // 20 + 40 + 80, each between its half and its whole.
    expect(await time(() => retrying(model, { minDelay: 20 }).generate(ask('hi')))).to.be.within(69, 1000)
  })

  it('stops waiting when it is cancelled', async () => {
    const controller = new AbortController()
    const model = new ScriptedModel(busy(30_000))
    const waiting = failureOf(retrying(model).generate(ask('hi', { signal: controller.signal })))
    setTimeout(() => controller.abort(), 5)
    expect(await waiting).to.equal('cancelled: the request was cancelled')
    expect(model.calls).to.equal(1)
  })

  it('checks its options', () => {
    expect(() => retrying(() => '', { attempts: 0 })).to.throw(RangeError, 'attempts')
    expect(() => retrying(() => '', { minDelay: -1 })).to.throw(RangeError, 'minDelay')
  })
})
