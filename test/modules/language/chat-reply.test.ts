import { expect } from 'chai'
import fc from 'fast-check'
import { chatReply } from '../../../src/modules/language/chat-reply.ts'
import { LanguageModelError } from '../../../src/modules/language/language-model-error.ts'
import { completion, delta } from '../../support/chat-server.ts'

const whole = (choice: object, more: object = {}) =>
  chatReply(JSON.stringify(completion('', { choices: [choice], ...more })), 'application/json', 'm')

const streamed = (...events: (object | string)[]) =>
  chatReply(
    events.map(event => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join(''),
    'text/event-stream; charset=utf-8',
    'm',
  )

describe('chatReply', () => {
  it('reads contents in parts, and none', () => {
    const parts = [{ type: 'text', text: 'a' }, 'b', { type: 'image' }]
    expect(whole({ message: { content: parts } }).text).to.equal('ab')
    expect(whole({ message: { content: null } }).text).to.equal('')
  })

  it('reads why a reply ended', () => {
    const reasons = ['stop', 'length', 'content_filter', 'tool_calls', null]
    const read = reasons.map(finish_reason => whole({ message: { content: '' }, finish_reason }).finishReason)
    expect(read).to.deep.equal(['stop', 'length', 'filtered', 'other', 'other'])
    expect(
      whole({ message: { content: null, refusal: 'No.' }, finish_reason: 'stop' }).finishReason,
    ).to.equal('filtered')
  })

  it('takes no number on trust', () => {
    const usage = {
      prompt_tokens: -1,
      completion_tokens: '7',
      completion_tokens_details: { reasoning_tokens: 2 },
    }
    expect(whole({ message: { content: '' } }, { usage }).usage).to.deep.equal({
      inputTokens: undefined,
      outputTokens: undefined,
      cachedTokens: undefined,
      reasoningTokens: 2,
    })
  })

  it('joins a stream, by its type or by its look', () => {
    const reply = streamed(delta('a'), delta('b', { finish_reason: 'length' }))
    expect(reply).to.deep.include({ text: 'ab', finishReason: 'length', model: 'served' })
    const events = `: hello\r\n\r\ndata: ${JSON.stringify(delta('a'))}\r\n\r\ndata: [DONE]\r\n\r\n`
    expect(chatReply(events, 'text/plain', 'm').text).to.equal('a')
  })

  it('does not take a part of a stream for the whole', () => {
    expect(() => streamed(delta('a'))).to.throw(LanguageModelError, 'the stream broke off')
    expect(() => streamed(delta('a'), '{"choi')).to.throw(LanguageModelError, 'the stream broke off')
    expect(() => streamed({ error: { message: 'overloaded' } })).to.throw(LanguageModelError, 'overloaded')
  })

  it('gives a reply or an error of ours for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.boolean(), (text, isStream) => {
        try {
          expect(chatReply(text, isStream ? 'text/event-stream' : '', 'm').text).to.be.a('string')
        } catch (error) {
          expect(error).to.be.instanceOf(LanguageModelError)
        }
      }),
    )
  })
})
