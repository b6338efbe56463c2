/**
 * What ends trials early: a pruner is a pure function of what a trial has reported, and of what earlier trials had. In an
 * ordered study it sees exactly the trials that the algorithm knew when it proposed this one, so the same seed prunes the
 * same trials at any concurrency.
 */

import type { Json } from '../../symbolic/index.ts'
import { StudyError } from '../errors.ts'
import type { Direction } from './records.ts'

/** What a trial said of itself at a step. */
export interface TrialReport {
  readonly step: number
  /** By metric; a report of one number is under `reward`. */
  readonly values: Readonly<Record<string, number>>
}

/** How a trial went, or goes. */
export interface Course {
  readonly id: number
  /** Whether it came to its end and was answered with a reward. */
  readonly isComplete: boolean
  /** Steps only grow. */
  readonly reports: readonly TrialReport[]
}

/** What a pruner is asked. */
export interface PruneQuestion {
  /** The trial; it has at least one report. */
  readonly trial: Course
  /** The others that may be looked at. */
  readonly past: readonly Course[]
  readonly directions: readonly Direction[]
}

export interface Pruner {
  readonly name: string
  /** A study refuses to go on with another pruner than it was begun with; it knows them by name and settings. */
  readonly settings: Json
  /** Whether it says what it looks at, as it must in a study of several objectives. */
  readonly hasMetric: boolean
  shouldPrune(question: PruneQuestion): boolean
}

/** What a pruner looks at; by default the reports of one number, and the direction of the study. */
export interface MetricOptions {
  readonly metric?: string
  readonly direction?: Direction
}

/** Reads the metric of a pruner from courses, turned so that more is better. */
export interface Gauge {
  /** The value of the last report up to a step; undefined when there is none. */
  at(course: Course, step: number): number | undefined
  /** The best value so far. */
  best(course: Course): number | undefined
}

/** Throws `StudyError` once it is plain that nobody reports the metric: a pruner that sees nothing prunes nothing. */
export function gaugeOf({ metric = 'reward', direction }: MetricOptions, question: PruneQuestion): Gauge {
  const { trial, past, directions } = question
  const sign = (direction ?? directions[0]) === 'minimize' ? -1 : 1
  const valueIn = ({ values }: TrialReport): number | undefined =>
    Object.hasOwn(values, metric) ? sign * (values[metric] as number) : undefined
  const hasReported = ({ reports }: Course): boolean =>
    reports.some(({ values }) => Object.hasOwn(values, metric))
  const couldHave = past.some(({ isComplete, reports }) => isComplete && reports.length > 0)
  if (couldHave && !hasReported(trial) && !past.some(hasReported)) {
    const reported = [...new Set(trial.reports.flatMap(({ values }) => Object.keys(values)))]
    throw new StudyError(
      `trial ${trial.id}`,
      `the pruner looks at '${metric}', and trials report ${reported.join(', ')}; write: { metric: '${reported[0]}', direction: … }`,
    )
  }
  return {
    at({ reports }, step) {
      for (let i = reports.length - 1; i >= 0; i--) {
        const report = reports[i] as TrialReport
        const value = report.step <= step ? valueIn(report) : undefined
        if (value !== undefined) return value
      }
      return undefined
    },
    best({ reports }) {
      const values = reports.map(valueIn).filter(value => value !== undefined)
      return values.length === 0 ? undefined : Math.max(...values)
    },
  }
}

/** The metric as it stands in the settings, and whether it is named. */
export function metricSettings({ metric, direction }: MetricOptions): { [key: string]: string } {
  if (direction !== undefined && direction !== 'maximize' && direction !== 'minimize') {
    throw new StudyError('', `direction must be 'maximize' or 'minimize', got '${String(direction)}'`)
  }
  return { ...(metric === undefined ? {} : { metric }), ...(direction === undefined ? {} : { direction }) }
}

export const hasMetric = ({ metric, direction }: MetricOptions): boolean =>
  metric !== undefined && direction !== undefined

/** Prunes when one of the pruners does. */
export const anyPruner = (...pruners: readonly Pruner[]): Pruner => ({
  ...together('any', pruners),
  shouldPrune: question => pruners.some(pruner => pruner.shouldPrune(question)),
})

/** Prunes when all of the pruners do. */
export const allPruners = (...pruners: readonly Pruner[]): Pruner => ({
  ...together('all', pruners),
  shouldPrune: question => pruners.every(pruner => pruner.shouldPrune(question)),
})

function together(name: string, pruners: readonly Pruner[]): Omit<Pruner, 'shouldPrune'> {
  if (pruners.length === 0) throw new StudyError('', `${name} of no pruners makes no sense`)
  return {
    name,
    settings: pruners.map(({ name, settings }) => ({ name, settings })),
    hasMetric: pruners.every(pruner => pruner.hasMetric),
  }
}
