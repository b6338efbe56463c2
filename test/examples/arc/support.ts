/** Grids as text: rows parted by spaces, a dot for the background. */

import type { Grid } from '../../../examples/arc/operators/index.ts'

/** `grid('12 3.')` is `[[1, 2], [3, 0]]`. */
export const grid = (text: string): Grid =>
  text.split(' ').map(line => [...line].map(cell => (cell === '.' ? 0 : Number(cell))))

/** The other way round. */
export const text = (value: Grid): string => value.map(line => line.join('').replaceAll('0', '.')).join(' ')
