/**
 * The operators of the grid language as one table: what each takes and gives, what it does, and what its use costs a
 * search that goes from cheap to dear. All are total: where one does not apply it gives its first argument back, and no
 * grid has more than 30 rows or columns. They were chosen for what public training tasks have in common.
 */

import * as color from './color.ts'
import * as draw from './draw.ts'
import type { Grid } from './grid.ts'
import * as basic from './grid.ts'
import * as objects from './objects.ts'
import * as pattern from './pattern.ts'
import * as shape from './shape.ts'

export type { Grid } from './grid.ts'

/** `grids` are lists of grids, a `color` is from 0 to 9, a `count` from 1 to 9, a `table` a list of numbers. */
export type GridType = 'grid' | 'grids' | 'color' | 'count' | 'table'

/** A value of one of these types. */
export type GridValue = Grid | readonly Grid[] | number | readonly number[]

export interface GridOperator {
  readonly name: string
  readonly args: readonly GridType[]
  readonly result: GridType
  readonly run: (...args: never[]) => GridValue
  /** What its use costs, from 1 up; null for those whose constants are worked out and never tried. */
  readonly cost: number | null
}

const operator = (
  run: GridOperator['run'],
  args: string,
  result: GridType,
  cost: number | null,
): GridOperator => ({ name: run.name, args: args.split(' ') as GridType[], result, run, cost })

type Run = GridOperator['run']

const all = (runs: readonly Run[], args: string, result: GridType, cost: number | null): GridOperator[] =>
  runs.map(run => operator(run, args, result, cost))

const { flipDown, flipAcross, transpose, turnRight, turnLeft, turnAround } = shape
const { crop, topHalf, leftHalf, peel, squeeze, compact, tileOf, firstRow, firstColumn } = shape
const { mirrorRight, mirrorLeft, mirrorDown, mirrorUp, pinwheel, rollDown, rollRight, stepDown, stepRight } =
  shape
const { mostColor, leastColor, commonColor, firstColor, middleColor } = color
const { first, second, last, largest, smallest, widest, mostColors, mostCommon, rarest } = objects
const { mostAlike, leastAlike, symmetricOne, crookedOne, mostHoles, pile, lineUp, stack } = objects
const { notDots, largestOnes, smallestOnes, symmetricOnes, hollowOnes, edgeOnes, repeatedOnes } = objects
const { markSize, markRank, markRankUp, markHoles, markHeight, markWidth, markEdge } = objects
const { markSymmetry, markAlike, markNeighbors } = objects
const { grow, core, deepCore, depth, rings, stripes, checkers, solidBoxes } = draw
const { connect, connectAcross, connectDown, shootRight, shootLeft, shootUp, shootDown } = draw
const { shootAcross, shootUpAndDown, shootDiagonally, fillRows, fillColumns, fullRows } = draw
const { fallDown, fallUp, fallLeft, fallRight, dropDots, dropLines, smooth } = draw
const { healSymmetry, healPeriod, healRows, healDiagonals, hidden } = pattern

