import { expect } from 'chai'
import {
  evaluate,
  exactMatch,
  Generator,
  lambda,
  type Module,
  PythonSynthesis,
  Sandboxes,
  ScriptSynthesis,
  Sequential,
  type Trace,
} from '../../src/modules/index.ts'
import { fromJson } from '../../src/symbolic/index.ts'
import { needsConfinedPython } from '../runtime/python/needs.ts'
import { ScriptedModel } from '../support/scripted-model.ts'

const Half = lambda('scriptToolsTest.Half', x => (x % 2 === 0 ? x / 2 : Promise.reject(new Error('odd'))), {
  inputSchema: { type: 'integer' },
})

const make = (script: string, tools: { readonly [name: string]: Module }) =>
  new Sequential({ modules: [new ScriptSynthesis({ schema: {}, script, defaultReturnValue: null, tools })] })

describe('tools of a script', () => {
  const runner = new Sandboxes()
  after(() => runner.close())

  it('are modules of the tree, called by name', async () => {
    const program = make('result = await tools.half(inputs)', { half: new Half() })
    expect(await program.predict(8, { runner })).to.equal(4)
    const again = fromJson(JSON.parse(JSON.stringify(program)), Sequential)
    expect(await again.predict(6, { runner })).to.equal(3)
  })

  it('tell what they did, each for its own sample', async () => {
    const told: [string, number, unknown, unknown][] = []
    const onTrace = ({ path, sample, input, output }: Trace) => void told.push([path, sample, input, output])
    const program = make('result = (await tools.half(inputs)) + 1', { half: new Half() })
    const outputs = await program.callMany([4, null, 10], { runner, onTrace })
    expect(outputs).to.deep.equal([3, null, 6])
    expect(told.filter(([path]) => path.includes('tools')).sort()).to.deep.equal([
      ['modules[0].tools.half', 0, 4, 2],
      ['modules[0].tools.half', 2, 10, 5],
    ])
  })

  it('fail as errors that the script may catch, and then nothing has failed', async () => {
    const careful = 'try { result = await tools.half(inputs) } catch (error) { result = error.message }'
    const samples = [{ inputs: 3, outputs: 'tools.half: Error: odd' }]
    const traces: Trace[] = []
    const options = { reward: exactMatch(), runner, onTrace: (trace: Trace) => void traces.push(trace) }
    const score = await evaluate(make(careful, { half: new Half() }), samples, options)
    expect(traces.find(({ path }) => path.includes('tools'))?.stderr).to.equal('Error: odd\n')
    expect(traces.map(({ error }) => error)).to.deep.equal([undefined, undefined])
    expect([score.failures, score.reward]).to.deep.equal([0, 1])
    const careless = await evaluate(
      make('result = await tools.half(inputs)', { half: new Half() }),
      samples,
      options,
    )
    expect(careless.failures).to.equal(1)
    expect(traces.at(-1)?.error?.message).to.contain('tools.half: Error: odd')
  })

  it('may be what a language model answers', async () => {
    const languageModel = new ScriptedModel(({ messages }) => `${messages.at(-1)?.content.length}`)
    const ask = new Generator({ schema: { type: 'string' }, instructions: 'Count.' })
    const program = make('result = await Promise.all(inputs.map(x => tools.ask(x)))', { ask })
    expect(await program.predict(['a', 'bcd'], { runner, languageModel })).to.deep.equal(['20', '22'])
    expect([...program.trainables().keys()]).to.include('modules[0].tools.ask.instructions.value')
  })
})

describe('tools of a script in Python', function () {
  this.timeout(20_000)
  before(needsConfinedPython)

  it('are plain functions there', async () => {
    const script = 'result = [tools.half(x) for x in inputs]'
    const module = new PythonSynthesis({
      schema: {},
      script,
      defaultReturnValue: null,
      tools: { half: new Half() },
    })
    expect(await new Sequential({ modules: [module] }).predict([2, 8])).to.deep.equal([1, 4])
  })
})
