import { expect } from 'chai'
import { MemoryStorage, StudyError, type StudyRecord } from '../../../src/search/index.ts'

const start: StudyRecord = {
  type: 'study',
  version: 1,
  library: '0.1.0',
  space: 1,
  algorithm: { name: 'a', settings: {} },
  seed: 0,
  direction: 'maximize',
  window: 4,
  order: 'ordered',
}
const ask: StudyRecord = { type: 'ask', id: 1, dna: [0], parents: [] }

describe('MemoryStorage', () => {
  it('keeps records in the order they were appended', () => {
    const storage = new MemoryStorage()
    expect(storage.read()).to.deep.equal([])
    storage.append(start)
    storage.append(ask)
    expect(storage.read()).to.deep.equal([start, ask])
  })

  it('is filled from records that were kept elsewhere', () => {
    const read = new MemoryStorage(JSON.parse(JSON.stringify([start, ask]))).read()
    expect(read).to.deep.equal([start, ask])
    expect(() => new MemoryStorage([ask])).to.throw(
      StudyError,
      "the first record of a study must be of type 'study'",
    )
  })

  it('gives copies: its records cannot be taken away', () => {
    const records = [start]
    const storage = new MemoryStorage(records)
    records.pop()
    ;(storage.read() as StudyRecord[]).pop()
    expect(storage.read()).to.deep.equal([start])
  })
})
