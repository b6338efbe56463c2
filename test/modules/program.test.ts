import { expect } from 'chai'
import { lambda, PredictError, Sequential, type Trace } from '../../src/modules/index.ts'
import { oneOf, space } from '../../src/search/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { SCRIPT_PATH, scriptOf, scriptProgram } from '../support/script-programs.ts'

describe('Program', () => {
  it('knows its variables and what in it may be trained', () => {
    const program = scriptProgram('result = { y: 1 }')
    expect([...program.variables().keys()]).to.deep.equal(['modules[0].state'])
    expect(program.variables().get('modules[0].state')?.at('script')).to.equal('result = { y: 1 }')
    expect([...program.trainables().keys()]).to.deep.equal(['modules[0].rule', 'modules[0].state.value'])
  })

  it('predicts, in a sandbox of its own when no runner is given', async () => {
    const program = scriptProgram('result = { y: inputs.x * 7 }')
    expect(await program.predict({ x: 3 })).to.deep.equal({ y: 21 })
    expect(await program.predict({ x: 3 }, { runner: new FakeRunner() })).to.deep.equal({ y: 21 })
  })

  it('tells what happened inside', async () => {
    const traces: Trace[] = []
    const program = scriptProgram('no()')
    const output = await program.predict(
      { x: 1 },
      {
        runner: new FakeRunner(),
        onTrace: trace => void traces.push(trace),
      },
    )
    expect(output).to.deep.equal({ y: -1 })
    expect(traces.map(({ path, error }) => [path, error?.kind])).to.deep.equal([['modules[0]', 'runtime']])
  })

  it('may be a search space, scripts included', () => {
    const scripts = ['result = { y: 1 }', 'result = { y: 2 }']
    const programs = space(scriptProgram(), new Map([[SCRIPT_PATH, oneOf(scripts)]]))
    expect([...programs.iterate()].map(dna => scriptOf(programs.materialize(dna)))).to.deep.equal(scripts)
  })

  it('is a version of its own after a change', async () => {
    const old = scriptProgram('result = { y: 1 }')
    const next = old.rebind([[SCRIPT_PATH, 'result = { y: 2 }']])
    const runner = new FakeRunner()
    expect(await old.predict({ x: 0 }, { runner })).to.deep.equal({ y: 1 })
    expect(await next.predict({ x: 0 }, { runner })).to.deep.equal({ y: 2 })
    expect(scriptOf(old)).to.equal('result = { y: 1 }')
  })

  it('rejects when a module failed and has nothing to give', async () => {
    const Picky = lambda('programTest.Picky', x => (x === 1 ? null : Promise.reject(new Error('not 1'))))
    const program = new Sequential({ modules: [new Picky()] })
    expect(await program.predict(1)).to.equal(null)
    const error = await program.predict(2).then(
      () => null,
      reason => reason as PredictError,
    )
    expect(error).to.be.instanceOf(PredictError)
    expect(error).to.include({ kind: 'runtime', path: 'modules[0]', code: 'predict' })
    expect(error?.message).to.equal('modules[0] failed: Error: not 1')
  })
})
