import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { CallRecord } from '../../../src/modules/language/call-record.ts'
import { LanguageModelError } from '../../../src/modules/language/language-model-error.ts'
import { recording, replaying } from '../../../src/modules/language/recording.ts'
import { ask, failureOf, ScriptedModel } from '../../support/scripted-model.ts'

describe('recording and replaying', () => {
  it('gives the same replies and failures, without the model', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'espalier-recording-'))
    try {
      const file = join(folder, 'calls.jsonl')
      const model = recording(
        new ScriptedModel(['one', new LanguageModelError('refused', 'no'), 'three', 'four']),
        file,
      )
      const run = async (asked: typeof model): Promise<string[]> => {
        const texts: string[] = []
        for (const text of ['a', 'b', 'c', 'a']) {
          texts.push(
            await asked.generate(ask(text)).then(
              reply => reply.text,
              error => `${error.kind}: ${error.message}`,
            ),
          )
        }
        return texts
      }
      const recorded = await run(model)
      expect(recorded).to.deep.equal(['one', 'refused: no', 'three', 'four'])
      const replayed = replaying(file)
      expect(await run(replayed)).to.deep.equal(recorded)
      expect(replayed.id).to.equal('scripted')
      // What was asked more often gets the last answer again.
      expect((await replayed.generate(ask('a'))).text).to.equal('four')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('tells a function as well', async () => {
    const records: CallRecord[] = []
    await recording(new ScriptedModel('hi'), record => void records.push(record)).generate(ask('a'))
    expect(records[0]).to.deep.include({ model: 'scripted', request: ask('a') })
    expect((await replaying(records).generate(ask('a'))).isCached).to.equal(true)
  })

  it('fails for what was not recorded', async () => {
    const records: CallRecord[] = []
    await recording(new ScriptedModel('hi'), record => void records.push(record)).generate(ask('a'))
    expect(await failureOf(replaying(records).generate(ask('b')))).to.equal(
      'not_recorded: no reply was recorded for the request that ends with "b"',
    )
  })

  it('needs records of one model', async () => {
    expect(() => replaying([])).to.throw(TypeError, 'there is nothing to replay in the records')
    expect(() => replaying('no-such-file.jsonl')).to.throw(
      TypeError,
      "nothing to replay in 'no-such-file.jsonl'",
    )
    const records: CallRecord[] = []
    await recording(new ScriptedModel('hi'), record => void records.push(record)).generate(ask('a'))
    const other = { ...(records[0] as CallRecord), model: 'other' }
    expect(() => replaying([...records, other])).to.throw(TypeError, "calls of 'scripted' and of 'other'")
  })
})
