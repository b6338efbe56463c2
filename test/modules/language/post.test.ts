import { expect } from 'chai'
import { post, retryAfterOf, statusKind } from '../../../src/modules/language/post.ts'
import { answers, ChatServer } from '../../support/chat-server.ts'
import { failureOf } from '../../support/scripted-model.ts'

describe('post', () => {
  const sent = { headers: {}, body: { a: 1 }, timeout: 5000, signal: undefined, secrets: ['', 'hunter2'] }

  it('gives the text of a good answer, characters cut in two among it', async () => {
    const server = await ChatServer.start((response, body) => {
      const bytes = Buffer.from(`ü${JSON.stringify(body)}`)
      response.writeHead(200, { 'content-type': 'text/plain' }).write(bytes.subarray(0, 1))
      setTimeout(() => response.end(bytes.subarray(1)), 5)
    })
    try {
      expect(await post(server.baseURL, sent)).to.deep.equal({ text: 'ü{"a":1}', contentType: 'text/plain' })
    } finally {
      server.close()
    }
  })

  it('shows a bad answer in part, and secrets not at all', async () => {
    const server = await ChatServer.start(answers(500, `hunter2 ${'x'.repeat(2000)}`))
    try {
      const said = await failureOf(post(server.baseURL, sent))
      expect(said).to.match(/answered 500: \[hidden\] x+…$/)
      expect(said.length).to.be.below(600)
    } finally {
      server.close()
    }
  })

  it('reads no answer without an end', async () => {
    const server = await ChatServer.start(response => {
      const piece = Buffer.alloc(1 << 20, 'x')
      const write = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', write)
      }
      response.writeHead(200)
      write()
    })
    try {
      expect(await failureOf(post(server.baseURL, sent))).to.equal(
        'bad_reply: the answer is larger than 8388608 bytes',
      )
    } finally {
      server.close()
    }
  })
})

describe('retryAfterOf', () => {
  const wanted = (headers: Record<string, string>): number | undefined =>
    retryAfterOf(new Headers(headers), Date.parse('2025-01-01T00:00:00Z'))

  it('reads milliseconds, seconds and dates', () => {
    expect(wanted({ 'retry-after-ms': '1500.5', 'retry-after': '9' })).to.equal(1500.5)
    expect(wanted({ 'retry-after': '9' })).to.equal(9000)
    expect(wanted({ 'retry-after': 'Wed, 01 Jan 2025 00:00:20 GMT' })).to.equal(20_000)
    expect(wanted({ 'retry-after': 'Tue, 31 Dec 2024 00:00:20 GMT' })).to.equal(0)
  })

  it('knows nothing else', () => {
    for (const text of ['soon', '', '-3']) expect(wanted({ 'retry-after-ms': text })).to.equal(undefined)
    expect(wanted({ 'retry-after': 'soon' })).to.equal(undefined)
  })
})

describe('statusKind', () => {
  it('tells what is no use to try again', () => {
    expect(statusKind(429, '')).to.equal('rate_limited')
    expect(statusKind(429, '{"code":"insufficient_quota"}')).to.equal('misconfigured')
    expect(statusKind(400, '')).to.equal('refused')
  })
})
