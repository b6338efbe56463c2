/**
 * Pictures of programs: boxes with their sizes, placed and drawn as SVG. Letters are counted, not measured, so the same
 * program gives the same picture everywhere; whatever a program says in its names is text in it and nothing else.
 */

import type { Module } from '../module.ts'
import { type Box, boxOf, type Inside } from './boxes.ts'
import { type Layout, layered, type Point } from './layered.ts'

/**
 * A picture of a program as one SVG: its modules from top to bottom, programs inside of programs, and on pointing at one
 * what it takes and gives. Trainable modules have a dot; dashed arrows are ways that need not be gone.
 *
 *     await writeAtomically('program.svg', programSvg(program))
 */
export function programSvg(program: Module): string {
  const drawn = draw(boxOf(program, program.name || 'program'))
  const [width, height] = [Math.ceil(drawn.width + 2 * MARGIN), Math.ceil(drawn.height + 2 * MARGIN)]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(program.name || program.typeName)}</title>
<style>${SVG_STYLE}</style>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0.5 7 4 0 7.5z"/></marker></defs>
${drawn.at(MARGIN, MARGIN)}
</svg>
`
}

const MARGIN = 16
const PADDING = 14
const LINE = 17
const TITLE = 7.4
const LETTER = 6.9

/** A box that has a size, and can be drawn anywhere. */
interface Drawn {
  readonly width: number
  readonly height: number
  at(x: number, y: number): string
}

function draw(box: Box): Drawn {
  if (box.tone === 'port') return drawPort(box)
  return box.inside === undefined ? drawLeaf(box) : drawProgram(box, box.inside)
}

function drawPort({ title }: Box): Drawn {
  const [width, height] = [title.length * LETTER + 20, 22]
  return {
    width,
    height,
    at: (x, y) =>
      `<g class="port"><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" rx="11"/>` +
      `<text x="${round(x + width / 2)}" y="${round(y + 15)}" text-anchor="middle">${escaped(title)}</text></g>`,
  }
}

function drawLeaf(box: Box): Drawn {
  const width = Math.max(
    120,
    titleWidth(box),
    ...box.lines.map(line => lengthOf(line) * LETTER + 2 * PADDING),
  )
  const height = 2 * PADDING + LINE * (1 + box.lines.length) - 6
  return { width, height, at: (x, y) => group(box, x, y, width, height, '') }
}

function drawProgram(box: Box, { boxes, links }: Inside): Drawn {
  const drawn = new Map([...boxes].map(([id, each]) => [id, draw(each)]))
  const items = [...drawn].map(([id, { width, height }]) => ({ id, width, height }))
  const layout = layered(items, links)
  const head = PADDING + LINE * (1 + box.lines.length)
  const width = Math.max(
    layout.width + 2 * PADDING,
    titleWidth(box),
    ...box.lines.map(line => lengthOf(line) * LETTER + 2 * PADDING),
  )
  const height = head + layout.height + 2 * PADDING
  return {
    width,
    height,
    at: (x, y) => {
      const [left, top] = [x + (width - layout.width) / 2, y + head + PADDING / 2]
      const inner = [...drawn].map(([id, each]) => {
        const [dx, dy] = layout.places.get(id) as Point
        return each.at(left + dx, top + dy)
      })
      return group(box, x, y, width, height, `${arrows(layout, left, top)}\n${inner.join('\n')}`)
    },
  }
}

const titleWidth = ({ title }: Box): number => lengthOf(title) * TITLE + 2 * PADDING + 14

function group(
  { title, tone, lines, hover, isTrainable }: Box,
  x: number,
  y: number,
  width: number,
  height: number,
  inner: string,
): string {
  const frame = `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="8"/>`
  const dot = isTrainable ? `<circle cx="${round(x + width - 14)}" cy="${round(y + 15)}" r="4"/>` : ''
  const texts = [title, ...lines].map((line, i) => {
    const kind = i === 0 ? 'title' : i === 1 ? 'type' : 'line'
    return `<text class="${kind}" x="${round(x + PADDING)}" y="${round(y + PADDING + 6 + i * LINE)}">${escaped(line)}</text>`
  })
  return `<g class="box ${tone}"><title>${escaped(hover)}</title>${frame}${dot}${texts.join('')}${inner}</g>`
}

function arrows({ lines }: Layout, left: number, top: number): string {
  return lines
    .map(({ link, points }) => {
      const moved = points.map(([x, y]) => [x + left, y + top] as const)
      return `<path class="arrow${link.isDashed ? ' dashed' : ''}" d="${curve(moved)}" marker-end="url(#arrow)"/>`
    })
    .join('')
}

/** A line that leaves and comes in straight down. */
function curve(points: readonly Point[]): string {
  const [[x0, y0] = [0, 0], ...others] = points
  let text = `M${round(x0)} ${round(y0)}`
  let before = y0
  for (const [i, [x, y]] of others.entries()) {
    const middle = round((before + y) / 2)
    const from = round((points[i] as Point)[0])
    text += `C${from} ${middle} ${round(x)} ${middle} ${round(x)} ${round(y)}`
    before = y
  }
  return text
}

const round = (number: number): number => Math.round(number * 10) / 10

const lengthOf = (text: string): number => [...text].length

/** Text as it is written in XML; characters that XML cannot hold are left out. */
export const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** The look of pictures, light or dark as the reader's system is. */
const SVG_STYLE = `
svg { --page: #fcfcfb; --text: #24292f; --soft: #6e7681; --line: #c9c9c3; --arrow: #8b929a; --dot: #1d7a3a;
  --program: #f4f4f1; --other: #ffffff; --language: #f3ecf9; --language-line: #b99ad1; --script: #eaf5ee; --script-line: #8fc3a2 }
@media (prefers-color-scheme: dark) { svg { --page: #17191c; --text: #dfe2e6; --soft: #99a1aa; --line: #444b53;
  --arrow: #7b838c; --dot: #6fcf8b; --program: #1d2024; --other: #262a30; --language: #2d2536; --language-line: #7d6196;
  --script: #1c2b22; --script-line: #4c7a5c } }
text { fill: var(--soft); font: 11.5px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre }
text.title { fill: var(--text); font: 600 13px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
text.line { fill: var(--text) }
rect { stroke: var(--line); stroke-width: 1 }
.program > rect { fill: var(--program) } .other > rect { fill: var(--other) }
.language > rect { fill: var(--language); stroke: var(--language-line) } .script > rect { fill: var(--script); stroke: var(--script-line) }
.port > rect { fill: var(--page) } .box:hover > rect { stroke: var(--text) } circle { fill: var(--dot) }
.arrow { fill: none; stroke: var(--arrow); stroke-width: 1.3 } .dashed { stroke-dasharray: 4 3 } .head { fill: var(--arrow) }
`.trim()
