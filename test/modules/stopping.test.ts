import { expect } from 'chai'
import { Spending } from '../../src/modules/spending.ts'
import { Stopping, type StoppingOptions } from '../../src/modules/stopping.ts'

const nowhere = { generations: 0, evaluations: 0, runs: 0 }
const stoppingBy = (more: Partial<StoppingOptions> = {}) =>
  new Stopping({ budget: {}, ledger: undefined, spending: new Spending({}, {}, undefined), ...more })

describe('Stopping', () => {
  it('names the limit that was reached', () => {
    const stopping = stoppingBy({ budget: { generations: 2, evaluations: 9, runs: 20 } })
    expect(stopping.endAt(nowhere)).to.equal(undefined)
    const limits = [{ generations: 2 }, { evaluations: 9 }, { runs: 21 }]
    for (const standing of limits) {
      expect(stopping.endAt({ ...nowhere, ...standing })).to.deep.equal({
        stopReason: 'budget',
        limit: Object.keys(standing)[0],
      })
    }
    expect(stoppingBy({ budget: { seconds: 0 } }).endAt(nowhere)).to.deep.equal({
      stopReason: 'budget',
      limit: 'seconds',
    })
  })

  it('knows what something was left out for, and the first such limit counts', () => {
    const stopping = stoppingBy()
    stopping.spend('runs')
    stopping.spend('questions')
    expect([stopping.isSpent, stopping.endAt(nowhere)?.limit]).to.deep.equal([true, 'runs'])
  })

  it('tells its own limits on models from those of a model', () => {
    const spending = new Spending({}, { calls: 1 }, undefined)
    const ofModel = stoppingBy({ spending })
    ofModel.spend('over_budget')
    expect(ofModel.endAt(nowhere)?.limit).to.equal('over_budget')
    spending.add({ calls: 1 })
    const own = stoppingBy({ spending })
    own.spend('over_budget')
    expect(own.endAt(nowhere)?.limit).to.equal('calls')
  })

  it('loses patience after so many generations without progress of a certain size', () => {
    const stopping = stoppingBy({ patience: 2, minDelta: 0.1 })
    const reasonAfter = (best: number | undefined) => {
      stopping.addGeneration(best)
      return stopping.endAt(nowhere)?.stopReason
    }
    stopping.start(0.5)
    expect([reasonAfter(0.55), reasonAfter(0.61), reasonAfter(0.65)]).to.deep.equal(Array(3).fill(undefined))
    // 0.7 is far above where the search began, and 0.09 above the last progress.
    expect(reasonAfter(0.7)).to.equal('patience')
  })

  it('goes by its signal first', () => {
    const stopping = stoppingBy({ budget: { seconds: 0 }, signal: AbortSignal.abort() })
    expect(stopping.endAt(nowhere)).to.deep.equal({ stopReason: 'aborted' })
  })
})
