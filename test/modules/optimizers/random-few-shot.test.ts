import { expect } from 'chai'
import { type Proposal, randomFewShot, type Sample, Sequential } from '../../../src/modules/index.ts'
import { EXAMPLES, expectLaws, kindProgram, kindSamples, ran } from './support.ts'

/** The examples of every proposal in a run. */
async function setsOf(
  options: Parameters<typeof randomFewShot>[0],
  generations: number,
): Promise<Sample[][]> {
  const optimizer = randomFewShot(options)
  const proposals: Proposal[] = []
  const spy: typeof optimizer = {
    ...optimizer,
    propose: (state, context) => {
      const [made, next] = optimizer.propose(state, context) as [Proposal[], typeof state]
      proposals.push(...made)
      return [made, next]
    },
  }
  await ran(spy, { budget: { generations } })
  return proposals.map(({ updates }) => updates[0]?.[1] as Sample[])
}

describe('randomFewShot', () => {
  it('finds examples that help, and none of the samples it scores on is among them', async () => {
    const samples = kindSamples()
    const { result } = await ran(randomFewShot({ max: 6 }), { budget: { generations: 12 }, seed: 1 })
    expect(result.best.reward).to.be.above(result.baseline.reward)
    const { updates, samples: scored = [] } = result.best.proposal
    const [[path, examples] = []] = updates
    expect(path).to.equal(EXAMPLES)
    const shown = (examples as Sample[]).map(({ inputs }) => JSON.stringify(inputs))
    expect(scored.filter(at => shown.includes(JSON.stringify(samples[at]?.inputs)))).to.deep.equal([])
  })

  it('draws sets of the sizes asked for, none of them twice', async () => {
    const sets = await setsOf({ min: 2, max: 3, sets: 10 }, 5)
    expect(sets).to.have.length(50)
    expect(new Set(sets.map(set => set.length))).to.deep.equal(new Set([2, 3]))
    expect(new Set(sets.map(set => JSON.stringify(set)))).to.have.property('size', 50)
  })

  it('ends when all sets were tried', async () => {
    const { result } = await ran(randomFewShot({ min: 1, max: 1 }), { budget: { runs: 10_000 } })
    expect(result.stopReason).to.equal('exhausted')
    expect(result.evaluations).to.equal(8)
  })

  it('repeats, at any concurrency, and when its state goes through JSON at every step', async () => {
    await expectLaws(() => randomFewShot(), { budget: { generations: 4 } })
  })

  it('says what is missing', async () => {
    const [module] = kindProgram().modules
    const two = new Sequential({ modules: [module, module] as never })
    expect(await ran(randomFewShot(), { program: two }).catch(String)).to.contain(
      "'modules[0].examples.value.items', 'modules[1].examples.value.items': name one with targets",
    )
    const none = await ran(randomFewShot(), { targets: path => path.includes('instructions') }).catch(String)
    expect(none).to.equal(
      "Error: randomFewShot finds no list of examples to train; what may be trained: 'modules[0].instructions.value'",
    )
    const few = await ran(randomFewShot(), { samples: kindSamples().slice(0, 1) }).catch(String)
    expect(few).to.contain('needs samples to show and samples to score on, and there are 1')
    expect(() => randomFewShot({ min: 5 })).to.throw(RangeError, 'min not above max')
  })
})
