import { expect } from 'chai'
import type { StartRecord, StudyRecord } from '../../../src/search/study/records.ts'
import { Scribe } from '../../../src/search/study/scribe.ts'
import { MemoryStorage } from '../../../src/search/study/storage.ts'

const start: StartRecord = {
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
const ask = (id: number) => ({ type: 'ask', id, dna: id, parents: [] }) as const

describe('a scribe', () => {
  it('begins the study with the first record, once, and says when each was written', async () => {
    const storage = new MemoryStorage()
    const scribe = new Scribe(storage, start)
    const [first] = await Promise.all([scribe.append(ask(1)), scribe.append(ask(2))])
    expect(storage.read().map(({ type }) => type)).to.deep.equal(['study', 'ask', 'ask'])
    expect(storage.read()[1]).to.deep.equal(first)
    expect(first.time.at).to.be.closeTo(Date.now(), 1000)
  })

  it('gives what it reads behind the first, and does not begin again', async () => {
    const storage = new MemoryStorage([start, ask(1)])
    const scribe = new Scribe(storage, start)
    const read: StudyRecord[] = []
    scribe.read(records => void read.push(...records))
    expect(read).to.deep.equal([ask(1)])
    await scribe.append(ask(2))
    expect(storage.read().length).to.equal(3)
  })

  it('writes at once, before anything else is heard of', () => {
    const storage = new MemoryStorage([start])
    const scribe = new Scribe(storage, start)
    scribe.read(records => void [...records])
    void scribe.append(ask(1))
    scribe.note({ type: 'tell', id: 1, reward: 1 })
    expect(storage.read().map(({ type }) => type)).to.deep.equal(['study', 'ask', 'tell'])
  })

  it('throws what went wrong with an answer at the next wait, and ever after', async () => {
    const storage = { read: () => [], append: () => Promise.reject(new Error('full')) }
    const scribe = new Scribe(storage, start)
    scribe.note({ type: 'tell', id: 1, reward: 1 })
    for (let i = 0; i < 2; i++) {
      const error = await scribe.written().catch(thrown => thrown)
      expect(error.message).to.equal('an answer could not be stored, and the study cannot go on: Error: full')
    }
  })

  it('writes no more once a storage has thrown at an answer', async () => {
    let isFull = false
    const append = (): void => {
      if (isFull) throw new Error('full')
    }
    const scribe = new Scribe({ read: () => [], append }, start)
    await scribe.append(ask(1))
    isFull = true
    expect(() => scribe.note({ type: 'tell', id: 1, reward: 1 })).to.throw('full')
    isFull = false
    const refusal = 'an answer could not be stored, and the study cannot go on: Error: full'
    expect(() => scribe.note({ type: 'fail', id: 1, reason: '' })).to.throw(refusal)
    expect((await scribe.append(ask(2)).catch(thrown => thrown)).message).to.equal(refusal)
    await scribe.close()
  })

  it('closes and flushes its storage, and then writes no more', async () => {
    const calls: string[] = []
    const storage = {
      read: () => [],
      append: () => {},
      flush: () => void calls.push('flush'),
      close: async () => void calls.push('close'),
    }
    const scribe = new Scribe(storage, start)
    await scribe.flush()
    await scribe.close()
    await scribe.close()
    expect(calls).to.deep.equal(['flush', 'close'])
    expect(() => scribe.note({ type: 'tell', id: 1, reward: 1 })).to.throw('the study is closed')
  })
})
