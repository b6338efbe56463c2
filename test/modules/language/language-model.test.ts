import { expect } from 'chai'
import {
  addUsage,
  estimatedTokens,
  isOfRecords,
  isOfText,
  languageModel,
} from '../../../src/modules/language/language-model.ts'
import { ask, failureOf, ScriptedModel } from '../../support/scripted-model.ts'

describe('languageModel', () => {
  it('fills in what a function leaves out', async () => {
    const parrot = ({ messages }: { messages: readonly { content: string }[] }): string =>
      messages[0]?.content ?? ''
    const model = languageModel(parrot)
    expect(model.id).to.equal('parrot')
    expect(await model.generate(ask('hi'))).to.deep.equal({
      text: 'hi',
      usage: {},
      finishReason: 'stop',
      model: 'parrot',
    })
    const reply = await languageModel(() => ({ object: { y: 1 }, usage: { inputTokens: 3 } })).generate(
      ask('hi'),
    )
    expect(reply).to.deep.include({ text: '{"y":1}', usage: { inputTokens: 3 } })
  })

  it('leaves a model as it is', () => {
    const model = new ScriptedModel('hi')
    expect(languageModel(model)).to.equal(model)
  })

  it('says what went wrong in a function', async () => {
    const broken = languageModel(() => {
      throw new TypeError('no such thing')
    })
    expect(await failureOf(broken.generate(ask('hi')))).to.equal('failed: no such thing')
    const silent = languageModel((() => undefined) as never)
    expect(await failureOf(silent.generate(ask('hi')))).to.match(/^bad_reply: the function '.*' gave neither/)
    const signal = AbortSignal.abort()
    expect(await failureOf(broken.generate(ask('hi', { signal })))).to.equal(
      'cancelled: the request was cancelled',
    )
  })
})

describe('addUsage', () => {
  it('adds what is known', () => {
    expect(addUsage({ inputTokens: 1 }, { inputTokens: 2, outputTokens: 3 })).to.deep.equal({
      inputTokens: 3,
      outputTokens: 3,
      cachedTokens: undefined,
      reasoningTokens: undefined,
    })
  })
})

describe('the kinds of schemas', () => {
  it('are of text, of records, and others', () => {
    const kinds = [{ type: 'string' }, { type: 'object' }, { type: 'integer' }, {}].map(
      schema => `${isOfText(schema)} ${isOfRecords(schema)}`,
    )
    expect(kinds).to.deep.equal(['true false', 'false true', 'false false', 'false false'])
  })
})

describe('estimatedTokens', () => {
  it('grows with messages, schema and the reply allowed', () => {
    const short = estimatedTokens(ask('hi'))
    expect(estimatedTokens(ask('hi'.repeat(200)))).to.be.within(100, 110)
    expect(estimatedTokens(ask('hi', { maxTokens: 50 }))).to.equal(short + 50)
    expect(estimatedTokens(ask('hi', { schema: { type: 'object' } }))).to.be.above(short)
  })
})
