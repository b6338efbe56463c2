import { expect } from 'chai'
import { Module, ScriptSynthesis, Sequential, type Trace } from '../../src/modules/index.ts'
import type { Json } from '../../src/runtime/index.ts'
import { f } from '../../src/symbolic/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { Y_SCHEMA } from '../support/script-programs.ts'

class Stop extends Module.define('sequentialTest.Stop', { at: f.int() }) {
  async call(input: Json): Promise<Json> {
    const x = input === null ? null : (input as { x: number }).x
    return x === this.at ? null : input
  }
}

const script = (text: string) =>
  new ScriptSynthesis({ schema: Y_SCHEMA, script: text, defaultReturnValue: { y: -1 } })

const program = new Sequential({
  modules: [
    new Stop({ at: 2 }),
    script('result = { y: inputs.x + 1 }'),
    script('result = { y: inputs.y * 10 }'),
  ],
})

describe('Sequential', () => {
  it('hands each output to the next', async () => {
    expect(await program.predict({ x: 3 }, { runner: new FakeRunner() })).to.deep.equal({ y: 40 })
  })

  it('ends with a null on the way', async () => {
    const runner = new FakeRunner()
    expect(await program.predict({ x: 2 }, { runner })).to.equal(null)
    expect(await program.predict(null, { runner })).to.equal(null)
    expect(runner.calls).to.deep.equal([])
  })

  it('takes many through each module as one batch', async () => {
    const runner = new FakeRunner()
    const traces: Trace[] = []
    const context = { runner, onTrace: (trace: Trace) => void traces.push(trace) }
    expect(await program.callMany([{ x: 1 }, { x: 2 }, { x: 3 }], context)).to.deep.equal([
      { y: 20 },
      null,
      { y: 40 },
    ])
    expect(runner.calls.map(call => call.count)).to.deep.equal([2, 2])
    expect(traces.map(trace => `${trace.path} ${trace.sample}`)).to.deep.equal([
      'modules[1] 0',
      'modules[1] 2',
      'modules[2] 0',
      'modules[2] 2',
    ])
  })

  it('has the outputs of its last module', () => {
    expect(program.outputSpec).to.deep.equal(Y_SCHEMA)
    expect(new Sequential({ modules: [] }).outputSpec).to.equal(null)
  })

  it('may stand in another one', async () => {
    const nested = new Sequential({ modules: [program, script('result = { y: inputs.y + 1 }')] })
    expect(await nested.predict({ x: 3 }, { runner: new FakeRunner() })).to.deep.equal({ y: 41 })
    expect([...nested.variables().keys()]).to.deep.equal([
      'modules[0].modules[1].state',
      'modules[0].modules[2].state',
      'modules[1].state',
    ])
  })

  it('is nothing but what it is given when empty', async () => {
    expect(await new Sequential({ modules: [] }).predict([1], { runner: new FakeRunner() })).to.deep.equal([
      1,
    ])
  })

  it('refuses a module that cannot take what the one before gives', () => {
    const takesX = new ScriptSynthesis({
      schema: Y_SCHEMA,
      script: 'result = { y: inputs.x }',
      inputSchema: { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] },
      defaultReturnValue: { y: 0 },
    })
    expect(() => new Sequential({ modules: [script('result = { y: 1 }'), takesX] })).to.throw(
      "modules[1] cannot take what modules[0] gives: 'x' is wanted, and never there",
    )
    expect(new Sequential({ modules: [takesX] }).inputSpec).to.deep.equal(takesX.inputSpec)
    expect(new Sequential({ modules: [] }).inputSpec).to.equal(null)
  })
})
