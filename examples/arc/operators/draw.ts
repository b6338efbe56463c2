/** Operators that draw into a grid: fill, outline, connect, shoot, fall, and take away what disturbs. */

import { boxOf, cellAt, draft, each, type Grid, objectsOf, regionsOf } from './grid.ts'
import { flipAcross, flipDown, transpose } from './shape.ts'

/** Background that no way leads out of, in a color. */
export function fillHoles(grid: Grid, brush: number): Grid {
  const { labels } = regionsOf(grid, color => color === 0, false, false)
  const open = new Set([...labels[0]!, ...labels.at(-1)!])
  for (const line of labels) open.add(line[0]!).add(line.at(-1)!)
  return each(grid, (color, row, column) => (color === 0 && !open.has(labels[row]![column]!) ? brush : color))
}

/** Only the background that no way leads out of, in 1. */
export function holes(grid: Grid): Grid {
  const filled = fillHoles(grid, 1)
  return each(filled, (color, row, column) => (grid[row]![column] === 0 ? color : 0))
}

/** Background in the box of each object, in a color. */
export function fillBoxes(grid: Grid, brush: number): Grid {
  const cells = draft(grid)
  for (const object of objectsOf(grid, true, true)) {
    const { top, bottom, left, right } = boxOf(object)!
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++)
        if (cells[row]![column] === 0) cells[row]![column] = brush
    }
  }
  return cells
}

/** The box of each object, all in its own color. */
export function solidBoxes(grid: Grid): Grid {
  const cells = draft(grid)
  for (const object of objectsOf(grid, true, true)) {
    const { top, bottom, left, right } = boxOf(object)!
    const color = Math.max(...object.flat())
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) cells[row]![column] = color
  }
  return cells
}

/** Background next to anything, at corners too, in a color. */
export function outline(grid: Grid, brush: number): Grid {
  return each(grid, (color, row, column) => {
    if (color !== 0) return color
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) if (cellAt(grid, row + dr, column + dc) > 0) return brush
    }
    return 0
  })
}

/** Background beside, above or below anything, in a color. */
export function outlineSides(grid: Grid, brush: number): Grid {
  return each(grid, (color, row, column) => {
    if (color !== 0) return color
    const isNear =
      cellAt(grid, row - 1, column) > 0 ||
      cellAt(grid, row + 1, column) > 0 ||
      cellAt(grid, row, column - 1) > 0 ||
      cellAt(grid, row, column + 1) > 0
    return isNear ? brush : 0
  })
}

/** Background at the corners of anything, but not at its sides, in a color. */
export function outlineCorners(grid: Grid, brush: number): Grid {
  const sides = outlineSides(grid, brush)
  return each(outline(grid, brush), (color, row, column) =>
    grid[row]![column] === 0 && sides[row]![column] !== 0 ? 0 : color,
  )
}

/** Every object grown by one cell all around, in its own color. */
export function grow(grid: Grid): Grid {
  return each(grid, (color, row, column) => {
    if (color !== 0) return color
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        const other = cellAt(grid, row + dr, column + dc)
        if (other > 0) return other
      }
    }
    return 0
  })
}

/** Only cells with the same color on all four sides. */
export function core(grid: Grid): Grid {
  return each(grid, (color, row, column) => {
    const isInside =
      cellAt(grid, row - 1, column) === color &&
      cellAt(grid, row + 1, column) === color &&
      cellAt(grid, row, column - 1) === color &&
      cellAt(grid, row, column + 1) === color
    return isInside ? color : 0
  })
}

/** Only cells with the same color all around, at corners too. */
export function deepCore(grid: Grid): Grid {
  return each(grid, (color, row, column) => {
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) if (cellAt(grid, row + dr, column + dc) !== color) return 0
    }
    return color
  })
}

/** How far from the outside each cell is, as a color: 1 at the edge of an object. */
export function depth(grid: Grid): Grid {
  let rest = grid
  let marked = each(grid, color => (color === 0 ? 0 : 1))
  for (let level = 2; level <= 9; level++) {
    rest = deepCore(each(rest, color => (color === 0 ? 0 : 1)))
    marked = each(marked, (color, row, column) => (rest[row]![column] === 0 ? color : level))
  }
  return marked
}

/** The distance from the edge of the grid of each cell, as a color from 1 on. */
export function rings(grid: Grid): Grid {
  return each(grid, (_, row, column) =>
    Math.min(9, 1 + Math.min(row, column, grid.length - 1 - row, grid[0]!.length - 1 - column)),
  )
}

/** Every cell, background too, in the color of how many of the eight around it are not background. */
export function countAround(grid: Grid): Grid {
  return each(grid, (_, row, column) => {
    let found = 0
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        if ((dr !== 0 || dc !== 0) && cellAt(grid, row + dr, column + dc) > 0) found++
      }
    }
    return found
  })
}

/** Every cell, background too, in the color of how many of the four at its sides are not background. */
export function countSides(grid: Grid): Grid {
  return each(grid, (_, row, column) => {
    let found = 0
    if (cellAt(grid, row - 1, column) > 0) found++
    if (cellAt(grid, row + 1, column) > 0) found++
    if (cellAt(grid, row, column - 1) > 0) found++
    if (cellAt(grid, row, column + 1) > 0) found++
    return found
  })
}

/** Every second row 1, the others background. */
export function stripes(grid: Grid): Grid {
  return each(grid, (_, row) => (row % 2 === 0 ? 1 : 0))
}

