import { expect } from 'chai'
import { ChainOfThought, Sequential, type Trace } from '../../../src/modules/index.ts'
import { withoutThinking, withThinking } from '../../../src/modules/language/chain-of-thought.ts'
import { FakeRunner } from '../../support/fake-runner.ts'
import { ScriptedModel } from '../../support/scripted-model.ts'

const schema = { type: 'object', properties: { y: { type: 'integer' } }, required: ['y'] }
const runner = new FakeRunner()

describe('ChainOfThought', () => {
  it('has the model think before it answers, and keeps the thoughts to the trace', async () => {
    const module = new ChainOfThought({ instructions: 'Add.', schema })
    const traces: Trace[] = []
    const languageModel = new ScriptedModel('{"thinking":"1 and 2","y":3}')
    const onTrace = (trace: Trace): unknown => traces.push(trace)
    const program = new Sequential({ modules: [module] })
    expect(await program.predict([1, 2], { runner, languageModel, onTrace })).to.deep.equal({ y: 3 })
    expect(traces[0]).to.deep.include({ output: { y: 3 }, reply: { thinking: '1 and 2', y: 3 } })
    expect(Object.keys(languageModel.requests[0]?.schema?.properties ?? {})).to.deep.equal(['thinking', 'y'])
    expect(module.outputSpec).to.deep.equal(schema)
  })

  it('gives the thoughts when they are wanted', async () => {
    const module = new ChainOfThought({ schema, keepThinking: true })
    const languageModels = { default: new ScriptedModel('{"thinking":"?","y":3}') }
    expect(await module.call(1, { runner, languageModels })).to.deep.equal({ thinking: '?', y: 3 })
    expect(module.outputSpec).to.deep.equal(withThinking(schema))
  })

  it('needs a schema of records with room for thoughts', () => {
    expect(() => new ChainOfThought({ schema: { type: 'string' } })).to.throw(
      "schema must have properties, and none called 'thinking'",
    )
    expect(() => new ChainOfThought({ schema: withThinking(schema) })).to.throw("none called 'thinking'")
  })

  it('puts thoughts first, and takes them off again', () => {
    expect(withThinking(schema).required).to.deep.equal(['thinking', 'y'])
    expect(withThinking({ properties: {} }).required).to.deep.equal(['thinking'])
    expect(withoutThinking({ thinking: 'a', y: 1 })).to.deep.equal({ y: 1 })
    expect(withoutThinking(7)).to.equal(7)
  })
})
