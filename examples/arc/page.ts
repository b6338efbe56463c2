/**
 * The tasks of a run as one HTML page that needs nothing else: every grid as a small picture, what was expected beside
 * what came out, the rule, and the script. Grids are drawn as SVG, a path for each color.
 */

import { COLORS } from './draw-text.ts'
import type { Grid } from './operators/index.ts'
import type { Answer, Solved } from './solve.ts'
import { tallyText } from './table.ts'

/** The page; solved tasks come first. */
export function page(all: readonly Solved[], title: string): string {
  const rank = ({ isSolved, isFitted }: Solved): number => (isSolved ? 0 : isFitted ? 1 : 2)
  const ordered = all.toSorted((a, b) => rank(a) - rank(b) || (a.task < b.task ? -1 : 1))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(tallyText(all))}</p>
${ordered.map(taskHtml).join('\n')}
</body>
</html>
`
}

/** A grid as SVG. */
export function gridSvg(grid: Grid): string {
  const [height, width] = [grid.length, grid[0]!.length]
  const paths = COLORS.map((color, i) => {
    const cells = grid.flatMap((line, row) =>
      line.flatMap((cell, column) => (cell === i ? [`M${column} ${row}h1v1h-1z`] : [])),
    )
    return cells.length === 0 ? '' : `<path fill="${color}" d="${cells.join('')}"/>`
  })
  const scale = Math.max(4, Math.min(14, Math.floor(160 / Math.max(height, width))))
  return `<svg viewBox="0 0 ${width} ${height}" width="${width * scale}" height="${height * scale}" role="img" aria-label="${height} by ${width} cells">${paths.join('')}</svg>`
}

function taskHtml({ task, isSolved, isFitted, by, rule, script, seconds, train, test }: Solved): string {
  const [mark, word] = isSolved
    ? ['solved', 'solved']
    : isFitted
      ? ['wrong', 'fits the training pairs, fails the test']
      : ['open', 'not solved']
  return `<section class="${mark}">
<h2>${escaped(task)} <small>${word}, ${seconds.toFixed(1)} s${by === null ? '' : `, by ${escaped(by)}`}</small></h2>
${pairsHtml('training', train)}
${pairsHtml('test', test)}
${by === null ? '' : `<p><code>${escaped(rule)}</code></p><details><summary>script</summary><pre>${escaped(script)}</pre></details>`}
</section>`
}

function pairsHtml(kind: string, answers: readonly Answer[]): string {
  const rows = answers.map(({ input, expected, got }) => {
    const isRight = JSON.stringify(expected) === JSON.stringify(got)
    const pictures = [
      ['input', input],
      ['expected', expected],
      [isRight ? 'got ✓' : 'got ✗', got],
    ] as const
    return `<div class="pair">${pictures.map(([name, grid]) => `<figure><figcaption>${name}</figcaption>${gridSvg(grid)}</figure>`).join('')}</div>`
  })
  return `<h3>${kind}</h3><div class="pairs">${rows.join('')}</div>`
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif }
body { margin: 1.5rem auto; max-width: 80rem; padding: 0 1rem }
section { border-left: 4px solid; margin: 1.5rem 0; padding: 0 1rem }
.solved { border-color: #2ecc40 } .wrong { border-color: #ff851b } .open { border-color: #aaaaaa }
h2 { margin: 0; font-size: 1.1rem } h3 { margin: .5rem 0 .2rem; font-size: .9rem } small { font-weight: normal }
.pairs { display: flex; flex-wrap: wrap; gap: 1rem 2rem } .pair { display: flex; gap: .5rem; align-items: end }
figure { margin: 0 } figcaption { font-size: .75rem } svg { display: block; outline: 1px solid #8888 }
pre, code { white-space: pre-wrap; overflow-wrap: anywhere }
`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
