/**
 * The mathematics of one run of CMA-ES, as in Hansen's tutorial (arXiv 1604.00772), with weights for the worse half too
 * (active CMA): a normal distribution, and how it moves, grows and turns by the ranking of what was drawn from it.
 * All values are plain JSON, and none is written to.
 */

import type { Rng } from '../rng.ts'
import { type Eigen, eigenOf, identity, type Matrix } from './eigen.ts'

export type Vector = readonly number[]

/** The distribution that points are drawn from, and what its next step depends on. */
export interface Normal {
  readonly mean: Vector
  readonly sigma: number
  readonly covariance: Matrix
  /** Of the covariance, some generations old where there are many dimensions. */
  readonly eigen: Eigen
  readonly eigenAt: number
  /** The evolution paths of the step size and of the covariance. */
  readonly sigmaPath: Vector
  readonly covariancePath: Vector
  readonly generation: number
}

/** A round distribution about a point. */
export function roundAbout(mean: Vector, sigma: number): Normal {
  const { length } = mean
  const zero = mean.map(() => 0)
  const eigen = { values: mean.map(() => 1), vectors: identity(length) }
  const paths = { sigmaPath: zero, covariancePath: zero }
  return { mean, sigma, covariance: identity(length), eigen, eigenAt: 0, ...paths, generation: 0 }
}

/** How many points a generation has when nobody says. */
export const usualSize = (dimensions: number): number => 4 + Math.floor(3 * Math.log(Math.max(1, dimensions)))

/** The standard deviation along each coordinate. */
export function deviationsOf({ mean, sigma, covariance }: Normal): number[] {
  return mean.map((_, i) => sigma * Math.sqrt(covariance[i * mean.length + i] as number))
}

/** A random step away from the mean. */
export function drawStep({ sigma, eigen: { values, vectors } }: Normal, rng: Rng): number[] {
  return outOf(
    vectors,
    values.map(value => sigma * Math.sqrt(value) * rng.normal()),
  )
}

/** The distribution after a generation: the points that were drawn, best first. */
export function afterGeneration(normal: Normal, ranked: readonly Vector[]): Normal {
  const { mean, sigma, eigen } = normal
  const n = mean.length
  const rates = ratesOf(n, ranked.length)
  const { weights, parents, effective, cSigma, dSigma, cPath } = rates
  const generation = normal.generation + 1
  const steps = ranked.map(point =>
    limited(
      point.map((x, i) => (x - at(mean, i)) / sigma),
      eigen,
    ),
  )

  const meanStep = weightedSum(steps.slice(0, parents), weights)
  const sigmaPull = Math.sqrt(cSigma * (2 - cSigma) * effective)
  const roundStep = outOf(eigen.vectors, whitened(meanStep, eigen))
  const sigmaPath = normal.sigmaPath.map((p, i) => (1 - cSigma) * p + sigmaPull * at(roundStep, i))

  // The length of the path beside that of a random walk says whether steps agree.
  const usual = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
  const agreement = lengthOf(sigmaPath) / usual
  const isLeaping = agreement / Math.sqrt(1 - (1 - cSigma) ** (2 * generation)) >= 1.4 + 2 / (n + 1)
  const pathPull = isLeaping ? 0 : Math.sqrt(cPath * (2 - cPath) * effective)
  const covariancePath = normal.covariancePath.map((p, i) => (1 - cPath) * p + pathPull * at(meanStep, i))

  const covariance = turned(normal, steps, covariancePath, isLeaping, rates)
  const isStale = generation - normal.eigenAt >= rates.eigenEvery
  return {
    mean: mean.map((x, i) => x + sigma * at(meanStep, i)),
    sigma: sigma * Math.exp(Math.min(1, (cSigma / dSigma) * (agreement - 1))),
    covariance,
    eigen: isStale ? positive(eigenOf(covariance, n)) : eigen,
    eigenAt: isStale ? generation : normal.eigenAt,
    sigmaPath,
    covariancePath,
    generation,
  }
}

