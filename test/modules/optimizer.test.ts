import { expect } from 'chai'
import {
  BASE_ID,
  type Evaluation,
  numericCloseness,
  type Optimizer,
  type OptimizerContext,
  fit as train,
} from '../../src/modules/index.ts'
import type { Json } from '../../src/runtime/index.ts'
import { Rng } from '../../src/search/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { proposalOf, samplesOf, scriptProgram } from '../support/script-programs.ts'

interface Climb {
  readonly generation: number
  readonly factor: number
  readonly reward: number
  readonly parent: number
}

/** Climbs by random steps of a factor; its whole state is four numbers. */
const climber: Optimizer<Climb> = {
  name: 'climber',
  init: () => ({ generation: 0, factor: 1, reward: 0, parent: BASE_ID }),
  propose: (state, { seed }) => {
    const random = Rng.from(seed).split('climb').split(state.generation)
    const factors = [0, 1, 2].map(() => state.factor + random.normal())
    const proposals = factors.map(factor => ({
      ...proposalOf(`result = { y: inputs.x * ${factor} }`, 'step'),
      parents: [state.parent],
    }))
    return [proposals, { ...state, generation: state.generation + 1 }]
  },
  observe: (state, evaluations) => evaluations.reduce(better, state),
  save: state => ({ ...state }),
  restore: data => data as unknown as Climb,
}

function better(state: Climb, { id, reward, proposal }: Evaluation): Climb {
  const factor = Number(/\* (.*) }/.exec(String(proposal.updates[0]?.[1]))?.[1])
  return reward > state.reward ? { ...state, factor, reward, parent: id } : state
}

/** The same, but saved as text and restored before every step. */
const forgetful: Optimizer<Json> = {
  ...(climber as unknown as Optimizer<Json>),
  init: context => climber.save(climber.init(context)),
  propose: async (state, context) => {
    const [proposals, next] = await climber.propose(restored(state, context), context)
    return [proposals, climber.save(next)]
  },
  observe: (state, evaluations, context) =>
    climber.save(climber.observe(restored(state, context), evaluations, context)),
}

const restored = (state: Json, context: OptimizerContext) =>
  climber.restore(JSON.parse(JSON.stringify(state)), context)

const samples = samplesOf(x => x * 3.5)
const run = <State>(optimizer: Optimizer<State>, seed: number) =>
  train(scriptProgram(), samples, {
    optimizer,
    reward: numericCloseness(),
    budget: { generations: 12 },
    runner: new FakeRunner(),
    seed,
  })
const rewards = ({ history }: { history: readonly { best: number; mean: number }[] }) =>
  history.map(({ best, mean }) => [best, mean])

describe('an optimizer', () => {
  it('makes a program better by its rewards alone', async () => {
    const { best, baseline, history } = await run(climber, 1)
    expect(best.reward).to.be.above(baseline.reward)
    expect(best.proposal.operator).to.equal('step')
    expect(history).to.have.length(12)
  })

  it('repeats by its seed', async () => {
    expect(rewards(await run(climber, 5))).to.deep.equal(rewards(await run(climber, 5)))
    expect(rewards(await run(climber, 5))).not.to.deep.equal(rewards(await run(climber, 6)))
  })

  it('goes on alike when its state went through JSON', async () => {
    expect(rewards(await run(forgetful, 5))).to.deep.equal(rewards(await run(climber, 5)))
  })
})
