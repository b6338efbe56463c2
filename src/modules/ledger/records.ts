/**
 * The records of a run of training: plain JSON, one for each candidate scored, each answer to a question, each
 * generation, and little else. They say what nobody can work out again (what runs and language models gave) beside what
 * anybody can, so that a run goes on from them and a reader can check it. Everything that depends on the clock and on
 * money stands in `took`. What comes from a file is checked here, field by field.
 */

import type { Seed, StopReason } from '../../search/index.ts'
import type { Json } from '../json.ts'
import { isJsonRecord } from '../json.ts'
import type { Answer, SampleRecord } from '../optimizer.ts'
import type { RunError } from '../score.ts'
import type { Spent } from '../spending.ts'

/** What a record took, and when. Two runs are the same whatever stands here. */
export interface Took extends Partial<Spent> {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Milliseconds that the run has taken so far; those in which nobody ran it do not count. */
  readonly elapsed: number
  /** Milliseconds that a generation took. */
  readonly ms?: number
}

interface Timed {
  readonly took?: Took
}

/** How a run was begun: all that must be the same when it goes on. Always the first record. */
export interface StartRecord extends Timed {
  readonly type: 'fit'
  readonly version: 1
  readonly optimizer: string
  /** Digests: of the program, of the state that the optimizer begins with, and of the samples. */
  readonly program: string
  readonly state: string
  readonly samples: string
  readonly validation?: string
  readonly test?: string
  readonly targets: readonly string[]
  readonly seed: Seed
  /** The other options that the result depends on, as far as they are data. */
  readonly options: { readonly [name: string]: Json }
}

/** A list of samples given to `fit`. */
export type SampleList = 'samples' | 'validation' | 'test'

/** For what a program was scored: `start` is the base program on the training samples. */
export type Phase = 'baseline' | 'start' | 'search' | 'final' | 'simplify' | 'test'

/** Which candidate was scored on which samples, for what. */
export interface Subject {
  readonly phase: Phase
  /** The id of its evaluation; -1 for the base program. */
  readonly id: number
  /** What it changes in the base program, with trees as their JSON. */
  readonly proposal: Json
  readonly on: SampleList
  /** The positions of the samples in their list; all of them when it is absent. */
  readonly at?: readonly number[]
}

/** What came of scoring a candidate: rewards, or why there are none. */
export type ScoredBody = RewardedBody | LeftBody

export interface RewardedBody {
  /** One per sample. */
  readonly rewards: readonly number[]
  /** What failed, by the place of the sample among these. */
  readonly errors?: readonly (RunError & { readonly place: number })[]
  /** What happened, where somebody asked for it; null for samples of which it was not written down. */
  readonly records?: readonly (SampleRecord | null)[]
  /** Where metrics ask for them. */
  readonly outputs?: readonly Json[]
  readonly left?: undefined
}

export interface LeftBody {
  readonly left: LeftReason
  readonly rewards?: undefined
}

/** What ran out: the time, a limit on language models in the budget of the run, or a budget around a model itself. */
export type LeftReason = 'seconds' | 'over_budget'

export type ScoredRecord = Timed & Subject & ScoredBody & { readonly type: 'scored' }

/** Updates that could not be made. */
export interface RefusedRecord extends Timed {
  readonly type: 'refused'
  readonly id: number
  readonly proposal: Json
  readonly refusal: string
}

export interface AnswerRecord extends Timed {
  readonly type: 'answer'
  /** Counts from 0. */
  readonly number: number
  readonly question: Json
  readonly answer: Answer
}

export interface GenerationRecord extends Timed {
  readonly type: 'generation'
  readonly generation: number
  /** The first id of the generation, and how many candidates were scored or refused. */
  readonly first: number
  readonly evaluations: number
  readonly best: number
  readonly mean: number
  readonly metrics?: { readonly [name: string]: number }
}

/** The end of the search, before the winner is chosen. */
export interface SearchedRecord extends Timed {
  readonly type: 'searched'
  readonly stopReason: StopReason
  /** The limit of the budget that was reached. */
  readonly limit?: string
}

export interface SimplifiedRecord extends Timed {
  readonly type: 'simplified'
  readonly id: number
  readonly proposal: Json
}

/** The end of the run. */
export interface EndRecord extends Timed {
  readonly type: 'end'
  readonly stopReason: StopReason
  readonly limit?: string
  /** The winner. */
  readonly id: number
  readonly proposal: Json
  readonly reward: number
  readonly baseline: number
}

/** Records that say what the others amount to, which replaying works out again. */
export type StepRecord = RefusedRecord | GenerationRecord | SearchedRecord | SimplifiedRecord | EndRecord
export type LedgerRecord = StartRecord | ScoredRecord | AnswerRecord | StepRecord

/**
 * What two runs have in common: their records without what they took.
 *
 *     expect(untook(oneByOne)).to.deep.equal(untook(atOnce))
 */
export const untook = (records: Iterable<LedgerRecord>): LedgerRecord[] =>
  Array.from(records, ({ took: _, ...record }) => record as LedgerRecord)

/** A value as it is when it comes back from a file. */
export const asWritten = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

