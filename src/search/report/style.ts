/** The look of a report: quiet, in the reader's own fonts, light or dark as the reader's system is, black on white in print. */

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --text: #24292f; --soft: #5f6872; --line: #e4e4df; --grid: #ededea; --hover: #f3f3ef;
  --focus: #3b6fd4; --dot: #9aa7b6; --best: #1f5fbf; --front: #c2571a; --band: #dbe7f8; --pruned: #b07a10;
  --failed: #c0392b; --skipped: #7d8590; --infeasible: #8a5cb8; --load: #a9c3e8;
  --q0: #d9dde2; --q1: #bccbdd; --q2: #8fb0d8; --q3: #5a8bcb; --q4: #2a66b8;
  --added: #e3f4e7; --added-ink: #1d6b35; --removed: #fbe7e5; --removed-ink: #a3302a;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #131518; --card: #1a1d21; --text: #dfe2e6; --soft: #99a1aa; --line: #2c3037; --grid: #262a30; --hover: #23272c;
    --focus: #7aa5f5; --dot: #6b7683; --best: #7db0ff; --front: #f39a5b; --band: #22344f; --pruned: #dba63c;
    --failed: #f0776a; --skipped: #8f98a3; --infeasible: #bd95e6; --load: #3a5a8c;
    --q0: #363c44; --q1: #3e4f66; --q2: #456a9b; --q3: #5a8fd6; --q4: #8fbcff;
    --added: #17291d; --added-ink: #83d79b; --removed: #321c1b; --removed-ink: #f3958c;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 var(--sans) }
