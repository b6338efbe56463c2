/** Operators on the shape of a grid: turn, mirror, cut, repeat, scale, set side by side. */

import { boxOf, each, type Grid, isSameGrid, isSize, make, part } from './grid.ts'

export function flipDown(grid: Grid): Grid {
  return grid.slice().reverse()
}

export function flipAcross(grid: Grid): Grid {
  return grid.map(line => line.slice().reverse())
}

export function transpose(grid: Grid): Grid {
  return grid[0]!.map((_, column) => grid.map(line => line[column]!))
}

export function turnRight(grid: Grid): Grid {
  return flipAcross(transpose(grid))
}

export function turnLeft(grid: Grid): Grid {
  return flipDown(transpose(grid))
}

export function turnAround(grid: Grid): Grid {
  return flipDown(flipAcross(grid))
}

/** Without the rows and columns around the content. */
export function crop(grid: Grid): Grid {
  const box = boxOf(grid)
  return box === null ? grid : part(grid, box.top, box.left, box.bottom, box.right)
}

export function topHalf(grid: Grid): Grid {
  const half = grid.length >> 1
  return half === 0 ? grid : grid.slice(0, half)
}

export function leftHalf(grid: Grid): Grid {
  const half = grid[0]!.length >> 1
  return half === 0 ? grid : grid.map(line => line.slice(0, half))
}

/** Without the outermost rows and columns. */
export function peel(grid: Grid): Grid {
  const [height, width] = [grid.length, grid[0]!.length]
  return height < 3 || width < 3 ? grid : part(grid, 1, 1, height - 2, width - 2)
}

/** With a row or column of a color around it. */
export function frame(grid: Grid, color: number): Grid {
  const [height, width] = [grid.length, grid[0]!.length]
  if (!isSize(height + 2, width + 2)) return grid
  return make(height + 2, width + 2, (row, column) => grid[row - 1]?.[column - 1] ?? color)
}

/** Every cell as a square of so many cells a side. */
export function enlarge(grid: Grid, times: number): Grid {
  const [height, width] = [grid.length * times, grid[0]!.length * times]
  if (!isSize(height, width)) return grid
  return make(height, width, (row, column) => grid[Math.floor(row / times)]![Math.floor(column / times)]!)
}

/** Rows and columns that are like the one before left out. */
export function squeeze(grid: Grid): Grid {
  const rows = grid.filter((line, row) => row === 0 || line.some((color, i) => color !== grid[row - 1]![i]))
  return transpose(
    transpose(rows).filter(
      (line, i, lines) => i === 0 || line.some((color, row) => color !== lines[i - 1]![row]),
    ),
  )
}

/** Rows and columns that are all background left out. */
export function compact(grid: Grid): Grid {
  const rows = grid.filter(line => line.some(color => color !== 0))
  if (rows.length === 0) return grid
  return transpose(transpose(rows).filter(line => line.some(color => color !== 0)))
}

export function mirrorRight(grid: Grid): Grid {
  return beside(grid, flipAcross(grid))
}

export function mirrorLeft(grid: Grid): Grid {
  return beside(flipAcross(grid), grid)
}

export function mirrorDown(grid: Grid): Grid {
  return below(grid, flipDown(grid))
}

export function mirrorUp(grid: Grid): Grid {
  return below(flipDown(grid), grid)
}

/** A square and its three turns around the middle. */
export function pinwheel(grid: Grid): Grid {
  if (grid.length !== grid[0]!.length) return grid
  return below(beside(grid, turnRight(grid)), beside(turnLeft(grid), turnAround(grid)))
}

/** The first grid with the second on its right; of different heights, the first alone. */
export function beside(a: Grid, b: Grid): Grid {
  if (a.length !== b.length || !isSize(a.length, a[0]!.length + b[0]!.length)) return a
  return a.map((line, row) => [...line, ...b[row]!])
}

/** The first grid with the second below; of different widths, the first alone. */
export function below(a: Grid, b: Grid): Grid {
  if (a[0]!.length !== b[0]!.length || !isSize(a.length + b.length, a[0]!.length)) return a
  return [...a, ...b]
}

/** So many copies down and so many across. */
export function tile(grid: Grid, down: number, across: number): Grid {
  const [height, width] = [grid.length, grid[0]!.length]
  if (!isSize(height * down, width * across)) return grid
  return make(height * down, width * across, (row, column) => grid[row % height]![column % width]!)
}

/** Copies of the first grid that fill the size of the second. */
export function tileOver(grid: Grid, canvas: Grid): Grid {
  const [height, width] = [grid.length, grid[0]!.length]
  return each(canvas, (_, row, column) => grid[row % height]![column % width]!)
}

/** The second grid at every cell of the first that is not background. */
export function stamp(a: Grid, b: Grid): Grid {
  const [height, width] = [b.length, b[0]!.length]
  if (!isSize(a.length * height, a[0]!.length * width)) return a
  return make(a.length * height, a[0]!.length * width, (row, column) =>
    a[Math.floor(row / height)]![Math.floor(column / width)] === 0 ? 0 : b[row % height]![column % width]!,
  )
}

/** The first grid scaled by whole numbers to the size of the second, where that can be. */
export function enlargeTo(grid: Grid, canvas: Grid): Grid {
  const [down, across] = [canvas.length / grid.length, canvas[0]!.length / grid[0]!.length]
  if (!Number.isInteger(down) || !Number.isInteger(across)) return grid
  return each(canvas, (_, row, column) => grid[Math.floor(row / down)]![Math.floor(column / across)]!)
}

/** The smallest tile that the grid is made of, repeated without a rest. */
export function tileOf(grid: Grid): Grid {
  const [height, width] = [grid.length, grid[0]!.length]
  for (let down = 1; down <= height; down++) {
    if (height % down !== 0) continue
    for (let across = 1; across <= width; across++) {
      if (width % across !== 0) continue
      const candidate = part(grid, 0, 0, down - 1, across - 1)
      if (isSameGrid(tile(candidate, height / down, width / across), grid)) return candidate
    }
  }
  return grid
}

/** The grid moved round by one row. */
export function rollDown(grid: Grid): Grid {
  return [grid.at(-1)!, ...grid.slice(0, -1)]
}

/** The grid moved round by one column. */
export function rollRight(grid: Grid): Grid {
  return grid.map(line => [line.at(-1)!, ...line.slice(0, -1)])
}

/** The grid one row down, with background above. */
export function stepDown(grid: Grid): Grid {
  return [grid[0]!.map(() => 0), ...grid.slice(0, -1)]
}

/** The grid one column to the right, with background on the left. */
export function stepRight(grid: Grid): Grid {
  return grid.map(line => [0, ...line.slice(0, -1)])
}

/** The first row alone. */
export function firstRow(grid: Grid): Grid {
  return grid.slice(0, 1)
}

/** The first column alone. */
export function firstColumn(grid: Grid): Grid {
  return grid.map(line => line.slice(0, 1))
}
