/** A program as a page: one HTML file with its picture and its table, which needs nothing else and runs nothing. */

import { createHash } from 'node:crypto'
import type { Module } from '../module.ts'
import { summarize } from '../summary.ts'
import { escaped, programSvg } from './svg.ts'

export interface ProgramHtmlOptions {
  /** The title of the page; by default the name of the program, or its type. */
  readonly title?: string
}

/**
 * A page about a program. A pure function: the same program gives the same text.
 *
 *     await writeAtomically('program.html', programHtml(program))
 */
export function programHtml(program: Module, options: ProgramHtmlOptions = {}): string {
  const title = options.title ?? (program.name || program.typeName)
  const svg = programSvg(program)
  const styles = [PAGE_STYLE, /<style>([\s\S]*?)<\/style>/.exec(svg)?.[1] ?? ''].map(hashOf)
  const description = program.description === '' ? '' : `<p>${escaped(program.description)}</p>\n`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${styles.join(' ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${description}<figure>
${svg}</figure>
<p class="key"><i></i> may be trained &nbsp;·&nbsp; dashed: a way that need not be gone &nbsp;·&nbsp; point at a box for what it takes and gives</p>
<pre>${escaped(summarize(program))}</pre>
</body>
</html>
`
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const PAGE_STYLE = `
:root { color-scheme: light dark; --page: #fcfcfb; --text: #24292f; --soft: #6e7681; --line: #e7e7e3; --dot: #1d7a3a }
@media (prefers-color-scheme: dark) { :root { --page: #17191c; --text: #dfe2e6; --soft: #99a1aa; --line: #2b2f35; --dot: #6fcf8b } }
body { margin: 2rem; background: var(--page); color: var(--text); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
h1 { margin: 0 0 0.5rem; font-size: 1.15rem; font-weight: 600; overflow-wrap: anywhere }
figure { margin: 1rem 0; overflow-x: auto }
svg { display: block; max-width: none }
.key { color: var(--soft); font-size: 12.5px } .key i { display: inline-block; width: 8px; height: 8px; border-radius: 4px; background: var(--dot) }
pre { border-top: 1px solid var(--line); padding-top: 1rem; overflow-x: auto; font: 12px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }
`.trim()