main, header { max-width: 66rem; margin: 0 auto; padding: 0 1.5rem }
header { padding-top: 2rem }
h1 { font-size: 1.5rem; font-weight: 650; letter-spacing: -0.015em; margin: 0 0 0.2rem; overflow-wrap: anywhere }
h2 { font-size: 1.05rem; font-weight: 650; margin: 0 0 0.4rem }
h3 { font-size: 0.92rem; font-weight: 600; margin: 1rem 0 0.3rem }
p { margin: 0.3rem 0 }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.3rem; margin: 1rem 0 }
nav { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; margin: 0.5rem 0 1.2rem; font-size: 13px }
a { color: var(--best); text-decoration: none }
a:hover { text-decoration: underline }
.note, .none { color: var(--soft); font-size: 13px }
.note { max-width: 52rem }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 0.7rem; margin: 0 }
.facts div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.7rem 1rem; min-width: 0 }
.facts dt { color: var(--soft); font-size: 12px }
.facts dd { margin: 0; font-weight: 600; font-size: 1.15rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
.facts dd small { display: block; font-weight: 400; font-size: 12.5px; color: var(--soft) }
.facts .first dd { color: var(--best) }
.setup { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.15rem 1rem; margin: 0.5rem 0 }
.setup dt { color: var(--soft) }
.setup dd { margin: 0; overflow-wrap: anywhere }
pre { background: var(--hover); border-radius: 7px; padding: 0.7rem 0.9rem; margin: 0.5rem 0; overflow: auto; max-height: 24rem;
  font: 12.5px/1.5 var(--mono) }
code { font: 12.5px/1.5 var(--mono) }

.chart { overflow-x: auto }
svg { display: block }
.chart svg { width: 100%; min-width: 40rem; height: auto; font: 11px var(--sans); fill: var(--soft); user-select: none }
.grid { stroke: var(--grid); fill: none }
.axis { stroke: var(--soft); stroke-opacity: 0.5; fill: none }
svg .name { font-size: 12px; fill: var(--text) }
svg .halo { fill: var(--text); paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round }
circle.told { fill: var(--dot); fill-opacity: 0.55 }
circle.better, circle.line-dot { fill: var(--best) }
circle.front { fill: var(--front) }
path.best { fill: none; stroke: var(--best); stroke-width: 2 }
path.band { fill: var(--band); fill-opacity: 0.8 }
path.stairs { fill: none; stroke: var(--front); stroke-width: 1.5; stroke-dasharray: 4 3 }
rect.failed { fill: var(--failed) } rect.pruned { fill: var(--pruned) }
rect.skipped { fill: var(--skipped) } rect.infeasible { fill: var(--infeasible) }
path.line { fill: none; stroke-width: 1.2; stroke-opacity: 0.75 }
.q0 { stroke: var(--q0) } .q1 { stroke: var(--q1) } .q2 { stroke: var(--q2) } .q3 { stroke: var(--q3) } .q4 { stroke: var(--q4) }
path.line.top { stroke: var(--front); stroke-width: 2.4; stroke-opacity: 1 }
path.curve { fill: none; stroke: var(--dot); stroke-opacity: 0.6; stroke-width: 1.2 }
path.curve.pruned { stroke: var(--pruned); stroke-opacity: 0.8 }
circle.curve.end { fill: var(--dot) } circle.curve.pruned.end { fill: var(--pruned) }
path.edge { stroke: var(--line); fill: none } path.edge.main { stroke: var(--best); stroke-width: 1.5 }
path.load { fill: var(--load) }
[data-t] { cursor: pointer }
circle.on, rect.on { fill: var(--failed) !important; fill-opacity: 1; stroke: var(--card); stroke-width: 1.5 }
path.on { stroke: var(--failed) !important; stroke-width: 2.6 !important; stroke-opacity: 1 !important }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; color: var(--soft); font-size: 12.5px; margin: 0.2rem 0 0.4rem }
.legend span { display: inline-flex; align-items: center; gap: 0.4rem }
.key { display: inline-block; width: 1rem; height: 0.6rem; border-radius: 2px; background: var(--dot) }
.key.told, .key.front, .key.line-dot { width: 0.6rem; border-radius: 50% }
.key.best, .key.line-dot, .key.main { background: var(--best) } .key.band { background: var(--band) }
.key.front, .key.top { background: var(--front) } .key.pruned { background: var(--pruned) }
.key.failed { background: var(--failed) } .key.skipped { background: var(--skipped) } .key.infeasible { background: var(--infeasible) }
.key.best, .key.line, .key.curve, .key.stairs { height: 3px }
.key.stairs { background: repeating-linear-gradient(to right, var(--front) 0 4px, transparent 4px 7px) }
.key.tick { width: 3px; height: 0.7rem }
.key.q0 { background: var(--q0) } .key.q1 { background: var(--q1) } .key.q2 { background: var(--q2) } .key.q4 { background: var(--q4) }

details > summary { cursor: pointer; color: var(--soft); font-size: 13px; padding: 0.15rem 0 }
details.branch { border-top: 1px solid var(--line); padding: 0.4rem 0 }
details.branch > summary { color: var(--text); font-weight: 600; overflow-wrap: anywhere }
.scroll { overflow: auto; max-height: 34rem; margin-top: 0.4rem }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
.scroll table { min-width: min(100%, 24rem) }
th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
thead th { color: var(--soft); font-weight: 500; white-space: nowrap; position: sticky; top: 0; background: var(--card); z-index: 1 }
td { max-width: 28rem; overflow-wrap: break-word }
.reason { font: 12.5px/1.45 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere }
.share { display: flex; align-items: center; gap: 0.6rem; white-space: nowrap }
.share svg { width: 9rem; height: 0.55rem }
.rail { fill: var(--grid) } .bar { fill: var(--best) }
.status.failed { color: var(--failed) } .status.pruned { color: var(--pruned) }
.status.skipped { color: var(--skipped) } .status.infeasible { color: var(--infeasible) }
button { font: inherit; color: inherit }
button.trial, thead button { border: 0; background: none; padding: 0; cursor: pointer }
button.trial { color: var(--best); margin-right: 0.45rem; font-variant-numeric: tabular-nums }
button.trial:hover { text-decoration: underline }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; border-radius: 3px }
.steps { list-style: none; padding: 0; margin: 0.8rem 0 0 }
.steps > li { display: grid; grid-template-columns: minmax(11rem, 17rem) minmax(0, 1fr); column-gap: 1.2rem; position: relative;
  border-left: 2px solid var(--line); padding: 0 0 0.55rem 1rem }
