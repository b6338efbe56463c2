import { expect } from 'chai'
import {
  Branch,
  Generator,
  Identity,
  type Module,
  ScriptSynthesis,
  Sequential,
  type Trace,
} from '../../../src/modules/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'
import { Y_SCHEMA } from '../../support/script-programs.ts'
import { ScriptedModel } from '../../support/scripted-model.ts'

const runner = new FakeRunner()
const script = (text: string): Module =>
  new ScriptSynthesis({ schema: Y_SCHEMA, script: text, defaultReturnValue: { y: -1 } })

const branch = new Branch({
  name: 'which',
  instructions: 'Is x small?',
  branches: { small: script('result = { y: inputs.x }'), large: script('result = { y: inputs.x / 10 }') },
})

describe('Branch', () => {
  it('runs the way that the model chooses, and no other', async () => {
    const program = new Sequential({ modules: [branch] })
    const languageModels = {
      default: new ScriptedModel(({ messages }) =>
        messages.at(-1)?.content.includes('"x":1}') ? '{"choice":"small"}' : '{"choice":"large"}',
      ),
    }
    const traces: Trace[] = []
    const onTrace = (trace: Trace): unknown => traces.push(trace)
    const outputs = await program.callMany([{ x: 1 }, null, { x: 90 }], { runner, languageModels, onTrace })
    expect(outputs).to.deep.equal([{ y: 1 }, null, { y: 9 }])
    expect(traces.map(({ path, sample }) => `${sample} ${path}`).sort()).to.deep.equal([
      '0 modules[0].branches.small',
      '0 modules[0].decision',
      '2 modules[0].branches.large',
      '2 modules[0].decision',
    ])
  })

  it('gives null when there is no decision', async () => {
    const languageModels = { default: new ScriptedModel('none') }
    expect(await branch.call({ x: 1 }, { runner, languageModels })).to.equal(null)
  })

  it('gives what its ways give, where that is known', () => {
    expect(branch.outputSpec).to.deep.equal(Y_SCHEMA)
    const text = new Generator({ schema: { type: 'string' } })
    const spec = (branches: { [label: string]: Module }) => new Branch({ branches }).outputSpec
    expect(spec({ a: text, b: script('1') })).to.deep.equal({ anyOf: [{ type: 'string' }, Y_SCHEMA] })
    expect(spec({ a: text, b: new Identity() })).to.equal(null)
  })

  it('has a way for each label', () => {
    expect(branch.name).to.equal('which')
    expect([...branch.decision.labels]).to.deep.equal(['small', 'large'])
    expect(() => branch.rebind([['decision.labels', ['small', 'huge']]])).to.throw(
      "branches must be one for each label: 'huge', 'small'; got large, small",
    )
  })
})
