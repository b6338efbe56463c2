/**
 * Operators on the objects of a grid: find them, pick one, keep some, and say something of each in its own color. An
 * object in a list is a grid of the full size, so it keeps its place until it is cropped.
 */

import { keepColor, mostColor, over } from './color.ts'
import {
  boxOf,
  cellAt,
  countsOf,
  each,
  type Grid,
  isSameGrid,
  objectsOf,
  part,
  regionsOf,
  sizeOf,
} from './grid.ts'
import { below, beside, crop, flipAcross, flipDown, transpose } from './shape.ts'

/** What touches side by side and has one color. */
export function objects(grid: Grid): readonly Grid[] {
  return objectsOf(grid, false, true)
}

/** What touches, at corners too, and has one color. */
export function looseObjects(grid: Grid): readonly Grid[] {
  return objectsOf(grid, true, true)
}

/** What touches, at corners too, whatever its colours. */
export function clusters(grid: Grid): readonly Grid[] {
  return objectsOf(grid, true, false)
}

/** The cells of each color. */
export function layers(grid: Grid): readonly Grid[] {
  const counts = countsOf(grid)
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].filter(color => counts[color]! > 0).map(color => keepColor(grid, color))
}

/** The fields between full rows and columns of one color: of the first color that makes fields of one size, or of any. */
export function fields(grid: Grid): readonly Grid[] {
  let found: readonly Grid[] = [grid]
  for (const color of [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]) {
    const candidates = fieldsBy(grid, color).flat()
    if (candidates.length < 2 || candidates.length > 100) continue
    const [{ length: height }, { length: width }] = [candidates[0]!, candidates[0]![0]!]
    if (candidates.every(field => field.length === height && field[0]!.length === width)) return candidates
    if (found.length === 1) found = candidates
  }
  return found
}

/** Rows of the fields between the full rows and columns of a color. */
export function fieldsBy(grid: Grid, color: number): Grid[][] {
  const turned = transpose(grid)
  const rows = grid
    .map((line, row) => (line.every(cell => cell === color) ? row : -1))
    .filter(row => row >= 0)
  const columns = turned.map((line, i) => (line.every(cell => cell === color) ? i : -1)).filter(i => i >= 0)
  return [...rows, grid.length]
    .map((bottom, i) => {
      const top = i === 0 ? 0 : rows[i - 1]! + 1
      return [...columns, turned.length]
        .map((right, j) => part(grid, top, j === 0 ? 0 : columns[j - 1]! + 1, bottom - 1, right - 1))
        .filter(field => field.length > 0 && field[0]!.length > 0)
    })
    .filter(line => line.length > 0)
}

/** The most common color of each field between full lines of a color, as a grid of one cell for each. */
export function fieldColors(grid: Grid, color: number): Grid {
  const lines = fieldsBy(grid, color)
  if (lines.length === 0 || lines.length > 30 || lines[0]!.length > 30) return grid
  return lines.map(line => line.map(field => (sizeOf(field) === 0 ? 0 : mostColor(field))))
}

/** The squares in a row or column that an oblong grid is made of; the halves of a square or of any other one. */
export function pieces(grid: Grid): readonly Grid[] {
  const [height, width] = [grid.length, grid[0]!.length]
  if (width > height && width % height === 0) {
    return Array.from({ length: width / height }, (_, i) =>
      part(grid, 0, i * height, height - 1, (i + 1) * height - 1),
    )
  }
  if (height > width && height % width === 0) {
    return Array.from({ length: height / width }, (_, i) =>
      part(grid, i * width, 0, (i + 1) * width - 1, width - 1),
    )
  }
  return [grid]
}

/** The grid cut across into left and right halves. */
export function halvesAcross(grid: Grid): readonly Grid[] {
  const [height, width] = [grid.length, grid[0]!.length]
  const half = width >> 1
  if (half === 0) return [grid]
  return [part(grid, 0, 0, height - 1, half - 1), part(grid, 0, width - half, height - 1, width - 1)]
}

/** The grid cut into upper and lower halves. */
export function halvesDown(grid: Grid): readonly Grid[] {
  const [height, width] = [grid.length, grid[0]!.length]
  const half = height >> 1
  if (half === 0) return [grid]
  return [part(grid, 0, 0, half - 1, width - 1), part(grid, height - half, 0, height - 1, width - 1)]
}

export function rowsOf(grid: Grid): readonly Grid[] {
  return grid.map(line => [line])
}

export function columnsOf(grid: Grid): readonly Grid[] {
  return transpose(grid).map(line => line.map(color => [color]))
}

/** The content of each box in a grid that is framed by one color: what is enclosed, cut out. */
export function insides(grid: Grid): readonly Grid[] {
  return objectsOf(grid, true, true)
    .map(layer => boxOf(layer)!)
    .filter(({ top, bottom, left, right }) => bottom - top >= 2 && right - left >= 2)
    .map(({ top, bottom, left, right }) => part(grid, top + 1, left + 1, bottom - 1, right - 1))
}

