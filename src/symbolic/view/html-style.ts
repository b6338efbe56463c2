/** The look of a page: quiet, in the reader's own fonts, light or dark as the reader's system is. */

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fcfcfb; --bar: #fcfcfbee; --card: #ffffff; --text: #24292f; --soft: #6e7681; --faint: #8b929a;
  --line: #e7e7e3; --hover: #f2f2ee; --focus: #3b6fd4; --guide: #ebebe7;
  --string: #2f6f44; --number: #1f5fa8; --word: #7a4b9e; --type: #8a5a1c; --warn: #b3401f; --mark: #fff0a8;
  --added: #e9f6ec; --added-ink: #1d7a3a; --removed: #fcecea; --removed-ink: #b3362a; --changed: #fbf4de;
  --changed-ink: #8f6400; --added-part: #b9e4c6; --removed-part: #f5c6c0;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #17191c; --bar: #17191cee; --card: #22262b; --text: #dfe2e6; --soft: #99a1aa; --faint: #7b838c;
    --line: #2b2f35; --hover: #1f2327; --focus: #7aa5f5; --guide: #282c31;
    --string: #8ccf9f; --number: #86b8f0; --word: #c9a4e6; --type: #dcb274; --warn: #f0936f; --mark: #66570f;
    --added: #17291d; --added-ink: #6fcf8b; --removed: #321c1b; --removed-ink: #f1897e; --changed: #2b2617;
    --changed-ink: #e0b957; --added-part: #24532f; --removed-part: #67302b;
  }
}
* { box-sizing: border-box }
html { scroll-padding: 6.5rem 0 2rem }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 var(--sans) }
header { position: sticky; top: 0; z-index: 2; background: var(--bar); backdrop-filter: blur(8px);
  border-bottom: 1px solid var(--line); padding: 1.1rem 2rem 0.8rem }
h1 { margin: 0 0 0.7rem; font-size: 1.15rem; font-weight: 600; letter-spacing: -0.01em; overflow-wrap: anywhere }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.6rem; color: var(--soft); font-size: 13px }
.bar .space { flex: 1 }
input[type=search] { font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--line);
  border-radius: 7px; padding: 0.3rem 0.7rem; width: min(22rem, 100%) }
input[type=search]::placeholder { color: var(--faint) }
button, label { font: inherit; color: var(--soft) }
.bar button { background: none; border: 1px solid transparent; border-radius: 7px; padding: 0.3rem 0.6rem; cursor: pointer }
.bar button:hover { background: var(--hover); color: var(--text) }
.bar label { display: flex; align-items: center; gap: 0.4rem; padding: 0 0.4rem; cursor: pointer }
input[type=checkbox] { accent-color: var(--focus); margin: 0 }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px }
.sum { font: 600 12.5px/1 var(--mono); border-radius: 999px; padding: 0.35rem 0.65rem; white-space: nowrap }
.sum.added { background: var(--added); color: var(--added-ink) }
.sum.removed { background: var(--removed); color: var(--removed-ink) }
.sum.changed { background: var(--changed); color: var(--changed-ink) }
#count, #place { font-variant-numeric: tabular-nums; white-space: nowrap }

main { padding: 0.8rem 2rem 6rem }
.heads { display: grid; grid-template-columns: var(--columns); column-gap: 0.4rem; padding: 0 0.5rem 0.35rem; color: var(--faint);
  font-size: 12px; letter-spacing: 0.02em }
.heads span + span { padding-left: 0.6rem }
#tree { --deepest: 32; font: 13px/1.65 var(--mono) }
.row { position: relative; display: grid; grid-template-columns: minmax(0, max-content) minmax(0, 1fr) auto;
  column-gap: 0.7rem; align-items: baseline; padding: 0 0.5rem; border-radius: 6px; cursor: default;
  scroll-margin: 7rem 0 3rem }
.row[aria-expanded] { cursor: pointer }
.row:hover { background: var(--hover) }
.row:focus { outline: none; background: var(--hover) }
.row:focus-visible { box-shadow: inset 0 0 0 2px var(--focus) }
.key { display: flex; align-items: baseline; min-width: 0; padding: 0.1rem 0 0.1rem calc(min(var(--depth), var(--deepest)) * 1.35rem);
  background: repeating-linear-gradient(to right, transparent 0 0.5rem, var(--guide) 0.5rem calc(0.5rem + 1px),
    transparent calc(0.5rem + 1px) 1.35rem) no-repeat; background-size: calc(min(var(--depth), var(--deepest)) * 1.35rem) 100%;
  align-self: stretch }
.twist { flex: none; width: 1.1rem; height: 0.6rem; position: relative }
.twist::before { content: ''; position: absolute; left: 0.25rem; top: 0.1rem; border: solid var(--faint);
  border-width: 0 1.5px 1.5px 0; width: 0.38rem; height: 0.38rem; transform: rotate(-45deg); transition: transform 0.12s }
