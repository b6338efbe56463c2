/**
 * Eigenvalues and vectors of a symmetric matrix, by Jacobi's rotations: slower than others for big matrices, but twenty
 * lines, exact to the last digits, and in no need of special cases.
 */

/** A symmetric or orthogonal matrix, row after row. */
export type Matrix = readonly number[]

export interface Eigen {
  readonly values: readonly number[]
  /** Row after row; column k belongs to value k. */
  readonly vectors: Matrix
}

/** The eigenvalues and vectors of a symmetric matrix with so many rows, in no particular order. */
export function eigenOf(matrix: Matrix, size: number): Eigen {
  const a = [...matrix]
  const vectors = identity(size)
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a, size); sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q)
    }
  }
  return { values: Array.from({ length: size }, (_, i) => a[i * size + i] as number), vectors }
}

export function identity(size: number): number[] {
  return Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0))
}

/** Seven do for a hundred rows; convergence is quadratic. */
const MOST_SWEEPS = 60

function isDiagonal(a: Matrix, size: number): boolean {
  let [off, on] = [0, 0]
  for (let i = 0; i < size; i++) {
    on += Math.abs(a[i * size + i] as number)
    for (let j = i + 1; j < size; j++) off += Math.abs(a[i * size + j] as number)
  }
  return off <= 1e-16 * on
}

/** Turns the axes p and q so that the entry between them becomes zero. */
function rotate(a: number[], vectors: number[], size: number, p: number, q: number): void {
  const between = a[p * size + q] as number
  if (between === 0) return
  const theta = ((a[q * size + q] as number) - (a[p * size + p] as number)) / (2 * between)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q, c, s)
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k, c, s)
  for (let k = 0; k < size; k++) turn(vectors, k * size + p, k * size + q, c, s)
}

function turn(a: number[], i: number, j: number, c: number, s: number): void {
  const [x, y] = [a[i] as number, a[j] as number]
  a[i] = c * x - s * y
  a[j] = s * x + c * y
}