/** The part of the grid in the box of each object, with all that is in it. */
export function boxes(grid: Grid): readonly Grid[] {
  return objectsOf(grid, true, true)
    .map(layer => boxOf(layer)!)
    .map(({ top, bottom, left, right }) => part(grid, top, left, bottom, right))
}

/** The element with the highest score; the first of several, and an empty cell where there is none. */
export function bestOf(list: readonly Grid[], score: (grid: Grid) => number): Grid {
  let best: Grid = [[0]]
  let highest = -Infinity
  for (const grid of list) {
    const value = score(grid)
    if (value <= highest) continue
    best = grid
    highest = value
  }
  return best
}

export function first(list: readonly Grid[]): Grid {
  return list[0] ?? [[0]]
}

export function second(list: readonly Grid[]): Grid {
  return list[1] ?? [[0]]
}

export function last(list: readonly Grid[]): Grid {
  return list.at(-1) ?? [[0]]
}

export function largest(list: readonly Grid[]): Grid {
  return bestOf(list, sizeOf)
}

export function smallest(list: readonly Grid[]): Grid {
  return bestOf(list, grid => -sizeOf(grid))
}

/** The one with the largest box. */
export function widest(list: readonly Grid[]): Grid {
  return bestOf(list, grid => {
    const box = crop(grid)
    return box.length * box[0]!.length
  })
}

export function mostColors(list: readonly Grid[]): Grid {
  return bestOf(list, grid => countsOf(grid).filter((count, color) => color > 0 && count > 0).length)
}

/** The one whose shape, whatever its color, there is most often. */
export function mostCommon(list: readonly Grid[]): Grid {
  const shapes = list.map(grid => each(crop(grid), color => (color === 0 ? 0 : 1)))
  return bestOf(list, grid => shapes.filter(shape => isSameGrid(shape, shapes[list.indexOf(grid)]!)).length)
}

/** The one whose shape, whatever its color, there is least often. */
export function rarest(list: readonly Grid[]): Grid {
  const shapes = list.map(grid => each(crop(grid), color => (color === 0 ? 0 : 1)))
  return bestOf(list, grid => -shapes.filter(shape => isSameGrid(shape, shapes[list.indexOf(grid)]!)).length)
}

/** The one that there is most often, colours and all. */
export function mostAlike(list: readonly Grid[]): Grid {
  const cut = list.map(crop)
  return bestOf(list, grid => cut.filter(other => isSameGrid(other, cut[list.indexOf(grid)]!)).length)
}

/** The one that there is least often, colours and all. */
export function leastAlike(list: readonly Grid[]): Grid {
  const cut = list.map(crop)
  return bestOf(list, grid => -cut.filter(other => isSameGrid(other, cut[list.indexOf(grid)]!)).length)
}

/** Whether a grid is like its mirror image, across or down. */
export function isSymmetric(grid: Grid): boolean {
  return isSameGrid(grid, flipAcross(grid)) || isSameGrid(grid, flipDown(grid))
}

export function symmetricOne(list: readonly Grid[]): Grid {
  return bestOf(list, grid => (isSymmetric(crop(grid)) ? 1 : 0))
}

export function crookedOne(list: readonly Grid[]): Grid {
  return bestOf(list, grid => (isSymmetric(crop(grid)) ? 0 : 1))
}

/** How many holes the content of a grid has. */
export function holesOf(grid: Grid): number {
  const content = crop(grid)
  const [height, width] = [content.length, content[0]!.length]
  if (height < 3 || width < 3) return 0
  const { labels, count } = regionsOf(content, color => color === 0, false, false)
  const open = new Set([...labels[0]!, ...labels[height - 1]!])
  for (const line of labels) open.add(line[0]!).add(line[width - 1]!)
  open.delete(0)
  return count - open.size
}

export function mostHoles(list: readonly Grid[]): Grid {
  return bestOf(list, holesOf)
}

/** Those that have more cells than one. */
export function notDots(list: readonly Grid[]): readonly Grid[] {
  return list.filter(grid => sizeOf(grid) > 1)
}

/** Those as large as the largest. */
export function largestOnes(list: readonly Grid[]): readonly Grid[] {
  const most = Math.max(...list.map(sizeOf))
  return list.filter(grid => sizeOf(grid) === most)
}

/** Those as small as the smallest. */
export function smallestOnes(list: readonly Grid[]): readonly Grid[] {
  const least = Math.min(...list.map(sizeOf))
  return list.filter(grid => sizeOf(grid) === least)
}

export function symmetricOnes(list: readonly Grid[]): readonly Grid[] {
  return list.filter(grid => isSymmetric(crop(grid)))
}

