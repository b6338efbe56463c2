import { expect } from 'chai'
import {
  DataError,
  DataModel,
  ScriptSynthesis,
  type ScriptSynthesisInit,
  type Trace,
  Variable,
} from '../../src/modules/index.ts'
import { type Json, Sandbox } from '../../src/runtime/index.ts'
import { f, fromJson, SymObject } from '../../src/symbolic/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'

class Rule extends SymObject.define('scriptSynthesisTest.Rule', { factor: f.float() }) {
  toScript(): string {
    return `result = { y: inputs.x * ${this.factor} }`
  }
}

const schema = { type: 'object', properties: { y: { type: 'number' } }, required: ['y'] }

const make = (more: Partial<ScriptSynthesisInit> & { script?: string } = {}) =>
  new ScriptSynthesis({
    schema,
    ...(more.state === undefined ? { script: 'result = { y: inputs.x * 2 }' } : {}),
    defaultReturnValue: { y: -1 },
    ...more,
  })

/** The output for an input, and the one trace of it. */
const call = async (module: ScriptSynthesis, input: Json = { x: 3 }, runner = new FakeRunner()) => {
  const traces: Trace[] = []
  const output = await module.call(input, { runner, onTrace: trace => void traces.push(trace) })
  return { output, trace: traces[0] as Trace, traces: traces.length }
}

describe('ScriptSynthesis', () => {
  it('runs its script on the input', async () => {
    const { output, trace } = await call(make())
    expect(output).to.deep.equal({ y: 6 })
    expect(trace).to.deep.include({ input: { x: 3 }, output: { y: 6 }, defaulted: false, sample: 0 })
    expect(trace).not.to.have.property('error')
  })

  it('takes a script, or a state that holds one, but not both', () => {
    const state = new Variable({
      schema: { type: 'object', properties: { script: { type: 'string' }, note: { default: '' } } },
      value: { script: 'result = 1' },
    })
    expect(make({ state }).script).to.equal('result = 1')
    expect(() => make({ state, script: 'result = 2' })).to.throw(TypeError, 'got both')
    const neither = { schema, defaultReturnValue: { y: 0 } }
    expect(() => new ScriptSynthesis(neither)).to.throw(TypeError, 'got neither')
    expect(() => make({ state: new Variable({ schema: { type: 'object' } }) })).to.throw(
      DataError,
      `state must hold a 'script' of text`,
    )
  })

  it('takes an empty script, which has no result', async () => {
    expect((await call(make({ script: '' }))).trace.error?.kind).to.equal('no_result')
  })

  it('puts what a script prints into the trace, and only there', async () => {
    const { output, trace } = await call(make({ script: 'console.log("hi"); result = { y: 1 }' }))
    expect(output).to.deep.equal({ y: 1 })
    expect(trace.stdout).to.equal('hi\n')
  })

  it('takes falsy results as results', async () => {
    for (const value of [0, '', false, null, [], {}]) {
      const script = `result = ${JSON.stringify(value)}`
      const module = make({ schema: {}, script, defaultReturnValue: 'default' })
      const { output, trace } = await call(module)
      expect([output, trace.defaulted]).to.deep.equal([value, false])
    }
  })

  it('gives the default and says why when a script fails', async () => {
    const kinds: [script: string, kind: string, message: string][] = [
      ['throw new TypeError("no")', 'runtime', 'TypeError: no'],
      ['result = {', 'syntax', 'SyntaxError'],
      ['const y = 1', 'no_result', 'no result'],
      ['result = { y: "three" }', 'invalid_result', 'result.y must be a number, got "three"'],
      ['result = { y: 1, stdout: "" }', 'invalid_result', 'result.stdout is not in the schema'],
    ]
    for (const [script, kind, message] of kinds) {
      const { output, trace } = await call(make({ script }))
      expect(output).to.deep.equal({ y: -1 })
      expect(trace).to.include({ defaulted: true })
      expect(trace.error?.kind).to.equal(kind)
      expect(trace.error?.message).to.contain(message)
      expect(trace.output).to.deep.equal(output)
    }
  })

  it('passes on the line where it failed', async () => {
    expect((await call(make({ script: 'no()' }))).trace.error?.line).to.equal(1)
  })

  it('fills the defaults of its schema into results', async () => {
    const withDefault = { ...schema, properties: { ...schema.properties, sure: { default: false } } }
    const module = make({ schema: withDefault })
    expect((await call(module)).output).to.deep.equal({ y: 6, sure: false })
    expect(module.get('defaultReturnValue')).to.have.property('size', 2)
  })

  it('checks inputs before the script runs, where it has a schema for them', async () => {
    const runner = new FakeRunner()
    const module = make({ inputSchema: { type: 'object', properties: { x: { type: 'number' } } } })
    const { output, trace } = await call(module, { x: 'a' }, runner)
    expect(output).to.deep.equal({ y: -1 })
    expect(trace.error).to.deep.equal({
      kind: 'invalid_input',
      message: `the input's 'x' must be a number, got "a"`,
    })
    expect(runner.calls).to.deep.equal([])
  })

  it('lets null through without running', async () => {
    const runner = new FakeRunner()
    const { output, traces } = await call(make(), null, runner)
    expect([output, traces, runner.calls.length]).to.deep.equal([null, 0, 0])
  })

  it('runs many inputs as one batch, each with its own outcome', async () => {
    const runner = new FakeRunner()
    const traces: Trace[] = []
    const script = 'if (inputs.x < 0) throw new Error("negative"); result = { y: inputs.x }'
    const outputs = await make({ script }).callMany([{ x: 1 }, null, { x: -1 }, { x: 4 }], {
      runner,
      onTrace: trace => void traces.push(trace),
    })
    expect(outputs).to.deep.equal([{ y: 1 }, null, { y: -1 }, { y: 4 }])
    expect(traces.map(trace => [trace.sample, trace.defaulted])).to.deep.equal([
      [0, false],
      [2, true],
      [3, false],
    ])
    expect(runner.calls).to.deep.equal([{ script, count: 3, context: 'input' }])
  })

  it('shares a context among inputs only when the rule wrote the script', async () => {
    const rule = new Rule({ factor: 3 })
    const contextOf = async (module: ScriptSynthesis) => {
      const runner = new FakeRunner()
      await module.callMany([{ x: 1 }, { x: 2 }], { runner })
      return runner.calls[0]?.context
    }
    const pure = make({ rule, script: rule.toScript() })
    expect([pure.isPure, await contextOf(pure)]).to.deep.equal([true, 'script'])
    const touched = pure.rebind([['state.value.script', `${rule.toScript()} `]])
    expect([touched.isPure, await contextOf(touched)]).to.deep.equal([false, 'input'])
    const lying = make({ rule: { toScript: 'text' }, script: 'text' })
    expect(lying.isPure).to.equal(false)
  })

  it('refuses a default that does not fit, at any time', () => {
    expect(() => make({ defaultReturnValue: { y: 'a' } })).to.throw(
      DataError,
      'defaultReturnValue.y must be a number',
    )
    expect(() => make({ defaultReturnValue: undefined })).to.throw(DataError)
    expect(() => make().rebind([['defaultReturnValue.y', 'a']])).to.throw(DataError)
    expect(() => make().rebind([['schema.properties.y.type', 'string']])).to.throw(DataError)
    expect(make({ schema: {}, defaultReturnValue: null }).defaultReturnValue).to.equal(null)
  })

  it('knows the schema of its outputs, as data or as a model', () => {
    expect(make().outputSpec).to.deep.equal(schema)
    expect(make({ schema: DataModel.of(schema) }).outputSpec).to.deep.equal(schema)
  })

  it('may have a script that is not chosen yet, and then says so when it is asked to run', async () => {
    class Choice extends SymObject.define('scriptSynthesisTest.Choice', { of: f.list(f.string()) }) {
      static standsFor = () => null
    }
    const open = make().rebind([['state.value.script', new Choice({ of: ['result = 1'] })]])
    const failed = await call(open).catch(String)
    expect(failed).to.contain('is not chosen yet: materialize the space first')
  })

  it('is the same after JSON', async () => {
    const rule = new Rule({ factor: 3 })
    const module = make({ rule, script: rule.toScript(), seedScripts: ['result = { y: 0 }'], timeout: 50 })
    const loaded = fromJson(JSON.parse(JSON.stringify(module)), ScriptSynthesis)
    expect(loaded.equals(module)).to.equal(true)
    expect(loaded.isPure).to.equal(true)
    expect(await call(loaded)).to.deep.equal(await call(module))
  })
})

