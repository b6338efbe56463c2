import { expect } from 'chai'
import fc from 'fast-check'
import { LedgerError } from '../../../src/modules/index.ts'
import { nextLine, readLines, START } from '../../../src/modules/ledger/lines.ts'
import type { LedgerRecord, StartRecord } from '../../../src/modules/ledger/records.ts'

const start: StartRecord = {
  type: 'fit',
  version: 1,
  optimizer: 'ä',
  program: '',
  state: '',
  samples: '',
  targets: [],
  seed: 0,
  options: {},
}
const answer = (number: number, value: string): LedgerRecord => ({
  type: 'answer',
  number,
  question: null,
  answer: { ok: true, value, usage: {} },
})

function written(records: readonly LedgerRecord[]): Buffer {
  let place = START
  const lines = records.map(record => {
    const [line, next] = nextLine(record, place)
    place = next
    return line
  })
  const bytes = Buffer.concat(lines)
  expect(place.bytes).to.equal(bytes.length)
  return bytes
}

const read = (bytes: Buffer): readonly LedgerRecord[] => readLines('file', bytes)[0]

describe('the lines of a ledger', () => {
  const records = [start, answer(0, 'one'), answer(1, '\n\u2028"é\0')]
  const good = written(records)

  it('have a number, a checksum and a record', () => {
    expect(good.toString().split('\n')[1]).to.match(
      /^\{"n":2,"sum":"[0-9a-f]{8}","record":\{"type":"answer","number":0,/,
    )
  })

  it('are read as they were written', () => {
    expect(read(good)).to.deep.equal(records)
    expect(read(Buffer.alloc(0))).to.deep.equal([])
  })

  it('are read up to one that breaks off, wherever it does', () => {
    const ends = [...good].flatMap((byte, i) => (byte === 10 ? [i + 1] : []))
    for (let length = 0; length <= good.length; length++) {
      const whole = ends.filter(end => end <= length)
      const [found, place] = readLines('file', good.subarray(0, length))
      expect(found).to.deep.equal(records.slice(0, whole.length))
      expect(place.bytes).to.equal(whole.at(-1) ?? 0)
    }
  })

  it('are refused, by their number, when any byte of them is another', () => {
    const bytes = fc.tuple(fc.nat(good.length - 2), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(bytes, ([at, change]) => {
        const bad = Buffer.from(good)
        bad[at] = (bad[at] as number) ^ change
        expect(() => read(bad)).to.throw(LedgerError, /^file:[1-4]: /)
      }),
      { numRuns: 300 },
    )
  })

  it('are refused when one is missing, moved, or of another run', () => {
    const lines = good.toString().split('\n').slice(0, 3)
    const of = (...places: number[]): Buffer => Buffer.from(`${places.map(i => lines[i]).join('\n')}\n`)
    expect(() => read(of(0, 2))).to.throw(
      LedgerError,
      'file:2: line 2 was to come, and this is line 3; lines are missing',
    )
    expect(() => read(of(1))).to.throw(LedgerError, 'file:1: line 1 was to come, and this is line 2')
    expect(() => read(written([answer(0, '')]))).to.throw(
      LedgerError,
      "file:1: the first record is of type 'answer', not 'fit'",
    )
    expect(() => read(written([start, start]))).to.throw(LedgerError, 'file:2: a second run begins here')
    expect(() => read(written([start, { ...start, type: 'end' } as never]))).to.throw(
      LedgerError,
      "file:2: the record of type 'end' cannot have the stopReason undefined",
    )
  })

  it('know a file of another kind', () => {
    for (const text of ['hello', '\0', '{"n":2', '{"name"', ' ', 'hello\n', '[]\n']) {
      expect(() => read(Buffer.from(text)), text).to.throw(LedgerError, 'file:1: the file is no ledger')
    }
  })
})
