import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { StudyError } from '../../../src/search/errors.ts'
import { isTornStart, nextLine, recordsIn, startOfJournal } from '../../../src/search/study/journal-lines.ts'
import type { StudyRecord } from '../../../src/search/study/records.ts'

const start: StudyRecord = {
  type: 'study',
  version: 1,
  library: '1.0.0',
  space: 5,
  algorithm: { name: 'ä', settings: {} },
  seed: 0,
  direction: 'maximize',
  window: 4,
  order: 'ordered',
}
const skip = (id: number, reason: string): StudyRecord => ({ type: 'skip', id, reason })

describe('the lines of a journal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-lines-'))
  const fd = openSync(join(folder, 'lines'), 'w+')
  after(() => {
    closeSync(fd)
    rmSync(folder, { recursive: true, force: true })
  })

  function written(records: readonly StudyRecord[]): Buffer {
    let place = startOfJournal()
    const lines = records.map(record => {
      const [line, next] = nextLine(record, place)
      place = next
      return line
    })
    const bytes = Buffer.concat(lines)
    expect(place.bytes).to.equal(bytes.length)
    return bytes
  }

  function read(bytes: Buffer): StudyRecord[] {
    ftruncateSync(fd)
    writeSync(fd, bytes, 0, bytes.length, 0)
    return [...recordsIn('file', fd, bytes.length, startOfJournal())]
  }

  it('have a number, a checksum and a record', () => {
    const text = written([start, skip(1, 'no')]).toString()
    expect(text.split('\n')[1]).to.match(
      /^\{"n":2,"sum":"[0-9a-f]{8}","record":\{"type":"skip","id":1,"reason":"no"\}\}$/,
    )
  })

  it('are read as they were written, however long', () => {
    const records = [start, skip(1, 'x'.repeat(3_000_000)), skip(2, ''), skip(3, '\n\u2028"é\0')]
    expect(read(written(records))).to.deep.equal(records)
    expect(read(Buffer.alloc(0))).to.deep.equal([])
  })

  it('are refused, by their number, when any byte of them is another', () => {
    const records = [start, skip(1, 'one'), skip(2, 'two')]
    const good = written(records)
    const bytes = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(bytes, ([at, change]) => {
        const bad = Buffer.from(good)
        bad[at] = (bad[at] as number) ^ change
        // The last byte is the line break: without it the line is not there yet.
        if (at === good.length - 1) expect(read(bad)).to.deep.equal(records.slice(0, 2))
        else expect(() => read(bad)).to.throw(StudyError, /^file:[1-4]: /)
      }),
      { numRuns: 300 },
    )
  })

  it('say what is wrong with a record that only looks right', () => {
    const line = (record: unknown): Buffer => written([start, record as StudyRecord])
    expect(() => read(line({ type: 'tell', id: 1 }))).to.throw(
      StudyError,
      "file:2: the record of type 'tell' cannot have the reward undefined",
    )
    expect(() => read(line(start))).to.throw(StudyError, 'file:2: a second study begins here')
    expect(() => read(written([skip(1, '')]))).to.throw(
      StudyError,
      "file:1: the first record is of type 'skip', not 'study'",
    )
  })

  it('know a first line that breaks off from a file of another kind', () => {
    const line = written([start])
    for (let length = 0; length < line.length; length++)
      expect(isTornStart(line.subarray(0, length))).to.equal(true)
    for (const text of ['hello', '\0', '{"n":2', '{"name"', ' '])
      expect(isTornStart(Buffer.from(text))).to.equal(false)
  })
})
