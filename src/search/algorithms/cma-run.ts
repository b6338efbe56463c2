/** One run of CMA-ES, from a restart to the next: the points of its box, what was answered, and when it is at its end. */

import { IntSpec } from '../dna/number-specs.ts'
import type { Rng } from '../rng.ts'
import {
  afterGeneration,
  deviationsOf,
  drawStep,
  type Normal,
  outOf,
  roundAbout,
  type Vector,
  whitened,
} from './cma-strategy.ts'
import { lowestPoint, termsOf } from './quadratic-model.ts'
import type { NumberPoint } from './unit-scale.ts'

/** A point of the unit box, and what it was worth. */
export interface Answer {
  readonly at: Vector
  readonly reward: number | null
}

export interface Run {
  readonly number: number
  /** How many answers make a generation. */
  readonly size: number
  readonly normal: Normal
  /** The answers of this generation so far. */
  readonly told: readonly Answer[]
  /** The latest answers that have a reward, for the quadratic model. */
  readonly archive: readonly Answer[]
  /** The best reward of each of the latest generations. */
  readonly bests: readonly number[]
  /** The lowest point of the model, which is proposed next; null when it was, and when there is none. */
  readonly lowest: Vector | null
}

export function startRun(number: number, size: number, mean: Vector, sigma: number): Run {
  const normal = roundAbout(mean, sigma)
  return { number, size, normal, told: [], archive: [], bests: [], lowest: null }
}

/** A random point of the box. */
export function drawPoint({ normal }: Run, points: readonly NumberPoint[], rng: Rng): number[] {
  const widening = wideningOf(normal, points)
  let at: number[] = []
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    at = drawStep(normal, rng).map((step, i) => (normal.mean[i] as number) + (widening[i] as number) * step)
    if (at.every(x => 0 <= x && x <= 1)) return at
  }
  return at.map(within)
}

/** The run with one more answer; the last of a generation moves the distribution. */
export function afterAnswer(run: Run, answer: Answer): Run {
  const told = [...run.told, answer]
  if (told.length < run.size) return { ...run, told }
  const ranked = told.toSorted((a, b) => worth(b) - worth(a))
  const best = (ranked[0] as Answer).reward
  if (best === null) return { ...run, told: [] }
  const normal = afterGeneration(
    run.normal,
    ranked.map(({ at }) => at),
  )
  const dimensions = normal.mean.length
  const isModelled = dimensions <= MOST_MODELLED
  const rewarded = ranked.filter(({ reward }) => reward !== null)
  const archive = isModelled ? [...run.archive, ...rewarded].slice(-2 * termsOf(dimensions)) : []
  return {
    ...run,
    normal,
    told: [],
    archive,
    bests: [...run.bests, best].slice(-memoryOf(run)),
    lowest: isModelled ? lowestOf(normal, archive) : null,
  }
}

/** Whether nothing more is to be hoped for: the distribution has become a point or a line, or rewards do not change. */
export function isAtEnd(run: Run): boolean {
  const { normal, bests } = run
  const [least, most] = [Math.min(...bests), Math.max(...bests)]
  const isFlat =
    bests.length >= memoryOf(run) && most - least <= 1e-12 * Math.max(Math.abs(least), Math.abs(most))
  const isPoint = Math.max(...deviationsOf(normal)) < 1e-12
  const { values } = normal.eigen
  const isLine = Math.max(...values) > 1e14 * Math.min(...values)
  return isFlat || isPoint || isLine
}

const ATTEMPTS = 32
/** A model of more dimensions has so many terms that fitting it takes longer than it is worth. */
const MOST_MODELLED = 16

const memoryOf = ({ normal, size }: Run): number => 10 + Math.ceil((30 * normal.mean.length) / size)

/** Where the model of the archive is lowest, in the box and not too far off. */
function lowestOf({ mean, sigma, eigen }: Normal, archive: readonly Answer[]): Vector | null {
  const dimensions = mean.length
  if (archive.length < 1.1 * termsOf(dimensions)) return null
  const ranked = archive.toSorted((a, b) => worth(b) - worth(a))
  const best = worth(ranked[0] as Answer)
  // In the coordinates in which the distribution is round, so that all terms weigh alike.
  const points = ranked.map(({ at }) =>
    whitened(
      at.map((x, i) => (x - (mean[i] as number)) / sigma),
      eigen,
    ),
  )
  const lowest = lowestPoint(
    points,
    ranked.map(answer => best - worth(answer)),
  )
  if (lowest === null) return null
  const shorter = Math.min(1, (2 * Math.sqrt(dimensions)) / Math.hypot(...lowest))
  const step = outOf(
    eigen.vectors,
    lowest.map((x, k) => x * shorter * Math.sqrt(eigen.values[k] as number)),
  )
  return mean.map((x, i) => within(x + sigma * (step[i] as number)))
}

/**
 * By how much the steps along each coordinate are lengthened, so that the next integer stays in reach however narrow
 * the distribution becomes (after CMA-ES with margin; Hamano, Saito, Nomura and Shirakawa, GECCO 2022).
 */
function wideningOf(normal: Normal, points: readonly NumberPoint[]): number[] {
  // So many deviations are left with a chance below 1 / (2 n), n being the number of dimensions.
  const reach = Math.sqrt(2 * Math.log(2 * points.length))
  return deviationsOf(normal).map((deviation, i) => {
    const point = points[i] as NumberPoint
    return point instanceof IntSpec ? Math.max(1, 0.5 / point.size / reach / deviation) : 1
  })
}

const worth = ({ reward }: Answer): number => reward ?? Number.NEGATIVE_INFINITY
const within = (x: number): number => Math.min(1, Math.max(0, x))
