import { expect } from 'chai'
import { fromAiSdk } from '../../../src/modules/language/ai-sdk.ts'
import type { LanguageReply, LanguageRequest } from '../../../src/modules/language/language-model.ts'
import { answers, breaksOff, ChatServer, completion, says, stalls } from '../../support/chat-server.ts'
import { ask, failureOf } from '../../support/scripted-model.ts'

const schema = {
  type: 'object',
  properties: { y: { type: 'integer' } },
  required: ['y'],
  additionalProperties: false,
}

/** The versions of the package that are supported, each with the provider that goes with it; those installed are tested. */
const VERSIONS = [
  { version: 5, ai: 'ai-5', provider: 'openai-compatible-1' },
  { version: 6, ai: 'ai', provider: '@ai-sdk/openai-compatible' },
  { version: 7, ai: 'ai-7', provider: 'openai-compatible-3' },
]

interface Provider {
  createOpenAICompatible(options: object): (model: string) => { readonly modelId: string }
}

for (const { version, ai, provider } of VERSIONS) {
  describe(`fromAiSdk with version ${version} of ai`, () => {
    let server: ChatServer
    let generate: (request: LanguageRequest) => Promise<LanguageReply>

    before(async function () {
      const packages = await Promise.all([import(ai), import(provider)]).catch(() => null)
      if (packages === null) this.skip()
      server = await ChatServer.start()
      const { createOpenAICompatible } = packages[1] as Provider
      const local = createOpenAICompatible({
        name: 'local',
        baseURL: server.baseURL,
        supportsStructuredOutputs: true,
      })
      const model = fromAiSdk(local('small'), { load: () => import(ai) })
      expect(model.id).to.equal('small')
      generate = request => model.generate(request)
    })
    after(() => server?.close())

    it('sends what a request says, and reads the reply', async () => {
      server.reset(says('hello'))
      const messages = [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Yes?' },
        { role: 'user', content: 'Well' },
      ] as const
      const reply = await generate({ messages, temperature: 0, seed: 3, maxTokens: 9 })
      expect(reply).to.deep.include({ text: 'hello', finishReason: 'stop', model: 'served' })
      expect(reply.usage).to.include({ inputTokens: 11, outputTokens: 7, cachedTokens: 4 })
      expect(server.requests[0]?.body).to.deep.include({ messages, temperature: 0, seed: 3, max_tokens: 9 })
    })

    it('asks for JSON by the schema, and leaves what came to its caller', async () => {
      for (const text of ['{"y":3}', 'Sure! {"y":3}', '{"y":"three"}']) {
        server.reset(says(text))
        expect((await generate(ask('?', { schema }))).text).to.equal(text)
      }
      const format = server.requests[0]?.body.response_format
      expect([format?.type, format?.json_schema?.schema]).to.deep.equal(['json_schema', schema])
    })

    it('says that a reply was cut off', async () => {
      const choices = [
        { index: 0, message: { role: 'assistant', content: '{"y":' }, finish_reason: 'length' },
      ]
      server.reset(answers(200, JSON.stringify(completion('', { choices }))))
      expect(await generate(ask('?', { schema }))).to.include({ text: '{"y":', finishReason: 'length' })
    })

    it('sorts failures into kinds, and does not try again', async () => {
      const busy = answers(429, '{"error":{"message":"busy"}}', {
        'content-type': 'application/json',
        'retry-after-ms': '30',
      })
      server.reset(busy)
      const error = await generate(ask('hi')).then(
        () => null,
        reason => reason as unknown,
      )
      expect(error).to.include({ kind: 'rate_limited', status: 429, retryAfter: 30, message: 'busy' })
      expect(server.requests).to.have.length(1)
      const kinds: string[] = []
      for (const answer of [
        answers(500, 'boom'),
        answers(401, '{}'),
        answers(400, '{}'),
        answers(200, '<html>'),
        breaksOff,
      ]) {
        server.reset(answer)
        kinds.push((await failureOf(generate(ask('hi')))).split(':')[0] as string)
      }
      expect(kinds).to.deep.equal(['unavailable', 'misconfigured', 'refused', 'bad_reply', 'unavailable'])
    })

    it('ends a request that is cancelled', async () => {
      server.reset(stalls)
      const signal = AbortSignal.timeout(20)
      expect(await failureOf(generate(ask('hi', { signal })))).to.equal(
        'cancelled: the request was cancelled',
      )
      expect(await failureOf(generate(ask('hi', { signal })))).to.match(/^cancelled/)
    })

    it('does without usage', async () => {
      server.reset(says('hello', { usage: undefined }))
      expect((await generate(ask('hi'))).usage.inputTokens).to.equal(undefined)
    })
  })
}

describe('fromAiSdk', () => {
  it('says what to install when the package is not there', async () => {
    const load = (): Promise<unknown> => import('no-such-package' as string)
    expect(await failureOf(fromAiSdk('a/model', { load }).generate(ask('hi')))).to.equal(
      'misconfigured: fromAiSdk needs the package ai, version 5, 6 or 7: npm install ai',
    )
  })

  it('is called as its model is, or as one likes', () => {
    expect(fromAiSdk('a/model').id).to.equal('a/model')
    expect(fromAiSdk({ modelId: 'm' }, { id: 'mine' }).id).to.equal('mine')
    expect(() => fromAiSdk({} as never)).to.throw(TypeError, 'fromAiSdk needs a model of the AI SDK')
  })
})
