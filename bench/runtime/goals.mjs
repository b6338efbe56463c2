// The goals of speed for the sandbox, each beside what was measured: `node bench/runtime/goals.mjs [--floor <script>]`.
// Needs a build. The floor is a script that runs the same three jobs in the barest pool there can be and says, as JSON, what
// `cells.<job>.pool`, `pool_2` and `spawn` took; it runs in the same minute. Without it, only goals in milliseconds are judged.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Sandbox } from '../../dist/runtime/index.js'
import { processPerCall, runtimeBench } from './pool.mjs'

/** Rows of `{ goal, limit, measured, isReached }`; `isReached` is undefined where there is no floor to compare with. */
export async function goalRows({ seconds = 1, floor } = {}) {
  const cells = floor && JSON.parse((await promisify(execFile)(process.execPath, [floor])).stdout).cells
  const rows = Object.fromEntries((await runtimeBench({ seconds })).map(row => [row.name, row]))
  const one = rows['run trivial, 1 child']
  const two = rows['run trivial, 2 children']
  const plain = rows["run trivial, 1 child, level 'process'"]
  const kill = rows['next run after a kill']
  const overshoot = rows['timeout overshoot, with a spare ready']
  const cold = Object.values(rows).filter(({ name }) => name.startsWith('first result'))
  const { oomMs, killWithoutSpareMs } = await endings()
  const polledPerS = 1000 / (await medianOf(polled))
  const most = (goal, measured, limit, unit = 'ms') =>
    row(goal, measured, `under ${limit} ${unit}`, measured < limit)
  const least = (goal, measured, limit, unit) =>
    row(goal, measured, `at least ${limit} ${unit}`, measured >= limit)
  const against = (goal, read) =>
    cells ? read(cells.trivial) : { goal, limit: 'needs --floor', measured: '', isReached: undefined }
  return [
    against('trivial, p50, against the floor', ({ pool }) =>
      most('trivial, p50, against the floor', one.p50_ms / pool.p50_ms, 2, `x ${pool.p50_ms} ms`),
    ),
    against("trivial, p50, level 'process'", ({ pool }) =>
      most("trivial, p50, level 'process'", plain.p50_ms / pool.p50_ms, 2, `x ${pool.p50_ms} ms`),
    ),
    most('trivial, p50', one.p50_ms, 1.5),
    most('grid, p50', rows['run grid, 1 child'].p50_ms, 2),
    most('json of 117 KB, p50', rows['run json 117 KB, 1 child'].p50_ms, 15),
    against('throughput, 2 children', ({ pool_2 }) =>
      least('throughput, 2 children', two.per_s / pool_2.per_s, 0.6, `x ${pool_2.per_s} a second`),
    ),
    least('throughput, 2 children', two.per_s, 400, 'a second'),
    most('next run after a kill, p50', kill.p50_ms, 15),
    most('next run after a kill without a spare, p50', killWithoutSpareMs, 150),
    most('overshoot of a time limit, p95', overshoot.p95_ms, 50),
    most('out of memory at 64 MB is told after', oomMs, 2000),
    most('first result of a sandbox, p50', Math.max(...cold.map(({ p50_ms }) => p50_ms)), 250),
    least('throughput against one polled process per call', two.per_s / polledPerS, 100, 'x'),
  ]
}

function row(goal, measured, limit, isReached) {
  return { goal, limit, measured: Number(measured.toPrecision(3)), isReached }
}

/** What a kill costs without a spare, and how soon a bomb is found. */
async function endings() {
  const single = new Sandbox({ size: 1, spare: 0 })
  const bomb = 'const all = []; for (;;) all.push({ n: all.length })'
  try {
    const killWithoutSpareMs = await medianOf(
      () => single.run('result = 1', null),
      () => single.run('for (;;);', null, { timeout: 20 }),
    )
    const oomMs = await medianOf(() => single.run(bomb, null, { timeout: 60_000 }))
    return { killWithoutSpareMs, oomMs }
  } finally {
    await single.close()
  }
}

/** What is often done: a process for each call, asked every 100 ms whether it is done. */
async function polled() {
  let isDone = false
  processPerCall('result = { y: inputs.a + 1 }', { a: 1 }).then(() => {
    isDone = true
  })
  while (!isDone) await new Promise(resolve => setTimeout(resolve, 100))
}

/** The median of five times, in milliseconds; `before` is not counted. */
async function medianOf(action, before) {
  const times = []
  for (let round = 0; round < 5; round++) {
    await before?.()
    const start = performance.now()
    await action()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[2]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--floor')
  const rows = await goalRows({ floor: at === -1 ? undefined : process.argv[at + 1] })
  for (const { goal, limit, measured, isReached } of rows) {
    const verdict = isReached === undefined ? '' : isReached ? 'yes' : 'NO'
    console.log(`${goal.padEnd(58)}${String(measured).padStart(8)}  ${limit.padEnd(30)}${verdict}`)
  }
}
