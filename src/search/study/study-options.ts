/**
 * The options of a study, and how it begins: the options checked, and the record that later runs over the same storage
 * are held against.
 */

import type { Json } from '../../symbolic/index.ts'
import type { Algorithm } from '../algorithms/algorithm.ts'
import { needInteger } from '../checks.ts'
import { StudyError } from '../errors.ts'
import { Rng, type Seed } from '../rng.ts'
import type { Space } from '../space/space.ts'
import type { Pruner } from './pruner.ts'
import type { Direction, StartRecord, StudyOrder, StudyRecord } from './records.ts'
import type { StudyStorage } from './storage.ts'
import { VERSION } from './version.ts'

/** What a study may spend; whatever is used up first ends it. */
export interface Budget {
  /** Trials in all, also those of earlier runs over the same storage. Those that break the constraint do not count. */
  readonly trials?: number
  /** Seconds from the first call of `trials` or `optimize`. No trial is begun after that; those begun are awaited. */
  readonly seconds?: number
  /** What the trials may cost together, as they say in their answers. The trial that reaches it ends the study. */
  readonly cost?: number
}

export interface StudyOptions<Value = unknown> {
  readonly seed?: Seed
  readonly direction?: Direction
  /** One for each objective, when there are several; trials are then told as many numbers. */
  readonly directions?: readonly Direction[]
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
  /**
   * `'ordered'`: the algorithm learns in the order of the ids, and the same seed gives the same trials at any concurrency.
   * `'asap'`: it learns what has arrived, which is more when evaluations take unlike times; a rerun differs, but a resumed
   * study still goes on exactly where it was.
   */
  readonly order?: StudyOrder
  /** The name of a journal file, or a place of one's own. In memory when not given. */
  readonly storage?: StudyStorage | string
  /** Decides which trials to end early, when they report. */
  readonly pruner?: Pruner
  /** Whether a tree may be evaluated at all; the reason when not. Those that may not be cost nothing. */
  constraint?(value: Value): true | string
}

/** The options of a study with everything filled in that has a default. */
export interface CheckedOptions {
  readonly seed: Seed
  readonly directions: readonly Direction[]
  readonly budget: Budget
  readonly target: number | undefined
  readonly patience: number | undefined
  readonly window: number
  readonly order: StudyOrder
  readonly pruner: Pruner | null
}

/** How a study was set up: its options as they hold, and what it works with by name and settings. */
export interface StudySetup extends Omit<CheckedOptions, 'pruner'> {
  readonly algorithm: Named
  readonly pruner: Named | null
}

interface Named {
  readonly name: string
  readonly settings: Json
}

export function setupOf({ pruner, ...options }: CheckedOptions, { name, settings }: Algorithm): StudySetup {
  return {
    ...options,
    algorithm: { name, settings },
    pruner: pruner === null ? null : { name: pruner.name, settings: pruner.settings },
  }
}

/**
 * What learning late costs evolution on NAS-Bench-201 (regret on CIFAR-10 after 100 and 200 trials, 100 seeds, standard
 * errors 0.04 and 0.02): window 1 0.40 and 0.15, window 4 0.49 and 0.15, window 8 0.48 and 0.20, window 16 0.57 and 0.17.
 */
const WINDOW = 4

