import { expect } from 'chai'
import { evaluate, exactMatch, Lambda, lambda, Sequential, type Trace } from '../../../src/modules/index.ts'
import { fromJson, unregister } from '../../../src/symbolic/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'

const X = { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] }
const runner = new FakeRunner()

const Half = lambda(
  'lambdaTest.Half',
  ({ x }) => (x > 100 ? Promise.reject(new Error('too large')) : x / 2),
  {
    inputSchema: X,
    schema: { type: 'integer' },
  },
)

describe('lambda', () => {
  it('makes a class of modules of a function', async () => {
    const half = new Half({ name: 'half' })
    expect(half).to.be.instanceOf(Lambda)
    expect(await half.call({ x: 8 }, { runner })).to.equal(4)
    expect(await half.call(null, { runner })).to.equal(null)
    expect([half.inputSpec, half.outputSpec]).to.deep.equal([X, { type: 'integer' }])
    const Open = lambda('lambdaTest.Open', () => undefined)
    expect([new Open().inputSpec, new Open().outputSpec]).to.deep.equal([null, null])
    expect(await new Open().call(1, { runner })).to.equal(null)
  })

  it('is saved by its name', () => {
    const program = new Sequential({ modules: [new Half()] })
    const json = JSON.parse(JSON.stringify(program)) as unknown
    expect(fromJson(json, Sequential).equals(program)).to.equal(true)
    unregister(Half)
    expect(() => fromJson(json, Sequential)).to.throw('lambdaTest.Half')
  })

  it('makes a failed sample of what goes wrong', async () => {
    const traces: Trace[] = []
    const inputs = [{ x: 8 }, { x: 'a' }, { x: 101 }, { x: 3 }]
    const samples = inputs.map(each => ({ inputs: each, outputs: 4 }))
    const program = new Sequential({ modules: [new Half()] })
    const score = await evaluate(program, samples, {
      reward: exactMatch(),
      runner,
      onTrace: trace => void traces.push(trace),
    })
    expect(score.rewards).to.deep.equal([1, 0, 0, 0])
    const told = traces.map(
      ({ sample, error }) => `${sample} ${error?.kind ?? 'fine'}: ${error?.message ?? ''}`,
    )
    expect(told.sort()).to.deep.equal([
      '0 fine: ',
      "1 invalid_input: the input's 'x' must be a number, got \"a\"",
      '2 runtime: Error: too large',
      '3 invalid_result: result must be an integer, got 1.5',
    ])
  })

  it('gives JSON alone', async () => {
    const Odd = lambda('lambdaTest.Odd', () => ({ at: new Date() }))
    const traces: Trace[] = []
    expect(await new Odd().call(1, { runner, onTrace: trace => void traces.push(trace) })).to.equal(null)
    expect(traces[0]?.error).to.deep.equal({
      kind: 'invalid_result',
      message: "the result at 'at' is not JSON",
    })
  })

  it('is given the signal and the sample, and is called once', async () => {
    const seen: unknown[] = []
    const See = lambda('lambdaTest.See', (input, { signal, sample }) => {
      seen.push([input, sample, signal?.aborted])
      throw new Error('no')
    })
    const signal = AbortSignal.abort()
    const kinds: unknown[] = []
    await new See().callMany(['a', 'b'], {
      runner,
      signal,
      onTrace: ({ error }) => void kinds.push(error?.kind),
    })
    expect(seen).to.deep.equal([
      ['a', 0, true],
      ['b', 1, true],
    ])
    expect(kinds).to.deep.equal(['cancelled', 'cancelled'])
  })
})
