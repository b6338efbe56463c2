import { expect } from 'chai'
import { InMask, type MaskInit, OutMask, Sequential, type Trace } from '../../../src/modules/index.ts'
import { fromJson } from '../../../src/symbolic/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'

const runner = new FakeRunner()
const value = { answer: 1, answer_1: 2, notes: [{ answer: 3, why: 4 }] }
const inputSchema = {
  type: 'object',
  properties: {
    answer: { type: 'integer' },
    answer_1: { type: 'integer' },
    notes: { type: 'array', items: { type: 'object', properties: { answer: {}, why: {} } } },
  },
  required: ['answer'],
}

describe('masking modules', () => {
  const both = async (init: MaskInit) =>
    [await new InMask(init).call(value, { runner }), await new OutMask(init).call(value, { runner })] as const

  it('keep what a mask names, or take it away', async () => {
    expect(await both({ mask: ['answer'] })).to.deep.equal([
      { answer: 1, notes: [{ answer: 3 }] },
      { answer_1: 2, notes: [{ why: 4 }] },
    ])
    expect(await both({ mask: [/^ANSWER/i], recursive: false })).to.deep.equal([
      { answer: 1, answer_1: 2 },
      { notes: [{ answer: 3, why: 4 }] },
    ])
    expect(await both({ mask: ['answer'], fold: 'suffix', recursive: false })).to.deep.equal([
      { answer: 1, answer_1: 2 },
      { notes: [{ answer: 3, why: 4 }] },
    ])
    expect(await new InMask({ mask: ['a'] }).call(null, { runner })).to.equal(null)
  })

  it('know what they give when they know what they take', async () => {
    const module = new OutMask({ mask: [/_1$/], inputSchema })
    expect(Object.keys(module.outputSpec?.properties as object)).to.deep.equal(['answer', 'notes'])
    expect(module.inputSpec).to.deep.equal(inputSchema)
    expect(new InMask({ mask: ['a'] }).outputSpec).to.equal(null)
    const traces: Trace[] = []
    const output = await module.call({ answer: 'a' }, { runner, onTrace: trace => void traces.push(trace) })
    expect([output, traces[0]?.error?.kind]).to.deep.equal([null, 'invalid_input'])
    const needy = new InMask({ mask: ['answer'], inputSchema })
    expect(
      () => new Sequential({ modules: [new OutMask({ mask: ['answer'], inputSchema }), needy] }),
    ).to.throw("'answer' is wanted, and never there")
  })

  it('are data', () => {
    const module = new InMask({ mask: ['a', /b\/c$/i], fold: 'plural', inputSchema })
    expect([[...module.keys], [...module.patterns]]).to.deep.equal([['a'], ['/b\\/c$/i']])
    expect(fromJson(JSON.parse(JSON.stringify(module)), InMask).equals(module)).to.equal(true)
  })

  it('refuse a mask of nothing, and patterns that are none', () => {
    expect(() => new InMask({ mask: [] })).to.throw('needs at least one key or pattern')
    const module = new InMask({ mask: [/a/] })
    expect(() => module.rebind([['patterns[0]', '/(/']])).to.throw('must be a regular expression')
    expect(() => module.rebind([['patterns[0]', 'a']])).to.throw('patterns[0]')
  })
})
