// What calls of tools cost: `node bench/runtime/tools.mjs [seconds per row]`. Needs a build.
// The tools do nothing, so a row is the way from the script to the host and back. The rows without tools are the same
// script in a sandbox that has some and in one that has none: having them must not cost anything.

import { fileURLToPath } from 'node:url'
import { Sandbox } from '../../dist/runtime/index.js'

const echo = input => input
const schema = {
  type: 'object',
  properties: { q: { type: 'string' }, limit: { type: 'integer' } },
  required: ['q'],
  additionalProperties: false,
}
const tools = { echo, checked: { inputSchema: schema, execute: echo } }

const TRIVIAL = 'result = { y: inputs.a + 1 }'
const ONE = 'result = await tools.echo({ q: "x" })'
const TEN = 'for (let i = 0; i < 10; i++) result = await tools.echo({ q: "x", limit: i })'
const TEN_CHECKED = 'for (let i = 0; i < 10; i++) result = await tools.checked({ q: "x", limit: i })'
const TOGETHER =
  'result = await Promise.all(Array.from({ length: 200 }, (_, i) => tools.echo({ q: "x", limit: i })))'

/** Rows of `{ name, p50_ms, p95_ms }`; a row takes `seconds`. */
export async function toolsBench({ seconds = 1 } = {}) {
  const without = new Sandbox({ size: 1 })
  const sandbox = new Sandbox({ size: 1, tools })
  try {
    const row = (name, runner, script) =>
      measure(name, seconds * 1000, () => good(runner.run(script, { a: 1 })))
    const rows = [
      await row('no call, no tools', without, TRIVIAL),
      await row('no call, two tools', sandbox, TRIVIAL),
      await row('1 call', sandbox, ONE),
      await row('10 calls, one after the other', sandbox, TEN),
      await row('10 calls, checked by a schema', sandbox, TEN_CHECKED),
      await row('200 calls together', sandbox, TOGETHER),
    ]
    const [, none, , ten] = rows
    const trip = quantile => Number(((ten[quantile] - none[quantile]) / 10).toPrecision(3))
    rows.push({ name: 'one round trip, from the rows above', p50_ms: trip('p50_ms'), p95_ms: trip('p95_ms') })
    return rows
  } finally {
    await Promise.all([without.close(), sandbox.close()])
  }
}

async function measure(name, ms, action) {
  const times = []
  for (const end = performance.now() + ms / 5; performance.now() < end; ) await action()
  for (const end = performance.now() + ms; performance.now() < end; ) {
    const start = performance.now()
    await action()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const quantile = p => Number(times[Math.floor(p * (times.length - 1))].toPrecision(4))
  return { name, p50_ms: quantile(0.5), p95_ms: quantile(0.95) }
}

async function good(outcome) {
  const { ok, message } = await outcome
  if (!ok) throw new Error(message)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`${'tools'.padEnd(38)}${'p50 ms'.padStart(10)}${'p95 ms'.padStart(10)}`)
  for (const { name, p50_ms, p95_ms } of await toolsBench({ seconds: Number(process.argv[2] ?? 1) })) {
    console.log(`${name.padEnd(38)}${String(p50_ms).padStart(10)}${String(p95_ms).padStart(10)}`)
  }
}