/** Every second column 1, the others background. */
export function stripesDown(grid: Grid): Grid {
  return each(grid, (_, _row, column) => (column % 2 === 0 ? 1 : 0))
}

/** Like a chess board of 1 and background. */
export function checkers(grid: Grid): Grid {
  return each(grid, (_, row, column) => ((row + column) % 2 === 0 ? 1 : 0))
}

/** Background between two cells of one color in a row, in that color. */
export function connectAcross(grid: Grid): Grid {
  const cells = draft(grid)
  for (const [row, line] of grid.entries()) {
    let from = -1
    for (const [column, color] of line.entries()) {
      if (color === 0) continue
      if (from >= 0 && line[from] === color) cells[row]!.fill(color, from, column)
      from = column
    }
  }
  return cells
}

export function connectDown(grid: Grid): Grid {
  return transpose(connectAcross(transpose(grid)))
}

/** Background between two cells of one color in a row or column, in that color. */
export function connect(grid: Grid): Grid {
  const [across, down] = [connectAcross(grid), connectDown(grid)]
  return each(across, (color, row, column) => (color === 0 ? down[row]![column]! : color))
}

/** Every cell drawn on to the right as far as there is background. */
export function shootRight(grid: Grid): Grid {
  return grid.map(line => {
    let current = 0
    return line.map(color => {
      if (color !== 0) current = color
      return current
    })
  })
}

export function shootLeft(grid: Grid): Grid {
  return flipAcross(shootRight(flipAcross(grid)))
}

export function shootDown(grid: Grid): Grid {
  return transpose(shootRight(transpose(grid)))
}

export function shootUp(grid: Grid): Grid {
  return flipDown(shootDown(flipDown(grid)))
}

/** Every cell drawn on in both directions of its row, as far as there is background. */
export function shootAcross(grid: Grid): Grid {
  const [right, left] = [shootRight(grid), shootLeft(grid)]
  return each(grid, (_, row, column) => right[row]![column]! || left[row]![column]!)
}

export function shootUpAndDown(grid: Grid): Grid {
  return transpose(shootAcross(transpose(grid)))
}

/** Every cell drawn on along the slanted lines through it, by steps of a row and a column, as far as there is background. */
export function slant(grid: Grid, down: number, right: number): Grid {
  const cells = draft(grid)
  for (const [row, line] of grid.entries()) {
    for (const [column, color] of line.entries()) {
      if (color === 0) continue
      let [r, c] = [row + down, column + right]
      while (cellAt(grid, r, c) === 0) {
        cells[r]![c] = color
        r += down
        c += right
      }
    }
  }
  return cells
}

/** Every cell drawn on along both diagonals as far as there is background. */
export function shootDiagonally(grid: Grid): Grid {
  const [a, b, c, d] = [slant(grid, 1, 1), slant(grid, 1, -1), slant(grid, -1, 1), slant(grid, -1, -1)]
  return each(
    grid,
    (_, row, column) => a[row]![column]! || b[row]![column]! || c[row]![column]! || d[row]![column]!,
  )
}

/** Rows with anything in them wholly in its color. */
export function fillRows(grid: Grid): Grid {
  return grid.map(line => {
    const color = line.find(cell => cell !== 0) ?? 0
    return line.map(cell => (cell === 0 ? color : cell))
  })
}

export function fillColumns(grid: Grid): Grid {
  return transpose(fillRows(transpose(grid)))
}

/** Rows of one color all through, and the rest background. */
export function fullRows(grid: Grid): Grid {
  return grid.map(line => (line.every(color => color === line[0]) ? line : line.map(() => 0)))
}

/** All that is not background fallen to the bottom. */
export function fallDown(grid: Grid): Grid {
  return transpose(fallRight(transpose(grid)))
}

export function fallUp(grid: Grid): Grid {
  return flipDown(fallDown(flipDown(grid)))
}

export function fallRight(grid: Grid): Grid {
  return grid.map(line => [...line.filter(color => color === 0), ...line.filter(color => color !== 0)])
}

export function fallLeft(grid: Grid): Grid {
  return flipAcross(fallRight(flipAcross(grid)))
}

/** Without cells that have no neighbor of their color, at corners neither. */
export function dropDots(grid: Grid): Grid {
  return each(grid, (color, row, column) => {
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        if ((dr !== 0 || dc !== 0) && cellAt(grid, row + dr, column + dc) === color) return color
      }
    }
    return 0
  })
}

/** Without what is thinner than two cells: only cells that are in a square of two by two of their color. */
export function dropLines(grid: Grid): Grid {
  return each(grid, (color, row, column) => {
    for (const dr of [-1, 0]) {
      for (const dc of [-1, 0]) {
        const isSquare =
          cellAt(grid, row + dr, column + dc) === color &&
          cellAt(grid, row + dr, column + dc + 1) === color &&
          cellAt(grid, row + dr + 1, column + dc) === color &&
          cellAt(grid, row + dr + 1, column + dc + 1) === color
        if (isSquare) return color
      }
    }
    return 0
  })
}

/** Each cell in the color that most of the nine around it have. */
export function smooth(grid: Grid): Grid {
  return each(grid, (color, row, column) => {
    const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        const other = cellAt(grid, row + dr, column + dc)
        if (other >= 0) counts[other]!++
      }
    }
    const most = Math.max(...counts)
    return counts[color] === most ? color : counts.indexOf(most)
  })
}