/** The covariance pulled to the path and to the better steps, and away from the worse ones. */
function turned(
  { covariance, eigen }: Normal,
  steps: readonly Vector[],
  path: Vector,
  isLeaping: boolean,
  { weights, c1, cMu, cPath }: Rates,
): Matrix {
  const n = path.length
  // A worse step counts as if it were of the usual length, so that the covariance stays positive.
  const scaled = steps.map((step, k) => {
    const weight = at(weights, k)
    return weight >= 0 ? weight : (weight * n) / (lengthOf(whitened(step, eigen)) ** 2 + 1e-300)
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const kept = 1 + (isLeaping ? c1 * cPath * (2 - cPath) : 0) - c1 - cMu * sum
  const next = new Array<number>(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let ranked = 0
      for (let k = 0; k < steps.length; k++) {
        const step = steps[k] as Vector
        ranked += at(scaled, k) * at(step, i) * at(step, j)
      }
      const value = kept * at(covariance, i * n + j) + c1 * at(path, i) * at(path, j) + cMu * ranked
      next[i * n + j] = value
      next[j * n + i] = value
    }
  }
  return next
}

/** The weights by rank, and how fast everything is learned. */
interface Rates {
  readonly weights: Vector
  /** How many have a weight above 0. */
  readonly parents: number
  /** As how many equally weighted parents they count. */
  readonly effective: number
  readonly cSigma: number
  readonly dSigma: number
  readonly cPath: number
  readonly c1: number
  readonly cMu: number
  readonly eigenEvery: number
}

/** Table 1 of the tutorial. */
function ratesOf(n: number, size: number): Rates {
  const raw = Array.from({ length: size }, (_, k) => Math.log((size + 1) / 2) - Math.log(k + 1))
  const parents = Math.floor(size / 2)
  const better = raw.slice(0, parents)
  const worse = raw.slice(parents)
  const effective = sumOf(better) ** 2 / sumOfSquares(better)
  const c1 = 2 / ((n + 1.3) ** 2 + effective)
  const cMu = Math.min(1 - c1, (2 * (0.25 + effective + 1 / effective - 2)) / ((n + 2) ** 2 + effective))
  const cSigma = (effective + 2) / (n + effective + 5)
  const away = Math.min(
    1 + c1 / cMu,
    1 + (2 * sumOf(worse) ** 2) / sumOfSquares(worse) / (effective + 2),
    (1 - c1 - cMu) / (n * cMu),
  )
  return {
    weights: [
      ...better.map(weight => weight / sumOf(better)),
      ...worse.map(weight => (away * weight) / Math.abs(sumOf(worse))),
    ],
    parents,
    effective,
    cSigma,
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + cSigma,
    cPath: (4 + effective / n) / (n + 4 + (2 * effective) / n),
    c1,
    cMu,
    eigenEvery: Math.max(1, Math.floor(1 / (10 * n * (c1 + cMu)))),
  }
}

/** A step that is no longer than what is drawn now and then: points from elsewhere must not tear the distribution. */
function limited(step: Vector, eigen: Eigen): Vector {
  const length = lengthOf(whitened(step, eigen))
  const most = 2 * Math.sqrt(step.length) + 2
  return length <= most ? step : step.map(x => (x * most) / length)
}

/** A step, in units of sigma, in the coordinates in which the distribution is round. */
export function whitened(step: Vector, { values, vectors }: Eigen): number[] {
  const n = step.length
  return values.map((value, k) => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += at(vectors, i * n + k) * at(step, i)
    return sum / Math.sqrt(value)
  })
}

/** The combination of the columns with the given weights. */
export function outOf(vectors: Matrix, weights: Vector): number[] {
  const n = weights.length
  return weights.map((_, i) => {
    let sum = 0
    for (let k = 0; k < n; k++) sum += at(vectors, i * n + k) * at(weights, k)
    return sum
  })
}

function weightedSum(steps: readonly Vector[], weights: Vector): number[] {
  return (steps[0] as Vector).map((_, i) =>
    steps.reduce((sum, step, k) => sum + at(weights, k) * at(step, i), 0),
  )
}

/** Rounding can make the smallest values of a stretched covariance negative. */
function positive({ values, vectors }: Eigen): Eigen {
  const least = Math.max(...values) * 1e-16
  return { values: values.map(value => Math.max(value, least)), vectors }
}

const at = (vector: Vector, index: number): number => vector[index] as number
const sumOf = (vector: Vector): number => vector.reduce((sum, x) => sum + x, 0)
const sumOfSquares = (vector: Vector): number => vector.reduce((sum, x) => sum + x * x, 0)
const lengthOf = (vector: Vector): number => Math.sqrt(sumOfSquares(vector))
