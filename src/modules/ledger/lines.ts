/**
 * The lines of a ledger, as those of the journal of a study: `{"n":2,"sum":"5f3e2a10","record":{…}}`. The number counts
 * from 1, and the checksum runs on from line to line, so a line that is damaged, missing, moved or from elsewhere is
 * noticed where it stands.
 */

import { crc32 } from 'node:zlib'
import { LedgerError } from './ledger-error.ts'
import { type LedgerRecord, recordFrom } from './records.ts'

/** Behind which line one is: what the next line is held against. */
export interface Place {
  /** The number of the line. */
  readonly number: number
  /** The checksum of all records up to it. */
  readonly sum: number
  /** How many bytes the lines up to it have. */
  readonly bytes: number
}

export const START: Place = { number: 0, sum: 0, bytes: 0 }

/** The line of the next record, and the place behind it. */
export function nextLine(
  record: LedgerRecord,
  { number, sum, bytes }: Place,
): readonly [line: Buffer, place: Place] {
  const text = JSON.stringify(record)
  const next = crc32(text, sum)
  const line = Buffer.from(`${headOf(number + 1, next)}${text}}\n`, 'utf8')
  return [line, { number: number + 1, sum: next, bytes: bytes + line.length }]
}

/**
 * The records in the whole lines of a file's content, and the place behind them; what is behind it is a last line that
 * breaks off. Throws `LedgerError` naming the line that is not as it was written.
 */
export function readLines(file: string, content: Buffer): readonly [records: LedgerRecord[], place: Place] {
  const records: LedgerRecord[] = []
  let place = START
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, place.bytes)) {
    const line = content.subarray(place.bytes, end)
    const number = place.number + 1
    const length = headOf(number, 0).length
    const text = line.subarray(length, -1)
    const sum = crc32(text, place.sum)
    const isWritten = line.toString('latin1', 0, length) === headOf(number, sum) && line.at(-1) === 0x7d
    const record = isWritten ? recordIn(text, number) : problemOf(line, number)
    if (typeof record === 'string') throw new LedgerError(`${file}:${number}`, record)
    records.push(record)
    place = { number, sum, bytes: end + 1 }
  }
  if (records.length === 0 && !isTornStart(content)) {
    throw new LedgerError(`${file}:1`, `the file is no ledger: it says ${shown(content)}`)
  }
  return [records, place]
}

const HEAD = '{"n":1,"sum":"'

/** Whether a text without a line break may be a first line, broken off. */
const isTornStart = (tail: Buffer): boolean => HEAD.startsWith(tail.toString('latin1', 0, HEAD.length))

const headOf = (number: number, sum: number): string =>
  `{"n":${number},"sum":"${sum.toString(16).padStart(8, '0')}","record":`

function recordIn(text: Buffer, number: number): LedgerRecord | string {
  let json: unknown
  try {
    json = JSON.parse(text.toString('utf8'))
  } catch {
    return 'is no JSON, though its checksum is right; the file was made to look like a ledger'
  }
  const record = recordFrom(json)
  if (typeof record === 'string') return `the record ${record}`
  if ((record.type === 'fit') === (number === 1)) return record
  return number === 1 ? `the first record is of type '${record.type}', not 'fit'` : 'a second run begins here'
}

function problemOf(line: Buffer, number: number): string {
  const found = /^\{"n":(\d+),"sum":"[0-9a-f]{8}","record":/.exec(line.toString('latin1', 0, 64))?.[1]
  if (found === undefined) {
    return `${number === 1 ? 'the file is no ledger' : 'the line is of no ledger'}: it says ${shown(line)}`
  }
  if (found !== String(number)) {
    return `line ${number} was to come, and this is line ${found}; lines are missing`
  }
  return `the line is not as it was written (its checksum differs); the ${number - 1} lines before it are whole`
}

const shown = (text: Buffer): string => JSON.stringify(text.toString('utf8', 0, 60))
