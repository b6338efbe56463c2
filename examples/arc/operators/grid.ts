/**
 * Grids of colours, and the few functions that all operators are made of. A grid is rows of colours from 0 to 9, with 0
 * as the background; nothing here or in the operators changes a grid it was given. The source text of these functions
 * is carried into scripts, so they use nothing but one another, and no function inside has a name.
 */

export type Grid = readonly (readonly number[])[]

/** A grid by its cells. */
export function make(height: number, width: number, cell: (row: number, column: number) => number): Grid {
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => cell(row, column)),
  )
}

/** A grid of the same size, cell by cell. */
export function each(grid: Grid, cell: (color: number, row: number, column: number) => number): Grid {
  return grid.map((line, row) => line.map((color, column) => cell(color, row, column)))
}

/** A copy whose cells may be written. */
export function draft(grid: Grid): number[][] {
  return grid.map(line => line.slice())
}

/** The color of a cell; -1 outside. */
export function cellAt(grid: Grid, row: number, column: number): number {
  return grid[row]?.[column] ?? -1
}

/** Whether a grid may be as large as this: an operator that would make a larger one gives its argument back. */
export function isSize(height: number, width: number): boolean {
  return height >= 1 && height <= 30 && width >= 1 && width <= 30
}

export function isSameGrid(a: Grid, b: Grid): boolean {
  return (
    a.length === b.length &&
    a.every((line, row) => {
      const other = b[row]!
      return line.length === other.length && line.every((color, column) => color === other[column])
    })
  )
}

/** How many cells there are of each color. */
export function countsOf(grid: Grid): number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (const line of grid) for (const color of line) counts[color]!++
  return counts
}

/** How many cells are not background. */
export function sizeOf(grid: Grid): number {
  let size = 0
  for (const line of grid) for (let i = 0; i < line.length; i++) if (line[i] !== 0) size++
  return size
}

/** The first and last row and column that are not all background; null in an empty grid. */
export function boxOf(grid: Grid): { top: number; bottom: number; left: number; right: number } | null {
  const width = grid[0]!.length
  let [top, bottom, left, right] = [-1, -1, width, -1]
  for (let row = 0; row < grid.length; row++) {
    const line = grid[row]!
    let column = 0
    while (column < width && line[column] === 0) column++
    if (column === width) continue
    if (top < 0) top = row
    bottom = row
    if (column < left) left = column
    column = width - 1
    while (column > right && line[column] === 0) column--
    right = column
  }
  return bottom < 0 ? null : { top, bottom, left, right }
}

/** The part of a grid from one corner to another, both within. */
export function part(grid: Grid, top: number, left: number, bottom: number, right: number): Grid {
  return grid.slice(top, bottom + 1).map(line => line.slice(left, right + 1))
}

/**
 * The number of the region of each cell, from 1 up, 0 where `isIn` says no. Cells are of one region when they touch, at
 * corners too where `isDiagonal`, and have the same color where `isByColor`.
 */
export function regionsOf(
  grid: Grid,
  isIn: (color: number) => boolean,
  isDiagonal: boolean,
  isByColor: boolean,
): { labels: number[][]; count: number } {
  const [height, width] = [grid.length, grid[0]!.length]
  const labels = grid.map(line => line.map(() => 0))
  const open: number[] = []
  let count = 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const color = grid[row]![column]!
      if (labels[row]![column] !== 0 || !isIn(color)) continue
      count++
      labels[row]![column] = count
      open.push(row * width + column)
      while (open.length > 0) {
        const at = open.pop()!
        const c = at % width
        const r = (at - c) / width
        for (let y = Math.max(0, r - 1); y <= r + 1 && y < height; y++) {
          for (let x = Math.max(0, c - 1); x <= c + 1 && x < width; x++) {
            if (!isDiagonal && y !== r && x !== c) continue
            const other = grid[y]![x]!
            if (labels[y]![x] !== 0 || (isByColor ? other !== color : !isIn(other))) continue
            labels[y]![x] = count
            open.push(y * width + x)
          }
        }
      }
    }
  }
  return { labels, count }
}

/** The objects of a grid, each as a grid of the full size with nothing else in it; at most 40. */
export function objectsOf(grid: Grid, isDiagonal: boolean, isByColor: boolean): Grid[] {
  const { labels, count } = regionsOf(grid, color => color !== 0, isDiagonal, isByColor)
  if (count > 40) return []
  return Array.from({ length: count }, (_, i) =>
    each(grid, (color, row, column) => (labels[row]![column] === i + 1 ? color : 0)),
  )
}
