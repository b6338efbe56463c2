// Interleaved timing in CPU time of the process, so other load on the machine hardly counts.
// Every contestant runs once per round, a different one first each round; the figure is the median of the
// rounds. A contestant keeps its state between samples, so a chain of updates goes on through the whole row.

/** Results land here, so no loop can be dropped as dead code. */
export const sink = { value: 0 }

/**
 * Nanoseconds per operation of each contestant, `[{ name, task }]`, as a Map from name to
 * `{ ns, low, high, count }`. A task is `{ run(count) -> number, prepare?(count), batch? }`: `prepare` runs
 * untimed before each `batch` operations, or before each sample.
 *
 *     measure([{ name: 'slice', task: { run: count => ... } }], { samples: 5, sampleMs: 40, warmMs: 120 })
 */
export function measure(contestants, { samples, sampleMs, warmMs, collect }) {
  const runners = contestants.map(({ name, task }) => ({ name, task, count: 1, times: [] }))
  for (const runner of inTurns(runners, 3)) {
    // Preparing takes many times what it prepares for, so such rows make do with less.
    const share = runner.task.prepare === undefined ? 1 : 1 / 4
    runner.count = warm(runner, (share * warmMs) / 3, share * sampleMs)
  }
  if (collect === 'once') collectAll()
  for (const runner of inTurns(runners, samples)) {
    if (collect === 'always') collectAll()
    else collectYoung()
    runner.times.push(time(runner.task, runner.count) / runner.count)
  }
  return new Map(runners.map(runner => [runner.name, summary(runner)]))
}

/** Bytes of heap that what `make` returns keeps alive, and that value. */
export function heapHeld(make) {
  collectAll()
  const before = process.memoryUsage().heapUsed
  const held = make()
  collectAll()
  return { bytes: process.memoryUsage().heapUsed - before, held }
}

export function collectAll() {
  globalThis.gc?.()
  globalThis.gc?.()
}

/** Empties the young generation, so nobody pays for the garbage of the one before. */
function collectYoung() {
  globalThis.gc?.({ type: 'minor' })
}

/** All runners `rounds` times, starting one further in each round. */
function* inTurns(runners, rounds) {
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < runners.length; at++) yield runners[(round + at) % runners.length]
  }
}

/** Runs until the optimizer has had `warmMs`, and returns how many operations fill a sample. */
function warm({ task, count }, warmMs, sampleMs) {
  for (let spent = 0; ; count *= 2) {
    const ms = time(task, count) / 1e6
    spent += ms
    if (spent >= warmMs) return Math.max(1, Math.round((sampleMs * count) / ms))
    if (ms > sampleMs / 4) count /= 2
  }
}

/** CPU time of `count` operations in nanoseconds, without that of preparing them. */
function time(task, count) {
  const batch = task.batch ?? count
  let spent = 0
  for (let done = 0; done < count; done += batch) {
    const size = Math.min(batch, count - done)
    if (task.prepare !== undefined) {
      task.prepare(size)
      // Marking in the background would be counted as time of what follows.
      globalThis.gc()
    }
    const start = process.cpuUsage()
    sink.value += task.run(size)
    const { user, system } = process.cpuUsage(start)
    spent += user + system
  }
  return spent * 1e3
}

function summary({ times, count }) {
  const sorted = times.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const ns = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { ns, low: sorted[0], high: sorted.at(-1), count }
}