/** The record that a JSON value is; a sentence about what is wrong with it otherwise. */
export function recordFrom(json: unknown): LedgerRecord | string {
  if (!isJsonRecord(json)) return `must be a record, got ${show(json)}`
  const { type, version } = json
  const rules = typeof type === 'string' && Object.hasOwn(RULES, type) ? RULES[type as RecordType] : undefined
  if (rules === undefined) return `is of no known type: ${show(type)}`
  if (type === 'fit' && version !== 1) {
    return `is of version ${show(version)}, and this version of the library reads version 1`
  }
  for (const [name, rule] of Object.entries<Rule>({ ...rules, took: optional(isTook) })) {
    if (!rule(json[name])) return `of type '${type}' cannot have the ${name} ${show(json[name])}`
  }
  if (type === 'scored' && (json.left === undefined) === (json.rewards === undefined)) {
    return `of type 'scored' must have either rewards or what was left`
  }
  const record = json as unknown as LedgerRecord
  if (record.type !== 'scored' || record.rewards === undefined) return record
  const { rewards, records = rewards, outputs = rewards, errors = [], at = rewards } = record
  const areAsMany = [records, outputs, at].every(({ length }) => length === rewards.length)
  const areFine = areAsMany && errors.every(({ place }) => place < rewards.length)
  return areFine ? record : `of type 'scored' must have a reward for each of its samples, and no more`
}

type RecordType = LedgerRecord['type']
type Rule = (value: unknown) => boolean

const isText: Rule = value => typeof value === 'string'
const isNumber: Rule = value => Number.isFinite(value)
const isPart: Rule = value => isNumber(value) && 0 <= (value as number) && (value as number) <= 1
const isCount: Rule = value => Number.isSafeInteger(value) && (value as number) >= 0
const isId: Rule = value => Number.isSafeInteger(value) && (value as number) >= -1
const isJson: Rule = value => value !== undefined
const isOneOf =
  (...known: readonly string[]): Rule =>
  value =>
    known.includes(value as string)
const optional =
  (rule: Rule): Rule =>
  value =>
    value === undefined || rule(value)
const listOf =
  (rule: Rule): Rule =>
  value =>
    Array.isArray(value) && value.every(rule)
const recordOf =
  (rules: { readonly [name: string]: Rule }): Rule =>
  value =>
    isJsonRecord(value) && Object.entries(rules).every(([name, rule]) => rule(value[name]))
const isFigures: Rule = value => isJsonRecord(value) && Object.values(value).every(isNumber)

const SPENT = ['calls', 'inputTokens', 'outputTokens', 'money', 'guessed'] as const
const isTook = recordOf({
  at: isNumber,
  elapsed: isNumber,
  ms: optional(isNumber),
  ...Object.fromEntries(SPENT.map(name => [name, optional(isNumber)])),
})
const isProposal = recordOf({ updates: Array.isArray, parents: listOf(isId), operator: isText })
const isError = recordOf({ place: isCount, kind: isText, message: isText })
const isTrace = recordOf({ path: isText, input: isJson, output: isJson, stdout: isText, stderr: isText })
const isSampleRecord = recordOf({
  output: isJson,
  reward: isPart,
  feedback: optional(isText),
  error: optional(recordOf({ kind: isText, message: isText })),
  traces: listOf(isTrace),
})
const isAnswer: Rule = value =>
  recordOf({ ok: value => value === true, value: isJson, usage: isFigures, cost: optional(isNumber) })(
    value,
  ) || recordOf({ ok: value => value === false, kind: isText, message: isText })(value)
const isReason = isOneOf('target', 'budget', 'patience', 'exhausted', 'infeasible', 'aborted')

const RULES: Record<RecordType, { readonly [name: string]: Rule }> = {
  fit: {
    optimizer: isText,
    program: isText,
    state: isText,
    samples: isText,
    validation: optional(isText),
    test: optional(isText),
    targets: listOf(isText),
    seed: value => isText(value) || isNumber(value),
    options: isJsonRecord,
  },
  scored: {
    phase: isOneOf('baseline', 'start', 'search', 'final', 'simplify', 'test'),
    id: isId,
    proposal: isProposal,
    on: isOneOf('samples', 'validation', 'test'),
    at: optional(listOf(isCount)),
    rewards: optional(listOf(isPart)),
    errors: optional(listOf(isError)),
    records: optional(listOf(value => value === null || isSampleRecord(value))),
    outputs: optional(Array.isArray),
    left: optional(isOneOf('seconds', 'over_budget')),
  },
  refused: { id: isId, proposal: isProposal, refusal: isText },
  answer: { number: isCount, question: isJson, answer: isAnswer },
  generation: {
    generation: isCount,
    first: isCount,
    evaluations: isCount,
    best: isPart,
    mean: isPart,
    metrics: optional(isFigures),
  },
  searched: { stopReason: isReason, limit: optional(isText) },
  simplified: { id: isId, proposal: isProposal },
  end: {
    stopReason: isReason,
    limit: optional(isText),
    id: isId,
    proposal: isProposal,
    reward: isPart,
    baseline: isPart,
  },
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
