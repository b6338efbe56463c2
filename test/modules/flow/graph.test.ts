import { expect } from 'chai'
import {
  Graph,
  GraphStep,
  Identity,
  lambda,
  type Module,
  ScriptSynthesis,
  type Trace,
} from '../../../src/modules/index.ts'
import { fromJson } from '../../../src/symbolic/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'
import { Y_SCHEMA } from '../../support/script-programs.ts'

const script = (text: string, more: object = {}): Module =>
  new ScriptSynthesis({ schema: Y_SCHEMA, script: text, defaultReturnValue: { y: -1 }, ...more })

const diamond = new Graph({
  steps: {
    sum: { module: script('result = { y: inputs.left.y + inputs.right.y }'), from: ['left', 'right'] },
    left: { module: script('result = { y: inputs.x + 1 }'), from: 'input' },
    right: { module: script('result = { y: inputs.x * 10 }'), from: 'input' },
  },
  output: 'sum',
})

describe('Graph', () => {
  it('runs each step on what it takes, whatever the order they are written in', async () => {
    expect(await diamond.predict({ x: 3 }, { runner: new FakeRunner() })).to.deep.equal({ y: 34 })
    expect(diamond.outputSpec).to.deep.equal(Y_SCHEMA)
  })

  it('takes many through each step as one batch, and knows their samples', async () => {
    const runner = new FakeRunner()
    const samples: number[] = []
    const onTrace = ({ path, sample }: Trace): unknown => path === 'steps.sum.module' && samples.push(sample)
    const outputs = await diamond.callMany([{ x: 1 }, null, { x: 2 }], { runner, onTrace })
    expect(outputs).to.deep.equal([{ y: 12 }, null, { y: 23 }])
    expect(runner.calls.map(({ count }) => count)).to.deep.equal([2, 2, 2])
    expect(samples).to.deep.equal([0, 2])
  })

  it('runs steps side by side that do not wait for each other', async () => {
    const runner = new FakeRunner({ delay: () => 10 })
    await diamond.predict({ x: 3 }, { runner })
    expect(runner.mostUnderWay).to.equal(2)
  })

  it('gives several outputs as a record, the input among them if wanted', async () => {
    const steps = { next: { module: script('result = { y: inputs.x + 1 }'), from: 'input' } }
    const graph = new Graph({ steps, output: ['input', 'next'] })
    expect(await graph.predict({ x: 3 }, { runner: new FakeRunner() })).to.deep.equal({
      input: { x: 3 },
      next: { y: 4 },
    })
    expect(graph.outputSpec).to.equal(null)
  })

  it('lets null go through, unless a step can do with what is left', async () => {
    const Small = lambda('graphTest.Small', x => (x < 10 ? x : null))
    const Large = lambda('graphTest.Large', x => (x < 10 ? null : x))
    const either = (needs: 'all' | 'any'): Graph =>
      new Graph({
        steps: {
          small: { module: new Small(), from: 'input' },
          large: { module: new Large(), from: 'input' },
          both: { module: new Identity(), from: ['small', 'large'], needs },
        },
        output: 'both',
      })
    const context = { runner: new FakeRunner() }
    expect(await either('any').callMany([1, 20, null], context)).to.deep.equal([
      { small: 1, large: null },
      { small: null, large: 20 },
      null,
    ])
    expect(await either('all').callMany([1, 20], context)).to.deep.equal([null, null])
  })

  it('has the variables of its steps, and survives JSON', () => {
    expect([...diamond.variables().keys()]).to.deep.equal([
      'steps.sum.module.state',
      'steps.left.module.state',
      'steps.right.module.state',
    ])
    const again = fromJson(JSON.parse(JSON.stringify(diamond)), Graph)
    expect(again.equals(diamond)).to.equal(true)
    expect(new GraphStep({ module: new Identity(), from: 'input' }).needs).to.equal('all')
  })

  it('refuses what cannot run, when it is built', () => {
    const id = new Identity()
    const graph =
      (steps: { [name: string]: { module: Module; from: string | string[] } }, output = 'a') =>
      () =>
        new Graph({ steps, output })
    expect(graph({ a: { module: id, from: 'inptu' } })).to.throw(
      'steps.a.from[0] must be one of input, a, got "inptu"',
    )
    expect(graph({ a: { module: id, from: 'input' } }, 'b')).to.throw(
      'output[0] must be one of input, a, got "b"',
    )
    expect(graph({ a: { module: id, from: 'b' }, b: { module: id, from: 'a' } })).to.throw(
      'has a circle: a <- b <- a',
    )
    expect(graph({ a: { module: id, from: 'input' }, b: { module: id, from: 'a' } })).to.throw(
      'steps.b is taken by no step, and is no output',
    )
    expect(graph({ input: { module: id, from: 'input' } }, 'input')).to.throw('has the name of the input')
    const inputSchema = { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] }
    const steps = {
      a: { module: script('result = { y: 1 }', { inputSchema }), from: 'b' },
      b: { module: script('result = { y: 1 }'), from: 'input' },
    }
    expect(graph(steps)).to.throw("steps.a cannot take what 'b' gives: 'x' is wanted, and never there")
  })

  it('may say what it takes, and is checked by that', async () => {
    const inputSchema = { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] }
    const steps = { a: { module: script('result = { y: inputs.x }', { inputSchema }), from: 'input' } }
    const graph = new Graph({ inputSchema, steps, output: ['input', 'a'] })
    expect(graph.inputSpec).to.deep.equal(inputSchema)
    expect(graph.outputSpec?.required).to.deep.equal(['input', 'a'])
    const traces: Trace[] = []
    const runner = new FakeRunner()
    const onTrace = (trace: Trace) => void traces.push(trace)
    const outputs = await graph.callMany([{ x: 1 }, { x: 'a' }], { runner, onTrace })
    expect(outputs).to.deep.equal([{ input: { x: 1 }, a: { y: 1 } }, null])
    const failure = traces.find(({ error }) => error !== undefined)
    expect([failure?.sample, failure?.error?.message]).to.deep.equal([
      1,
      "the input's 'x' must be a number, got \"a\"",
    ])
    expect(() => new Graph({ inputSchema: { type: 'string' }, steps, output: 'a' })).to.throw(
      "steps.a cannot take what 'input' gives: it is of type string, and object is wanted",
    )
    expect(fromJson(JSON.parse(JSON.stringify(graph)), Graph).equals(graph)).to.equal(true)
  })

  it('stops when a module throws', async () => {
    class Broken extends Identity.define('graphTest.Broken', {}) {
      override async call(): Promise<null> {
        throw new Error('broken')
      }
    }
    const steps = { a: { module: new Broken(), from: 'input' }, b: { module: new Identity(), from: 'a' } }
    const failure = await new Graph({ steps, output: ['a', 'b'] }).call(1, { runner: new FakeRunner() }).then(
      () => 'none',
      error => (error as Error).message,
    )
    expect(failure).to.equal('broken')
  })
})
