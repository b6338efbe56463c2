// The contract of one run: what goes in, what comes out, what is written, and how failures look.

import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import type { Json, Outcome } from '../../runtime/index.ts'
import type { Checks } from './bench.ts'

const INPUTS: readonly Json[] = [
  null,
  true,
  0.1,
  -1e300,
  9007199254740991,
  '',
  'é\u0000\u2028😀"\\',
  [],
  {},
  [[[]], [null]],
  { '': 1, 'a b': { c: [true] }, constructor: 'x', toString: null, length: 3 },
  JSON.parse('{"__proto__":{"polluted":true},"then":1}') as Json,
]

export const inputs: Checks = {
  'gives a script its inputs, whatever JSON they are': async bench => {
    for (const value of INPUTS) await bench.gives(value, bench.scripts.echo, value)
    equal(Object.hasOwn(Object.prototype, 'polluted'), false)
  },
  'takes inputs as they are when it is called': async bench => {
    const list: number[] = [1]
    const runner = await bench.runner
    const running = runner.run(bench.scripts.echo, list)
    list.push(2)
    const outcome = await running
    deepEqual(outcome.ok && outcome.value, [1])
  },
  'leaves the inputs of its caller as they are': async bench => {
    const list = [1, 2, 3]
    await bench.gives(['changed', 2, 3, 4], bench.scripts.change, list)
    deepEqual(list, [1, 2, 3])
  },
  'throws for inputs that are no JSON': async bench => {
    const runner = await bench.runner
    const circle: unknown[] = []
    circle.push(circle)
    for (const value of [undefined, Number.NaN, () => 1, { a: 1n }, circle, new Map()])
      await rejects(async () => runner.run(bench.scripts.echo, value as Json), TypeError)
  },
}

export const results: Checks = {
  'takes a result however it is left': async bench => {
    for (const script of bench.scripts.otherEchoes) await bench.gives({ x: [1] }, script, { x: [1] })
  },
  'counts falsy results as results': async bench => {
    for (const value of [null, false, 0, '', [], {}]) await bench.gives(value, bench.scripts.constant(value))
  },
  'says when a script leaves no result': async bench => {
    await bench.ends(['no_result'], bench.scripts.noResult)
  },
  'refuses results that are no JSON': async bench => {
    for (const script of Object.values(bench.scripts.badResults)) {
      const { ok: isOk, ...failure } = await bench.ends(['bad_result'], script)
      ok(!isOk && 'message' in failure && failure.message !== '', `${script}\nmust say what is wrong`)
    }
  },
  'takes results up to its limit, and none beyond': async bench => {
    const { maxResult } = bench.limits
    const letters = maxResult - 2
    const outcome = await bench.run(bench.scripts.text, letters)
    equal(outcome.ok && (outcome.value as string).length, letters)
    await bench.ends(['result_too_large'], bench.scripts.text, letters + 1)
    await bench.ends(['result_too_large'], bench.scripts.text, 10 * maxResult)
  },
}

export const outputs: Checks = {
  'catches what a script writes, and keeps it out of the result': async bench => {
    const outcome = await bench.run(bench.scripts.print)
    deepEqual(pick(outcome), { ok: true, value: 1, stdout: 'out\n', stderr: 'err\n' })
  },
  'keeps what a script wrote before it failed': async bench => {
    const { stdout } = await bench.ends(['runtime'], bench.scripts.fail)
    equal(stdout, 'before\n')
  },
  'keeps outputs of different inputs apart': async bench => {
    const outcomes = await bench.runMany(bench.scripts.printMuch, [1, 0, 2])
    deepEqual(
      outcomes.map(outcome => outcome.stdout),
      ['123456789\n', '', '123456789\n123456789\n'],
    )
  },
  'cuts outputs at its limit, and says so': async bench => {
    const { maxOutput } = bench.limits
    const lines = Math.ceil(maxOutput / 10) + 1000
    const { ok: isOk, stdout } = await bench.run(bench.scripts.printMuch, lines)
    ok(isOk, 'a script may write too much')
    const whole = '123456789\n'.repeat(lines)
    equal(stdout.slice(0, maxOutput), whole.slice(0, maxOutput))
    ok(maxOutput < stdout.length && stdout.length < maxOutput + 200, `${stdout.length} characters were kept`)
  },
}

export const failures: Checks = {
  'says on which line a script is no program': async bench => {
    for (const script of bench.scripts.syntaxErrors) {
      const outcome = await bench.ends(['syntax'], script)
      const { line, column } = outcome as { line?: number; column?: number }
      equal(line, 2, script)
      ok(column === undefined || column >= 1, `${script}\ncolumns begin at 1`)
    }
  },
  'says on which line a script failed, and why': async bench => {
    const outcome = await bench.ends(['runtime'], bench.scripts.fail)
    const { line, message } = outcome as { line?: number; message: string }
    equal(line, 2)
    ok(message.includes('on purpose'), message)
  },
  'survives recursion without end': async bench => {
    await bench.ends(['runtime'], bench.scripts.recursion)
    await bench.isSound()
  },
  'refuses a script that is too long, and takes one that just fits': async bench => {
    const { maxSource } = bench.limits
    const { echo, comment } = bench.scripts
    await bench.gives(1, `${echo}\n${comment(maxSource - echo.length - 1)}`, 1)
    await bench.ends(['source_too_large'], comment(maxSource + 1))
  },
  'gives outcomes of the agreed form': async bench => {
    const { echo, fail } = bench.scripts
    const common = { stdout: 'string', stderr: 'string', ms: 'number', isolation: 'string' }
    const success = await bench.run(echo, 1)
    deepEqual(typesOf(success, ['toolCalls']), { ok: 'boolean', value: 'number', ...common })
    const failure = await bench.run(fail)
    const known = ['line', 'column', 'toolCalls']
    deepEqual(typesOf(failure, known), { ok: 'boolean', kind: 'string', message: 'string', ...common })
    for (const { ms, isolation } of [success, failure]) {
      ok(Number.isFinite(ms) && 0 <= ms, `ms is ${ms}`)
      ok(['os', 'process'].includes(isolation), `isolation is ${isolation}`)
    }
  },
}

function pick(outcome: Outcome): object {
  const { ok, stdout, stderr } = outcome
  return ok ? { ok, value: outcome.value, stdout, stderr } : { ok, kind: outcome.kind, stdout, stderr }
}

/** The type of every field but those that may be missing. */
function typesOf(outcome: Outcome, optional: readonly string[]): Record<string, string> {
  const fields = Object.entries(outcome).filter(([key]) => !optional.includes(key))
  return Object.fromEntries(fields.map(([key, value]) => [key, typeof value]))
}