describe('ScriptSynthesis in a sandbox', () => {
  it('survives scripts that hang, lie, and break their world', async () => {
    await using runner = new Sandbox({ memory: 64 })
    const scripts = [
      'while (true) {}',
      'process.exit(1)',
      'Object.prototype.y = 5; result = {}',
      'result = () => 1',
    ]
    const outputs: Json[] = []
    const kinds: unknown[] = []
    for (const script of scripts) {
      const module = make({ script, timeout: 60 })
      const context = { runner, onTrace: (trace: Trace) => void kinds.push(trace.error?.kind) }
      outputs.push(...(await module.callMany([{ x: 1 }], context)))
    }
    expect(outputs).to.deep.equal(scripts.map(() => ({ y: -1 })))
    expect(kinds).to.deep.equal(['timeout', 'runtime', 'invalid_result', 'bad_result'])
    expect('y' in {}).to.equal(false)
  })

  it('ends with the signal', async () => {
    await using runner = new Sandbox()
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 30)
    let kind: unknown
    const output = await make({ script: 'while (true) {}', timeout: 5000 }).call(
      {},
      {
        runner,
        signal: controller.signal,
        onTrace: trace => {
          kind = trace.error?.kind
        },
      },
    )
    expect([output, kind]).to.deep.equal([{ y: -1 }, 'cancelled'])
  })
})
