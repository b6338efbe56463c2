// Batches and limits: whatever one input does, it costs that input alone, and the next script finds a clean house.

import { deepEqual, ok } from 'node:assert/strict'
import { type Bench, type Checks, SHORT, SHORTEST, short, values } from './bench.ts'

const CONTEXTS = ['input', 'script'] as const

export const batches: Checks = {
  'answers many inputs in their order': async bench => {
    const numbers = Array.from({ length: 60 }, (_, index) => index)
    for (const context of CONTEXTS) {
      const outcomes = await bench.runMany(bench.scripts.double, numbers, { context })
      deepEqual(outcomes.map(short), values(numbers.map(n => n * 2)))
    }
  },
  'answers no inputs with no outcomes': async bench => {
    deepEqual(await bench.runMany(bench.scripts.echo, []), [])
  },
  'lets an input that fails cost itself alone': async bench => {
    const outcomes = await bench.runMany(bench.scripts.failOnNegative, [1, -1, 2, -2, 3])
    deepEqual(outcomes.map(short), [{ value: 1 }, 'runtime', { value: 2 }, 'runtime', { value: 3 }])
  },
  'answers every input when the script is no program': async bench => {
    const outcomes = await bench.runMany(bench.scripts.syntaxErrors[0]!, [1, 2, 3])
    deepEqual(outcomes.map(short), ['syntax', 'syntax', 'syntax'])
  },
}

export const limits: Checks = {
  'ends a script that runs too long, soon': async bench => {
    await bench.isSound()
    const start = performance.now()
    await bench.ends(['timeout'], bench.scripts.loop, null, { timeout: SHORTEST })
    const took = performance.now() - start
    ok(SHORTEST * 0.9 <= took && took < SHORTEST + 3000, `it took ${took} ms with a limit of ${SHORTEST}`)
    await bench.isSound()
  },
  'ends scripts that are hard to interrupt': async bench => {
    for (const script of Object.values(bench.scripts.stubborn))
      await bench.ends(['timeout'], script, null, { timeout: SHORTEST })
    await bench.isSound()
  },
  'lets an input that runs too long cost itself alone': async bench => {
    const list = [1, 'loop', 2, 3, 'loop', 4]
    const expected = list.map(value => (value === 'loop' ? 'timeout' : { value }))
    for (const context of CONTEXTS) {
      const outcomes = await bench.runMany(bench.scripts.loopOnDemand, list, { timeout: SHORT, context })
      deepEqual(outcomes.map(short), expected)
    }
  },
  'gives each input the whole time': async bench => {
    const list = [SHORT, SHORT, SHORT]
    deepEqual(
      (await bench.runMany(bench.scripts.spend, list, { timeout: 2 * SHORT })).map(short),
      values(list),
    )
  },
  'lets an input that takes too much memory cost itself alone': async bench => {
    const outcomes = await bench.runMany(bench.scripts.bomb, [1, 'bomb', 2])
    deepEqual(outcomes.map(short), [{ value: 1 }, 'out_of_memory', { value: 2 }])
    await bench.isSound()
  },
  'survives scripts that end their process': async bench => {
    for (const script of bench.scripts.exits) await bench.ends(['runtime', 'crashed'], script)
    await bench.isSound()
  },
}

export const isolation: Checks = {
  'shows nothing of one script to the next': async bench => {
    const { leaveMarks, findMarks } = bench.scripts
    // Twice side by side, so that a runner of several processes has marks in more than one.
    for (let round = 0; round < 3; round++) {
      await Promise.all([bench.ends(['no_result'], leaveMarks), bench.ends(['no_result'], leaveMarks)])
      await Promise.all([bench.gives([], findMarks), bench.gives([], findMarks)])
    }
  },
  'shows nothing of one input to the next': async bench => {
    const { findMarks, leaveMarks } = bench.scripts
    const outcomes = await bench.runMany(`${findMarks}\n${leaveMarks}`, [1, 2, 3])
    deepEqual(outcomes.map(short), values([[], [], []]))
  },
  'shows nothing of a script that failed': async bench => {
    const { leaveMarks, fail, findMarks } = bench.scripts
    await bench.ends(['runtime'], `${leaveMarks}\n${fail}`)
    await bench.gives([], findMarks)
  },
}

export const concurrency: Checks = {
  'answers many callers at once, each with its own': async bench => {
    const numbers = Array.from({ length: 100 }, (_, index) => index)
    const outcomes = await Promise.all(numbers.map(n => bench.run(bench.scripts.double, n)))
    deepEqual(outcomes.map(short), values(numbers.map(n => n * 2)))
  },
  'lets a single run pass by a batch': async bench => {
    await bench.isSound()
    const { spend, echo } = bench.scripts
    let isOver = false
    const batch = bench.runMany(spend, new Array(150).fill(10)).then(outcomes => {
      isOver = true
      return outcomes
    })
    deepEqual(short(await bench.run(echo, 1)), { value: 1 })
    ok(!isOver, 'a single run must not wait for all of a batch')
    deepEqual((await batch).map(short), values(new Array(150).fill(10)))
  },
  'lets bad scripts of one caller cost no other': async bench => {
    const calls = Array.from({ length: 24 }, (_, index) => callOf(bench, index))
    deepEqual(
      (await Promise.all(calls)).map(short),
      calls.map((_, index) => (index % 8 === 3 ? 'timeout' : index % 8 === 6 ? 'runtime' : { value: index })),
    )
  },
}

function callOf(bench: Bench, index: number) {
  const { loop, fail, echo } = bench.scripts
  if (index % 8 === 3) return bench.run(loop, null, { timeout: SHORTEST })
  return index % 8 === 6 ? bench.run(fail) : bench.run(echo, index)
}
