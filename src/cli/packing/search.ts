/**
 * The search for a rule: a study over the space of rules with a journal, evaluated by threads. Which rules it proposes
 * depends on kind and seed alone, however many threads there are and however often it was stopped and taken up again.
 */

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { programs, readJournal, Study, type StudyRecord, type TrialResult } from '../../search/index.ts'
import { drawInstances, type Instance, type Kind } from './instances.ts'
import { language, packingBehavior, rules } from './rules.ts'
import { waste } from './simulate.ts'

export interface SearchOptions {
  readonly kind: Kind
  readonly seed: number | string
  /** The journal. */
  readonly file: string
  readonly threads: number
  /** Either may end it, counted over all runs. */
  readonly seconds: number
  readonly evaluations?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onImproved?: (improvement: Improvement) => void
}

/** A rule that is better than all before it. */
export interface Improvement {
  readonly trial: number
  readonly waste: number
  readonly rule: programs.Program
  /** The rule it was made from; null for one that was not. */
  readonly parent: programs.Program | null
  /** Evaluations a second in this run so far. */
  readonly pace: number
}

/** The instances that rules are measured on while they evolve, and those that choose among the best. */
export const trainingSet = (kind: Kind, seed: number | string): Instance[] =>
  drawInstances(kind, `training ${seed}`, TRAINING[kind])
export const validationSet = (kind: Kind, seed: number | string): Instance[] =>
  drawInstances(kind, `validation ${seed}`, VALIDATION[kind])

// The small instances of OR3 say little each, so there are more of them.
const TRAINING: Readonly<Record<Kind, number>> = { weibull: 5, or3: 40 }
const VALIDATION: Readonly<Record<Kind, number>> = { weibull: 10, or3: 40 }

/** The study of a search, with what its journal holds. */
export const openStudy = ({
  kind,
  seed,
  file,
  seconds,
  evaluations,
}: SearchOptions): Study<programs.Program> =>
  new Study(rules, programs.programEvolution({ language, behavior: packingBehavior(kind) }), {
    seed,
    direction: 'minimize',
    storage: file,
    window: WINDOW,
    budget: {
      seconds: Math.max(0.001, seconds - secondsUsed(file)),
      ...(evaluations === undefined ? {} : { trials: evaluations }),
    },
  })

/** How late evolution learns; the trials depend on it, so it is the same for any number of threads. */
const WINDOW = 16

/** Searches until time or evaluations are used up, or the signal aborts. */
export async function search(study: Study<programs.Program>, options: SearchOptions): Promise<void> {
  const { kind, seed, threads, signal, onImproved } = options
  await study.ready
  const crew = new programs.EvaluationThreads(threadFile(), threads, { kind, seed })
  const started = performance.now()
  const known = study.history.length
  let seen = known
  let best = lowest(study.history)
  const unsubscribe = study.subscribe(() => {
    const { history } = study
    for (; seen < history.length; seen++) {
      const result = history[seen] as TrialResult
      if (result.status !== 'told' || result.reward >= best) continue
      best = result.reward
      const parent = history[(result.parents[0] ?? 0) - 1]
      onImproved?.({
        trial: result.id,
        waste: best,
        rule: study.space.materialize(result.dna),
        parent: parent === undefined ? null : study.space.materialize(parent.dna),
        pace: ((seen + 1 - known) / (performance.now() - started)) * 1000,
      })
    }
  })
  try {
    const concurrency = Math.min(WINDOW, 2 * threads)
    await study.optimize(crew.evaluate, { concurrency, ...(signal === undefined ? {} : { signal }) })
  } finally {
    unsubscribe()
    await crew.close()
  }
}

/** The rule that wins: of the hundred with the least waste in training the one with the least in validation, made small. */
export function winnerOf(
  study: Study<programs.Program>,
  kind: Kind,
  seed: number | string,
): programs.Program {
  const sets = [trainingSet(kind, seed), validationSet(kind, seed)]
  const wastesOf = (rule: programs.Program): number[] => sets.map(set => waste(rule, set))
  const finalists = study.history
    .filter(result => result.status === 'told')
    .sort((a, b) => a.reward - b.reward)
    .slice(0, FINALISTS)
    .map(({ dna }) => study.space.materialize(dna))
  const validation = finalists.map(rule => wastesOf(rule)[1] as number)
  const winner = finalists[validation.indexOf(Math.min(...validation))] as programs.Program
  const most = wastesOf(winner)
  return programs.simplify(winner, rule => sets.every((set, i) => waste(rule, set) <= (most[i] as number)))
}

const FINALISTS = 100

/** How long a journal was worked on: the time between its records, without the pauses. */
export function secondsUsed(file: string): number {
  if (!existsSync(file)) return 0
  let used = 0
  let last = Number.POSITIVE_INFINITY
  for (const { time } of readJournal(file) as Iterable<StudyRecord>) {
    if (time === undefined) continue
    if (time.at - last < PAUSE) used += Math.max(0, time.at - last)
    last = time.at
  }
  return used / 1000
}

/** Milliseconds after which nobody was at work. */
const PAUSE = 5000

const lowest = (history: readonly TrialResult[]): number =>
  history.reduce(
    (least, result) => (result.status === 'told' ? Math.min(least, result.reward) : least),
    Number.POSITIVE_INFINITY,
  )

/** The thread beside this file. Run from source, it has to be told how to read TypeScript. */
export function threadFile(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./thread.js', import.meta.url)
  // What `require` finds has a twin for `import` beside it.
  const required = createRequire(import.meta.url).resolve('tsx/esm/api')
  const [tsx, file] = [
    pathToFileURL(required.replace(/\.cjs$/, '.mjs')),
    new URL('./thread.ts', import.meta.url),
  ].map(each => JSON.stringify(each.href))
  return new URL(`data:text/javascript,import { register } from ${tsx}; register(); await import(${file})`)
}
