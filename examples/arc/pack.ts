/** The grid language as a pack of the grammar, so that rules of it are rules like any other: typed, rendered, evolved. */

import { definePack, type Pack, type PackOperator, type Sample } from 'espalier/modules'
import { type GridType, gridOperators, librarySources, sourcesFor } from './operators/index.ts'

const isCell = (value: unknown): boolean =>
  Number.isInteger(value) && 0 <= (value as number) && (value as number) <= 9

const isGrid = (value: unknown): boolean =>
  isList(value, 1, 30) &&
  value.every(
    line => isList(line, 1, 30) && line.length === (value[0] as unknown[]).length && line.every(isCell),
  )

const isList = (value: unknown, least: number, most: number): value is unknown[] =>
  Array.isArray(value) && least <= value.length && value.length <= most

/** What the types of the table are called in the pack; a table is a list of integers, which the grammar has. */
export const packTypes = {
  grid: 'arc.grid',
  grids: 'arc.grids',
  color: 'arc.color',
  count: 'arc.count',
  table: 'integers',
} as const satisfies Record<GridType, string>

const short = (type: GridType): string => (type === 'table' ? 'integers' : type)

/** The pack `arc`. */
export const arcPack: Pack = definePack('arc', {
  types: {
    grid: { is: isGrid },
    grids: { is: value => isList(value, 0, 100) && value.every(isGrid) },
    color: { is: isCell, constants: colorsIn },
    count: {
      is: value => Number.isInteger(value) && 0 <= (value as number) && (value as number) <= 100,
      constants: [1, 2, 3],
    },
  },
  functions: Object.fromEntries(
    [...librarySources].filter(([name]) => !gridOperators.some(operator => operator.name === name)),
  ),
  operators: Object.fromEntries(
    gridOperators.map(({ name, args, result, run }): [string, PackOperator] => [
      name,
      {
        args: args.map(short),
        result: short(result),
        run: run as PackOperator['run'],
        source: librarySources.get(name) as string,
        uses: [...sourcesFor([name]).keys()].filter(other => other !== name),
      },
    ]),
  ),
})

/** The colours that samples show. */
function colorsIn(samples: readonly Sample[]): number[] {
  const digits = JSON.stringify(samples.map(({ inputs, outputs }) => [inputs, outputs])).match(/\d/g) ?? []
  return [...new Set(digits)].map(Number).sort((a, b) => a - b)
}
