import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { LedgerError, type LedgerRecord, readLedger } from '../../../src/modules/index.ts'
import { nextLine, START } from '../../../src/modules/ledger/lines.ts'
import { mixedRun } from '../../support/ledger-runs.ts'

describe('readLedger', () => {
  let folder: string
  let file: string
  let records: readonly LedgerRecord[]
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'espalier-audit-'))
    file = join(folder, 'run.jsonl')
    await mixedRun({ ledger: file })
    records = readLedger(file).records
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** What is said of a ledger in which each line is right, and one record is another, or gone. */
  const flawOf = (type: string, change: (record: never) => object | null): string => {
    const at = records.findLastIndex(record => record.type === type || wordOf(record) === type)
    const changed = change(records[at] as never)
    const forged = [...records.slice(0, at), ...(changed === null ? [] : [changed]), ...records.slice(at + 1)]
    let place = START
    const lines = forged.map(record => {
      const [line, next] = nextLine(record as LedgerRecord, place)
      place = next
      return line
    })
    const other = join(folder, 'forged.jsonl')
    writeFileSync(other, Buffer.concat(lines))
    try {
      readLedger(other)
      return 'none'
    } catch (error) {
      expect(error).to.be.an.instanceOf(LedgerError)
      return (error as LedgerError).message.replace(`${other}:`, '')
    }
  }
  const wordOf = (record: LedgerRecord): string => (record.type === 'scored' ? record.phase : record.type)

  it('says what a run did, without running anything', () => {
    const { start, generations, candidates, answers, baseline, spent, elapsed, end } = readLedger(file)
    expect([start.optimizer, candidates, answers]).to.deep.equal(['mixed', 10, 2])
    expect(generations.map(({ best }) => best)).to.deep.equal([0.3444444444444444, 1])
    expect(baseline).to.equal(0.08391608391608392)
    expect(spent).to.deep.equal({ calls: 2, inputTokens: 6, outputTokens: 4, money: 0, guessed: 0 })
    expect(elapsed).to.be.above(0)
    expect(end).to.deep.include({ id: 7, reward: 1, stopReason: 'target' })
  })

  it('reads a run that is under way, and leaves a line that breaks off alone', () => {
    const content = readFileSync(file)
    const half = join(folder, 'half.jsonl')
    writeFileSync(half, content.subarray(0, content.length - 20))
    expect(readLedger(half).end).to.equal(undefined)
    expect(readFileSync(half)).to.have.length(content.length - 20)
  })

  it('takes an honest ledger', () => {
    expect(flawOf('end', record => record)).to.equal('none')
  })

  it('notices rewards, means, bests and winners that do not follow', () => {
    const flaws = [
      // As if what was only looked at had been a candidate.
      flawOf('search', (record: { proposal: object }) => ({
        ...record,
        proposal: { ...record.proposal, isProbe: false },
      })),
      flawOf('generation', (record: object) => ({ ...record, mean: 0.5 })),
      flawOf('generation', (record: object) => ({ ...record, best: 0.5 })),
      flawOf('generation', (record: object) => ({ ...record, generation: 2 })),
      flawOf('generation', (record: object) => ({ ...record, evaluations: 4 })),
      flawOf('generation', (record: object) => ({ ...record, first: 6 })),
      flawOf('search', () => null),
      flawOf('search', (record: object) => ({ ...record, id: 5 })),
      flawOf('answer', (record: object) => ({ ...record, number: 2 })),
      flawOf('searched', (record: object) => ({ ...record, took: { at: 0, elapsed: 0 } })),
      flawOf('final', (record: object) => ({ ...record, rewards: [1, 1], id: 3 })),
      flawOf('simplified', (record: object) => ({ ...record, id: 3 })),
      flawOf('end', (record: object) => ({ ...record, reward: 0.9 })),
      flawOf('end', (record: object) => ({ ...record, baseline: 0 })),
      flawOf('end', (record: object) => ({ ...record, id: 5 })),
      flawOf('test', (record: { proposal: object }) => ({ ...record, type: 'end', stopReason: 'target' })),
    ]
    expect(flaws).to.deep.equal([
      '16: says that its mean reward is 0.41279965517298717, and that is 0.33023972413838976',
      '16: says that its mean reward is 0.5, and that is 0.41279965517298717',
      '16: says that its best reward is 0.5, and that is 1',
      '16: is generation 2, and generation 1 was to come',
      '16: has 4 candidates, and 5 stand before it',
      '16: begins with candidate 6, and has candidate 5',
      '15: has 5 candidates, and 4 stand before it',
      '15: is of candidate 5, and does not come after 7',
      '17: is answer 2, and answer 1 was to come',
      '19: was written earlier than the line before',
      'none',
      '28: simplifies 3, which is not the winner',
      "31: says that the winner's reward is 0.9, and that is 1",
      '31: says that the baseline is 0, and that is 0.08391608391608392',
      '31: says that 5 wins, and that is 7',
      "30: the record of type 'end' cannot have the reward undefined",
    ])
  })

  it('says when there is nothing to read', () => {
    expect(() => readLedger(join(folder, 'none.jsonl'))).to.throw(
      LedgerError,
      'none.jsonl: cannot be read: ENOENT',
    )
    writeFileSync(join(folder, 'empty.jsonl'), '')
    expect(() => readLedger(join(folder, 'empty.jsonl'))).to.throw(LedgerError, 'has no record yet')
  })
})
