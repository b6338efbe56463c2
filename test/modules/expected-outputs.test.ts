/** No script can reach what is expected of it: it is given the inputs, and nothing else of a sample is in its process. */

import { expect } from 'chai'
import {
  exactMatch,
  fit,
  PythonSynthesis,
  Sandboxes,
  ScriptSynthesis,
  Sequential,
  type Trace,
} from '../../src/modules/index.ts'
import type { Json, RunManyOptions, RunOptions, ScriptRunner } from '../../src/runtime/index.ts'
import { needsConfinedPython } from '../runtime/python/needs.ts'
import { listOptimizer } from '../support/script-programs.ts'

const MARK = 'marker-of-the-expected-output'

/** Looks everywhere that JavaScript can look; the words are in parts, or it would find itself. */
const SEARCH = `
const mark = ['marker', 'of-the', 'expected', 'output'].join('-')
const found = []
const seen = new Set()
const walk = (value, path, depth) => {
  if (typeof value === 'string' && value.includes(mark)) found.push(path)
  const isOpen = (typeof value === 'object' && value !== null) || typeof value === 'function'
  if (!isOpen || seen.has(value) || depth > 12) return
  seen.add(value)
  for (const key of Reflect.ownKeys(value)) {
    if (String(key).includes(mark)) found.push(path)
    let inner
    try { inner = value[key] } catch {}
    walk(inner, path + '.' + String(key), depth + 1)
  }
  walk(Object.getPrototypeOf(value), path + '.prototype', depth + 1)
  if (typeof value === 'function') walk(String(value), path + '()', depth + 1)
}
const stacks = []
const dig = depth => {
  if (depth > 0) return dig(depth - 1)
  try { null.x } catch (error) { stacks.push(error, error.stack, String(error)) }
}
dig(20)
walk(globalThis, 'global', 0)
walk(inputs, 'inputs', 0)
walk(stacks, 'stacks', 0)
walk((function () { return this })(), 'this', 0)
for (const name of ['process', 'require', 'module', 'expected', 'outputs', 'samples', 'reward', 'parent', 'tools'])
  try { walk(eval(name), name, 0) } catch {}
result = { found }
`

const PYTHON_SEARCH = `
import gc, os, sys
def search():
    mark = '-'.join(['marker', 'of-the', 'expected', 'output'])
    found = []
    def look(text, where):
        if mark in text: found.append(where)
    frame = sys._getframe()
    while frame:
        for name, value in list(frame.f_locals.items()) + list(frame.f_globals.items()):
            if name not in ('mark', 'found'): look(repr(value)[:100000], 'frame ' + name)
        frame = frame.f_back
    for value in gc.get_objects():
        if isinstance(value, (dict, list, tuple)) and value is not globals():
            for each in (value.values() if isinstance(value, dict) else value):
                if isinstance(each, (str, bytes)) and each is not mark:
                    look(each if isinstance(each, str) else each.decode('latin1'), 'object')
    look(repr(inputs), 'inputs')
    look(repr(dict(os.environ)), 'environment')
    for path in ('/proc/self/cmdline', '/proc/1/cmdline', '/proc/self/environ', '/proc/1/environ'):
        try:
            look(open(path, 'rb').read().decode('latin1'), path)
        except OSError:
            pass
    return found
result = {'found': search()}
`

/** Passes everything on, and keeps what it was given. */
class Recorder implements ScriptRunner {
  readonly given: unknown[] = []
  readonly #inner: ScriptRunner

  constructor(inner: ScriptRunner) {
    this.#inner = inner
  }

  run(script: string, inputs: Json, options?: RunOptions) {
    this.given.push(script, inputs, options)
    return this.#inner.run(script, inputs, options)
  }

  runMany(script: string, inputs: readonly Json[], options?: RunManyOptions) {
    this.given.push(script, inputs, options)
    return this.#inner.runMany(script, inputs, options)
  }

  async close() {}
}

const FOUND = {
  type: 'object',
  properties: { found: { type: 'array', items: { type: 'string' } } },
  required: ['found'],
} as const
const init = { schema: FOUND, defaultReturnValue: { found: ['default'] }, timeout: 10_000 }
const samples = [1, 2, 3].map(x => ({ inputs: { x }, outputs: { found: [MARK, String(x)] } }))

const searched = async (program: Sequential, runner: ScriptRunner, script: string) => {
  const outputs: Json[] = []
  await fit(program, samples, {
    optimizer: listOptimizer([[script, `${script}\n`]]),
    reward: (output, expected) => {
      outputs.push(output)
      return exactMatch()(output, expected)
    },
    budget: { generations: 1 },
    runner,
  })
  return outputs
}

describe('a script under training', function () {
  this.timeout(20_000)
  const sandboxes = new Sandboxes()
  after(() => sandboxes.close())
  const nothing = [{ found: [] }]

  it('finds what is expected nowhere in its world', async () => {
    const program = new Sequential({ modules: [new ScriptSynthesis({ ...init, script: SEARCH })] })
    const outputs = await searched(program, sandboxes, SEARCH)
    expect(outputs).to.have.length(6)
    expect(outputs).to.deep.equal(outputs.flatMap(() => nothing))
  })

  it('would find it if it were there', async () => {
    const errors: unknown[] = []
    const program = new Sequential({ modules: [new ScriptSynthesis({ ...init, script: SEARCH })] })
    const onTrace = ({ error }: Trace) => void errors.push(error)
    const output = await program.predict({ deep: [{ x: MARK }] }, { runner: sandboxes, onTrace })
    expect(errors).to.deep.equal([undefined])
    expect((output as { found: string[] }).found).to.include('inputs.deep.0.x')
  })

  it('is given the inputs of samples, and no more goes to the runner', async () => {
    const runner = new Recorder(sandboxes)
    const program = new Sequential({ modules: [new ScriptSynthesis({ ...init, script: SEARCH })] })
    await searched(program, runner, SEARCH)
    expect(runner.given.length).to.be.above(0)
    expect(JSON.stringify(runner.given)).not.to.contain(MARK)
    expect(runner.given[1]).to.deep.equal(samples.map(({ inputs }) => inputs))
  })

  describe('in Python', () => {
    before(needsConfinedPython)

    it('finds it nowhere either, and would if it were there', async () => {
      const program = new Sequential({ modules: [new PythonSynthesis({ ...init, script: PYTHON_SEARCH })] })
      const outputs = await searched(program, sandboxes, PYTHON_SEARCH)
      expect(outputs).to.deep.equal(outputs.flatMap(() => nothing))
      const output = await program.predict({ x: MARK }, { runner: sandboxes })
      expect((output as { found: string[] }).found).to.include('inputs')
    })
  })
})
