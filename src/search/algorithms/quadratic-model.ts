/**
 * A quadratic function through points, by weighted least squares, and where it is lowest: near an optimum nearly every
 * smooth function is one. Good points weigh more, so that it is true where it matters.
 */

import { eigenOf, type Matrix } from './eigen.ts'

/** How many numbers a quadratic function of so many variables has. */
export const termsOf = (dimensions: number): number => ((dimensions + 1) * (dimensions + 2)) / 2

/**
 * Where the quadratic function through some points, lowest first, is lowest; null when it has no lowest point. As many
 * points as it has terms must be given, better more.
 */
export function lowestPoint(
  points: readonly (readonly number[])[],
  heights: readonly number[],
): number[] | null {
  const dimensions = (points[0] as readonly number[]).length
  const factors = leastSquares(points.map(termsAt), heights)
  if (factors === null) return null
  const gradient = factors.slice(1, dimensions + 1)
  const { values, vectors } = eigenOf(curvature(factors, dimensions), dimensions)
  const most = Math.max(...values)
  const isBowl = most > 0 && Math.min(...values) > 1e-9 * most
  if (!isBowl) return null
  const lowest = new Array<number>(dimensions).fill(0)
  values.forEach((value, k) => {
    let slope = 0
    for (let i = 0; i < dimensions; i++)
      slope += (vectors[i * dimensions + k] as number) * (gradient[i] as number)
    for (let i = 0; i < dimensions; i++) {
      lowest[i] = (lowest[i] as number) - (slope / value) * (vectors[i * dimensions + k] as number)
    }
  })
  return lowest
}

/** 1, the variables, and their products in pairs. */
function termsAt(point: readonly number[]): number[] {
  const terms = [1, ...point]
  for (let i = 0; i < point.length; i++) {
    for (let j = 0; j <= i; j++) terms.push((point[i] as number) * (point[j] as number))
  }
  return terms
}

/** The matrix of second derivatives. */
function curvature(factors: readonly number[], dimensions: number): Matrix {
  const matrix = new Array<number>(dimensions * dimensions)
  let at = dimensions + 1
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j <= i; j++) {
      const factor = factors[at++] as number
      matrix[i * dimensions + j] = i === j ? 2 * factor : factor
      matrix[j * dimensions + i] = matrix[i * dimensions + j] as number
    }
  }
  return matrix
}

/** The factors that fit best, the last row a thousand times less important than the first; null when none are sure. */
function leastSquares(rows: readonly (readonly number[])[], wanted: readonly number[]): number[] | null {
  const size = (rows[0] as readonly number[]).length
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  rows.forEach((row, r) => {
    const weight = 1000 ** (-r / (rows.length - 1))
    for (let i = 0; i < size; i++) {
      const weighted = weight * (row[i] as number)
      right[i] = (right[i] as number) + weighted * (wanted[r] as number)
      for (let j = 0; j <= i; j++)
        matrix[i * size + j] = (matrix[i * size + j] as number) + weighted * (row[j] as number)
    }
  })
  // A touch of ridge keeps the matrix positive.
  for (let i = 0; i < size; i++) matrix[i * size + i] = (matrix[i * size + i] as number) * (1 + 1e-10)
  return solved(matrix, right, size)
}

/** The solution of a symmetric, positive system, by Cholesky; its lower half is written over. */
function solved(matrix: Float64Array, right: Float64Array, size: number): number[] | null {
  const entry = (i: number, j: number): number => matrix[i * size + j] as number
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = entry(i, j)
      for (let k = 0; k < j; k++) sum -= entry(i, k) * entry(j, k)
      if (i === j && !(sum > 0)) return null
      matrix[i * size + j] = i === j ? Math.sqrt(sum) : sum / entry(j, j)
    }
  }
  const solution = [...right]
  for (let i = 0; i < size; i++) {
    let sum = solution[i] as number
    for (let k = 0; k < i; k++) sum -= entry(i, k) * (solution[k] as number)
    solution[i] = sum / entry(i, i)
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i] as number
    for (let k = i + 1; k < size; k++) sum -= entry(k, i) * (solution[k] as number)
    solution[i] = sum / entry(i, i)
  }
  return solution.every(Number.isFinite) ? solution : null
}
