/**
 * Trees and differences as pages: `toHtml` gives one HTML file that needs nothing else, neither a network nor a server.
 * The page holds its data as JSON and makes rows as they are opened; a policy in its head allows its own script and
 * nothing else, so that even a mistake in escaping could not run what a tree says.
 */

import { createHash } from 'node:crypto'
import { Diff } from '../diff/diff-node.ts'
import { SymError } from '../errors.ts'
import { type Green, isGreen } from '../greens/spec.ts'
import { KeyPath, type PathLike } from '../key-path.ts'
import { Node } from '../node.ts'
import type { Symbolic } from '../symbolic.ts'
import { show } from './format.ts'
import { ANSWERS_SCRIPT } from './html-answers.ts'
import { diffData, treeData, type Visibility } from './html-data.ts'
import { MODEL_SCRIPT } from './html-model.ts'
import { STYLE } from './html-style.ts'
import { VIEW_SCRIPT } from './html-view.ts'

export interface HtmlOptions extends Visibility {
  /** The title of the page; by default the type of the tree. */
  readonly title?: string
  /**
   * How many levels are open at first: 1 (the default for a tree) shows the root's own fields; `Infinity` opens all,
   * as far as the page stays light. A difference is open down to its changes unless this says otherwise.
   */
  readonly collapseLevel?: number
  /** Further places that are open at first, and what leads to them. */
  readonly open?: readonly PathLike[]
  /** Whether fields that have their default are hidden at first; a box on the page shows and hides them. */
  readonly hideDefaults?: boolean
}

/**
 * A page about a tree, or about the difference of two: rows that open and close, a search box, types and documentation
 * on hover and focus, key paths to copy. A pure function: the same tree and options give the same text.
 *
 *     await writeAtomically('model.html', toHtml(model, { exclude: ['apiKey'] }))
 *     await writeAtomically('diff.html', toHtml(diffTree(model, wider)))
 */
export function toHtml(shown: Symbolic | Diff, options: HtmlOptions = {}): string {
  if (!(shown instanceof Node) && !(shown instanceof Diff)) {
    throw new SymError('', `toHtml shows a tree or a Diff, got ${show(shown)}`)
  }
  const { collapseLevel, open = [], hideDefaults = false } = options
  if (collapseLevel !== undefined && !(collapseLevel >= 0)) {
    throw new SymError('', `collapseLevel is a number of levels, got ${show(collapseLevel)}`)
  }
  const isDiff = shown instanceof Diff
  const rootName = isDiff ? nameOf(shown._sides[1]) : nameOf(shown._g)
  const title = options.title ?? (isDiff ? `${rootName}: differences` : rootName)
  const data = {
    ...(isDiff ? diffData(shown, options) : treeData(shown, options)),
    options: {
      // JSON writes an infinite number as null, which the page reads as "all".
      ...(collapseLevel === undefined ? {} : { collapseLevel }),
      open: open.map(path => KeyPath.from(path).keys),
      hideDefaults,
      rootName,
      isEmpty: isDiff && shown.isEmpty,
    },
  }
  return page(title, JSON.stringify(data), isDiff ? diffBar(shown) : treeBar(hideDefaults), isDiff)
}

const SCRIPT = `'use strict'\n;(() => {${MODEL_SCRIPT}${VIEW_SCRIPT}${ANSWERS_SCRIPT}})()`

function page(title: string, json: string, bar: string, isDiff: boolean): string {
  const heads =
    '<div class="heads" aria-hidden="true"><span></span><span>before</span><span>after</span></div>\n'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body${isDiff ? ' class="diff"' : ''}>
<header>
<h1>${escapeHtml(title)}</h1>
<div class="bar">
<input type="search" id="search" placeholder="Search keys, paths, values" aria-label="Search keys, paths and values" autocomplete="off" spellcheck="false">
<span id="count" role="status"></span>
<span class="space"></span>
${bar}
<button type="button" id="open">Expand all</button>
<button type="button" id="close">Collapse all</button>
</div>
</header>
<main>
${isDiff ? heads : ''}<div id="tree" role="tree" aria-label="${escapeHtml(title)}"></div>
<p class="hint">${isDiff ? '<kbd>n</kbd> and <kbd>p</kbd> go from change to change, ' : ''}<kbd>c</kbd> copies the path of a row, <kbd>/</kbd> searches, arrow keys move, open and close.</p>
<noscript>The rows of this page are made by the script inside it, which this reader does not run.</noscript>
</main>
<div id="card" role="tooltip" hidden></div>
<div id="toast" role="status"></div>
<script type="application/json" id="data">${escapeJson(json)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`
}

const treeBar = (hideDefaults: boolean): string =>
  `<label><input type="checkbox" id="defaults"${hideDefaults ? '' : ' checked'}>Defaults</label>`

function diffBar(diff: Diff): string {
  const { added, removed, changed } = diff.counts
  const sum = (kind: string, sign: string, count: number): string =>
    `<span class="sum ${kind}" title="${count} ${kind}">${sign}${count}<span class="unseen"> ${kind}</span></span>`
  return `${sum('added', '+', added)}
${sum('removed', '−', removed)}
${sum('changed', '~', changed)}
<button type="button" id="previous" title="Previous change (p)">Previous</button>
<button type="button" id="next" title="Next change (n)">Next</button>
<span id="place" role="status"></span>`
}

/** What the page may do: run its own script, use its own style, and nothing else. */
let allowed: string | null = null

function policy(): string {
  const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  allowed ??= `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}; base-uri 'none'; form-action 'none'`
  return allowed
}

const nameOf = (stored: unknown): string => (isGreen(stored) ? (stored as Green)[0].name : 'value')

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand between tags and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, sign => ENTITIES[sign] as string)

/** JSON as it may stand in a script element: the same data, without anything that could end it. */
export const escapeJson = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
