import { expect } from 'chai'
import {
  accuracy,
  type CallContext,
  failureRate,
  Module,
  mean,
  measure,
  numericCloseness,
  Sequential,
} from '../../src/modules/index.ts'
import type { Json } from '../../src/runtime/index.ts'

class Double extends Module.define('measureTest.Double', {}) {
  async call(input: Json, _context: CallContext): Promise<Json> {
    if (input === 3) throw new Error('no threes')
    return typeof input === 'number' ? input * 2 : null
  }
}

describe('measure', () => {
  it('says what metrics say of a program', async () => {
    const samples = [1, 2, 3].map(x => ({ inputs: x, outputs: x === 2 ? 5 : x * 2 }))
    const metrics = { right: accuracy(), close: mean(numericCloseness()), failed: failureRate() }
    const figures = await measure(new Sequential({ modules: [new Double({})] }), samples, metrics)
    expect(figures).to.deep.equal({ right: 1 / 3, close: 0.5, failed: 1 / 3 })
  })
})
