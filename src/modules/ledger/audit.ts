/**
 * Checking a ledger without running anything: that its lines are whole, that candidates, generations and answers count
 * up without gaps, and that what is said of a generation and of the winner follows from the rewards. What rewards
 * outputs were worth can only be found out by running them.
 */

import { readFileSync } from 'node:fs'
import { type Json, sameJson } from '../json.ts'
import { meanOf } from '../score.ts'
import { added, NOTHING_SPENT, picked, type Spent } from '../spending.ts'
import { LedgerError } from './ledger-error.ts'
import { readLines } from './lines.ts'
import type {
  EndRecord,
  GenerationRecord,
  LedgerRecord,
  RefusedRecord,
  ScoredRecord,
  SimplifiedRecord,
  StartRecord,
} from './records.ts'

/** What stands in a ledger. */
export interface LedgerReport {
  readonly start: StartRecord
  /** All records, the first among them. */
  readonly records: readonly LedgerRecord[]
  readonly generations: readonly GenerationRecord[]
  /** Candidates that were scored or refused. */
  readonly candidates: number
  readonly answers: number
  /** The reward of the base program on the samples that choose the winner. */
  readonly baseline: number | undefined
  /** What language models took. */
  readonly spent: Spent
  /** Milliseconds that the run has taken. */
  readonly elapsed: number
  /** Undefined while the run is not at its end. */
  readonly end: EndRecord | undefined
}

/**
 * What stands in the ledger of a run, checked as far as it can be without running anything. The run may be going on just
 * now: no lock is taken, and a last line that breaks off is left alone. Throws `LedgerError` naming the first line that
 * is not as it should be.
 *
 *     const { end, generations, spent } = readLedger('run.jsonl')
 */
export function readLedger(file: string): LedgerReport {
  let content: Buffer
  try {
    content = readFileSync(file)
  } catch (cause) {
    throw new LedgerError(file, `cannot be read: ${(cause as Error).message}`, { cause })
  }
  const [records] = readLines(file, content)
  const auditor = new Auditor()
  records.forEach((record, i) => {
    const flaw = auditor.flawOf(record)
    if (flaw !== null) throw new LedgerError(`${file}:${i + 1}`, flaw)
  })
  const [start] = records
  if (start?.type !== 'fit') throw new LedgerError(file, 'has no record yet')
  return { start, records, ...auditor.report }
}

/** Goes through the records of a run, and says what is wrong with the next one. */
class Auditor {
  readonly #generations: GenerationRecord[] = []
  #candidates = 0
  #answers = 0
  #baseline: number | undefined
  /** The best on the samples that choose the winner: the base program, unless a candidate is better. */
  #best: { readonly id: number; readonly reward: number; readonly proposal: Json } | undefined
  #simplified: SimplifiedRecord | undefined
  /** The last of the tries to make the winner simpler. */
  #tries: ScoredRecord[] = []
  /** The candidates since the last generation was booked. */
  #open: (ScoredRecord | RefusedRecord)[] = []
  #isSearched = false
  #end: EndRecord | undefined
  #spent = NOTHING_SPENT
  #elapsed = 0

  get report(): Omit<LedgerReport, 'start' | 'records'> {
    return {
      generations: this.#generations,
      candidates: this.#candidates,
      answers: this.#answers,
      baseline: this.#baseline,
      spent: this.#spent,
      elapsed: this.#elapsed,
      end: this.#end,
    }
  }

  flawOf(record: LedgerRecord): string | null {
    if (this.#end !== undefined) return 'comes after the end of the run'
    const { took } = record
    if (took !== undefined) {
      if (took.elapsed < this.#elapsed) return 'was written earlier than the line before'
      this.#elapsed = took.elapsed
      this.#spent = added(this.#spent, picked(took))
    }
    switch (record.type) {
      case 'fit':
        return null
      case 'refused':
        return this.#candidate(record)
      case 'scored':
        return record.phase === 'search' ? this.#candidate(record) : this.#scored(record)
      case 'answer':
        return counted('answer', record.number, this.#answers++)
      case 'generation':
        return this.#generation(record)
      case 'searched':
        if (this.#isSearched) return 'is a second end of the search'
        this.#isSearched = true
        return null
      case 'simplified':
        this.#simplified = record
        return record.id === this.#best?.id ? null : `simplifies ${record.id}, which is not the winner`
      case 'end':
        this.#end = record
        return this.#winner(record)
    }
  }

  #candidate(record: ScoredRecord | RefusedRecord): string | null {
    if (this.#isSearched) return 'is a candidate after the end of the search'
    const before = this.#open.findLast(({ type }) => type === record.type)
    const floor = before?.id ?? this.#generations.at(-1)?.first ?? -1
    if (record.id <= floor) return `is of candidate ${record.id}, and does not come after ${floor}`
    if (record.type === 'scored' && record.left !== undefined) return null
    this.#open.push(record)
    this.#candidates++
    return null
  }

  #scored(record: ScoredRecord): string | null {
    const { phase, id, proposal, rewards } = record
    if (rewards === undefined) return null
    const reward = meanOf(rewards)
    if (phase === 'baseline') {
      if (this.#baseline !== undefined) return 'is a second baseline'
      this.#baseline = reward
      this.#best = { id, reward, proposal }
    } else if (phase === 'final' && reward > (this.#best?.reward ?? 0)) {
      this.#best = { id, reward, proposal }
    } else if (phase === 'simplify') this.#tries.push(record)
    return null
  }

  #generation(record: GenerationRecord): string | null {
    const open = this.#open
    this.#open = []
    const flaw = counted('generation', record.generation, this.#generations.length)
    if (flaw !== null) return flaw
    this.#generations.push(record)
    if (open.length !== record.evaluations) {
      return `has ${record.evaluations} candidates, and ${open.length} stand before it`
    }
    const outside = open.find(({ id }) => id < record.first)
    if (outside !== undefined) return `begins with candidate ${record.first}, and has candidate ${outside.id}`
    const candidates = open.filter(({ proposal }) => !(proposal as { readonly isProbe?: Json }).isProbe)
    const inOrder = (candidates.length > 0 ? candidates : open).toSorted((a, b) => a.id - b.id)
    const rewards = inOrder.map(each => (each.type === 'scored' ? meanOf(each.rewards ?? []) : 0))
    const best = Math.max(...rewards)
    if (record.best !== best) return `says that its best reward is ${record.best}, and that is ${best}`
    const mean = meanOf(rewards)
    return record.mean === mean ? null : `says that its mean reward is ${record.mean}, and that is ${mean}`
  }

  #winner({ id, reward, proposal, baseline }: EndRecord): string | null {
    if (baseline !== this.#baseline)
      return `says that the baseline is ${baseline}, and that is ${this.#baseline}`
    const best = this.#best
    if (id !== best?.id) return `says that ${id} wins, and that is ${best?.id}`
    const wanted = this.#simplified?.proposal ?? best.proposal
    if (!sameJson(proposal, wanted)) return 'has another proposal than the winner'
    // A simpler winner is as good as the one before on each sample, and may be better.
    const tried = this.#tries
      .filter(each => sameJson(each.proposal, wanted))
      .map(each => meanOf(each.rewards ?? []))
    const rewards = this.#simplified === undefined ? [best.reward] : tried
    return rewards.includes(reward)
      ? null
      : `says that the winner's reward is ${reward}, and that is ${best.reward}`
  }
}

const counted = (what: string, number: number, expected: number): string | null =>
  number === expected ? null : `is ${what} ${number}, and ${what} ${expected} was to come`
