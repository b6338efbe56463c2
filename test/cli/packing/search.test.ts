import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  type Improvement,
  openStudy,
  type SearchOptions,
  search,
  secondsUsed,
  trainingSet,
  validationSet,
  winnerOf,
} from '../../../src/cli/packing/search.ts'
import { waste } from '../../../src/cli/packing/simulate.ts'
import { JournalStorage, readJournal, type StudyRecord } from '../../../src/search/index.ts'

describe('the search for a rule', function () {
  this.timeout(60_000)
  const folder = mkdtempSync(join(tmpdir(), 'espalier-packing-'))
  const options = (name: string, changes: Partial<SearchOptions> = {}): SearchOptions => ({
    kind: 'or3',
    seed: 1,
    file: join(folder, name),
    threads: 2,
    seconds: 100,
    evaluations: 40,
    ...changes,
  })

  after(() => rmSync(folder, { recursive: true }))

  async function ran(given: SearchOptions): Promise<{ rewards: number[]; improvements: Improvement[] }> {
    await using study = openStudy(given)
    const improvements: Improvement[] = []
    await search(study, { ...given, onImproved: improvement => improvements.push(improvement) })
    const rewards = study.history.map(result => (result.status === 'told' ? result.reward : Number.NaN))
    return { rewards, improvements }
  }

  it('gives the same rules with any number of threads, and when it is taken up again', async () => {
    const whole = await ran(options('whole.jsonl'))
    expect(whole.rewards.length).to.equal(40)
    const one = await ran(options('parts.jsonl', { threads: 1, evaluations: 17 }))
    expect(one.rewards).to.eql(whole.rewards.slice(0, 17))
    const two = await ran(options('parts.jsonl'))
    expect(two.rewards).to.eql(whole.rewards)
  })

  it('tells each improvement once, with the rule it was made from', async () => {
    const { rewards, improvements } = await ran(options('told.jsonl'))
    const wanted = rewards.filter(
      (reward, i) => reward < Math.min(Number.POSITIVE_INFINITY, ...rewards.slice(0, i)),
    )
    expect(improvements.map(({ waste }) => waste)).to.eql(wanted)
    for (const { rule, waste: said } of improvements)
      expect(waste(rule, trainingSet('or3', 1))).to.equal(said)
  })

  it('chooses the winner on instances that nothing learned from, and makes it small', async () => {
    await using study = openStudy(options('whole.jsonl'))
    await study.ready
    const validation = validationSet('or3', 1)
    const winner = winnerOf(study, 'or3', 1)
    const finalists = study.history
      .filter(result => result.status === 'told')
      .sort((a, b) => a.reward - b.reward)
      .map(({ dna }) => study.space.materialize(dna))
    const wastes = finalists.map(rule => waste(rule, validation))
    expect(waste(winner, validation)).to.be.at.most(Math.min(...wastes))
    expect(winner.size).to.be.at.most(Math.max(...finalists.map(rule => rule.size)))
  })

  it('learns, chooses and reports on different instances', () => {
    expect(trainingSet('or3', 1)[0]).not.to.eql(validationSet('or3', 1)[0])
    expect(trainingSet('or3', 1)).not.to.eql(trainingSet('or3', 2))
  })

  it('stops when it is told to', async () => {
    const given = options('stopped.jsonl', { evaluations: 100_000 })
    await using study = openStudy(given)
    await search(study, { ...given, signal: AbortSignal.timeout(300) })
    expect(study.stopReason).to.equal('aborted')
  })

  it('counts the time of all runs, and no pauses', () => {
    const file = join(folder, 'times.jsonl')
    expect(secondsUsed(file)).to.equal(0)
    const [start] = readJournal(join(folder, 'whole.jsonl'))
    const journal = new JournalStorage(file)
    journal.append({ ...(start as StudyRecord), time: { at: 1000 } })
    for (const at of [2000, 5500, 100_000, 101_500]) journal.append({ type: 'enqueue', dna: 0, time: { at } })
    journal.close()
    expect(secondsUsed(file)).to.equal(6)
  })
})
