import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { cached } from '../../../src/modules/language/cached.ts'
import { LanguageModelError } from '../../../src/modules/language/language-model-error.ts'
import { ask, failureOf, ScriptedModel } from '../../support/scripted-model.ts'

describe('cached', () => {
  it('answers the same request once, and says when it did not ask', async () => {
    const scripted = new ScriptedModel((_, call) => ({ text: `answer ${call}`, cost: 3 }))
    const model = cached(scripted)
    const [first, again] = [await model.generate(ask('hi')), await model.generate(ask('hi'))]
    expect([first.text, first.isCached, first.cost]).to.deep.equal(['answer 0', undefined, 3])
    expect([again.text, again.isCached, again.cost]).to.deep.equal(['answer 0', true, undefined])
    expect((await model.generate(ask('ho'))).text).to.equal('answer 1')
  })

  it('has an answer for every rollout', async () => {
    const model = cached(new ScriptedModel((_, call) => `answer ${call}`))
    const texts: string[] = []
    for (const rollout of [0, 1, 0, 1]) texts.push((await model.generate(ask('hi', { rollout }))).text)
    expect(texts).to.deep.equal(['answer 0', 'answer 1', 'answer 0', 'answer 1'])
  })

  it('keeps no failure, and no reply that broke off', async () => {
    const scripted = new ScriptedModel([
      new LanguageModelError('unavailable', 'gone'),
      { text: 'cut', finishReason: 'length' },
      { text: '', finishReason: 'filtered' },
      'whole',
      'never asked',
    ])
    const model = cached(scripted)
    expect(await failureOf(model.generate(ask('hi')))).to.equal('unavailable: gone')
    const texts: string[] = []
    for (let i = 0; i < 4; i++) texts.push((await model.generate(ask('hi'))).text)
    expect(texts).to.deep.equal(['cut', '', 'whole', 'whole'])
  })

  it('asks once for what is asked at the same time', async () => {
    const scripted = new ScriptedModel('hello', 5)
    const model = cached(scripted)
    const replies = await Promise.all(Array.from({ length: 5 }, () => model.generate(ask('hi'))))
    expect(scripted.calls).to.equal(1)
    expect(replies.filter(reply => reply.isCached)).to.have.length(4)
  })

  it('makes nobody fail for the one it waits for', async () => {
    const controller = new AbortController()
    const scripted = new ScriptedModel('hello', 10)
    const model = cached(scripted)
    const first = failureOf(model.generate(ask('hi', { signal: controller.signal })))
    const second = model.generate(ask('hi'))
    controller.abort()
    expect(await first).to.match(/^cancelled/)
    expect((await second).text).to.equal('hello')
    expect(scripted.calls).to.equal(2)
  })

  it('lets go of one who waits', async () => {
    const controller = new AbortController()
    const model = cached(new ScriptedModel('hello', 20))
    const first = model.generate(ask('hi'))
    const second = failureOf(model.generate(ask('hi', { signal: controller.signal })))
    controller.abort()
    expect(await second).to.equal('cancelled: the request was cancelled')
    expect((await first).text).to.equal('hello')
  })

  it('outlives the process in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'espalier-cache-'))
    try {
      const file = join(folder, 'replies.jsonl')
      await cached(new ScriptedModel('hello'), { file }).generate(ask('hi'))
      const scripted = new ScriptedModel('never asked')
      const reply = await cached(scripted, { file }).generate(ask('hi'))
      expect([reply.text, reply.isCached, scripted.calls]).to.deep.equal(['hello', true, 0])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('keeps functions in memory alone, since they have no name to trust', () => {
    expect(() => cached(() => '', { file: 'x.jsonl' })).to.throw(TypeError, 'needs a model with an id')
  })
})
