// Twelve continuous functions in the style of the BBOB noiseless suite, with instances of their own; every random number
// of an instance comes from mulberry32, so the peers' scripts have the same. Figures compare with each other only.

import { mulberry32, range } from './runs.mjs'

export const NAMES = [
  'sphere',
  'ellipsoid',
  'ellipsoid-rot',
  'rastrigin',
  'rastrigin-rot',
  'rosenbrock',
  'rosenbrock-rot',
  'step-ellipsoid',
  'sharp-ridge',
  'schaffers-f7',
  'different-powers-rot',
  'griewank-rosenbrock',
]

const ROTATED = new Set(
  NAMES.filter(name => name.endsWith('-rot')).concat(NAMES.slice(7, 10), NAMES.slice(11)),
)

/** The function of a name in so many dimensions; 0 at its minimum. */
export function functionOf(name, dimensions, instance) {
  const draw = mulberry32(1000 * NAMES.indexOf(name) + 17 * dimensions + instance)
  const optimum = range(0, dimensions).map(() => -4 + 8 * draw())
  const axes = rotation(draw, dimensions)
  const shape = SHAPES[name.replace(/^(ellipsoid|rastrigin|rosenbrock)-rot$/, '$1')]
  return x => {
    const z = x.map((value, i) => value - optimum[i])
    return shape(ROTATED.has(name) ? axes.map(axis => dot(axis, z)) : z)
  }
}

const squares = z => z.reduce((sum, x) => sum + x * x, 0)
const sum = (count, term) => range(0, count).reduce((total, i) => total + term(i), 0)
const dot = (a, b) => sum(a.length, i => a[i] * b[i])
/** How far along a coordinate is, from 0 to 1. */
const along = (i, z) => i / Math.max(1, z.length - 1)
const valley = z => z.map(x => Math.max(1, Math.sqrt(z.length) / 8) * x + 1)
const bend = (y, i) => 100 * (y[i] ** 2 - y[i + 1]) ** 2 + (y[i] - 1) ** 2

const SHAPES = {
  sphere: squares,
  ellipsoid: z => sum(z.length, i => 10 ** (6 * along(i, z)) * z[i] ** 2),
  rastrigin: z => 10 * (z.length - sum(z.length, i => Math.cos(2 * Math.PI * z[i]))) + squares(z),
  rosenbrock(z) {
    const y = valley(z)
    return sum(z.length - 1, i => bend(y, i))
  },
  'step-ellipsoid'(z) {
    const y = z.map(x => (Math.abs(x) > 0.5 ? Math.floor(0.5 + x) : Math.floor(0.5 + 10 * x) / 10))
    return (
      0.1 *
      Math.max(
        Math.abs(z[0]) / 1e4,
        sum(z.length, i => 10 ** (2 * along(i, z)) * y[i] ** 2),
      )
    )
  },
  'sharp-ridge': z => z[0] ** 2 + 100 * Math.sqrt(squares(z.slice(1))),
  'schaffers-f7'(z) {
    const term = i => {
      const s = Math.hypot(z[i], z[i + 1])
      return Math.sqrt(s) + Math.sqrt(s) * Math.sin(50 * s ** 0.2) ** 2
    }
    return (sum(z.length - 1, term) / (z.length - 1)) ** 2
  },
  'different-powers-rot': z => Math.sqrt(sum(z.length, i => Math.abs(z[i]) ** (2 + 4 * along(i, z)))),
  'griewank-rosenbrock'(z) {
    const y = valley(z)
    const term = i => bend(y, i) / 4000 - Math.cos(bend(y, i))
    return (10 / (z.length - 1)) * sum(z.length - 1, term) + 10
  },
}

/** Orthogonal axes, by Gram and Schmidt from normal draws. */
function rotation(draw, dimensions) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  const drawn = range(0, dimensions).map(() => range(0, dimensions).map(normal))
  const axes = []
  for (let axis of drawn) {
    for (const other of axes) {
      const part = dot(other, axis)
      axis = axis.map((x, i) => x - part * other[i])
    }
    const length = Math.sqrt(squares(axis))
    axes.push(axis.map(x => x / length))
  }
  return axes
}
