// Beginning, repeating and ending: seeds and clocks, tools, cancelled calls, closed runners.

import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import type { ScriptRunner } from '../../runtime/index.ts'
import { type Checks, SHORT, short } from './bench.ts'

export const repetition: Checks = {
  'gives the same random numbers for the same seed, alone and in batches': async bench => {
    const { random } = bench.scripts
    const first = short(await bench.run(random, null, { seed: 7 }))
    ok(typeof first === 'object' && new Set(first.value as number[]).size === 3, 'three numbers that differ')
    deepEqual(short(await bench.run(random, null, { seed: 7 })), first)
    const many = await bench.runMany(random, [1, 2, 3, 4], { seed: 7 })
    deepEqual(many.map(short), [first, first, first, first])
  },
  'gives other random numbers for another seed': async bench => {
    const { random } = bench.scripts
    const all = await Promise.all([1, 2, 'a', 'b'].map(seed => bench.run(random, null, { seed })))
    equal(new Set(all.map(outcome => JSON.stringify(short(outcome)))).size, 4)
  },
  'repeats without a seed, too': async bench => {
    const [a, b] = [await bench.run(bench.scripts.random), await bench.run(bench.scripts.random)]
    deepEqual(short(a), short(b))
  },
  'stops the clock on request, and lets it run otherwise': async bench => {
    const { now } = bench.scripts
    await bench.gives(86_400_000, now, null, { now: 86_400_000 })
    const outcome = await bench.run(now)
    ok(outcome.ok && Math.abs(Number(outcome.value) - Date.now()) < 60_000, 'the clock must run')
  },
}

export const tools: Checks = {
  'lets a script call a tool': async bench => {
    const add = ({ a, b }: { a: number; b: number }) => a + b
    await bench.gives(42, bench.scripts.callTool, 41, { tools: { add } })
  },
  'lets a script catch the error of a tool': async bench => {
    const refuse = () => {
      throw new Error('not today')
    }
    const outcome = await bench.run(bench.scripts.catchTool, null, { tools: { refuse } })
    ok(outcome.ok && String(outcome.value).includes('not today'), JSON.stringify(outcome))
  },
}

export const cancellation: Checks = {
  'runs nothing when the signal is aborted already': async bench => {
    await bench.ends(['cancelled'], bench.scripts.echo, 1, { signal: AbortSignal.abort() })
  },
  'cancels a call under way, soon, and no other': async bench => {
    await bench.isSound()
    const stop = new AbortController()
    const { loop, loopOnDemand, spend } = bench.scripts
    const one = bench.run(loop, null, { signal: stop.signal })
    const many = bench.runMany(loopOnDemand, [1, 'loop', 'loop', 'loop'], { signal: stop.signal })
    const other = bench.run(spend, SHORT)
    await new Promise(resolve => setTimeout(resolve, SHORT))
    const start = performance.now()
    stop.abort(new Error('enough'))
    equal(short(await one), 'cancelled')
    deepEqual((await many).map(short).slice(1), ['cancelled', 'cancelled', 'cancelled'])
    const took = performance.now() - start
    ok(took < 3000, `it took ${took} ms`)
    deepEqual(short(await other), { value: SHORT })
    await bench.isSound()
  },
}

export const closing: Checks = {
  'cancels what is under way when it is closed, and refuses what comes after': async bench => {
    const runner = await bench.make()
    const { echo, loop } = bench.scripts
    await withClosing(runner, async () => {
      await runner.run(echo, 1, { timeout: 60_000 })
      const under = runner.run(loop, null, { timeout: 60_000 })
      const many = runner.runMany(loop, [1, 2], { timeout: 60_000 })
      await new Promise(resolve => setTimeout(resolve, SHORT / 3))
      await runner.close()
      equal(short(await under), 'cancelled')
      deepEqual((await many).map(short), ['cancelled', 'cancelled'])
      await rejects(async () => runner.run(echo, 1))
      await rejects(async () => runner.runMany(echo, [1]))
    })
  },
  'can be closed twice, and before its first run': async bench => {
    const runner = await bench.make()
    await Promise.all([runner.close(), runner.close()])
    await runner.close()
    await rejects(async () => runner.run(bench.scripts.echo, 1))
  },
  'works beside another of its kind': async bench => {
    const other = await bench.make()
    await withClosing(other, async () => {
      const [a, b] = await Promise.all([
        bench.run(bench.scripts.echo, 1),
        other.run(bench.scripts.echo, 2, { timeout: 60_000 }),
      ])
      deepEqual([short(a), short(b)], [{ value: 1 }, { value: 2 }])
      await other.close()
      await bench.isSound()
    })
  },
}

/** Closes the runner even when the case fails, so that a broken one keeps nothing alive. */
async function withClosing(runner: ScriptRunner, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } finally {
    await runner.close()
  }
}
