import { expect } from 'chai'
import type { LanguageRequest } from '../../../src/modules/language/language-model.ts'
import { openAiCompatible } from '../../../src/modules/language/open-ai-compatible.ts'
import {
  answers,
  breaksOff,
  ChatServer,
  completion,
  delta,
  says,
  saysSlowly,
  stalls,
  stallsInBody,
  streams,
} from '../../support/chat-server.ts'
import { ask, failureOf } from '../../support/scripted-model.ts'

const schema = { type: 'object', properties: { y: { type: 'integer' } }, required: ['y'] }

describe('openAiCompatible', () => {
  let server: ChatServer
  before(async () => {
    server = await ChatServer.start()
  })
  after(() => server.close())

  const model = (more: object = {}) => openAiCompatible({ baseURL: server.baseURL, model: 'small', ...more })
  const failure = (request: LanguageRequest = ask('hi'), more: object = {}): Promise<string> =>
    failureOf(model(more).generate(request)).then(text => text.replaceAll(server.baseURL, 'URL'))

  it('sends what a request says, and reads the reply', async () => {
    server.reset(says('hello'))
    const reply = await model({
      apiKey: 'secret',
      headers: { 'x-team': 'a' },
      extra: { top_p: 0.9 },
    }).generate({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      temperature: 0.5,
      seed: 3,
      maxTokens: 9,
    })
    expect(reply).to.deep.include({
      text: 'hello',
      usage: { inputTokens: 11, outputTokens: 7, cachedTokens: 4, reasoningTokens: undefined },
      finishReason: 'stop',
      model: 'served',
      raw: completion('hello'),
    })
    const [{ url, headers, body }] = server.requests as [(typeof server.requests)[0]]
    expect(url).to.equal('/v1/chat/completions')
    expect(headers).to.include({ authorization: 'Bearer secret', 'x-team': 'a' })
    expect(body).to.deep.equal({
      model: 'small',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      stream: false,
      temperature: 0.5,
      seed: 3,
      max_tokens: 9,
      top_p: 0.9,
    })
  })

  it('asks for JSON by the schema', async () => {
    server.reset(says('{"y":3}'))
    await model().generate(ask('?', { schema }))
    await model({ structured: 'json' }).generate(ask('?', { schema }))
    await model({ structured: 'none' }).generate(ask('?', { schema }))
    await model().generate(ask('?', { schema: { type: 'array' } }))
    expect(server.requests.map(({ body }) => body.response_format)).to.deep.equal([
      { type: 'json_schema', json_schema: { name: 'output', schema } },
      { type: 'json_object' },
      undefined,
      undefined,
    ])
  })

  it('does without the schema once the server has refused it', async () => {
    server.reset((response, body) =>
      (body.response_format ? answers(400, 'what?') : says('{"y":3}'))(response, body),
    )
    const client = model()
    for (let i = 0; i < 2; i++) expect((await client.generate(ask('?', { schema }))).text).to.equal('{"y":3}')
    expect(server.requests).to.have.length(3)
    server.reset(answers(400, 'too long'))
    expect(await failure(ask('?', { schema }))).to.equal(
      'refused: URL/chat/completions answered 400: too long',
    )
  })

  it('waits for a slow answer', async () => {
    server.reset(saysSlowly('hello', 40))
    expect((await model().generate(ask('hi'))).text).to.equal('hello')
  })

  it('reads a stream that it did not ask for', async () => {
    const usage = { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }
    server.reset(streams(delta('hel'), delta('lo', { finish_reason: 'stop' }), usage, '[DONE]'))
    const reply = await model().generate(ask('hi'))
    expect(reply).to.deep.include({ text: 'hello', finishReason: 'stop', model: 'served' })
    expect(reply.usage).to.include({ inputTokens: 3, outputTokens: 2 })
    server.reset(streams(delta('hel')))
    expect(await failure()).to.equal('unavailable: the stream broke off')
  })

  it('does without usage', async () => {
    server.reset(says('hello', { usage: undefined }))
    expect((await model().generate(ask('hi'))).usage.inputTokens).to.equal(undefined)
  })

  it('sorts failures into kinds', async () => {
    const kinds: string[] = []
    for (const status of [400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 529]) {
      server.reset(answers(status, '{"error":{"message":"no"}}'))
      const said = await failure()
      expect(said).to.match(new RegExp(`: URL/chat/completions answered ${status}: no$`))
      kinds.push(`${status} ${said.split(':')[0]}`)
    }
    expect(kinds).to.deep.equal([
      '400 refused',
      '401 misconfigured',
      '402 misconfigured',
      '403 misconfigured',
      '404 misconfigured',
      '408 unavailable',
      '413 refused',
      '422 refused',
      '429 rate_limited',
      '500 unavailable',
      '502 unavailable',
      '503 unavailable',
      '529 unavailable',
    ])
    server.reset(answers(429, '{"error":{"code":"insufficient_quota","message":"pay"}}'))
    expect(await failure()).to.match(/^misconfigured: /)
  })

  it('fails for what is no answer', async () => {
    server.reset(says('', { choices: [] }))
    expect(await failure()).to.match(/^bad_reply: the answer has no message: /)
    server.reset(answers(200, '<html>'))
    expect(await failure()).to.equal('bad_reply: the answer is not JSON: "<html>"')
    server.reset(breaksOff)
    expect(await failure()).to.match(/^unavailable: URL\/chat\/completions cannot be reached: /)
    server.reset(answers(307, '', { location: 'http://example.org' }))
    expect(await failure()).to.match(/^unavailable: .*redirect/)
    const gone = await ChatServer.start()
    const { baseURL } = gone
    gone.close()
    const nowhere = openAiCompatible({ baseURL, model: 'm' })
    expect(await failureOf(nowhere.generate(ask('hi')))).to.match(/^unavailable: .*ECONNREFUSED/)
  })

  it('ends a request that stalls, at its head or in its body', async () => {
    for (const answer of [stalls, stallsInBody]) {
      server.reset(answer)
      expect(await failure(ask('hi'), { timeout: 30 })).to.equal(
        'unavailable: URL/chat/completions gave no whole answer within 30 ms',
      )
      const controller = new AbortController()
      const pending = failure(ask('hi', { signal: controller.signal }))
      setTimeout(() => controller.abort(), 20)
      expect(await pending).to.equal('cancelled: the request was cancelled')
    }
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(server.underWay).to.equal(0)
  })

  it('shows no key in an error', async () => {
    server.reset(answers(401, '{"error":{"message":"Incorrect key: sk-1234, sk-1234"}}'))
    expect(await failure(ask('hi'), { apiKey: 'sk-1234' })).to.equal(
      'misconfigured: URL/chat/completions answered 401: Incorrect key: [hidden], [hidden]',
    )
  })

  it('sends the key of the environment to its server alone', async () => {
    const before = { ...process.env }
    try {
      server.reset(says('hello'))
      Object.assign(process.env, {
        ESPALIER_LM_URL: server.baseURL,
        ESPALIER_LM_MODEL: 'small',
        ESPALIER_LM_KEY: 'secret',
      })
      await openAiCompatible().generate(ask('hi'))
      await openAiCompatible({ baseURL: `${server.baseURL}/` }).generate(ask('hi'))
      const sent = server.requests.map(({ headers, body }) => [body.model, headers.authorization])
      expect(sent).to.deep.equal([
        ['small', 'Bearer secret'],
        ['small', undefined],
      ])
    } finally {
      for (const name of ['ESPALIER_LM_URL', 'ESPALIER_LM_MODEL', 'ESPALIER_LM_KEY']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    }
  })

  it('takes the root of a host for its /v1', async () => {
    server.reset(says('hello'))
    for (const baseURL of [server.baseURL, `${server.baseURL}/`, new URL(server.baseURL).origin]) {
      await openAiCompatible({ baseURL, model: 'm' }).generate(ask('hi'))
    }
    expect(new Set(server.requests.map(({ url }) => url))).to.deep.equal(new Set(['/v1/chat/completions']))
  })

  it('says what it lacks', () => {
    const made = (options: object) => () =>
      openAiCompatible({ baseURL: 'http://localhost', model: 'm', ...options })
    expect(made({ baseURL: 'localhost' })).to.throw(
      TypeError,
      'needs a baseURL like http://localhost:11434/v1',
    )
    expect(made({ baseURL: 'localhost:11434' })).to.throw(
      TypeError,
      'must be a URL of http or https, got localhost:',
    )
    expect(made({ baseURL: 'http://a:b@localhost' })).to.throw(TypeError, 'must not hold a name and password')
    expect(made({ model: '' })).to.throw(TypeError, 'openAiCompatible needs a model, or ESPALIER_LM_MODEL')
    expect(made({ timeout: 0 })).to.throw(RangeError, 'timeout')
  })
})
