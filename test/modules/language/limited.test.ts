import { getEventListeners } from 'node:events'
import { expect } from 'chai'
import { limited } from '../../../src/modules/language/limited.ts'
import { ask, failureOf, ScriptedModel } from '../../support/scripted-model.ts'

describe('limited', () => {
  it('lets so many requests go at once, in the order they came', async () => {
    const scripted = new ScriptedModel('hello', 5)
    const model = limited(scripted, { concurrency: 2 })
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map(text => model.generate(ask(text))))
    expect(scripted.mostUnderWay).to.equal(2)
    expect(scripted.asked).to.deep.equal(['a', 'b', 'c', 'd', 'e'])
  })

  it('gives the place of a request that failed to the next', async () => {
    const scripted = new ScriptedModel([new Error('no'), 'hello'])
    const model = limited(scripted, { concurrency: 1 })
    const [first, second] = [failureOf(model.generate(ask('a'))), model.generate(ask('b'))]
    expect(await first).to.equal('Error: no')
    expect((await second).text).to.equal('hello')
  })

  it('keeps to so many tokens a minute, as replies count them', async () => {
    // A thousand tokens a second: 60,000 are there at once, and the first reply takes 60,050.
    const scripted = new ScriptedModel([
      { text: '', usage: { inputTokens: 60_000, outputTokens: 50 } },
      'hello',
    ])
    const model = limited(scripted, { tokensPerMinute: 60_000 })
    const begun = performance.now()
    await model.generate(ask('a'))
    expect(performance.now() - begun).to.be.below(40)
    await model.generate(ask('b'))
    expect(performance.now() - begun).to.be.within(50, 2000)
  })

  it('does not count what came from memory', async () => {
    const scripted = new ScriptedModel({ text: '', isCached: true })
    const model = limited(scripted, { tokensPerMinute: 60 })
    const begun = performance.now()
    for (let i = 0; i < 10; i++) await model.generate(ask('x'.repeat(200)))
    expect(performance.now() - begun).to.be.below(1000)
  })

  it('takes a request of more than a minute when the minute is full', async () => {
    const model = limited(new ScriptedModel('hello'), { tokensPerMinute: 10 })
    expect((await model.generate(ask('x'.repeat(1000)))).text).to.equal('hello')
  })

  it('lets go of a request that is cancelled while it waits', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const scripted = new ScriptedModel('hello', 20)
    const model = limited(scripted, { concurrency: 1 })
    const first = model.generate(ask('a'))
    const second = failureOf(model.generate(ask('b', { signal })))
    const third = model.generate(ask('c'))
    controller.abort()
    expect(await second).to.equal('cancelled: the request was cancelled')
    await Promise.all([first, third])
    expect(scripted.asked).to.deep.equal(['a', 'c'])
    expect(getEventListeners(signal, 'abort')).to.have.length(0)
    expect(await failureOf(model.generate(ask('d', { signal })))).to.match(/^cancelled/)
  })

  it('has no limits unless they are given, and checks them', async () => {
    const scripted = new ScriptedModel('hello', 2)
    const model = limited(scripted)
    await Promise.all(Array.from({ length: 20 }, () => model.generate(ask('a'))))
    expect(scripted.mostUnderWay).to.equal(20)
    expect(() => limited(scripted, { concurrency: 0 })).to.throw(RangeError, 'concurrency')
    expect(() => limited(scripted, { tokensPerMinute: 0 })).to.throw(RangeError, 'tokensPerMinute')
  })
})
