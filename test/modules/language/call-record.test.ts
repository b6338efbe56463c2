import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { CallFile, callRecord, readCalls } from '../../../src/modules/language/call-record.ts'
import type { LanguageReply } from '../../../src/modules/language/language-model.ts'
import { LanguageModelError } from '../../../src/modules/language/language-model-error.ts'
import { ask } from '../../support/scripted-model.ts'

const reply = (text: string): LanguageReply => ({
  text,
  usage: { inputTokens: 1 },
  finishReason: 'stop',
  model: 'm-2025',
  raw: { big: true },
})

describe('records of calls', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'espalier-calls-'))
    file = join(folder, 'calls.jsonl')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('say what was asked and what became of it', () => {
    const { signal } = new AbortController()
    const record = callRecord('m', ask('hi', { seed: 1, signal }), reply('hello'), 5)
    expect(record).to.deep.include({ model: 'm', request: { ...ask('hi'), seed: 1 }, ms: 5 })
    expect(record.reply).to.deep.equal({
      text: 'hello',
      usage: { inputTokens: 1 },
      finishReason: 'stop',
      model: 'm-2025',
    })
    const failed = callRecord('m', ask('hi'), new LanguageModelError('refused', 'no'), 5)
    expect(failed.error).to.deep.equal({ kind: 'refused', message: 'no' })
    expect(failed.key).not.to.equal(record.key)
  })

  it('come back from a file in their order', async () => {
    const calls = new CallFile(file)
    const records = ['a', 'b', 'c'].map(text => callRecord('m', ask(text), reply(text), 1))
    await Promise.all(records.map(record => calls.append(record)))
    expect(readCalls(file)).to.deep.equal(records)
    expect(readCalls(join(folder, 'none.jsonl'))).to.deep.equal([])
  })

  it('survive a line that was cut short', async () => {
    const [a, b] = ['a', 'b'].map(text => callRecord('m', ask(text), reply(text), 1))
    await new CallFile(file).append(a!)
    const whole = readFileSync(file, 'utf8')
    for (const cut of [1, 20, whole.length - 1]) {
      appendFileSync(file, whole.slice(0, cut))
      expect(readCalls(file).length).to.be.within(1, 4)
      await new CallFile(file).append(b!)
      expect(readCalls(file).at(-1)).to.deep.equal(b)
    }
  })

  it('are only what has the form of one', () => {
    const good = JSON.stringify(callRecord('m', ask('a'), reply('a'), 1))
    const bad = [
      '{}',
      '[]',
      '7',
      '{"key":"k","model":"m","reply":{"text":7}}',
      '{"key":"k","model":"m","error":1}',
    ]
    appendFileSync(file, [...bad, good, ''].join('\n'))
    expect(readCalls(file)).to.have.length(1)
  })
})
