import { expect } from 'chai'
import { z } from 'zod'
import {
  Generator,
  Graph,
  PredictError,
  Sequential,
  Tool,
  type ToolOptions,
  type Trace,
  tool,
} from '../../../src/modules/index.ts'
import { fromJson } from '../../../src/symbolic/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'
import { ScriptedModel } from '../../support/scripted-model.ts'

const runner = new FakeRunner()
const inputSchema = { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] }
let made = 0
const make = (execute: ToolOptions['execute'], more: Partial<ToolOptions> = {}) =>
  tool(`toolTest.Made${made++}`, { description: 'Does something', inputSchema, execute, ...more })

const call = async (instance: Tool, input: object, signal?: AbortSignal) => {
  const traces: Trace[] = []
  const output = await instance.call(input as never, {
    runner,
    signal,
    onTrace: trace => void traces.push(trace),
  })
  return { output, error: traces[0]?.error }
}

describe('tool', () => {
  const Look = tool('toolTest.Look', {
    description: 'Looks a word up',
    inputSchema: z.strictObject({ word: z.string() }),
    outputSchema: { type: 'object', properties: { found: { type: 'boolean' } }, required: ['found'] },
    execute: async ({ word }, { sample }) => ({ found: word.length > 3 + sample }),
  })

  it('makes a class of modules that call a function of the host', async () => {
    const look = new Look()
    expect(look).to.be.instanceOf(Tool)
    expect(await look.callMany([{ word: 'four' }, { word: 'four' }, null], { runner })).to.deep.equal([
      { found: true },
      { found: false },
      null,
    ])
    expect([look.description, look.inputSpec, Look.inputSchema.type]).to.deep.equal([
      'Looks a word up',
      Look.inputSchema,
      'object',
    ])
    expect(new Look({ description: 'Finds' }).description).to.equal('Finds')
    const program = new Sequential({ modules: [look] })
    expect(fromJson(JSON.parse(JSON.stringify(program)), Sequential).equals(program)).to.equal(true)
  })

  it('may be called by a graph, and by a language model that writes its input', async () => {
    const ask = new Generator({ instructions: 'What is to be looked up?', schema: Look.inputSchema })
    const program = new Graph({
      steps: { ask: { module: ask, from: 'input' }, look: { module: new Look(), from: 'ask' } },
      output: 'look',
    })
    const languageModel = new ScriptedModel('{"word":"house"}')
    expect(await program.predict('Is there a house?', { runner, languageModel })).to.deep.equal({
      found: true,
    })
    const wrong = new Generator({ schema: { type: 'object', properties: {}, required: [] } })
    expect(() => new Sequential({ modules: [wrong, new Look()] })).to.throw(
      "'word' is wanted, and never there",
    )
  })

  it('is called once, whatever becomes of it', async () => {
    let calls = 0
    const Broken = make(() => {
      calls++
      throw new Error('no')
    })
    const program = new Sequential({ modules: [new Broken()] })
    const failed = await program.predict({ word: 'a' }, { runner }).catch(error => error)
    expect(failed).to.be.instanceOf(PredictError)
    expect(failed.message).to.equal('modules[0] failed: Error: no')
    expect((await call(new Broken(), { word: 1 })).error?.kind).to.equal('invalid_input')
    expect(calls).to.equal(1)
  })

  it('is told when it takes too long, and not waited for', async () => {
    let reason: unknown
    const Slow = make(
      (_, { abortSignal }) =>
        new Promise(() => {
          abortSignal.addEventListener('abort', () => {
            reason = abortSignal.reason.message
          })
        }),
      { timeout: 20 },
    )
    expect(await call(new Slow(), { word: 'a' })).to.deep.equal({
      output: null,
      error: { kind: 'tool_timeout', message: 'it took longer than 20 ms' },
    })
    expect(reason).to.equal('it took longer than 20 ms')
  })

  it('ends with the signal', async () => {
    const Slow = make(() => new Promise(() => {}))
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 10)
    expect((await call(new Slow(), { word: 'a' }, controller.signal)).error?.kind).to.equal('cancelled')
    let calls = 0
    const Counting = make(() => void calls++)
    expect((await call(new Counting(), { word: 'a' }, AbortSignal.abort())).error?.kind).to.equal('cancelled')
    expect(calls).to.equal(0)
  })

  it('needs words, and a time that can be waited for', () => {
    expect(() => make(() => 1, { description: ' ' })).to.throw(TypeError, 'needs a description')
    expect(() => make(() => 1, { timeout: 0 })).to.throw(RangeError, 'timeout of the tool')
  })
})
