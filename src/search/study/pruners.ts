/**
 * Ways to end trials early: the median rule (Golovin et al., KDD 2017), asynchronous successive halving (Li et al., MLSys
 * 2020, arXiv 1810.05934), Hyperband (Li et al., JMLR 2018, arXiv 1603.06560), and plain gates at given steps.
 */

import { needInteger } from '../checks.ts'
import { StudyError } from '../errors.ts'
import { Rng } from '../rng.ts'
import {
  type Course,
  gaugeOf,
  hasMetric,
  type MetricOptions,
  metricSettings,
  type PruneQuestion,
  type Pruner,
} from './pruner.ts'

export interface MedianPrunerOptions extends MetricOptions {
  /** How many trials must have come to their end before any is pruned. */
  readonly startup?: number
  /** Up to which step none is pruned. */
  readonly warmup?: number
  /** Which share of the others a trial must not be behind: 0.5 for the median, 0.75 to keep the best quarter. */
  readonly quantile?: number
}

/**
 * Prunes a trial whose best value so far is below the median of what completed trials had at the same step.
 *
 *     new Study(space, regularizedEvolution(), { pruner: medianPruner({ warmup: 3 }) })
 */
export function medianPruner({
  startup = 5,
  warmup = 0,
  quantile = 0.5,
  ...metric
}: MedianPrunerOptions = {}): Pruner {
  needInteger('startup', startup, 1, StudyError)
  needInteger('warmup', warmup, 0, StudyError)
  need('quantile', quantile, quantile > 0 && quantile < 1, 'a number between 0 and 1')
  return {
    ...named('medianPruner', { startup, warmup, quantile }, metric),
    shouldPrune(question) {
      const { trial, past } = question
      const { at, best } = gaugeOf(metric, question)
      const step = lastStepOf(trial)
      const own = best(trial)
      if (step <= warmup || own === undefined) return false
      const values = valuesOf(
        past.filter(course => course.isComplete),
        course => at(course, step),
      )
      return values.length >= startup && own < quantileOf(values, quantile)
    },
  }
}

export interface HalvingOptions extends MetricOptions {
  /** The step of the first rung. */
  readonly minSteps?: number
  /** Of so many that reach a rung the best one goes on; the next rung is as many times higher. */
  readonly factor?: number
}

/**
 * Prunes at steps that grow by a factor, the rungs, all but the best of those that came as far. It never waits: a trial is
 * compared with those that reached the rung before.
 */
export function successiveHalving({ minSteps = 1, factor = 4, ...metric }: HalvingOptions = {}): Pruner {
  checkHalving(minSteps, factor)
  return {
    ...named('successiveHalving', { minSteps, factor }, metric),
    shouldPrune: question => isHalved(question, question.past, minSteps, factor, metric),
  }
}

export interface HyperbandOptions extends HalvingOptions {
  /** The step at which a trial is complete. */
  readonly maxSteps: number
}

/**
 * Successive halving in several brackets, which differ in how early they begin to prune; a trial belongs to one of them by
 * its id, and is compared with those of its own. For when it is not known how soon a trial tells what it is worth.
 */
export function hyperband({ maxSteps, minSteps = 1, factor = 3, ...metric }: HyperbandOptions): Pruner {
  checkHalving(minSteps, factor)
  needInteger('maxSteps', maxSteps, minSteps, StudyError)
  const last = Math.floor(Math.log(maxSteps / minSteps) / Math.log(factor) + 1e-9)
  // As many trials for each bracket as make their costs alike.
  const shares = Array.from({ length: last + 1 }, (_, bracket) => {
    const rungs = last - bracket
    return Math.ceil(((last + 1) * factor ** rungs) / (rungs + 1))
  })
  const total = shares.reduce((sum, share) => sum + share, 0)
  const bracketOf = ({ id }: Course): number => {
    let place = Rng.from('hyperband').split(id).int(total)
    return shares.findIndex(share => (place -= share) < 0)
  }
  return {
    ...named('hyperband', { maxSteps, minSteps, factor }, metric),
    shouldPrune(question) {
      const bracket = bracketOf(question.trial)
      const rivals = question.past.filter(
        course => course.reports.length > 0 && bracketOf(course) === bracket,
      )
      return isHalved(question, rivals, minSteps * factor ** bracket, factor, metric)
    },
  }
}

