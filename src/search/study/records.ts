/**
 * The records of a study: a row of plain JSON, one for each trial asked, each answer given, and little else. The state of
 * the algorithm, the best trial and the reason to stop are folds over them. What comes from a file is checked here, field
 * by field, before anything else looks at it.
 */

import type { Json } from '../../symbolic/index.ts'
import type { Seed } from '../rng.ts'

export type Direction = 'maximize' | 'minimize'

/** Whether an algorithm learns in the order of the ids, or in the order in which the answers arrive. */
export type StudyOrder = 'ordered' | 'asap'

/** When a record was made. Two studies are the same whatever stands here. */
export interface RecordTime {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Milliseconds since the trial was handed out; in answers. */
  readonly ms?: number
}

interface Timed {
  readonly time?: RecordTime
}

/** How a study was begun: all that must be the same when it goes on. Always the first record. */
export interface StartRecord extends Timed {
  readonly type: 'study'
  readonly version: 1
  /** The version of this library that began the study; another may go on with it. */
  readonly library: string
  /** The hash of the template tree. */
  readonly space: number
  /** The template tree, to say what differs in another; absent when it is large, or cannot be saved. */
  readonly template?: Json
  readonly algorithm: { readonly name: string; readonly settings: Json }
  readonly pruner?: { readonly name: string; readonly settings: Json }
  readonly seed: Seed
  /** One direction for each objective when there are several. */
  readonly direction: Direction | readonly Direction[]
  readonly window: number
  readonly order: StudyOrder
}

/** A point that is to be tried before the algorithm proposes any. */
export interface EnqueueRecord extends Timed {
  readonly type: 'enqueue'
  readonly dna: Json
}

/** A trial handed out for the first time. Ids count from 1 without gaps. */
export interface AskRecord extends Timed {
  readonly type: 'ask'
  readonly id: number
  readonly dna: Json
  readonly parents: readonly number[]
  /** Whether it was enqueued, and not proposed. */
  readonly enqueued?: true
  /** Which constraint it breaks, if it does: then it is answered already, and was never handed out. */
  readonly infeasible?: string
}

/** A trial handed out again, since the process that had it is gone, or gave up on it. */
export interface AgainRecord extends Timed {
  readonly type: 'again'
  readonly id: number
  /** What went wrong with its evaluation, when it is tried once more for that. */
  readonly reason?: string
}

/** What a trial said of itself on its way. */
export interface ReportRecord extends Timed {
  readonly type: 'report'
  readonly id: number
  readonly step: number
  readonly values: Readonly<Record<string, number>>
}

interface Answer extends Timed {
  readonly id: number
  /** What the trial has cost, in the unit of the budget. */
  readonly cost?: number
}

/** A trial answered with a reward. */
export interface TellRecord extends Answer {
  readonly type: 'tell'
  /** One number for each objective when there are several. */
  readonly reward: number | readonly number[]
  readonly metrics?: Readonly<Record<string, number>>
}

/** A trial answered without one: it cannot be evaluated, evaluating it went wrong, or it was not worth going on with. */
export interface NoRewardRecord extends Answer {
  readonly type: 'skip' | 'fail' | 'prune'
  readonly reason: string
}

export type AnswerRecord = TellRecord | NoRewardRecord
export type StudyRecord = StartRecord | EnqueueRecord | AskRecord | AgainRecord | ReportRecord | AnswerRecord

/** Records by a trial that need not be waited for. */
export type TrialRecord = ReportRecord | AnswerRecord

/**
 * What two runs of one study have in common: the records without their times, and the answers at the place of their ids.
 *
 *     expect(untimed(atOnce.read())).to.deep.equal(untimed(oneByOne.read()))
 */
export function untimed(records: Iterable<StudyRecord>): StudyRecord[] {
  const bare = Array.from(records, ({ time: _, ...record }) => record as StudyRecord)
  const place = (record: StudyRecord): number => ('id' in record ? record.id : 0)
  return bare.sort((a, b) => place(a) - place(b))
}

/** The record that a JSON value is; a sentence about what is wrong with it otherwise. */
export function recordFrom(json: unknown): StudyRecord | string {
  if (!isRecord(json)) return `must be a record, got ${show(json)}`
  const { type } = json
  const rules = RULES_OF.get(type)
  if (rules === undefined) return `is of no known type: ${show(type)}`
  for (const [name, rule] of rules) {
    if (!rule(json[name])) return `of type '${type}' cannot have the ${name} ${show(json[name])}`
  }
  return json as unknown as StudyRecord
}

type Rule = (value: unknown) => boolean

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText: Rule = value => typeof value === 'string'
const isNumber: Rule = value => Number.isFinite(value)
const isJson: Rule = value => value !== undefined
const isId: Rule = value => Number.isSafeInteger(value) && (value as number) >= 1
const isStep: Rule = value => Number.isSafeInteger(value) && (value as number) >= 0
const isTrue: Rule = value => value === true
const isDirection: Rule = value => value === 'maximize' || value === 'minimize'
const isTime: Rule = value => isRecord(value) && isNumber(value.at) && optional(isNumber)(value.ms)
const isNamed: Rule = value => isRecord(value) && isText(value.name) && isJson(value.settings)
const isNumbers: Rule = value => isRecord(value) && Object.values(value).every(isNumber)
const optional =
  (rule: Rule): Rule =>
  value =>
    value === undefined || rule(value)
const listOf =
  (rule: Rule): Rule =>
  value =>
    Array.isArray(value) && value.every(rule)
const either =
  (a: Rule, b: Rule): Rule =>
  value =>
    a(value) || b(value)

const NO_REWARD = { id: isId, reason: isText, cost: optional(isNumber) }

const RULES = {
  study: {
    version: value => value === 1,
    library: isText,
    space: isNumber,
    algorithm: isNamed,
    pruner: optional(isNamed),
    seed: either(isText, isNumber),
    direction: either(isDirection, listOf(isDirection)),
    window: isId,
    order: value => value === 'ordered' || value === 'asap',
  },
  enqueue: { dna: isJson },
  ask: {
    id: isId,
    dna: isJson,
    parents: listOf(isId),
    enqueued: optional(isTrue),
    infeasible: optional(isText),
  },
  again: { id: isId, reason: optional(isText) },
  report: { id: isId, step: isStep, values: isNumbers },
  tell: {
    id: isId,
    reward: either(isNumber, listOf(isNumber)),
    metrics: optional(isNumbers),
    cost: optional(isNumber),
  },
  skip: NO_REWARD,
  fail: NO_REWARD,
  prune: NO_REWARD,
} satisfies Record<StudyRecord['type'], Record<string, Rule>>

const RULES_OF: ReadonlyMap<unknown, readonly [string, Rule][]> = new Map(
  Object.entries<Record<string, Rule>>(RULES).map(([type, rules]) => [
    type,
    Object.entries({ ...rules, time: optional(isTime) }),
  ]),
)

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
