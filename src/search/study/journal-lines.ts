/**
 * The lines of a journal: `{"n":2,"sum":"5f3e2a10","record":{…}}`. The number counts from 1, and the checksum runs on from
 * line to line, so a line that is damaged, missing, moved or from elsewhere is noticed where it stands.
 */

import { readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { StudyError } from '../errors.ts'
import { recordFrom, type StudyRecord } from './records.ts'

/** Behind which line of a journal one is: what the next line is held against. */
export interface Place {
  /** The number of the line. */
  number: number
  /** The checksum of all records up to it. */
  sum: number
  /** How many bytes the lines up to it have. */
  bytes: number
}

export const startOfJournal = (): Place => ({ number: 0, sum: 0, bytes: 0 })

/** The line of the next record, and the place behind it. */
export function nextLine(record: StudyRecord, { number, sum, bytes }: Place): [line: Buffer, place: Place] {
  const text = JSON.stringify(record)
  const next = crc32(text, sum)
  const line = Buffer.from(`${headOf(number + 1, next)}${text}}\n`, 'utf8')
  return [line, { number: number + 1, sum: next, bytes: bytes + line.length }]
}

/**
 * The records in the whole lines of an open file. Moves the place along; what is behind it in the end is a last line that
 * breaks off. Throws `StudyError` naming the line that is not as it was written.
 */
export function* recordsIn(file: string, fd: number, size: number, place: Place): Generator<StudyRecord> {
  for (const line of linesIn(file, fd, size)) {
    const number = place.number + 1
    const record = recordIn(line, place)
    if (typeof record === 'string') throw new StudyError('', `${file}:${number}: ${record}`)
    place.bytes += line.length + 1
    yield record
  }
}

/** Whether a text without a line break may be the first line of a journal, broken off. */
export function isTornStart(tail: Buffer): boolean {
  return START.startsWith(tail.toString('latin1', 0, START.length))
}

const START = '{"n":1,"sum":"'

const headOf = (number: number, sum: number): string =>
  `{"n":${number},"sum":"${sum.toString(16).padStart(8, '0')}","record":`

/** The record of a line, which the place then includes; or what is wrong with it. */
function recordIn(line: Buffer, place: Place): StudyRecord | string {
  const number = place.number + 1
  const length = headOf(number, 0).length
  const text = line.subarray(length, -1)
  const sum = crc32(text, place.sum)
  const isWritten = line.toString('latin1', 0, length) === headOf(number, sum) && line.at(-1) === 0x7d
  if (!isWritten) return problemOf(line, number)
  let json: unknown
  try {
    json = JSON.parse(text.toString('utf8'))
  } catch {
    return `is no JSON, though its checksum is right; the file was made to look like a journal`
  }
  const record = recordFrom(json)
  if (typeof record === 'string') return `the record ${record}`
  if ((record.type === 'study') !== (number === 1)) {
    return number === 1
      ? `the first record is of type '${record.type}', not 'study'`
      : 'a second study begins here'
  }
  place.number = number
  place.sum = sum
  return record
}

function problemOf(line: Buffer, number: number): string {
  const found = /^\{"n":(\d+),"sum":"[0-9a-f]{8}","record":/.exec(line.toString('latin1', 0, 64))?.[1]
  if (found === undefined) {
    const text = line.toString('utf8', 0, 60)
    const what = number === 1 ? 'the file is not the journal of a study' : 'the line is not of a journal'
    return `${what}: it says ${JSON.stringify(text)}`
  }
  if (found !== String(number))
    return `line ${number} was to come, and this is line ${found}; lines are missing`
  return `the line is not as it was written (its checksum differs); the ${number - 1} lines before it are whole`
}

/** No record is longer, so no line of a foreign file fills the memory. */
const MAX_LINE = 1 << 26
const PIECE = 1 << 20

/** The lines that end in a line break, without it; each until the next is asked for. */
function* linesIn(file: string, fd: number, size: number): Generator<Buffer> {
  let held: Buffer[] = []
  let length = 0
  let number = 1
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, size - at))
    const count = readSync(fd, piece, 0, piece.length, at)
    if (count === 0) return
    at += count
    let start = 0
    for (let end = piece.indexOf(10); 0 <= end && end < count; end = piece.indexOf(10, start)) {
      const line = piece.subarray(start, end)
      yield held.length === 0 ? line : Buffer.concat([...held, line])
      held = []
      length = 0
      number++
      start = end + 1
    }
    held.push(piece.subarray(start, count))
    length += count - start
    if (length > MAX_LINE) {
      throw new StudyError(
        '',
        `${file}:${number}: the line has more than ${MAX_LINE} bytes, and is of no journal`,
      )
    }
  }
}
