// `npm run bench`: Espalier against hand-written code, the record literal, immer and mutative, in one process;
// then the gates; then the script pool against one process per call. bench/README.md says how to read it.

import { parseOptions } from './harness/options.mjs'
import { table } from './harness/table.mjs'
import { runGates } from './symbolic/gates.mjs'
import { gateLine, header, rowLine, summary } from './symbolic/report.mjs'
import { runRows } from './symbolic/run.mjs'
import { loadSubjects } from './symbolic/subjects/index.mjs'

const options = parseOptions(process.argv.slice(2))
if (globalThis.gc === undefined) throw new Error('Run with `node --expose-gc`, as `npm run bench` does.')

const say = options.json ? () => {} : text => console.log(text)
const { node, v8 } = process.versions
say(`Node ${node}, V8 ${v8}${options.quick ? ', quick' : ''}. Ratios are time over the time of hand.\n`)

const { subjects, missing } = await loadSubjects()
if (missing !== undefined) console.error(`espalier is left out, since it does not load: ${missing.message}\n`)

const rows = runRows(subjects, options, (row, at) =>
  say(at === 0 ? `${header()}\n${rowLine(row)}` : rowLine(row)),
)
if (rows.length > 0) say(`\n${summary(rows)}`)

const gates = await gatesAfter(rows)
const runtime = await runtimeRows()
if (options.json)
  console.log(JSON.stringify({ node, v8, quick: options.quick, rows, gates, runtime }, null, 2))

async function gatesAfter(results) {
  const [first] = subjects
  if (first.subject.name !== 'espalier' || !options.wants('gates')) return []
  say('\nGates')
  return runGates(first, results, options.pace, gate => say(gateLine(gate)))
}

/** The benches of the sandbox: the pool, tools, and Python where it can be run. */
async function runtimeRows() {
  if (!options.wants('runtime')) return []
  const { runtimeBench } = await import('./runtime/pool.mjs')
  const { toolsBench } = await import('./runtime/tools.mjs')
  const { pythonBench } = await import('./runtime/python.mjs')
  const found = []
  for (const bench of [runtimeBench, toolsBench, pythonBench]) {
    found.push(...(await bench({ seconds: options.pace.seconds })))
  }
  const cell = (value, digits) => (typeof value === 'number' ? value.toFixed(digits) : '')
  const cells = found.map(({ name, p50_ms, p95_ms, per_s }) => [
    name,
    cell(p50_ms, 2),
    cell(p95_ms, 2),
    cell(per_s, 0),
  ])
  say(`\nScripts\n${table(['', 'p50 ms', 'p95 ms', 'per s'], cells)}`)
  return found
}
