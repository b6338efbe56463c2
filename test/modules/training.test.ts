import { expect } from 'chai'
import { type Evaluation, exactMatch, type Optimizer } from '../../src/modules/index.ts'
import { Training } from '../../src/modules/training.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { proposalOf, samplesOf, scriptProgram } from '../support/script-programs.ts'

const samples = samplesOf(x => x)

/** Proposes three scripts a generation, and remembers every evaluation. */
const recorder = (seen: Evaluation[]): Optimizer<number> => ({
  name: 'recorder',
  init: () => 0,
  propose: async state => [
    [0, 1, 2].map(i => proposalOf(`result = { y: ${state} + ${i} }`, `g${state}`)),
    state + 1,
  ],
  observe: (state, evaluations) => {
    seen.push(...evaluations)
    return state
  },
  save: state => state,
  restore: data => Number(data),
})

const train = (optimizer: Optimizer<number>, more: object = {}) =>
  new Training(
    scriptProgram(),
    samples,
    { optimizer, reward: exactMatch(), budget: { generations: 2 }, ...more },
    new FakeRunner(),
  ).run()

describe('Training', () => {
  it('numbers candidates in the order proposed', async () => {
    const seen: Evaluation[] = []
    await train(recorder(seen))
    expect(seen.map(({ id, proposal }) => `${id} ${proposal.operator}`)).to.deep.equal([
      '0 g0',
      '1 g0',
      '2 g0',
      '3 g1',
      '4 g1',
      '5 g1',
    ])
  })

  it('gives one reward per sample of the batch, and their mean', async () => {
    const seen: Evaluation[] = []
    await train(recorder(seen), { batchSize: 2 })
    expect(seen.every(({ rewards }) => rewards.length === 2)).to.equal(true)
    expect(seen.every(({ rewards, reward }) => reward === (rewards[0]! + rewards[1]!) / 2)).to.equal(true)
  })

  it('tells the optimizer what it may change and where it starts', async () => {
    const targets: (readonly string[])[] = []
    const optimizer = {
      ...recorder([]),
      init: (context: { targets: readonly string[] }) => targets.push(context.targets),
    }
    await train(optimizer)
    await train(optimizer, { targets: (path: string) => path.endsWith('.value') })
    expect(targets).to.deep.equal([['modules[0].rule', 'modules[0].state.value'], ['modules[0].state.value']])
  })

  it('passes on what an optimizer throws', async () => {
    const optimizer = { ...recorder([]), propose: () => Promise.reject(new Error('no idea')) }
    expect(await train(optimizer).catch(String)).to.equal('Error: no idea')
  })
})
