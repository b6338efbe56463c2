/** Operators that go on with a pattern: by symmetry, by period, and by what repeats. */

import { each, type Grid } from './grid.ts'
import { flipAcross, flipDown, transpose } from './shape.ts'

/** Cells of a color that stands for the unknown, from the cell that a symmetry says is the same. */
export function healSymmetry(grid: Grid, unknown: number): Grid {
  const [height, width] = [grid.length, grid[0]!.length]
  let healed = grid
  for (const isDown of [false, true]) {
    const [length, other] = isDown ? [height, width] : [width, height]
    let best = -1
    let fewest = Infinity
    // The axis lies at half of `sum`: position i is the mirror of sum - i.
    for (let sum = Math.ceil(length * 0.6); sum <= Math.floor(length * 1.4); sum++) {
      let [same, differ] = [0, 0]
      for (let i = 0; i < length; i++) {
        const j = sum - i
        if (j < 0 || j >= length || j <= i) continue
        for (let k = 0; k < other; k++) {
          const a = isDown ? grid[i]![k]! : grid[k]![i]!
          const b = isDown ? grid[j]![k]! : grid[k]![j]!
          if (a === unknown || b === unknown) continue
          if (a === b) same++
          else differ++
        }
      }
      if (differ === 0 && same > 0 && Math.abs(length - 1 - sum) < fewest) {
        best = sum
        fewest = Math.abs(length - 1 - sum)
      }
    }
    if (best < 0) continue
    const before = healed
    healed = each(before, (color, row, column) => {
      if (color !== unknown) return color
      const found = isDown ? before[best - row]?.[column] : before[row]![best - column]
      return found ?? color
    })
  }
  const turned = height === width ? transpose(healed) : healed
  const isDiagonal = healed.every((line, row) =>
    line.every((color, column) => {
      const twin = turned[row]![column]!
      return color === twin || color === unknown || twin === unknown
    }),
  )
  if (!isDiagonal) return healed
  return each(healed, (color, row, column) => (color === unknown ? turned[row]![column]! : color))
}

/** The whole grid overlaid with its mirror images, as far as it is background. */
export function symmetrize(grid: Grid): Grid {
  const [a, b] = [flipAcross(grid), flipDown(grid)]
  const c = flipDown(a)
  return each(grid, (color, row, column) => color || a[row]![column]! || b[row]![column]! || c[row]![column]!)
}

/** Cells of a color that stands for the unknown, from the smallest step down and across that all the others repeat by. */
export function healPeriod(grid: Grid, unknown: number): Grid {
  const [height, width] = [grid.length, grid[0]!.length]
  for (let area = 2; area <= 2 * Math.max(height, width); area++) {
    for (let down = 1; down < area; down++) {
      const across = area - down
      if (down > height || across > width || (down === height && across === width)) continue
      const tile = Array.from({ length: down }, () => Array.from({ length: across }, () => unknown))
      const isPeriodic = grid.every((line, row) =>
        line.every((color, column) => {
          if (color === unknown) return true
          const known = tile[row % down]![column % across]!
          if (known === unknown) tile[row % down]![column % across] = color
          return known === unknown || known === color
        }),
      )
      const isKnown = tile.every(line => line.every(color => color !== unknown))
      if (isPeriodic && isKnown) return each(grid, (_, row, column) => tile[row % down]![column % across]!)
    }
  }
  return grid
}

/** Each row's cells of an unknown color, from the smallest step that the row repeats by. */
export function healRows(grid: Grid, unknown: number): Grid {
  return grid.map(line => {
    for (let step = 1; step < line.length; step++) {
      const tile = Array.from({ length: step }, () => unknown)
      const isPeriodic = line.every((color, column) => {
        if (color === unknown) return true
        const known = tile[column % step]!
        if (known === unknown) tile[column % step] = color
        return known === unknown || known === color
      })
      if (isPeriodic && tile.every(color => color !== unknown)) return line.map((_, i) => tile[i % step]!)
    }
    return line
  })
}

/** Each column's cells of an unknown color, from the smallest step that the column repeats by. */
export function healColumns(grid: Grid, unknown: number): Grid {
  return transpose(healRows(transpose(grid), unknown))
}

/** Slanted stripes: cells of an unknown color from the known one on the same slanted line, by the smallest step. */
export function healDiagonals(grid: Grid, unknown: number): Grid {
  for (const sign of [1, -1]) {
    for (let step = 2; step <= 10; step++) {
      const colors = Array.from({ length: step }, () => unknown)
      const isPeriodic = grid.every((line, row) =>
        line.every((color, column) => {
          if (color === unknown) return true
          const at = (((row * sign + column) % step) + step) % step
          const known = colors[at]!
          if (known === unknown) colors[at] = color
          return known === unknown || known === color
        }),
      )
      if (!isPeriodic || colors.includes(unknown)) continue
      return each(grid, (_, row, column) => colors[(((row * sign + column) % step) + step) % step]!)
    }
  }
  return grid
}

/** What a part of the grid that is hidden under one color looks like, by symmetry or period: only that part, cut out. */
export function hidden(grid: Grid, unknown: number): Grid {
  const bySymmetry = healSymmetry(grid, unknown)
  const isLeft = bySymmetry.some(line => line.includes(unknown))
  const healed = isLeft ? healPeriod(grid, unknown) : bySymmetry
  const rows = grid.map((line, row) => (line.includes(unknown) ? row : -1)).filter(row => row >= 0)
  const columns = grid[0]!
    .map((_, i) => (grid.some(line => line[i] === unknown) ? i : -1))
    .filter(i => i >= 0)
  if (rows.length === 0) return grid
  return healed.slice(rows[0]!, rows.at(-1)! + 1).map(line => line.slice(columns[0]!, columns.at(-1)! + 1))
}