/** The operators, from the cheap to the dear. */
export const gridOperators: readonly GridOperator[] = [
  operator(crop, 'grid', 'grid', 1),
  ...all([flipDown, flipAcross, transpose, turnRight, turnLeft, turnAround], 'grid', 'grid', 2),
  ...all([topHalf, leftHalf, squeeze, compact, color.ground, tileOf], 'grid', 'grid', 2),
  ...all([mirrorRight, mirrorLeft, mirrorDown, mirrorUp, pinwheel, pattern.symmetrize], 'grid', 'grid', 2),
  ...all([peel, rollDown, rollRight, stepDown, stepRight, firstRow, firstColumn], 'grid', 'grid', 3),

  ...all([objects.objects, objects.looseObjects, objects.clusters, objects.layers], 'grid', 'grids', 2),
  ...all([objects.fields, objects.pieces, objects.halvesAcross, objects.halvesDown], 'grid', 'grids', 2),
  ...all([objects.insides, objects.boxes, objects.rowsOf, objects.columnsOf], 'grid', 'grids', 2),
  ...all(
    [first, second, last, largest, smallest, widest, mostColors, mostCommon, rarest],
    'grids',
    'grid',
    1,
  ),
  ...all([mostAlike, leastAlike, symmetricOne, crookedOne, mostHoles, pile], 'grids', 'grid', 1),
  ...all([lineUp, stack], 'grids', 'grid', 2),
  ...all([notDots, largestOnes, smallestOnes, symmetricOnes, hollowOnes, edgeOnes], 'grids', 'grids', 1),
  ...all([repeatedOnes, objects.cropEach, objects.bySize, objects.backwards], 'grids', 'grids', 1),
  operator(objects.countOf, 'grids', 'count', 1),

  ...all([mostColor, leastColor, commonColor, firstColor, middleColor], 'grid', 'color', 2),
  operator(color.colorCount, 'grid', 'count', 2),
  ...all([color.keepColor, color.removeColor, color.paint, color.invert], 'grid color', 'grid', 1),
  ...all([color.fillBackground, color.solid], 'grid color', 'grid', 2),
  operator(color.dot, 'color', 'grid', 1),
  operator(color.bar, 'color count', 'grid', 2),
  ...all([color.recolor, color.swapColors], 'grid color color', 'grid', 3),
  ...all([color.ranking, color.histogram], 'grid', 'grid', 3),

  ...all([grow, core, deepCore, depth, solidBoxes], 'grid', 'grid', 2),
  ...all([connect, connectAcross, connectDown, dropDots, dropLines], 'grid', 'grid', 2),
  ...all([shootRight, shootLeft, shootUp, shootDown, shootAcross, shootUpAndDown], 'grid', 'grid', 2),
  ...all([shootDiagonally, fillRows, fillColumns, fullRows], 'grid', 'grid', 2),
  ...all([fallDown, fallUp, fallLeft, fallRight], 'grid', 'grid', 2),
  ...all([draw.countAround, draw.countSides, draw.holes], 'grid', 'grid', 2),
  ...all([rings, stripes, draw.stripesDown, checkers, smooth], 'grid', 'grid', 3),
  ...all([draw.fillHoles, draw.fillBoxes, objects.fieldColors], 'grid color', 'grid', 2),
  ...all([draw.outline, draw.outlineSides, draw.outlineCorners], 'grid color', 'grid', 2),

  ...all([markSize, markRank, markRankUp, markHoles, markHeight, markWidth], 'grid', 'grid', 2),
  ...all([markEdge, markSymmetry, markAlike, markNeighbors], 'grid', 'grid', 2),

  ...all(
    [healSymmetry, healPeriod, healRows, pattern.healColumns, healDiagonals, hidden],
    'grid color',
    'grid',
    2,
  ),

  ...all([color.over, color.within, color.without], 'grid grid', 'grid', 2),
  ...all([shape.beside, shape.below, shape.stamp, shape.tileOver, shape.enlargeTo], 'grid grid', 'grid', 2),
  operator(shape.enlarge, 'grid count', 'grid', 2),
  operator(shape.frame, 'grid color', 'grid', 2),
  operator(shape.tile, 'grid count count', 'grid', 2),

  operator(color.mapColors, 'grid table', 'grid', null),
  operator(color.mapPairs, 'grid grid table', 'grid', null),
  operator(color.choose, 'grid grid grid', 'grid', null),
]

/** The operator of a name. */
export function gridOperator(name: string): GridOperator {
  const found = byName.get(name)
  if (found === undefined) throw new RangeError(`there is no grid operator '${name}'`)
  return found
}

const byName = new Map(gridOperators.map(each => [each.name, each]))

/** The source text of all functions by name, those among them that operators are made of. */
export const librarySources: ReadonlyMap<string, string> = new Map(
  [basic, shape, color, objects, draw, pattern]
    .flatMap(module => Object.values(module))
    .filter(value => typeof value === 'function')
    .map(run => [run.name, plainSource(run.toString())]),
)

/** Loaders of CommonJS write `(0, module.name)(…)` for an imported function; in a script all stand in one scope. */
function plainSource(source: string): string {
  return source.replace(/\(0,\s*\w+\.(\w+)\)/g, ' $1').replace(/\bimport_\w+\.(\w+)/g, '$1')
}

/** The source of the functions named and of all that they need, each once, helpers first. */
export function sourcesFor(names: Iterable<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const add = (name: string): void => {
    const source = librarySources.get(name)
    if (source === undefined || open.has(name)) return
    open.add(name)
    for (const word of source.match(/[A-Za-z]\w*/g) ?? []) add(word)
    found.set(name, source)
  }
  const open = new Set<string>()
  for (const name of names) add(name)
  return found
}