/**
 * Prunes a trial that at a step is worse than the value given for it; the last step reached decides.
 *
 *     gatePruner({ 10: 0.5, 20: 0.7 })              // at least 0.5 after 10 steps, and 0.7 after 20
 */
export function gatePruner(gates: Readonly<Record<number, number>>, metric: MetricOptions = {}): Pruner {
  const steps = stepsOf(gates, Number.isFinite, 'a finite number')
  return {
    ...named('gatePruner', { gates: { ...gates } }, metric),
    shouldPrune(question) {
      const { trial, directions } = question
      const step = steps.findLast(each => each <= lastStepOf(trial))
      if (step === undefined) return false
      const sign = (metric.direction ?? directions[0]) === 'minimize' ? -1 : 1
      const value = gaugeOf(metric, question).at(trial, step)
      return value !== undefined && value < sign * (gates[step] as number)
    },
  }
}

/**
 * Prunes a trial that at a step is not among the best share of those that came as far.
 *
 *     rankPruner({ 10: 0.5, 20: 0.25 })             // the better half goes on after 10 steps
 */
export function rankPruner(
  shares: Readonly<Record<number, number>>,
  { startup = 5, ...metric }: MetricOptions & { readonly startup?: number } = {},
): Pruner {
  const steps = stepsOf(shares, share => share > 0 && share <= 1, 'a share above 0 and up to 1')
  needInteger('startup', startup, 1, StudyError)
  return {
    ...named('rankPruner', { shares: { ...shares }, startup }, metric),
    shouldPrune(question) {
      const { trial, past } = question
      const step = steps.findLast(each => each <= lastStepOf(trial))
      if (step === undefined) return false
      const { at } = gaugeOf(metric, question)
      const own = at(trial, step)
      const values = valuesOf(
        past.filter(course => lastStepOf(course) >= step),
        course => at(course, step),
      )
      if (own === undefined || values.length < startup) return false
      const kept = Math.max(1, Math.floor((values.length + 1) * (shares[step] as number)))
      return values.filter(value => value > own).length >= kept
    },
  }
}

/** Whether a trial that has just come to a rung is not among the best of those that did. */
function isHalved(
  question: PruneQuestion,
  rivals: readonly Course[],
  first: number,
  factor: number,
  metric: MetricOptions,
): boolean {
  const { trial } = question
  const { at } = gaugeOf(metric, question)
  const step = lastStepOf(trial)
  const before = trial.reports.at(-2)?.step ?? -1
  for (let rung = first; rung <= step; rung *= factor) {
    if (rung <= before) continue
    const own = at(trial, step)
    const values = valuesOf(
      rivals.filter(course => lastStepOf(course) >= rung),
      course => at(course, rung),
    )
    const kept = Math.max(1, Math.floor((values.length + 1) / factor))
    if (own !== undefined && values.filter(value => value > own).length >= kept) return true
  }
  return false
}

const lastStepOf = ({ reports }: Course): number => reports.at(-1)?.step ?? -1

const valuesOf = (courses: readonly Course[], read: (course: Course) => number | undefined): number[] =>
  courses.map(read).filter(value => value !== undefined)

/** Between the two nearest when it falls between them. */
function quantileOf(values: readonly number[], quantile: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = quantile * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number]
  return low + (high - low) * (place - Math.floor(place))
}

function named(
  name: string,
  settings: Exclude<Pruner['settings'], readonly unknown[] | string | number | boolean | null>,
  metric: MetricOptions,
): Omit<Pruner, 'shouldPrune'> {
  return { name, settings: { ...settings, ...metricSettings(metric) }, hasMetric: hasMetric(metric) }
}

function stepsOf(
  gates: Readonly<Record<number, number>>,
  isRight: (value: number) => boolean,
  wanted: string,
): readonly number[] {
  const steps = Object.keys(gates).map(Number)
  if (steps.length === 0) throw new StudyError('', 'gates at no steps make no sense')
  for (const step of steps) {
    needInteger('a step', step, 0, StudyError)
    need(`the gate at step ${step}`, gates[step], isRight(gates[step] as number), wanted)
  }
  return steps.sort((a, b) => a - b)
}

function checkHalving(minSteps: number, factor: number): void {
  needInteger('minSteps', minSteps, 1, StudyError)
  needInteger('factor', factor, 2, StudyError)
}

function need(name: string, value: unknown, isRight: boolean, wanted: string): void {
  if (!isRight) throw new StudyError('', `${name} must be ${wanted}, got ${String(value)}`)
}
