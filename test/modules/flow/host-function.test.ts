import { expect } from 'chai'
import { callHost, HostError } from '../../../src/modules/flow/host-function.ts'
import { DataModel, Identity, type Trace } from '../../../src/modules/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'

const runner = new FakeRunner()
const integer = DataModel.of({ type: 'integer' })

describe('callHost', () => {
  const call = async (run: (input: unknown) => unknown, input: number | null | string = 1) => {
    const traces: Trace[] = []
    const context = { runner, onTrace: (trace: Trace) => void traces.push(trace) }
    const output = await callHost(new Identity(), { takes: integer, gives: integer, run }, input, context)
    return [output, traces[0]?.error?.kind, traces[0]?.error?.message]
  }

  it('gives what the function gives', async () => {
    expect(await call(x => Number(x) + 1)).to.deep.equal([2, undefined, undefined])
    expect(await call(() => 1, null)).to.deep.equal([null, undefined, undefined])
  })

  it('says what was wrong otherwise', async () => {
    expect(await call(() => 1, 'a')).to.deep.equal([
      null,
      'invalid_input',
      'the input must be an integer, got "a"',
    ])
    expect(await call(() => 1.5)).to.deep.equal([
      null,
      'invalid_result',
      'result must be an integer, got 1.5',
    ])
    expect(await call(() => Symbol.iterator)).to.deep.equal([
      null,
      'invalid_result',
      'the result is not JSON',
    ])
    const thrown = (error: unknown) => call(() => Promise.reject(error))
    expect(await thrown(new RangeError('far'))).to.deep.equal([null, 'runtime', 'RangeError: far'])
    expect(await thrown('text')).to.deep.equal([null, 'runtime', 'text'])
    expect(await thrown(new HostError('tool_timeout', 'late'))).to.deep.equal([null, 'tool_timeout', 'late'])
  })
})
