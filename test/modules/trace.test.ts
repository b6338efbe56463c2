import { expect } from 'chai'
import { Identity, Sequential, type Trace } from '../../src/modules/index.ts'
import { invalidInput, tell } from '../../src/modules/trace.ts'
import { FakeRunner } from '../support/fake-runner.ts'

describe('tell', () => {
  it('tells where, which sample, and what, and gives the output', () => {
    const traces: Trace[] = []
    const module = new Sequential({ modules: [new Identity()] }).modules.at(0) as Identity
    const context = {
      runner: new FakeRunner(),
      sample: 3,
      onTrace: (trace: Trace) => void traces.push(trace),
    }
    const begun = performance.now()
    expect(tell(module, context, { input: 1, output: 2, begun })).to.equal(2)
    const error = { kind: 'refused', message: 'no' } as const
    tell(module, { ...context, sample: undefined }, { input: 1, output: null, error, begun })
    expect(traces.map(({ ms: _, ...rest }) => rest)).to.deep.equal([
      { path: 'modules[0]', sample: 3, defaulted: false, input: 1, output: 2, stdout: '', stderr: '' },
      {
        path: 'modules[0]',
        sample: 0,
        defaulted: true,
        input: 1,
        output: null,
        error,
        stdout: '',
        stderr: '',
      },
    ])
    expect(tell(module, { runner: new FakeRunner() }, { input: 1, output: 2, begun })).to.equal(2)
  })
})

describe('invalidInput', () => {
  it('is a sentence about the input', () => {
    expect(invalidInput({ path: '', message: 'must be JSON' }).message).to.equal('the input must be JSON')
    expect(invalidInput({ path: 'a.b', message: 'is missing' }).message).to.equal(
      "the input's 'a.b' is missing",
    )
  })
})
