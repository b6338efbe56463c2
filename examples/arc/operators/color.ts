/** Operators on colours: change, keep and remove them, find the special ones, lay one grid over another. */

import { countsOf, each, type Grid } from './grid.ts'

/** One color for another. */
export function recolor(grid: Grid, from: number, to: number): Grid {
  return each(grid, color => (color === from ? to : color))
}

/** Every color changed by a list of what each becomes. */
export function mapColors(grid: Grid, palette: readonly number[]): Grid {
  return each(grid, color => {
    const changed = palette[color]!
    return 0 <= changed && changed <= 9 ? changed : color
  })
}

/** Two colours exchanged. */
export function swapColors(grid: Grid, a: number, b: number): Grid {
  return each(grid, color => (color === a ? b : color === b ? a : color))
}

/** One color alone. */
export function keepColor(grid: Grid, kept: number): Grid {
  return each(grid, color => (color === kept ? color : 0))
}

/** All but one color. */
export function removeColor(grid: Grid, removed: number): Grid {
  return each(grid, color => (color === removed ? 0 : color))
}

/** Everything that is not background in one color. */
export function paint(grid: Grid, brush: number): Grid {
  return each(grid, color => (color === 0 ? 0 : brush))
}

/** A color where there was background, and background elsewhere. */
export function invert(grid: Grid, brush: number): Grid {
  return each(grid, color => (color === 0 ? brush : 0))
}

/** A color where there was background. */
export function fillBackground(grid: Grid, brush: number): Grid {
  return each(grid, color => (color === 0 ? brush : color))
}

/** The size of a grid, all in one color. */
export function solid(grid: Grid, brush: number): Grid {
  return each(grid, () => brush)
}

/** A grid of one cell. */
export function dot(color: number): Grid {
  return [[color]]
}

/** A row of so many cells. */
export function bar(color: number, length: number): Grid {
  return [Array.from({ length: Math.max(1, Math.min(30, length)) }, () => color)]
}

/** The first grid, with the second where the first is background; of different sizes, the first alone. */
export function over(a: Grid, b: Grid): Grid {
  if (a.length !== b.length || a[0]!.length !== b[0]!.length) return a
  return each(a, (color, row, column) => (color === 0 ? b[row]![column]! : color))
}

/** The first grid where the second is not background. */
export function within(a: Grid, b: Grid): Grid {
  if (a.length !== b.length || a[0]!.length !== b[0]!.length) return a
  return each(a, (color, row, column) => (b[row]![column] === 0 ? 0 : color))
}

/** The first grid where the second is background. */
export function without(a: Grid, b: Grid): Grid {
  if (a.length !== b.length || a[0]!.length !== b[0]!.length) return a
  return each(a, (color, row, column) => (b[row]![column] === 0 ? color : 0))
}

/** The second grid where the first is not background, the third elsewhere. */
export function choose(mask: Grid, a: Grid, b: Grid): Grid {
  if (mask.length !== a.length || mask[0]!.length !== a[0]!.length) return a
  if (mask.length !== b.length || mask[0]!.length !== b[0]!.length) return a
  return each(mask, (color, row, column) => (color === 0 ? b[row]![column]! : a[row]![column]!))
}

/**
 * The first grid with colours changed where both grids are as a table says: a list of triples of the color in the
 * first, the color in the second, and the new color.
 */
export function mapPairs(a: Grid, b: Grid, table: readonly number[]): Grid {
  if (a.length !== b.length || a[0]!.length !== b[0]!.length) return a
  return each(a, (color, row, column) => {
    for (let i = 0; i + 2 < table.length; i += 3) {
      const changed = table[i + 2]!
      const isRow = table[i] === color && table[i + 1] === b[row]![column]
      if (isRow && 0 <= changed && changed <= 9) return changed
    }
    return color
  })
}

/** The color with the most cells, background left out. */
export function mostColor(grid: Grid): number {
  const counts = countsOf(grid)
  let best = 1
  for (let color = 2; color < 10; color++) if (counts[color]! > counts[best]!) best = color
  return best
}

/** The color with the fewest cells, background left out. */
export function leastColor(grid: Grid): number {
  const counts = countsOf(grid)
  let best = 0
  for (let color = 1; color < 10; color++) {
    if (counts[color] !== 0 && (best === 0 || counts[color]! < counts[best]!)) best = color
  }
  return best
}

/** The color with the most cells, background among them. */
export function commonColor(grid: Grid): number {
  const counts = countsOf(grid)
  return counts.indexOf(Math.max(...counts))
}

/** The color of the first cell. */
export function firstColor(grid: Grid): number {
  return grid[0]![0]!
}

/** The color in the middle. */
export function middleColor(grid: Grid): number {
  return grid[grid.length >> 1]![grid[0]!.length >> 1]!
}

/** The number of colours, background left out. */
export function colorCount(grid: Grid): number {
  return countsOf(grid).filter((count, color) => color > 0 && count > 0).length
}

/** The most common color as background, and background in its place. */
export function ground(grid: Grid): Grid {
  return swapColors(grid, 0, commonColor(grid))
}

/** The colours of a grid one below the other, from the most cells to the fewest. */
export function ranking(grid: Grid): Grid {
  const counts = countsOf(grid)
  const colors = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter(color => counts[color]! > 0)
  if (colors.length === 0) return grid
  return colors.sort((a, b) => counts[b]! - counts[a]! || a - b).map(color => [color])
}

/** The colours of a grid in a column each, as high as there are cells, from the most on. */
export function histogram(grid: Grid): Grid {
  const counts = countsOf(grid)
  const colors = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    .filter(color => counts[color]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
  if (colors.length === 0) return grid
  const height = Math.min(30, counts[colors[0]!]!)
  return Array.from({ length: height }, (_, row) => colors.map(color => (counts[color]! > row ? color : 0)))
}
