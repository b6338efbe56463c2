import { expect } from 'chai'
import fc from 'fast-check'
import { type Json, type Outcome, type RunOptions, Sandbox } from '../../../src/runtime/index.ts'
import { needsPython } from './needs.ts'

const short = (outcome: Outcome): Json => (outcome.ok ? outcome.value : outcome.kind)

describe('a Python script', function () {
  this.timeout(20_000)
  const sandbox = new Sandbox({ language: 'python', allowUnsandboxedPython: true, timeout: 5000, size: 2 })
  before(needsPython)
  after(() => sandbox.close())

  const run = (script: string, inputs: Json = null, options?: RunOptions) =>
    sandbox.run(script, inputs, options)
  const value = async (script: string, inputs: Json = null) => short(await run(script, inputs))

  it('sees its inputs and leaves its result', async () => {
    const outcome = await run('result = {"y": inputs["x"] * 2}', { x: 21 })
    expect(outcome).to.deep.include({ ok: true, value: { y: 42 }, stdout: '', stderr: '' })
    expect(outcome.ms).to.be.within(0, 5000)
  })

  it('is a module: its functions see its names, and it is the main one', async () => {
    const script = `
import math
def depth(tree):
    return 1 + max(map(depth, tree)) if tree else 0
if __name__ == '__main__':
    result = [depth(inputs), math.floor(2.5), {name: None for name in 'ab'}]`
    expect(await value(script, [[], [[], [[]]]])).to.deep.equal([3, 2, { a: null, b: null }])
    const dataclass = `
from __future__ import annotations
from dataclasses import dataclass, asdict
@dataclass
class Point:
    x: int
    y: int = 0
result = asdict(Point(inputs))`
    expect(await value(dataclass, 3)).to.deep.equal({ x: 3, y: 0 })
  })

  it('may return its result at the top level', async () => {
    expect(await value('return inputs + 1', 1)).to.equal(2)
    expect(await value('if inputs > 1:\n  return "early"\nresult = "late"', 2)).to.equal('early')
    expect(await value('if inputs > 1:\n  return "early"\nresult = "late"', 1)).to.equal('late')
    expect(await value('result = 5\nreturn')).to.equal(5)
    expect(await value('result = 5\nreturn None')).to.equal(null)
    const script = `
from __future__ import annotations
count: int = 0
def up(n):
    global count
    count += 1
    return n if n == 0 else up(n - 1)
up(4)
with open('/dev/null') as file:
    if count: return {'count': count, 'squares': [n * n for n in range(3)]}`
    expect(await value(script)).to.deep.equal({ count: 5, squares: [0, 1, 4] })
    expect(await run('class A:\n  return 1')).to.include({ kind: 'syntax', line: 2 })
    expect(await value('yield 1\nreturn 2')).to.equal('syntax')
  })

  it('counts falsy results as results', async () => {
    const falsy = [0, '', false, null, [], {}, 0.5, -1]
    for (const each of falsy) expect(await value('result = inputs', each)).to.deep.equal(each)
    expect(await run('x = 1')).to.include({ kind: 'no_result' })
    expect(await run('return')).to.include({ kind: 'no_result' })
  })

  it('gives back any JSON as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1, maxLength: 20 }),
        async inputs => {
          // Integers beyond 2**53 become floats here and integers there, which is another matter.
          const small = JSON.parse(JSON.stringify(inputs), (_, part: unknown) =>
            typeof part === 'number' && Math.abs(part) > 2 ** 53 ? 0.5 : Object.is(part, -0) ? 0 : part,
          ) as Json[]
          const outcomes = await sandbox.runMany('result = inputs', small, { context: 'script' })
          expect(outcomes.map(short)).to.deep.equal(small)
        },
      ),
      { numRuns: 20 },
    )
    const texts = ['é', '𝒳', '\ud800', '\u2028\0', '"\\']
    const outcomes = await sandbox.runMany('result = [inputs, len(inputs)]', texts)
    expect(outcomes.map(short)).to.deep.equal(texts.map(text => [text, [...text].length]))
  })

  it('says which part of a result is not JSON', async () => {
    const cases: [string, string][] = [
      ['float("nan")', 'result is nan'],
      ['[1.5, float("-inf")]', 'result[1] is -inf'],
      ['{1, 2}', 'result is a set, which JSON cannot hold; use sorted(…) or list(…)'],
      ['{"a": [1, {"b c": b"x"}]}', 'result.a[1]["b c"] is a bytes, which JSON cannot hold; use .decode()'],
      ['{"a": {1: 2}}', 'result.a has the key 1, which is no str'],
      ['[{None: 2}]', 'result[0] has the key None, which is no str'],
      ['[1, 10 ** 17]', 'result[1] is an integer beyond 2**53 - 1'],
      ['{"n": -2 ** 60}', 'result.n is an integer beyond 2**53 - 1'],
      ['9 ** 9 ** 5', 'result is an integer beyond 2**53 - 1'],
      ['lambda: 1', 'result is a function'],
      ['(n for n in [1])', 'result is a generator, which JSON cannot hold; use list(…)'],
      ['1j', 'result is a complex'],
      ['object', 'result is a type'],
      ['type("Liar", (), {"__class__": dict})()', 'result cannot be written as JSON: '],
    ]
    for (const [expression, message] of cases) {
      const outcome = await run(`result = ${expression}`)
      expect(outcome, expression).to.include({ kind: 'bad_result' })
      expect(outcome.ok ? '' : outcome.message).to.include(message)
    }
    const circular = await run('a = {}\na["next"] = a\nresult = [a]')
    expect(circular).to.include({ kind: 'bad_result' })
    expect(circular.ok ? '' : circular.message).to.match(
      /^result\[0\]\.next\.next.{1,60}… is circular or over 1000 levels deep/,
    )
  })

  it('may give tuples, and subclasses of what JSON holds', async () => {
    expect(await value('result = (1, (2, 3), [])')).to.deep.equal([1, [2, 3], []])
    const script = `
import collections, enum
class Color(enum.IntEnum):
    RED = 3
Point = collections.namedtuple('Point', 'x y')
result = [collections.Counter('aab'), collections.OrderedDict(a=1), Color.RED, Point(1, 2), True]`
    expect(await value(script)).to.deep.equal([{ a: 2, b: 1 }, { a: 1 }, 3, [1, 2], true])
  })

  it('may not give more than the limit', async () => {
    for (const expression of [
      '"x" * 1_000_000',
      '[None] * 250_000',
      '[[]] * 400_000',
      '"é" * 1_000_001',
      '["x" * 10_000] * 10_000',
    ]) {
      expect(await value(`result = ${expression}`), expression).to.equal('result_too_large')
    }
    expect(await value('a = [1]\nfor _ in range(60): a = [a, a]\nresult = a')).to.equal('result_too_large')
    expect(await value('result = "é" * 999_998')).to.have.lengthOf(999_998)
  })

  it('is told where a syntax error is', async () => {
    const cases: [string, number, number, string][] = [
      ['result = = 1', 1, 10, 'SyntaxError: '],
      ['x = 1\nif x:\ny = 2', 3, 1, 'IndentationError: '],
      ['if True:\n\tx = 1\n        y = 2', 3, 0, 'TabError: '],
      ['"é" + = 1', 1, 7, 'SyntaxError: '],
      ['def f(:\n  pass', 1, 7, 'SyntaxError: '],
      ['break', 1, 1, 'SyntaxError: '],
    ]
    for (const [script, line, column, name] of cases) {
      const outcome = await run(script)
      expect(outcome, script).to.include({ kind: 'syntax', line })
      expect(outcome.ok ? '' : outcome.message).to.match(new RegExp(`^${name}`))
      if (column > 0) expect(outcome).to.include({ column })
    }
    for (const script of [
      'x = (1,',
      'x = """',
      '\0',
      '\ud800',
      '('.repeat(5000),
      `${'-'.repeat(200_000)}1`,
    ]) {
      expect(await value(script), script.slice(0, 10)).to.be.oneOf(['syntax', 'crashed'])
    }
    const long = new Sandbox({ language: 'python', allowUnsandboxedPython: true, maxSource: 4 })
    expect(await long.run('12345', null)).to.include({ kind: 'source_too_large' })
    await long.close()
  })

  it('is told what it raised, and on which of its lines', async () => {
    const cases: [string, number, string][] = [
      ['def f(x):\n  return 1 / x\n\nresult = f(0)', 2, 'ZeroDivisionError: division by zero'],
      ['\ninputs["key"]', 2, "TypeError: 'NoneType' object is not subscriptable"],
      ['import json\njson.loads("{")', 2, 'JSONDecodeError: Expecting property name'],
      ['def f(): f()\nf()', 1, 'RecursionError: maximum recursion depth exceeded'],
      ['raise KeyboardInterrupt', 1, 'KeyboardInterrupt'],
      ['import sys\nsys.exit(3)', 2, 'SystemExit: 3'],
      ['exec("1 +")', 1, 'SyntaxError: '],
      ['import numpy', 1, "ModuleNotFoundError: No module named 'numpy'"],
      ['input()', 1, 'EOFError: '],
      [
        'class E(Exception):\n  def __str__(self): raise self\nraise E',
        3,
        'E: an error that cannot be shown',
      ],
      ['raise ValueError("x" * 5000)', 1, `ValueError: ${'x'.repeat(1000)}`],
    ]
    for (const [script, line, message] of cases) {
      const outcome = await run(script)
      expect(outcome, script).to.include({ kind: 'runtime', line })
      expect(outcome.ok ? '' : outcome.message.slice(0, message.length)).to.equal(message)
    }
  })

  it('writes to outputs that are caught and capped, and outlive it', async () => {
    const script = `
import sys
print('é', 1, end='!')
print('to err', file=sys.stderr)
sys.stdout.buffer.write(b'bytes')
sys.stdout.flush()
result = sys.stdout.isatty()`
    expect(await run(script)).to.include({ value: false, stdout: 'é 1!bytes', stderr: 'to err\n' })
    expect(await run('print("a", flush=True)\nwhile True: pass', null, { timeout: 500 })).to.include({
      kind: 'timeout',
      stdout: 'a\n',
    })
    expect(await run('import os\nprint("a")\nos._exit(1)')).to.include({ kind: 'crashed', stdout: 'a\n' })
    expect(await run('print("a")\n1 / 0')).to.include({ kind: 'runtime', stdout: 'a\n' })
    const flood = await run('for _ in range(30_000): print("𝒳" * 9)\nresult = 1')
    expect(flood.ok && [...flood.stdout].length).to.be.within(65_536, 65_600)
    expect(flood.stdout).to.match(/\n\[234464 more characters were dropped\]\n$/)
    expect(await run('print("\\ud800", "\\0")\nresult = 1')).to.include({ value: 1, stdout: '? \0\n' })
  })

  it('computes the same in every run: random numbers, hashes, the order of sets', async () => {
    const script =
      'import random\nresult = [random.random(), random.sample(range(99), 5), list({"a", "b", "c", "d"})]'
    const first = await value(script)
    expect(await value(script)).to.deep.equal(first)
    const other = new Sandbox({ language: 'python', allowUnsandboxedPython: true, timeout: 5000 })
    expect(short(await other.run(script, null))).to.deep.equal(first)
    await other.close()
    expect(short(await run(script, null, { seed: 1 }))).to.not.deep.equal(first)
    expect(short(await run(script, null, { seed: '1' }))).to.not.deep.equal(
      short(await run(script, null, { seed: 1 })),
    )
  })
})