.row[aria-expanded=true] > .key .twist::before { transform: rotate(45deg) translate(-1px, -1px) }
.twist.none::before { display: none }
.name { font-weight: 500; overflow-wrap: anywhere; min-width: 0 }
.index, .group { color: var(--soft); font-weight: 400 }
.group { font-style: italic }
.was { color: var(--faint); padding-left: 0.5rem; font-size: 12px; white-space: nowrap }
.value { min-width: 0; padding: 0.1rem 0; overflow-wrap: anywhere }
.row[aria-level='1'] > .value { margin-left: -0.7rem }
.type { color: var(--type); font-weight: 500 }
.type.list, .type.dict { color: var(--soft); font-weight: 400 }
.size { color: var(--faint); padding-left: 0.45rem; font-variant-numeric: tabular-nums }
.preview { color: var(--faint); padding-left: 0.9rem }
.row[aria-expanded=true] .preview { display: none }
.string { color: var(--string) }
.whole { display: block; white-space: pre-wrap; border-left: 2px solid var(--line); padding-left: 0.8rem }
.leaf.number { color: var(--number); font-variant-numeric: tabular-nums }
.boolean, .null { color: var(--word) }
.date, .other { color: var(--soft) }
.missing { color: var(--warn) }
.default > .key .name, .default > .value { opacity: 0.55 }
.default:hover > *, .default:focus > * { opacity: 1 }
mark { background: var(--mark); color: inherit; border-radius: 2px; box-shadow: 0 0 0 1px var(--mark) }
.more { border: 0; background: none; padding: 0 0.2rem; color: var(--focus); cursor: pointer; font: 12px var(--sans) }
.more:hover { text-decoration: underline }
.copy { border: 0; background: none; border-radius: 5px; padding: 0 0.4rem; color: var(--soft); cursor: pointer;
  font: 12px/1.5 var(--sans); opacity: 0; white-space: nowrap }
.row:hover > .copy, .row:focus > .copy, .copy:focus { opacity: 1 }
.copy:hover { background: var(--line); color: var(--text) }
.seal { display: inline-block; position: relative; width: 0.62rem; height: 0.46rem; margin-left: 0.55rem;
  background: var(--soft); border-radius: 1.5px }
.seal::before { content: ''; position: absolute; left: 0.12rem; bottom: 100%; width: 0.38rem; height: 0.3rem;
  border: 1.5px solid var(--soft); border-bottom: 0; border-radius: 3px 3px 0 0 }

.diff { --columns: minmax(14rem, 32%) minmax(0, 1fr) minmax(0, 1fr) }
.diff #tree { --deepest: 12 }
.diff .row[aria-level='1'] > .value { margin-left: 0 }
.diff .row { grid-template-columns: var(--columns); column-gap: 0.4rem; align-items: stretch; padding: 0 0.5rem;
  border-radius: 0 }
.diff .row:focus { box-shadow: inset 2px 0 var(--focus) }
.diff .copy { position: absolute; right: 0.7rem; top: 0.1rem; background: var(--card); border: 1px solid var(--line) }
.diff .key { padding: 0.1rem 0.5rem 0.1rem calc(1.3rem + min(var(--depth), var(--deepest)) * 1.35rem);
  background-position: 1.3rem 0; position: relative }
.diff .value { padding: 0.1rem 0.6rem; border-radius: 3px }
.sign { position: absolute; left: 0.1rem; width: 1rem; text-align: center; font-weight: 700 }
.added > .key .sign { color: var(--added-ink) }
.removed > .key .sign { color: var(--removed-ink) }
.changed > .key .sign { color: var(--changed-ink) }
.added > .right:not(:empty), .changed > .leaf-cell.right { background: var(--added) }
.removed > .left:not(:empty), .changed > .leaf-cell.left { background: var(--removed) }
.left .part { background: var(--removed-part); border-radius: 2px }
.right .part { background: var(--added-part); border-radius: 2px }
.diff .quiet { opacity: 0.5 }

#card { position: fixed; z-index: 3; max-width: min(30rem, calc(100vw - 2rem)); background: var(--card);
  border: 1px solid var(--line); border-radius: 9px; padding: 0.65rem 0.85rem; font-size: 13px; pointer-events: none;
  box-shadow: 0 1px 2px #0000000f, 0 8px 24px #0000001f }
.card-path { font: 500 12.5px/1.5 var(--mono); overflow-wrap: anywhere }
.card-about { margin-top: 0.25rem; white-space: pre-line }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 0.8rem; margin: 0.35rem 0 0; color: var(--soft) }
dl:empty { display: none }
dt { color: var(--faint) }
dd { margin: 0; overflow-wrap: anywhere }
#toast { position: fixed; left: 50%; bottom: 1.6rem; transform: translate(-50%, 0.5rem); max-width: 90vw;
  background: var(--text); color: var(--page); border-radius: 8px; padding: 0.45rem 0.9rem; font-size: 13px; opacity: 0;
  transition: opacity 0.15s, transform 0.15s; pointer-events: none; overflow-wrap: anywhere }
#toast.on { opacity: 1; transform: translate(-50%, 0) }
.hint { margin: 2.2rem 0.5rem 0; color: var(--faint); font-size: 12px }
kbd { font: inherit; color: var(--soft) }
.none-found, noscript { font-family: var(--sans); color: var(--soft); padding: 1rem 0.5rem }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (max-width: 46rem) {
  header, main { padding-left: 0.9rem; padding-right: 0.9rem }
  .diff .row { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); padding-bottom: 0.25rem }
  .diff .key { grid-column: 1 / -1 }
  .diff .value:empty { padding: 0 }
  .heads { display: none }
  .copy { position: absolute; right: 0.3rem; background: var(--hover) }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
@media print { .bar, .copy, .hint, #card, #toast { display: none !important } header { position: static } }
`
