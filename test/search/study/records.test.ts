import { expect } from 'chai'
import { recordFrom, type StudyRecord, untimed } from '../../../src/search/study/records.ts'

const start = {
  type: 'study',
  version: 1,
  library: '1.0.0',
  space: 5,
  algorithm: { name: 'a', settings: {} },
  seed: 0,
  direction: 'maximize',
  window: 4,
  order: 'ordered',
}

describe('a record', () => {
  const good: readonly object[] = [
    start,
    { ...start, direction: ['maximize', 'minimize'], template: null, time: { at: 5 } },
    { type: 'enqueue', dna: 0 },
    { type: 'ask', id: 1, dna: [0], parents: [], enqueued: true, infeasible: 'no' },
    { type: 'again', id: 1, reason: 'x' },
    { type: 'report', id: 1, step: 0, values: { a: 1 } },
    { type: 'tell', id: 1, reward: [1, 2], metrics: {}, cost: 2, time: { at: 1, ms: 2 } },
    { type: 'skip', id: 1, reason: '' },
    { type: 'prune', id: 2, reason: '' },
  ]

  it('is read from JSON as it is', () => {
    for (const json of good) expect(recordFrom(json)).to.equal(json)
  })

  it('is refused when a field is wrong, in a sentence that names it', () => {
    const bad: readonly [unknown, string][] = [
      [null, 'must be a record, got null'],
      [[], 'must be a record, got []'],
      [{}, 'is of no known type: undefined'],
      [{ type: 'toString' }, 'is of no known type: "toString"'],
      [{ type: ['ask'] }, 'is of no known type: ["ask"]'],
      [{ ...start, version: 2 }, "of type 'study' cannot have the version 2"],
      [{ ...start, window: 0 }, 'cannot have the window 0'],
      [{ ...start, direction: ['up'] }, 'cannot have the direction ["up"]'],
      [{ ...start, algorithm: { name: 'a' } }, 'cannot have the algorithm'],
      [{ type: 'ask', id: 0, dna: 0, parents: [] }, "of type 'ask' cannot have the id 0"],
      [{ type: 'ask', id: 1, parents: [] }, 'cannot have the dna undefined'],
      [{ type: 'ask', id: 1, dna: 0, parents: ['1'] }, 'cannot have the parents ["1"]'],
      [{ type: 'tell', id: 1, reward: null }, "of type 'tell' cannot have the reward null"],
      [{ type: 'tell', id: 1, reward: [1, null] }, 'cannot have the reward [1,null]'],
      [{ type: 'tell', id: 1, reward: 1, metrics: { a: 'b' } }, 'cannot have the metrics {"a":"b"}'],
      [{ type: 'tell', id: 1, reward: 1, time: 5 }, 'cannot have the time 5'],
      [{ type: 'fail', id: 2 ** 60, reason: '' }, 'cannot have the id'],
      [{ type: 'report', id: 1, step: -1, values: {} }, 'cannot have the step -1'],
    ]
    for (const [json, why] of bad) expect(recordFrom(json)).to.be.a('string').that.contains(why)
    expect(recordFrom({ type: 'x'.repeat(1000) })).to.have.length.below(120)
  })

  it('pollutes nothing', () => {
    const json = JSON.parse(
      '{"type":"tell","id":1,"reward":1,"metrics":{"__proto__":1},"__proto__":{"cost":9}}',
    )
    const record = recordFrom(json) as StudyRecord
    expect(Object.getPrototypeOf(record)).to.equal(Object.prototype)
    expect(({} as { cost?: number }).cost).to.equal(undefined)
  })
})

describe('untimed', () => {
  it('leaves out times, and puts the answers to the trials', () => {
    const records: StudyRecord[] = [
      { type: 'ask', id: 1, dna: 0, parents: [], time: { at: 1 } },
      { type: 'ask', id: 2, dna: 1, parents: [], time: { at: 2 } },
      { type: 'tell', id: 1, reward: 5, time: { at: 3, ms: 2 } },
    ]
    expect(untimed(records)).to.deep.equal([
      { type: 'ask', id: 1, dna: 0, parents: [] },
      { type: 'tell', id: 1, reward: 5 },
      { type: 'ask', id: 2, dna: 1, parents: [] },
    ])
  })
})