/** Those with holes. */
export function hollowOnes(list: readonly Grid[]): readonly Grid[] {
  return list.filter(grid => holesOf(grid) > 0)
}

/** Those that reach the edge. */
export function edgeOnes(list: readonly Grid[]): readonly Grid[] {
  return list.filter(grid => {
    const box = boxOf(grid)
    if (box === null) return false
    return (
      box.top === 0 || box.left === 0 || box.bottom === grid.length - 1 || box.right === grid[0]!.length - 1
    )
  })
}

/** Those whose shape, whatever its color, there is more than once. */
export function repeatedOnes(list: readonly Grid[]): readonly Grid[] {
  const shapes = list.map(grid => each(crop(grid), color => (color === 0 ? 0 : 1)))
  return list.filter((_, i) => shapes.filter(shape => isSameGrid(shape, shapes[i]!)).length > 1)
}

export function cropEach(list: readonly Grid[]): readonly Grid[] {
  return list.map(crop)
}

/** From the fewest cells to the most. */
export function bySize(list: readonly Grid[]): readonly Grid[] {
  return list.slice().sort((a, b) => sizeOf(a) - sizeOf(b))
}

export function backwards(list: readonly Grid[]): readonly Grid[] {
  return list.slice().reverse()
}

export function countOf(list: readonly Grid[]): number {
  return list.length
}

/** All of one size laid over one another, the first on top. */
export function pile(list: readonly Grid[]): Grid {
  return list.length === 0 ? [[0]] : list.reduce(over)
}

/** All side by side. */
export function lineUp(list: readonly Grid[]): Grid {
  return list.length === 0 ? [[0]] : list.reduce(beside)
}

/** All below one another. */
export function stack(list: readonly Grid[]): Grid {
  return list.length === 0 ? [[0]] : list.reduce(below)
}

/** Every object in a color that stands for a number: its score, from 1 to 9. */
export function markBy(grid: Grid, isDiagonal: boolean, measure: (object: Grid) => number): Grid {
  const list = objectsOf(grid, isDiagonal, true)
  if (list.length === 0) return grid
  const scores = list.map(object => Math.max(1, Math.min(9, measure(object))))
  return each(grid, (color, row, column) =>
    color === 0 ? 0 : scores[list.findIndex(object => object[row]![column] !== 0)]!,
  )
}

/** Every object in the color of the number of its cells, at most 9. */
export function markSize(grid: Grid): Grid {
  return markBy(grid, false, sizeOf)
}

/** Every object in the color of its rank by size: 1 for the largest. */
export function markRank(grid: Grid): Grid {
  const sizes = [...new Set(objectsOf(grid, false, true).map(sizeOf))].sort((a, b) => b - a)
  return markBy(grid, false, object => sizes.indexOf(sizeOf(object)) + 1)
}

/** Every object in the color of its rank by size from below: 1 for the smallest. */
export function markRankUp(grid: Grid): Grid {
  const sizes = [...new Set(objectsOf(grid, true, true).map(sizeOf))].sort((a, b) => a - b)
  return markBy(grid, true, object => sizes.indexOf(sizeOf(object)) + 1)
}

/** Every object in the color of its holes and 1. */
export function markHoles(grid: Grid): Grid {
  return markBy(grid, false, object => holesOf(object) + 1)
}

/** Every object in the color of its height. */
export function markHeight(grid: Grid): Grid {
  return markBy(grid, false, object => crop(object).length)
}

/** Every object in the color of its width. */
export function markWidth(grid: Grid): Grid {
  return markBy(grid, false, object => crop(object)[0]!.length)
}

/** Every object in 1 when it reaches the edge, in 2 when it does not. */
export function markEdge(grid: Grid): Grid {
  return markBy(grid, false, object => (edgeOnes([object]).length === 1 ? 1 : 2))
}

/** Every object in 1 when it is symmetric, in 2 when it is not. */
export function markSymmetry(grid: Grid): Grid {
  return markBy(grid, false, object => (isSymmetric(crop(object)) ? 1 : 2))
}

/** Every object in the color of how often its shape occurs. */
export function markAlike(grid: Grid): Grid {
  const shapes = objectsOf(grid, true, true).map(object => each(crop(object), color => (color === 0 ? 0 : 1)))
  return markBy(grid, true, object => {
    const own = each(crop(object), color => (color === 0 ? 0 : 1))
    return shapes.filter(shape => isSameGrid(shape, own)).length
  })
}

/** Every cell in the color of how many of the eight around it are not background, and 1. */
export function markNeighbors(grid: Grid): Grid {
  return each(grid, (color, row, column) => {
    if (color === 0) return 0
    let found = 1
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        if ((dr !== 0 || dc !== 0) && cellAt(grid, row + dr, column + dc) > 0) found++
      }
    }
    return found
  })
}
