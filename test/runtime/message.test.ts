import { expect } from 'chai'
import fc from 'fast-check'
import { type Frame, FrameReader } from '../../src/runtime/frame.ts'
import { readMessage } from '../../src/runtime/message.ts'
import { readOutcomes } from '../../src/runtime/outcome.ts'
import { readToolCalls } from '../../src/runtime/tool-desk.ts'
import { runs } from '../support/random.ts'

const answer = { id: 1, count: 2, ms: 0.5, rss: 40 }
const read = (header: unknown, text = '[]') => readMessage({ header, text })

describe('readMessage', () => {
  it('reads what a child says', () => {
    expect(read({ ready: true, version: '20.0.0' })).to.deep.equal({ kind: 'ready' })
    expect(read({ id: 7, calls: true }, 'x')).to.deep.equal({ kind: 'ask', ask: { id: 7, text: 'x' } })
    expect(read(answer)).to.deep.equal({
      kind: 'answer',
      answer: { ...answer, same: false, rest: false, text: '[]' },
    })
    expect(read({ ...answer, same: true, rest: true })).to.deep.nested.include({
      'answer.same': true,
      'answer.rest': true,
    })
  })

  it('takes no number that makes no sense', () => {
    for (const key of ['id', 'count', 'rss', 'ms']) {
      for (const value of ['1e999', '-1', '-1e999', '1e300', 'null', '"1"', '[1]', 'true', '{}']) {
        const header: unknown = JSON.parse(
          JSON.stringify({ ...answer, [key]: 0 }).replace(`"${key}":0`, `"${key}":${value}`),
        )
        expect(read(header), `${key} ${value}`).to.equal(undefined)
      }
    }
    for (const odd of [
      { count: 0 },
      { count: 1.5 },
      { id: 0.1 },
      { rss: 2 ** 53 },
      { same: 1 },
      { rest: null },
    ])
      expect(read({ ...answer, ...odd }), JSON.stringify(odd)).to.equal(undefined)
  })

  it('takes no other header', () => {
    const proto: unknown = JSON.parse('{"__proto__":{"ready":true,"id":1,"calls":true}}')
    for (const header of [null, 1, '', 'ready', true, [], [answer], {}, { ready: 1 }, proto])
      expect(read(header)).to.equal(undefined)
  })
})

/** Headers, items and calls that are nearly right. */
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('1e999', '-1e999', '1E+400', '1'.repeat(400), '0', '1', '-0', '1e-999'),
)
const word = fc.constantFrom(
  'id',
  'count',
  'ms',
  'rss',
  'same',
  'rest',
  'ready',
  'calls',
  'v',
  'k',
  'm',
  'l',
  'c',
  'o',
  'e',
  '__proto__',
  'constructor',
  'then',
  'toJSON',
)
const leaf = fc.oneof(
  number.map(String),
  fc.constantFrom(
    'true',
    'false',
    'null',
    '"runtime"',
    '"timeout"',
    '"cancelled"',
    '{}',
    '[]',
    '[1]',
    '"x"',
    '"\\ud800"',
    '{"__proto__":1}',
    `${'['.repeat(1500)}${']'.repeat(1500)}`,
  ),
)
const record = fc
  .array(fc.tuple(word, leaf), { maxLength: 7 })
  .map(fields => `{${fields.map(([key, value]) => `"${key}":${value}`)}}`)
const text = fc.oneof(
  fc.array(record, { maxLength: 3 }).map(items => `[${items}]`),
  fc
    .array(fc.tuple(leaf, leaf), { maxLength: 3 })
    .map(items => `[${items.map(([name, input]) => `[${name},${input}]`)}]`),
  record,
  leaf,
  fc.string(),
)

describe('whatever a child sends', () => {
  const numRuns = runs(2000)
  const conditions = { ms: 1, isolation: 'os', memory: 64, maxOutput: 10 } as const

  it('is frames of a bounded size, or nothing', () => {
    const bytes = fc.uint8Array({ maxLength: 60 }).map(list => Buffer.from(list))
    const prefix = fc.tuple(fc.nat(80), fc.nat(200)).map(([head, body]) => {
      const lengths = Buffer.alloc(8)
      lengths.writeUInt32LE(head, 0)
      lengths.writeUInt32LE(body, 4)
      return lengths
    })
    const law = fc.property(fc.array(fc.oneof(bytes, prefix), { maxLength: 12 }), chunks => {
      const reader = new FrameReader(100)
      const frames: Frame[] = []
      for (const chunk of chunks) if (!reader.push(chunk, frame => frames.push(frame))) break
      for (const frame of frames) {
        expect(frame.text.length).to.be.at.most(100)
        readMessage(frame)
      }
    })
    fc.assert(law, { numRuns })
  })

  it('is a message of the agreed form, or none', () => {
    const law = fc.property(fc.oneof(record, leaf), header => {
      const message = read(JSON.parse(header))
      if (message?.kind !== 'answer') return
      const { id, count, rss, ms, ...rest } = message.answer
      for (const whole of [id, count, rss]) expect(Number.isSafeInteger(whole) && whole >= 0).to.equal(true)
      expect(ms).to.be.within(0, Number.MAX_SAFE_INTEGER)
      expect(Object.values(rest).map(value => typeof value)).to.deep.equal(['boolean', 'boolean', 'string'])
    })
    fc.assert(law, { numRuns })
  })

  it('is as many outcomes as were asked for, each of the agreed form, or none', () => {
    let read = 0
    const law = fc.property(text, fc.integer({ min: 1, max: 3 }), (text, count) => {
      const outcomes = readOutcomes(text, count, conditions)
      if (!outcomes) return
      read++
      expect(outcomes).to.have.length(count)
      for (const outcome of outcomes) {
        const known = [
          'ok',
          'value',
          'kind',
          'message',
          'line',
          'column',
          'stdout',
          'stderr',
          'ms',
          'isolation',
        ]
        expect(known).to.include.members(Object.keys(outcome))
        expect(Object.getPrototypeOf(outcome)).to.equal(Object.prototype)
        expect(`${outcome.stdout}${outcome.stderr}`.length).to.be.at.most(240)
        const { line = 1, column = 1 } = outcome as { line?: number; column?: number }
        for (const place of [line, column]) expect(Number.isSafeInteger(place) && place > 0).to.equal(true)
        if (outcome.ok) expectFinite(outcome.value)
      }
    })
    fc.assert(law, { numRuns })
    expect(read).to.be.above(0)
  })

  it('is calls with inputs of JSON, or none', () => {
    const law = fc.property(text, text => {
      for (const { name, input } of readToolCalls(text) ?? []) {
        expect(name).to.be.a('string')
        expectFinite(input)
      }
    })
    fc.assert(law, { numRuns })
  })
})

function expectFinite(value: unknown): void {
  JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number') expect(part).to.satisfy(Number.isFinite)
    return part
  })
}
