import { expect } from 'chai'
import { z } from 'zod'
import {
  DataModel,
  PythonSynthesis,
  Sandboxes,
  ScriptModule,
  type ScriptModuleInit,
  ScriptSynthesis,
  type Trace,
} from '../../src/modules/index.ts'
import { f, fromJson, SymDict } from '../../src/symbolic/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { Y_SCHEMA } from '../support/script-programs.ts'

const classes = [ScriptSynthesis, PythonSynthesis] as const
const init: ScriptModuleInit = { schema: Y_SCHEMA, script: 'result = 1', defaultReturnValue: { y: 0 } }

for (const Class of classes) {
  describe(`a script module (${Class.name})`, () => {
    it('takes its schemas as whatever a model can be made of', () => {
      const sources = [
        Y_SCHEMA,
        SymDict.from(Y_SCHEMA),
        DataModel.of(Y_SCHEMA),
        f.struct({ y: f.float() }),
        z.strictObject({ y: z.number() }),
      ]
      for (const schema of sources) {
        const module = new Class({ ...init, schema, inputSchema: schema })
        expect(module.outputSpec).to.deep.include({ type: 'object', required: ['y'] })
        expect(module.inputSpec).to.deep.equal(module.outputSpec)
        expect(fromJson(JSON.parse(JSON.stringify(module)), ScriptModule).equals(module)).to.equal(true)
      }
    })

    it('takes a script or a state, and says which class it is when it gets neither', () => {
      const { script: _, ...neither } = init
      expect(() => new Class(neither)).to.throw(TypeError, `espalier.${Class.name} is made with a script`)
    })

    it('fails on inputs that do not fit before anything runs', async () => {
      const runner = new FakeRunner()
      const module = new Class({ ...init, inputSchema: Y_SCHEMA })
      const traces: Trace[] = []
      const outputs = await module.callMany([{ y: 'a' }, null], {
        runner: new Sandboxes({ javascript: runner, python: runner }),
        onTrace: trace => void traces.push(trace),
      })
      expect(outputs).to.deep.equal([{ y: 0 }, null])
      expect(traces.map(({ error }) => error?.kind)).to.deep.equal(['invalid_input'])
      expect(runner.calls).to.deep.equal([])
    })
  })
}

describe('a script module in TypeScript', () => {
  it('runs with its types', async () => {
    await using runner = new Sandboxes()
    const script =
      'type In = { x: number }\nconst f = ({ x }: In): number => x + 1\nresult = { y: f(inputs) }'
    const module = new ScriptSynthesis({ ...init, language: 'typescript', script })
    expect(await module.call({ x: 2 }, { runner })).to.deep.equal({ y: 3 })
    const plain = new ScriptSynthesis({ ...init, script })
    expect(await plain.call({ x: 2 }, { runner })).to.deep.equal({ y: 0 })
    expect([module.language, plain.language]).to.deep.equal(['typescript', 'javascript'])
  })
})