export function checkOptions({
  seed = 0,
  direction,
  directions: several,
  budget = {},
  target,
  patience,
  window = WINDOW,
  order = 'ordered',
  pruner,
}: StudyOptions): CheckedOptions {
  Rng.from(seed)
  const directions = several ?? [direction ?? 'maximize']
  if (direction !== undefined && several !== undefined) {
    throw new StudyError('', 'a study has either a direction or directions, not both')
  }
  if (directions.length === 0) throw new StudyError('', 'directions needs at least one direction, got none')
  for (const each of directions) needOneOf('direction', each, ['maximize', 'minimize'])
  needOneOf('order', order, ['ordered', 'asap'])
  needInteger('window', window, 1, StudyError)
  needInteger('patience', patience, 1, StudyError)
  needInteger('budget.trials', budget.trials, 0, StudyError)
  needAmount('budget.seconds', budget.seconds)
  needAmount('budget.cost', budget.cost)
  if (target !== undefined && !Number.isFinite(target)) {
    throw new StudyError('', `target must be a finite number, got ${target}`)
  }
  if (directions.length > 1) {
    if (target !== undefined) throw new StudyError('', 'target needs a study of one objective')
    if (pruner?.hasMetric === false) {
      throw new StudyError(
        '',
        `with several objectives a pruner says what it looks at, and ${pruner.name} does not: give it, for instance, { metric: 'loss', direction: 'minimize' }`,
      )
    }
  }
  return { seed, directions, budget, target, patience, window, order, pruner: pruner ?? null }
}

/** The first record of a study. */
export function startRecord(
  options: CheckedOptions,
  space: Space<unknown>,
  algorithm: Algorithm,
): StartRecord {
  const { seed, directions, window, order, pruner } = options
  const [direction] = directions
  const { name, settings } = algorithm
  const template = templateOf(space)
  return {
    type: 'study',
    version: 1,
    library: VERSION,
    space: space.hash(),
    ...(template === undefined ? {} : { template }),
    algorithm: { name, settings },
    ...(pruner === null ? {} : { pruner: { name: pruner.name, settings: pruner.settings } }),
    seed,
    direction: directions.length === 1 ? (direction as Direction) : directions,
    window,
    order,
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
    const where = differencesBetween(found.template, expected.template)
    throw new StudyError(
      '',
      `the storage holds a study of another space${where}; give this one a storage of its own`,
    )
  }
  for (const key of ['algorithm', 'pruner', 'seed', 'direction', 'window', 'order'] as const) {
    const [had, has] = [JSON.stringify(found[key]), JSON.stringify(expected[key])]
    if (had === has) continue
    throw new StudyError(
      '',
      `the study in the storage has the ${key} ${had}, and this one ${has}: they cannot be mixed`,
    )
  }
}

/** Templates with more text than this are not kept in the first record. */
const MAX_TEMPLATE = 100_000

function templateOf({ template }: Space<unknown>): Json | undefined {
  try {
    const text = template.toJsonString()
    return text.length > MAX_TEMPLATE ? undefined : (JSON.parse(text) as Json)
  } catch {
    // It holds something that has no JSON form; the hash tells it apart all the same.
    return undefined
  }
}

/** `: layers[0].units was 1, and is 2 here`, for the first few differences; '' when they are not known. */
function differencesBetween(had: Json | undefined, has: Json | undefined): string {
  if (had === undefined || has === undefined) return ''
  const found: string[] = []
  const compare = (a: unknown, b: unknown, path: string): void => {
    if (found.length > 3 || JSON.stringify(a) === JSON.stringify(b)) return
    if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) {
      found.push(`${path || 'the tree'} was ${shown(a)}, and is ${shown(b)} here`)
      return
    }
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    for (const key of keys) {
      const below = Array.isArray(a) ? `[${key}]` : path === '' ? key : `.${key}`
      compare(
        Object.hasOwn(a, key) ? a[key] : undefined,
        Object.hasOwn(b, key) ? b[key] : undefined,
        path + below,
      )
    }
  }
  compare(had, has, '')
  if (found.length === 0) return ''
  return `: ${found.slice(0, 3).join('; ')}${found.length > 3 ? '; …' : ''}`
}

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent'
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function needAmount(name: string, value: number | undefined): void {
  if (value === undefined || value >= 0) return
  throw new StudyError('', `${name} must be a number of at least 0, got ${value}`)
}

function needOneOf(name: string, value: unknown, allowed: readonly [string, string]): void {
  if (allowed.includes(value as string)) return
  throw new StudyError('', `${name} must be '${allowed[0]}' or '${allowed[1]}', got '${String(value)}'`)
}