.steps > li::before { content: ''; position: absolute; left: -5px; top: 0.45rem; width: 8px; height: 8px; border-radius: 50%;
  background: var(--best) }
.steps p { margin: 0 }
.steps > li > :not(:first-child) { grid-column: 2 }
.descent { display: flex; flex-wrap: wrap; gap: 0 1.2rem; align-items: start }
.descent > p { color: var(--soft); font-size: 13px; min-width: 8.5rem }
.worth { color: var(--soft); font-variant-numeric: tabular-nums }
.diff { font: 12.5px/1.5 var(--mono) }
.diff th { font-weight: 500; overflow-wrap: anywhere }
.diff th, .diff td { border: 0; padding: 0.05rem 0.8rem 0.05rem 0 }
ins, del { text-decoration: none; border-radius: 3px; padding: 0 0.25rem; white-space: pre-wrap; overflow-wrap: anywhere }
ins { background: var(--added); color: var(--added-ink) } del { background: var(--removed); color: var(--removed-ink) }

.bar-row { display: flex; flex-wrap: wrap; gap: 0.5rem 0.8rem; align-items: center; margin: 0.6rem 0; color: var(--soft) }
input[type=search], select { font: inherit; color: var(--text); background: var(--page); border: 1px solid var(--line);
  border-radius: 7px; padding: 0.3rem 0.6rem }
input[type=search] { width: min(26rem, 100%) }
.bar-row button { border: 1px solid var(--line); border-radius: 7px; background: none; padding: 0.3rem 0.7rem; cursor: pointer }
.bar-row button:hover { background: var(--hover) }
#rows tr { cursor: pointer } #rows tr:hover { background: var(--hover) } #rows tr.on { background: var(--band) }
#trials td { white-space: nowrap; max-width: 18rem; overflow: hidden; text-overflow: ellipsis }
th[aria-sort=ascending] button::after { content: ' ↑' } th[aria-sort=descending] button::after { content: ' ↓' }
#tip { position: fixed; z-index: 3; max-width: 22rem; background: var(--text); color: var(--page); border-radius: 7px;
  padding: 0.3rem 0.6rem; font-size: 12.5px; pointer-events: none; overflow-wrap: anywhere }
#about { position: fixed; z-index: 2; right: 1rem; bottom: 1rem; width: min(25rem, calc(100vw - 2rem)); max-height: 70vh; overflow: auto;
  background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.9rem 1.1rem; font-size: 13px;
  box-shadow: 0 1px 2px #00000014, 0 8px 28px #00000026 }
#about h3 { margin: 0 0 0.4rem; padding-right: 4rem } #about td { overflow-wrap: anywhere }
#about .close { position: absolute; right: 0.8rem; top: 0.8rem; border: 0; background: none; color: var(--soft); cursor: pointer }
#about .was { color: var(--soft) }
[hidden] { display: none !important }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
footer { max-width: 66rem; margin: 0 auto; padding: 0.5rem 1.5rem 3rem; color: var(--soft); font-size: 12.5px }
@media (max-width: 40rem) { .steps > li { grid-template-columns: minmax(0, 1fr) } .steps > li > :not(:first-child) { grid-column: 1 }
  main, header, footer { padding-left: 0.7rem; padding-right: 0.7rem } section { padding: 0.8rem } }
@media print {
  :root { --page: #ffffff }
  body { font-size: 11px } nav, .bar-row, #tip, #about { display: none !important }
  section { break-inside: avoid-page; border-color: #cccccc } #all-trials, #lineage, #parameters { break-inside: auto }
  .chart svg { min-width: 0 } .scroll { max-height: none; overflow: visible } .chart { break-inside: avoid }
  circle, path, rect, ins, del, .key { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`
