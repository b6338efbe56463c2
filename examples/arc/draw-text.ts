/**
 * Grids in a terminal: a cell is two columns wide in its color, of 16 million or of 16; without colours it is its digit,
 * with a dot for the background.
 */

import type { Grid } from './operators/index.ts'
import type { Solved } from './solve.ts'

/** What a terminal can show. */
export type Depth = 'none' | '16' | '24-bit'

/** The colours of the corpus' own pictures: black, blue, red, green, yellow, grey, magenta, orange, light blue, maroon. */
export const COLORS = [
  '#000000',
  '#0074d9',
  '#ff4136',
  '#2ecc40',
  '#ffdc00',
  '#aaaaaa',
  '#f012be',
  '#ff851b',
  '#7fdbff',
  '#870c25',
] as const

/** The nearest of the 16, as codes of backgrounds. */
const CODES = [40, 44, 41, 42, 103, 47, 45, 43, 106, 101]

/** What a stream can show, by `NO_COLOR`, `FORCE_COLOR`, `COLORTERM` and `TERM`, in that order. */
export function depthOf(
  stream: { readonly isTTY?: boolean | undefined },
  env: { readonly [name: string]: string | undefined } = process.env,
): Depth {
  const { NO_COLOR, FORCE_COLOR, COLORTERM, TERM } = env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return 'none'
  if (FORCE_COLOR !== undefined) return FORCE_COLOR === '0' ? 'none' : FORCE_COLOR === '3' ? '24-bit' : '16'
  if (stream.isTTY !== true || TERM === 'dumb') return 'none'
  return COLORTERM === 'truecolor' || COLORTERM === '24bit' ? '24-bit' : '16'
}

/** The lines of a grid. */
export function gridLines(grid: Grid, depth: Depth): string[] {
  return grid.map(
    line => line.map(color => cellText(color, depth)).join('') + (depth === 'none' ? '' : RESET),
  )
}

/** Grids side by side, each with a title above it. */
export function besideText(parts: readonly (readonly [title: string, grid: Grid])[], depth: Depth): string {
  const height = Math.max(...parts.map(([, grid]) => grid.length))
  const columns = parts.map(([title, grid]) => {
    const width = Math.max(title.length, 2 * grid[0]!.length)
    const lines = gridLines(grid, depth).map(line => line + ' '.repeat(width - 2 * grid[0]!.length))
    while (lines.length < height) lines.push(' '.repeat(width))
    return [title.padEnd(width), ...lines]
  })
  return columns[0]!
    .map((_, row) =>
      columns
        .map(lines => lines[row])
        .join('   ')
        .trimEnd(),
    )
    .join('\n')
}

/** A task in pictures: its first training pair, its test pairs with what came out, and the rule. */
export function solvedText(solved: Solved, depth: Depth): string {
  const { task, isSolved, isFitted, by, rule, seconds } = solved
  const end = isSolved ? 'solved' : isFitted ? 'fits the training pairs, and fails the test' : 'not solved'
  const [example] = solved.train
  const pictures = [
    ...(example === undefined
      ? []
      : [
          [
            ['input', example.input],
            ['output', example.expected],
          ] as const,
        ]),
    ...solved.test.map(
      ({ input, expected, got }) =>
        [
          ['test', input],
          ['expected', expected],
          ['got', got],
        ] as const,
    ),
  ]
  const found = by === null ? 'nothing found' : `${rule}\n(by ${by})`
  return [
    `${task}: ${end}, ${seconds.toFixed(1)} s`,
    ...pictures.map(parts => besideText(parts, depth)),
    found,
    '',
  ].join('\n')
}

const RESET = '\u001b[0m'

function cellText(color: number, depth: Depth): string {
  if (depth === 'none') return color === 0 ? '. ' : `${color} `
  if (depth === '16') return `\u001b[${CODES[color]}m  `
  const [red, green, blue] = COLORS[color]!.match(/[0-9a-f]{2}/g)!.map(part => Number.parseInt(part, 16))
  return `\u001b[48;2;${red};${green};${blue}m  `
}
