import { expect } from 'chai'
import {
  evaluate,
  exactMatch,
  fit,
  PythonSynthesis,
  Sandboxes,
  type ScriptModuleInit,
  ScriptSynthesis,
  Sequential,
  type Trace,
} from '../../src/modules/index.ts'
import { fromJson } from '../../src/symbolic/index.ts'
import { needsConfinedPython } from '../runtime/python/needs.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { listOptimizer, Y_SCHEMA } from '../support/script-programs.ts'

const make = (script: string, more: Partial<ScriptModuleInit> = {}) =>
  new PythonSynthesis({ schema: Y_SCHEMA, script, defaultReturnValue: { y: -1 }, ...more })

describe('PythonSynthesis', () => {
  it('is data, and has what a script module has', () => {
    const module = make('result = {"y": 1}', { seedScripts: ['result = {"y": 2}'] })
    expect(module.timeout).to.equal(5000)
    expect([module.script, module.isPure]).to.deep.equal(['result = {"y": 1}', false])
    expect(fromJson(JSON.parse(JSON.stringify(module)), PythonSynthesis).equals(module)).to.equal(true)
    expect(() => make('', { defaultReturnValue: {} })).to.throw('espalier.PythonSynthesis.defaultReturnValue')
  })

  it('gives the default and says what to do when its runner runs no Python', async () => {
    const traces: Trace[] = []
    const program = new Sequential({ modules: [make('result = {"y": 1}')] })
    const runner = new FakeRunner()
    const onTrace = (trace: Trace) => void traces.push(trace)
    expect(await program.predict({}, { runner, onTrace })).to.deep.equal({ y: -1 })
    expect(traces[0]?.error?.kind).to.equal('unavailable')
    expect(traces[0]?.error?.message).to.contain('pass { runner: new Sandboxes({ python: … }) }')
    const failed = await fit(program, [{ inputs: 1, outputs: { y: 1 } }], {
      optimizer: listOptimizer([['result = {"y": 1}']]),
      reward: exactMatch(),
      budget: { generations: 1 },
      runner,
    }).catch(String)
    expect(failed).to.contain('the program cannot be run: the runner that was given runs no python')
  })
})

describe('PythonSynthesis in a sandbox', function () {
  this.timeout(20_000)
  before(needsConfinedPython)
  const runner = new Sandboxes()
  after(() => runner.close())

  const call = async (module: PythonSynthesis, input = { x: 3 }) => {
    const traces: Trace[] = []
    const output = await module.call(input, { runner, onTrace: trace => void traces.push(trace) })
    return { output, trace: traces[0] as Trace }
  }

  it('runs scripts of Synalinks as they are', async () => {
    const script = `
from collections import Counter

def transform(inputs):
    grid = inputs.get("input_grid")
    [(background, _)] = Counter(c for row in grid for c in row).most_common(1)
    print("background", background)
    return {"output_grid": [[background if c == 5 else c for c in row] for row in grid]}

result = transform(inputs)
`
    const grid = { type: 'array', items: { type: 'array', items: { type: 'integer' } } } as const
    const schema = { type: 'object', properties: { output_grid: grid }, required: ['output_grid'] }
    const module = new PythonSynthesis({ schema, script, defaultReturnValue: { output_grid: [] } })
    const program = new Sequential({ modules: [module] })
    const traces: Trace[] = []
    const onTrace = (trace: Trace) => void traces.push(trace)
    const input = { input_grid: [[5, 0, 0], [0, 3, 5]] } // biome-ignore format: a grid
    expect(await program.predict(input, { onTrace })).to.deep.equal({ output_grid: [[0, 0, 0], [0, 3, 0]] }) // biome-ignore format: a grid
    expect(traces[0]?.stdout).to.equal('background 0\n')
  })

  it('gives the default and says why when a script fails', async () => {
    const kinds: [script: string, kind: string, message: string][] = [
      ['def f(:', 'syntax', 'SyntaxError'],
      ['y = 1\nraise ValueError("no")', 'runtime', 'ValueError: no'],
      ['y = 1', 'no_result', 'result'],
      ['result = {1, 2}', 'bad_result', 'a set'],
      ['result = {"y": "three"}', 'invalid_result', 'result.y must be a number, got "three"'],
      ['while True: pass', 'timeout', '200'],
    ]
    for (const [script, kind, message] of kinds) {
      const { output, trace } = await call(make(script, { timeout: 200 }))
      expect(output, script).to.deep.equal({ y: -1 })
      expect(trace.error?.kind, script).to.equal(kind)
      expect(trace.error?.message).to.contain(message)
    }
    const { trace } = await call(make('y = 1\nraise ValueError("no")'))
    expect(trace.error?.line).to.equal(2)
  })

  it('stands beside JavaScript in one program, and is trained like it', async () => {
    const program = new Sequential({
      modules: [
        new ScriptSynthesis({
          schema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
          script: 'result = { n: inputs.x * 2 }',
          defaultReturnValue: { n: 0 },
          trainable: false,
        }),
        make('result = {"y": 0}'),
      ],
    })
    const samples = [1, 2, 5].map(x => ({ inputs: { x }, outputs: { y: 2 * x + 1 } }))
    const path = 'modules[1].state.value.script'
    const optimizer = listOptimizer([['no', 'result = {"y": inputs["n"] + 1}']])
    const { program: trained, best } = await fit(program, samples, {
      optimizer: {
        ...optimizer,
        propose: async (state, context) => {
          const [proposals, next] = await optimizer.propose(state, context)
          return [proposals.map(each => ({ ...each, updates: [[path, each.updates[0]?.[1]]] })), next]
        },
      },
      reward: exactMatch(),
      budget: { generations: 2 },
    })
    expect(best.reward).to.equal(1)
    expect((await evaluate(trained, samples, { reward: exactMatch() })).reward).to.equal(1)
  })
})
