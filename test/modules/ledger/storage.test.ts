import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  FileLedger,
  LedgerError,
  type LedgerRecord,
  MemoryLedger,
  untook,
} from '../../../src/modules/index.ts'
import { mixedRun, plainResult, timeless } from '../../support/ledger-runs.ts'

const start: LedgerRecord = {
  type: 'fit',
  version: 1,
  optimizer: '',
  program: '',
  state: '',
  samples: '',
  targets: [],
  seed: 0,
  options: {},
}
const searched: LedgerRecord = { type: 'searched', stopReason: 'budget' }

describe('FileLedger', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'espalier-ledger-'))
    file = join(folder, 'run.jsonl')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const write = (...records: LedgerRecord[]): void => {
    const ledger = new FileLedger(file)
    ledger.read()
    for (const record of records) ledger.append(record)
    ledger.close()
  }
  const readBack = (): readonly LedgerRecord[] => {
    const ledger = new FileLedger(file)
    try {
      return ledger.read()
    } finally {
      ledger.close()
    }
  }

  it('keeps records, in a folder that it makes, and goes on behind them', () => {
    file = join(folder, 'a', 'run.jsonl')
    write(start)
    write(searched)
    expect(readBack()).to.deep.equal([start, searched])
    expect(readdirSync(join(folder, 'a'))).to.deep.equal(['run.jsonl'])
  })

  it('moves a line that breaks off to a file beside it', () => {
    write(start, searched)
    const whole = readFileSync(file)
    writeFileSync(file, whole.subarray(0, -5))
    expect(readBack()).to.deep.equal([start])
    expect(readFileSync(`${file}.torn`, 'utf8')).to.match(/^\{"n":2,.*"budge\n$/)
    write(searched)
    expect(readFileSync(file)).to.deep.equal(whole)
  })

  it('is had by one run at a time', async () => {
    const ledger = new FileLedger(file)
    ledger.read()
    expect(await mixedRun({ ledger: file }).catch(String)).to.contain(`${file} is in use by this process`)
    ledger.close()
    expect((await mixedRun({ ledger: file })).stopReason).to.equal('target')
  })

  it('changes no file that is none', () => {
    for (const text of ['my notes', 'my notes\n', '{"n":1,"sum":"00000000","record":{}}\n']) {
      writeFileSync(file, text)
      expect(readBack).to.throw(LedgerError, `${file}:1: `)
      expect(readFileSync(file, 'utf8')).to.equal(text)
      expect(existsSync(`${file}.torn`)).to.equal(false)
    }
    expect(() => new FileLedger(folder).read()).to.throw('is no file')
  })

  it('must be read before it is written', () => {
    expect(() => new FileLedger(file).append(start)).to.throw(LedgerError, 'must be read before')
  })

  it('gives back the file when a run fails', async () => {
    const failed = mixedRun({ ledger: file, reward: () => Number.NaN })
    expect(await failed.catch(String)).to.contain('a reward must be a number')
    expect(readBack()).to.have.length(1)
  })

  it('is gone on with, and is the same file in the end, wherever it was cut', async () => {
    const result = await mixedRun({ ledger: file })
    const whole = readFileSync(file)
    const records = readBack()
    // All that differs between places in one line is how much is thrown away; a test of lines goes over each byte.
    for (let length = 40; length < whole.length; length += 401) {
      writeFileSync(file, whole.subarray(0, length))
      expect(timeless(await mixedRun({ ledger: file }))).to.deep.equal(timeless(result))
      expect(untook(readBack())).to.deep.equal(untook(records))
    }
    writeFileSync(file, whole)
    expect(plainResult(await mixedRun({ ledger: file }))).to.deep.equal(plainResult(result))
    expect(readFileSync(file)).to.deep.equal(whole)
  })
})

describe('MemoryLedger', () => {
  it('keeps records, and gives a list of its own', () => {
    const ledger = new MemoryLedger([start])
    const before = ledger.read()
    ledger.append(searched)
    expect([before, ledger.read()]).to.deep.equal([[start], [start, searched]])
  })
})
