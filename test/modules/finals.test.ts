import { expect } from 'chai'
import { Finals } from '../../src/modules/finals.ts'
import { exactMatch, type FitEvent, numericCloseness, type Proposal } from '../../src/modules/index.ts'
import { BASE_PROPOSAL } from '../../src/modules/proposal.ts'
import { Scorer } from '../../src/modules/scorer.ts'
import { Spending } from '../../src/modules/spending.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { proposalOf, SCRIPT_PATH, samplesOf, scriptOf, scriptProgram } from '../support/script-programs.ts'

const base = scriptProgram('result = { y: 0 }')
const training = samplesOf(x => x)
const deciding = samplesOf(x => x, [5, 6])
const context = {
  program: base,
  template: base,
  targets: ['modules[0].state.value'],
  samples: training,
  seed: 0,
}

const setUp = ({ size = 3, reward = exactMatch() } = {}) => {
  const events: FitEvent[] = []
  const runner = new FakeRunner()
  const scorer = new Scorer({ reward, runner, concurrency: 2, spending: new Spending({}, {}, undefined) })
  const baseline = { reward: 0, rewards: [0, 0], failures: 0, standardError: 0, timeouts: 0 }
  const entrant = { program: base, id: -1, proposal: BASE_PROPOSAL, trainReward: 0 }
  const finals = new Finals(entrant, baseline, {
    scorer,
    deciding,
    size,
    tell: event => void events.push(event),
  })
  let id = 0
  const offer = (script: string, reward: number) => {
    const proposal = proposalOf(script)
    const program = base.rebind([[SCRIPT_PATH, script]])
    finals.offer(program, { proposal, id: id++, samples: [0], rewards: [reward], reward, failures: 0 })
  }
  const validated = () => events.flatMap(event => (event.type === 'validated' ? [event.id] : []))
  return { finals, offer, validated, runner, events }
}

describe('Finals', () => {
  it('lets the base program win unless a candidate is better', async () => {
    const { finals, offer } = setUp()
    offer('result = { y: 1 }', 0.9)
    const { program, finalist } = await finals.choose()
    expect(program).to.equal(base)
    expect(finalist).to.include({ id: -1, reward: 0 })
  })

  it('goes by the deciding samples, not by the training', async () => {
    const { finals, offer } = setUp()
    offer('result = { y: inputs.x < 5 ? inputs.x : 0 }', 1)
    offer('result = { y: inputs.x > 4 ? inputs.x : 0 }', 0.5)
    expect((await finals.choose()).finalist).to.deep.include({ id: 1, reward: 1, trainReward: 0.5 })
  })

  it('keeps the best, best first and the earlier of equals, and each once', async () => {
    const { finals, offer, validated } = setUp()
    const rewards = [0.1, 0.5, 0.5, 0.9, 0.9, 0.2, 0.7]
    rewards.forEach((reward, i) => {
      offer(`result = { y: ${i === 4 ? 3 : i} }`, reward)
    })
    await finals.choose()
    expect(validated()).to.deep.equal([3, 6, 1])
  })

  it('says whether the target is reached where it counts', async () => {
    const { finals, offer, runner } = setUp()
    offer('result = { y: 1 }', 0.5)
    expect(await finals.reach(1)).to.equal(false)
    expect(runner.calls).to.deep.equal([])
    offer('result = { y: inputs.x < 5 ? inputs.x : 0 }', 1)
    expect(await finals.reach(1)).to.equal(false)
    offer('result = { y: inputs.x }', 1)
    expect(await finals.reach(1)).to.equal(true)
  })

  it('does not let those that only seem to be perfect keep out the one that is', async () => {
    const { finals, offer } = setUp({ size: 2 })
    for (const y of [1, 2, 3, 4]) {
      offer(`result = { y: inputs.x < 5 ? inputs.x : ${y} }`, 1)
      expect(await finals.reach(1)).to.equal(false)
    }
    offer('result = { y: inputs.x }', 1)
    expect(await finals.reach(1)).to.equal(true)
    expect((await finals.choose()).finalist).to.include({ id: 4, reward: 1 })
  })

  it('simplifies as long as no sample gets worse, those of training included', async () => {
    const { finals, offer } = setUp({ reward: numericCloseness() })
    offer('result = { y: 0 + inputs.x }', 1)
    const kept: boolean[] = []
    const tried = [
      'result = { y: inputs.x }',
      'result = { y: inputs.x > 4 ? inputs.x : 0 }',
      'result = 1',
      'result = { y: inputs.x < 5 ? inputs.x : 0 }',
    ]
    const optimizer = {
      simplify: async (_: Proposal, keeps: (proposal: Proposal) => Promise<boolean>) => {
        for (const script of tried) kept.push(await keeps(proposalOf(script)))
        kept.push(await keeps(proposalOf(3)))
        return proposalOf(tried[0])
      },
    }
    const simpler = await finals.simplify(await finals.choose(), optimizer, context, undefined)
    expect(kept).to.deep.equal([true, false, false, false, false])
    expect(scriptOf(simpler.program)).to.equal(tried[0])
    expect(simpler.finalist).to.include({ id: 0, reward: 1, trainReward: 1 })
  })

  it('tries so often and no more, and not at all when aborted', async () => {
    const { finals, offer } = setUp()
    offer('result = { y: inputs.x }', 1)
    const winner = await finals.choose()
    let kept = 0
    const optimizer = {
      simplify: async (proposal: Proposal, keeps: (proposal: Proposal) => Promise<boolean>) => {
        for (let i = 0; i < 1100; i++) if (await keeps(proposal)) kept++
        return proposal
      },
    }
    expect(await finals.simplify(winner, optimizer, context, undefined)).to.equal(winner)
    expect(kept).to.equal(1000)
    await finals.simplify(winner, optimizer, context, AbortSignal.abort())
    expect(kept).to.equal(1000)
  })

  it('leaves the base program as it is', async () => {
    const { finals } = setUp()
    const winner = await finals.choose()
    const optimizer = { simplify: () => Promise.reject(new Error('asked')) }
    expect(await finals.simplify(winner, optimizer, context, undefined)).to.equal(winner)
  })
})
