/**
 * The options of a study, and how it begins: the options checked, and the record that later runs over the same storage
 * are held against.
 */

import type { Algorithm } from './algorithm.ts'
import { StudyError } from './errors.ts'
import { Rng, type Seed } from './rng.ts'
import type { Space } from './space.ts'
import type { Direction, StartRecord, StudyRecord, StudyStorage } from './storage.ts'

/** What a study may spend; whatever is used up first ends it. */
export interface Budget {
  /** Trials in all, also those of earlier runs over the same storage. */
  readonly trials?: number
  /** Seconds from the first call of `trials` or `optimize`. No trial is begun after that; those begun are awaited. */
  readonly seconds?: number
}

export interface StudyOptions {
  readonly seed?: Seed
  readonly direction?: Direction
  readonly budget?: Budget
  /** A reward that is good enough: the study ends with the first trial that reaches it. */
  readonly target?: number
  /** Ends the study after as many trials in a row without a new best. */
  readonly patience?: number
  /**
   * How many trials may be open at once, and so how late the algorithm learns: before proposal n it knows the answers
   * up to n - window, never more. Part of what decides the trials, so it is not taken from the concurrency.
   */
  readonly window?: number
  readonly storage?: StudyStorage
}

/** The options of a study with everything filled in that has a default. */
export interface CheckedOptions extends Omit<StartRecord, 'type' | 'version' | 'space' | 'algorithm'> {
  readonly budget: Budget
  readonly target: number | undefined
  readonly patience: number | undefined
}

/**
 * What learning late costs evolution on NAS-Bench-201 (regret on CIFAR-10 after 100 and 200 trials, 100 seeds, standard
 * errors 0.04 and 0.02): window 1 0.40 and 0.15, window 4 0.49 and 0.15, window 8 0.48 and 0.20, window 16 0.57 and 0.17.
 */
const WINDOW = 4

export function checkOptions({
  seed = 0,
  direction = 'maximize',
  budget = {},
  target,
  patience,
  window = WINDOW,
}: StudyOptions): CheckedOptions {
  Rng.from(seed)
  if (direction !== 'maximize' && direction !== 'minimize') {
    throw new StudyError('', `direction must be 'maximize' or 'minimize', got '${String(direction)}'`)
  }
  needCount('window', window, 1)
  needCount('patience', patience, 1)
  needCount('budget.trials', budget.trials, 0)
  const { seconds } = budget
  if (seconds !== undefined && !(seconds >= 0)) {
    throw new StudyError('', `budget.seconds must be a number of at least 0, got ${seconds}`)
  }
  if (target !== undefined && !Number.isFinite(target)) {
    throw new StudyError('', `target must be a finite number, got ${target}`)
  }
  return { seed, direction, budget, target, patience, window }
}

/** The first record of a study. */
export function startRecord(
  options: CheckedOptions,
  space: Space<unknown>,
  algorithm: Algorithm,
): StartRecord {
  const { seed, direction, window } = options
  const { name, settings } = algorithm
  return {
    type: 'study',
    version: 1,
    space: space.template.hash(),
    algorithm: { name, settings },
    seed,
    direction,
    window,
  }
}

/** Throws `StudyError` naming the first thing in which a study differs from the one whose records are in the storage. */
export function checkStart(found: StudyRecord, expected: StartRecord): void {
  if (found.type !== 'study' || found.version !== 1) {
    throw new StudyError(
      '',
      `the storage does not begin with a study of version 1, but with ${JSON.stringify(found)}`,
    )
  }
  if (found.space !== expected.space) {
    throw new StudyError('', 'the storage holds a study of another space; give this one a storage of its own')
  }
  for (const key of ['algorithm', 'seed', 'direction', 'window'] as const) {
    const [had, has] = [JSON.stringify(found[key]), JSON.stringify(expected[key])]
    if (had === has) continue
    throw new StudyError(
      '',
      `the study in the storage has the ${key} ${had}, and this one ${has}: they cannot be mixed`,
    )
  }
}

function needCount(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least)) return
  throw new StudyError('', `${name} must be an integer of at least ${least}, got ${value}`)
}
