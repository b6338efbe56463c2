import { expect } from 'chai'
import { type CallContext, Module, type Trace } from '../../src/modules/index.ts'
import type { Json } from '../../src/runtime/index.ts'
import { f } from '../../src/symbolic/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'

class Add extends Module.define('moduleTest.Add', { amount: f.int() }) {
  async call(input: Json, context: CallContext): Promise<Json> {
    if (input === null) return null
    const output = (input as number) + this.amount
    const trace: Trace = {
      path: this.path.toString(),
      sample: context.sample ?? -1,
      input,
      output,
      defaulted: false,
      stdout: '',
      stderr: '',
      ms: 0,
    }
    context.onTrace?.(trace)
    return output
  }
}

class Twice extends Module.define('moduleTest.Twice', { inner: f.object(Module) }) {
  async call(input: Json, context: CallContext): Promise<Json> {
    return (await this.inner.callMany([input, input], context)).at(-1) as Json
  }
}

const runner = new FakeRunner()

describe('Module', () => {
  it('is trainable, without a name, unless it says otherwise', () => {
    const add = new Add({ amount: 1 })
    expect([add.name, add.description, add.trainable, add.outputSpec]).to.deep.equal(['', '', true, null])
  })

  it('calls many by calling each, in order', async () => {
    expect(await new Add({ amount: 1 }).callMany([1, null, 3], { runner })).to.deep.equal([2, null, 4])
  })

  it('tells which sample a trace belongs to, however deep the call', async () => {
    const samples: number[] = []
    const context = { runner, onTrace: (trace: Trace) => void samples.push(trace.sample) }
    const twice = new Twice({ inner: new Add({ amount: 1 }) })
    await twice.callMany([10, 20], context)
    expect(samples.sort()).to.deep.equal([0, 0, 1, 1])
    expect(twice.inner.path.toString()).to.equal('inner')
  })
})
