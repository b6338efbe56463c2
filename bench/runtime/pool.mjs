// The sandbox against a process per call, in the same minute: `node bench/runtime/pool.mjs [seconds per row]`.
// Needs a build. Sandboxes take the best level there is, where no other is named. Each script is new text on every
// call where that is what users do (evolved scripts are new nearly every time), so nothing profits from a cache that a
// real program would not have.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Sandbox } from '../../dist/runtime/index.js'

const GRID = `
  function transform(inputs) {
    const g = inputs.input_grid, h = g.length, w = g[0].length, out = [];
    for (let x = 0; x < w; x++) { const row = []; for (let y = h - 1; y >= 0; y--) row.push(g[y][x] === 0 ? 5 : g[y][x]); out.push(row); }
    const stack = [[0, 0]], seen = new Set(), color = out[0][0];
    while (stack.length) {
      const [a, b] = stack.pop(), key = a * 64 + b;
      if (seen.has(key)) continue;
      seen.add(key);
      if (out[a]?.[b] !== color) continue;
      out[a][b] = 9;
      stack.push([a + 1, b], [a - 1, b], [a, b + 1], [a, b - 1]);
    }
    return { output_grid: out };
  }
  result = transform(inputs)`
const TRIVIAL = 'result = { y: inputs.a + 1 }'
const JSON_SCRIPT =
  'result = { items: inputs.items.map(o => ({ ...o, score: o.score * 2, tag: o.name.toUpperCase() })).reverse() }'

const grid = {
  input_grid: Array.from({ length: 30 }, (_, i) => Array.from({ length: 30 }, (_, j) => (i * j + i) % 10)),
}
const items = Array.from({ length: 900 }, (_, id) => {
  return {
    id,
    name: `item number ${id}`,
    score: id / 7,
    flags: [true, false, null],
    note: `lorem ipsum ${id * 7919}`,
  }
})
const hundred = Array.from({ length: 100 }, (_, x) => ({ x, y: x / 3 }))
const candidate = n => `const a = inputs.x * ${n % 97} + inputs.y; result = a > 50 ? a - ${n} : Math.sin(a)`

/** Rows of `{ name, p50_ms, p95_ms, per_s }`; a row takes `seconds`. */
export async function runtimeBench({ seconds = 1 } = {}) {
  const ms = seconds * 1000
  const rows = []
  const one = new Sandbox({ size: 1 })
  const two = new Sandbox({ size: 2 })
  const plain = new Sandbox({ size: 1, isolation: 'process' })
  try {
    const row = async (name, callers, action, take) =>
      rows.push(await measure(name, ms, callers, action, take))
    await row('run trivial, 1 child', 1, () => good(one.run(TRIVIAL, { a: 1 })))
    await row("run trivial, 1 child, level 'process'", 1, () => good(plain.run(TRIVIAL, { a: 1 })))
    await row('run trivial, 2 children', 4, () => good(two.run(TRIVIAL, { a: 1 })))
    await row('run grid, 1 child', 1, () => good(one.run(GRID, grid)))
    await row('run grid, 2 children', 4, () => good(two.run(GRID, grid)))
    await row('run json 117 KB, 1 child', 1, () => good(one.run(JSON_SCRIPT, { items })))
    await row('runMany 100, a context each, 2 children', 2, n => goodMany(two, n, 'input'))
    await row('runMany 100, one context, 1 child', 1, n => goodMany(one, n, 'script'))
    await row('runMany 100, one context, 2 children', 4, n => goodMany(two, n, 'script'))
    for (const [sandbox, name] of [
      [one, 'next run after a kill'],
      [plain, "next run after a kill, level 'process'"],
    ]) {
      await row(name, 1, () => good(sandbox.run(TRIVIAL, { a: 1 })), {
        before: async () => {
          await new Promise(resolve => setTimeout(resolve, 120))
          await sandbox.run('for (;;);', null, { timeout: 20 })
        },
      })
    }
    for (const isolation of [one.isolation, 'process']) {
      let cold
      await row(
        `first result of a sandbox, level '${isolation}'`,
        1,
        () => good(cold.run(TRIVIAL, { a: 1 })),
        {
          before: async () => {
            await cold?.close()
            cold = new Sandbox({ size: 1, spare: 0, isolation })
          },
        },
      )
      await cold.close()
    }
    await row(
      'timeout overshoot, with a spare ready',
      1,
      () => one.run('for (;;);', null, { timeout: 100 }),
      {
        before: () => new Promise(resolve => setTimeout(resolve, 150)),
        less: 100,
      },
    )
    await row('a process per call, trivial', 1, () => processPerCall(TRIVIAL, { a: 1 }))
    await row('a process per call, 2 at a time', 2, () => processPerCall(TRIVIAL, { a: 1 }))
  } finally {
    await Promise.all([one, two, plain].map(sandbox => sandbox.close()))
  }
  return rows
}

/** Runs an action for a while, by so many callers at once. `before` is not counted; `less` is taken off each time. */
async function measure(name, ms, callers, action, { before, less = 0 } = {}) {
  const times = []
  let count = 0
  const once = async () => {
    await before?.()
    const start = performance.now()
    await action(count++)
    return performance.now() - start - less
  }
  for (const end = performance.now() + ms / 5; performance.now() < end; ) await once()
  const start = performance.now()
  const caller = async () => {
    while (performance.now() - start < ms || times.length < 5) times.push(await once())
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const elapsed = performance.now() - start
  times.sort((a, b) => a - b)
  const quantile = p => Number(times[Math.min(times.length - 1, Math.floor(p * times.length))].toPrecision(4))
  return {
    name,
    p50_ms: quantile(0.5),
    p95_ms: quantile(0.95),
    per_s: Math.round((times.length / elapsed) * 1000),
  }
}

async function good(outcome) {
  const { ok, message } = await outcome
  if (!ok) throw new Error(message)
}

async function goodMany(sandbox, n, context) {
  for (const outcome of await sandbox.runMany(candidate(n), hundred, { context })) await good(outcome)
}

const PER_CALL = `
  const chunks = []
  process.stdin.on('data', chunk => chunks.push(chunk)).on('end', () => {
    const { script, inputs } = JSON.parse(Buffer.concat(chunks))
    const context = require('vm').createContext(Object.assign(Object.create(null), { text: JSON.stringify(inputs) }))
    process.stdout.write(require('vm').runInContext('var inputs = JSON.parse(text), result;' + script + ';JSON.stringify(result)', context))
  })`

/** The peer: what one does without a pool. It has no limits, locks or deadline. */
export async function processPerCall(script, inputs) {
  const child = spawn(process.execPath, ['-e', PER_CALL], { stdio: ['pipe', 'pipe', 'inherit'], env: {} })
  child.stdin.end(JSON.stringify({ script, inputs }))
  let text = ''
  child.stdout.on('data', chunk => {
    text += chunk
  })
  await once(child, 'close')
  return JSON.parse(text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = await runtimeBench({ seconds: Number(process.argv[2] ?? 1) })
  const pad = (text, width) => String(text).padStart(width)
  console.log(`${'runtime'.padEnd(42)}${pad('p50 ms', 10)}${pad('p95 ms', 10)}${pad('per s', 9)}`)
  for (const { name, p50_ms, p95_ms, per_s } of rows) {
    console.log(`${name.padEnd(42)}${pad(p50_ms, 10)}${pad(p95_ms, 10)}${pad(per_s, 9)}`)
  }
}
