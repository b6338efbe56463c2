import { expect } from 'chai'
import { contextOf } from '../../../src/modules/fit-context.ts'
import { exactMatch, type FitOptions, type Sample } from '../../../src/modules/index.ts'
import { checkStart, startOf } from '../../../src/modules/ledger/start.ts'
import { type ListState, listOptimizer, samplesOf, scriptProgram } from '../../support/script-programs.ts'

const options: FitOptions<ListState> = {
  optimizer: listOptimizer([]),
  reward: exactMatch(),
  budget: { generations: 1 },
}
const start = (more: Partial<FitOptions<ListState>> = {}, samples: readonly Sample[] = samplesOf(x => x)) => {
  const all = { ...options, ...more }
  return startOf(contextOf(scriptProgram(), samples, all), all)
}

describe('startOf', () => {
  it('is the same for the same run, whatever the order of keys', () => {
    const of = (sample: object) => start({}, [{ inputs: sample as never, outputs: 0 }])
    expect(of({ a: 1, b: [2] })).to.deep.equal(of({ b: [2], a: 1 }))
    expect(of({ a: 1, b: [2] }).samples).not.to.equal(of({ a: 1, b: { 0: 2 } }).samples)
  })

  it('has the names of models and metrics, and nothing of what only makes it faster', () => {
    const small = () => ''
    const { options } = start({ languageModel: { small }, concurrency: 3, metrics: {}, checkpoint: 'x' })
    expect(options).to.deep.equal({
      budget: { generations: 1 },
      metrics: [],
      languageModel: { small: 'small' },
    })
  })
})

describe('checkStart', () => {
  it('takes the same run', () => {
    expect(() => checkStart('file', start(), start())).not.to.throw()
  })

  it('names what differs', () => {
    expect(() => checkStart('file', start(), start({ targets: path => path.endsWith('value') }))).to.throw(
      'file: is the ledger of another run: what may be trained was ["modules[0].rule","modules[0].state.value"] and is ["modules[0].state.value"]; give it another file',
    )
    expect(() => checkStart('file', { type: 'searched', stopReason: 'budget' }, start())).to.throw(
      "file:1: the first record is of type 'searched', not 'fit'",
    )
  })
})
