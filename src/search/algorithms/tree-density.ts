/**
 * A density over the DNAs of a space, estimated from some of them: a mixture of kernels, one around each of them, and
 * one that is even. A kernel follows the tree: at a choice it mostly keeps what its DNA has, and goes on inside with
 * the DNA's own decisions; where it turns into another branch, it is even there. So the decisions of a branch are
 * learned together, and only from DNAs that made the same choices above; the fewer there are, the wider their kernels.
 */

import { Choices } from '../dna/choices.ts'
import { Dna } from '../dna/dna.ts'
import type { DnaRows, Row } from '../dna/dna-rows.ts'
import type { DecisionPoint, Gene } from '../dna/dna-spec.ts'
import type { Rng } from '../rng.ts'
import { geneAt, isNumberPoint, type NumberPoint } from './unit-scale.ts'

export class TreeDensity {
  readonly #rows: DnaRows
  readonly #kernels: readonly Row[]
  /** By point, in how many kernels it is open. */
  readonly #counts: Int32Array
  /** The most decisions that are open at once. */
  readonly #dimensions: number
  /** By point; made when first needed. */
  readonly #shapes: Shape[] = []
  /** By kernel and open decision: the logarithm of the part of a number's kernel that lies inside its range. */
  readonly #inside: readonly (readonly number[])[]

  constructor(rows: DnaRows, kernels: readonly Row[]) {
    this.#rows = rows
    this.#kernels = kernels
    this.#counts = new Int32Array(rows.points.length)
    let dimensions = 1
    for (const { open } of kernels) {
      for (const index of open) this.#counts[index] = (this.#counts[index] as number) + 1
      dimensions = Math.max(dimensions, open.length)
    }
    this.#dimensions = dimensions
    this.#inside = kernels.map(({ open, values }) =>
      open.map((index, i) => {
        const shape = this.#shape(index)
        return shape.isNumber ? logInside(values[i] as number, shape.width) : 0
      }),
    )
  }

  /** A random DNA, and the index of the kernel it was drawn from; null for the even one. */
  draw(rng: Rng): { readonly dna: Dna; readonly kernel: number | null } {
    const drawn = rng.int(this.#kernels.length + 1)
    if (drawn === this.#kernels.length) return { dna: this.#rows.spec.randomDna(rng), kernel: null }
    return { dna: this.drawNear(drawn, rng), kernel: drawn }
  }

  /** A random DNA of the kernel with an index. */
  drawNear(index: number, rng: Rng): Dna {
    const { spec } = this.#rows
    const kernel = this.#kernels[index] as Row
    const genes: Gene[] = []
    let at = 0
    const decide = (point: DecisionPoint, allowed: readonly number[] | null): Gene => {
      const index = this.#rows.indexOf(point)
      at = skipTo(kernel.open, at, index)
      const isOpen = kernel.open[at] === index
      if (isOpen) return this.#near(kernel.values[at] as Gene, index, allowed, rng)
      return allowed === null ? point.draw(rng) : rng.pick(allowed)
    }
    spec.decide(decide, genes, true)
    return new Dna(spec, genes)
  }

  /** The logarithm of the density at a DNA. What rows of choices must keep to is left out: it is the same for all. */
  logAt({ open, values }: Row): number {
    const shapes = open.map(index => this.#shape(index))
    const logs = this.#kernels.map((kernel, k) => {
      const inside = this.#inside[k] as readonly number[]
      let log = 0
      let at = 0
      for (let i = 0; i < shapes.length; i++) {
        const shape = shapes[i] as Shape
        const index = open[i] as number
        at = skipTo(kernel.open, at, index)
        if (kernel.open[at] !== index) log += shape.logEven
        else if (!shape.isNumber) log += values[i] === kernel.values[at] ? shape.logStay : shape.logLeave
        else {
          const away = ((values[i] as number) - (kernel.values[at] as number)) / shape.width
          log += shape.logPeak - 0.5 * away * away - (inside[at] as number)
        }
      }
      return log
    })
    logs.push(shapes.reduce((log, { logEven }) => log + logEven, 0))
    return logMean(logs)
  }

  /** What a kernel draws for a decision that is open in its DNA. */
  #near(value: Gene, index: number, allowed: readonly number[] | null, rng: Rng): Gene {
    const point = this.#rows.points[index] as DecisionPoint
    const shape = this.#shape(index)
    if (!shape.isNumber) {
      const mayStay = allowed?.includes(value as number) ?? true
      if (mayStay && rng.float() < shape.stay) return value
      if (allowed === null) return point.vary(value, rng)
      const others = allowed.filter(other => other !== value)
      return others.length === 0 ? value : rng.pick(others)
    }
    let part = value as number
    do part = (value as number) + shape.width * rng.normal()
    while (part < 0 || 1 < part)
    return geneAt(point as NumberPoint, part)
  }

  #shape(index: number): Shape {
    this.#shapes[index] ??= shapeOf(
      this.#rows.points[index] as DecisionPoint,
      1 + (this.#counts[index] as number),
      this.#dimensions,
    )
    return this.#shapes[index]
  }
}

/** How kernels treat a decision. All densities of numbers are by the part of the way, so the even one is 1. */
type Shape = ChoiceShape | NumberShape

interface ChoiceShape {
  readonly isNumber: false
  readonly stay: number
  readonly logStay: number
  /** For each of the others. */
  readonly logLeave: number
  readonly logEven: number
}

interface NumberShape {
  readonly isNumber: true
  readonly width: number
  readonly logPeak: number
  readonly logEven: 0
}

/** The more DNAs are known at a decision, the closer the kernels keep to them. */
function shapeOf(point: DecisionPoint, known: number, dimensions: number): Shape {
  if (isNumberPoint(point)) {
    // Scott's rule; no kernel becomes a needle, nor loses the next integer.
    const scott = 0.2 * known ** (-1 / (dimensions + 4))
    const least = Math.max(1 / Math.min(100, known + 1), point.kind === 'int' ? 0.5 / point.size : 0)
    const width = Math.max(scott, least)
    return { isNumber: true, width, logPeak: -Math.log(width * Math.sqrt(2 * Math.PI)), logEven: 0 }
  }
  const count = point instanceof Choices ? point.candidates.length : TEXTS
  const leave = (count - 1) / (known + count)
  return {
    isNumber: false,
    stay: 1 - leave,
    logStay: Math.log(1 - leave),
    logLeave: Math.log(leave / (count - 1)),
    logEven: -Math.log(count),
  }
}

/** As how many candidates the texts of a custom decision count. */
const TEXTS = 16

/** The first place from `at` on with an index that is not below the given one. */
function skipTo(open: readonly number[], at: number, index: number): number {
  while (at < open.length && (open[at] as number) < index) at++
  return at
}

/** The logarithm of the mean of numbers given by their logarithms. */
function logMean(logs: readonly number[]): number {
  let max = Number.NEGATIVE_INFINITY
  for (const log of logs) max = Math.max(max, log)
  let sum = 0
  for (const log of logs) sum += Math.exp(log - max)
  return max + Math.log(sum / logs.length)
}

/** The logarithm of the part of a normal distribution that lies between 0 and 1. */
function logInside(center: number, width: number): number {
  const isFarFromEnds = 4 * width < center && center < 1 - 4 * width
  return isFarFromEnds ? 0 : Math.log(normalBelow((1 - center) / width) - normalBelow(-center / width))
}

/** The standard normal distribution function, to 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function normalBelow(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const factors = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592]
  const tail = 0.5 * t * factors.reduce((sum, factor) => sum * t + factor, 0) * Math.exp(-x * x)
  return z < 0 ? tail : 1 - tail
}
