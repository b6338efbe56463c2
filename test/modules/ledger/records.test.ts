import { expect } from 'chai'
import { asWritten, type LedgerRecord, recordFrom, untook } from '../../../src/modules/ledger/records.ts'

const took = { at: 1, elapsed: 2 }
const proposal = { updates: [], parents: [], operator: 'base' }
const scored = { type: 'scored', phase: 'search', id: 0, proposal, on: 'samples', rewards: [0.5, 1] }
const sample = { output: null, reward: 0, traces: [] }
const good: { readonly [type: string]: object } = {
  fit: {
    type: 'fit',
    version: 1,
    optimizer: 'x',
    program: '',
    state: '',
    samples: '',
    targets: ['a'],
    seed: 's',
    options: {},
  },
  scored,
  left: { ...scored, rewards: undefined, left: 'seconds' },
  recorded: {
    ...scored,
    records: [sample, null],
    outputs: [1, null],
    errors: [{ place: 0, kind: 'threw', message: 'no' }],
  },
  refused: { type: 'refused', id: 3, proposal, refusal: 'no' },
  answer: { type: 'answer', number: 0, question: {}, answer: { ok: true, value: 1, usage: {} } },
  failure: { type: 'answer', number: 0, question: {}, answer: { ok: false, kind: 'failed', message: '' } },
  generation: { type: 'generation', generation: 0, first: 0, evaluations: 2, best: 1, mean: 0.5 },
  searched: { type: 'searched', stopReason: 'budget', limit: 'runs' },
  simplified: { type: 'simplified', id: 1, proposal },
  end: { type: 'end', stopReason: 'target', id: 1, proposal, reward: 1, baseline: 0 },
}

const of = (json: object): unknown => recordFrom(asWritten(json))

describe('recordFrom', () => {
  it('takes what a run writes', () => {
    for (const record of Object.values(good)) {
      expect(of({ ...record, took })).to.deep.equal(asWritten({ ...record, took }))
    }
  })

  it('says what is wrong with anything else', () => {
    const wrong: readonly (readonly [object, string])[] = [
      [[], 'must be a record, got []'],
      [{ type: 'toString' }, 'is of no known type: "toString"'],
      [{ ...good.fit, version: 2 }, 'is of version 2, and this version of the library reads version 1'],
      [{ ...scored, rewards: [2] }, "of type 'scored' cannot have the rewards [2]"],
      [{ ...scored, rewards: ['1'] }, `of type 'scored' cannot have the rewards ["1"]`],
      [{ ...scored, left: 'seconds' }, "of type 'scored' must have either rewards or what was left"],
      [{ ...scored, rewards: undefined }, "of type 'scored' must have either rewards or what was left"],
      [{ ...scored, at: [1] }, 'must have a reward for each of its samples, and no more'],
      [{ ...scored, records: [sample] }, 'must have a reward for each of its samples, and no more'],
      [{ ...scored, outputs: [1, 2, 3] }, 'must have a reward for each of its samples, and no more'],
      [{ ...scored, errors: [{ place: 2, kind: '', message: '' }] }, 'must have a reward for each'],
      [{ ...scored, records: [{ ...sample, traces: [{}] }, null] }, "'scored' cannot have the records"],
      [{ ...scored, took: { at: 1 } }, `of type 'scored' cannot have the took {"at":1}`],
      [{ ...scored, id: -2 }, "of type 'scored' cannot have the id -2"],
      [{ ...good.answer, answer: { ok: 'yes' } }, `cannot have the answer {"ok":"yes"}`],
      [{ ...good.generation, metrics: { a: null } }, `cannot have the metrics {"a":null}`],
      [{ ...good.end, stopReason: 'done' }, `of type 'end' cannot have the stopReason "done"`],
    ]
    for (const [json, words] of wrong) expect(of(json)).to.be.a('string').that.contains(words)
  })

  it('is not confused by names that every object has', () => {
    expect(recordFrom(JSON.parse('{"type":"__proto__"}'))).to.equal('is of no known type: "__proto__"')
  })
})

describe('untook', () => {
  it('is the same for two runs that took different times', () => {
    const records = (elapsed: number) => [{ ...good.searched, took: { at: 0, elapsed } } as LedgerRecord]
    expect(untook(records(1))).to.deep.equal(untook(records(2)))
    expect(untook(records(1))).to.deep.equal([good.searched])
  })
})
