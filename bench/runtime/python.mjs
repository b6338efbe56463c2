// Python by a warm zygote against a process per call, in the same minute: `node bench/runtime/python.mjs [seconds per row]`.
// Needs a build and a python3. The peers have no limits and no walls: one starts python3 for each call and waits for its
// end; the other looks every 100 ms whether it has ended, which is how Synalinks waits for its scripts.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Sandbox } from '../../dist/runtime/index.js'

const TRIVIAL = 'result = {"y": inputs["a"] + 1}'
const GRID = `
def transform(inputs):
    grid = inputs['input_grid']
    turned = [[5 if cell == 0 else cell for cell in row] for row in zip(*grid[::-1])]
    stack, seen, color = [(0, 0)], set(), turned[0][0]
    while stack:
        a, b = stack.pop()
        if (a, b) in seen or not (0 <= a < len(turned) and 0 <= b < len(turned[0])) or turned[a][b] != color:
            continue
        seen.add((a, b))
        turned[a][b] = 9
        stack += [(a + 1, b), (a - 1, b), (a, b + 1), (a, b - 1)]
    return {'output_grid': turned}
result = transform(inputs)`
const JSON_SCRIPT = `
result = {'items': [{**o, 'score': o['score'] * 2, 'tag': o['name'].upper()} for o in inputs['items']][::-1]}`

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
const candidate = n => `a = inputs['x'] * ${n % 97} + inputs['y']\nresult = a - ${n} if a > 50 else a / 3`

/** Rows of `{ name, p50_ms, p95_ms, per_s }`; a row takes `seconds`. */
export async function pythonBench({ seconds = 1 } = {}) {
  const ms = seconds * 1000
  const rows = []
  const options = { language: 'python', allowUnsandboxedPython: true, timeout: 10_000 }
  const one = new Sandbox({ ...options, size: 1 })
  const two = new Sandbox({ ...options, size: 2 })
  try {
    const row = async (name, callers, action) => rows.push(await measure(name, ms, callers, action))
    await row('python trivial, 1 keeper', 1, () => good(one.run(TRIVIAL, { a: 1 })))
    await row('python trivial, 2 keepers', 4, () => good(two.run(TRIVIAL, { a: 1 })))
    await row('python grid, 1 keeper', 1, () => good(one.run(GRID, grid)))
    await row('python json 117 KB, 1 keeper', 1, () => good(one.run(JSON_SCRIPT, { items })))
    await row('python runMany 100, a fork each', 1, n => goodMany(one, n, 'input'))
    await row('python runMany 100, one fork', 1, n => goodMany(one, n, 'script'))
    await row('python next run after a timeout', 1, async () => {
      await one.run('while True: pass', null, { timeout: 20 })
      const start = performance.now()
      await good(one.run(TRIVIAL, { a: 1 }))
      return performance.now() - start
    })
    await row('python timeout overshoot', 1, async () => {
      const start = performance.now()
      await one.run('while True: pass', null, { timeout: 100 })
      return performance.now() - start - 100
    })
    await row('a python3 per call', 1, () => processPerCall({ a: 1 }, 0))
    await row('a python3 per call, polled every 0.1 s', 1, () => processPerCall({ a: 1 }, 100))
    await row('the same, 40 at a time', 40, () => processPerCall({ a: 1 }, 100))
  } finally {
    await Promise.all([one.close(), two.close()])
  }
  return rows
}

/** Runs an action for a while, by so many callers at once. What it gives is its time, if it gives anything. */
async function measure(name, ms, callers, action) {
  const times = []
  let count = 0
  const once = async () => {
    const start = performance.now()
    const own = await action(count++)
    return own ?? performance.now() - start
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
import json, sys
script, inputs = json.load(sys.stdin)
names = {'inputs': inputs}
exec(script, names)
print(json.dumps(names['result']))`

/** What one does without a zygote. With `every`, the end is only noticed at the next look. */
async function processPerCall(inputs, every) {
  const child = spawn('python3', ['-I', '-S', '-c', PER_CALL], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify([TRIVIAL, inputs]))
  let text = ''
  child.stdout.on('data', chunk => {
    text += chunk
  })
  const ended = once(child, 'close')
  if (every === 0) await ended
  else while (child.exitCode === null) await new Promise(resolve => setTimeout(resolve, every))
  await ended
  return void JSON.parse(text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = await pythonBench({ seconds: Number(process.argv[2] ?? 1) })
  const pad = (text, width) => String(text).padStart(width)
  console.log(`${'runtime, python'.padEnd(42)}${pad('p50 ms', 10)}${pad('p95 ms', 10)}${pad('per s', 9)}`)
  for (const { name, p50_ms, p95_ms, per_s } of rows) {
    console.log(`${name.padEnd(42)}${pad(p50_ms, 10)}${pad(p95_ms, 10)}${pad(per_s, 9)}`)
  }
}
