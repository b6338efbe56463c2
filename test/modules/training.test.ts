import { expect } from 'chai'
import {
  type Evaluation,
  exactMatch,
  type LanguageFunction,
  type Optimizer,
} from '../../src/modules/index.ts'
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
  Training.run(
    scriptProgram(),
    samples,
    { optimizer, reward: exactMatch(), budget: { generations: 2 }, ...more },
    { runner: new FakeRunner() },
  )

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

  it('scores a proposal on the samples it names, with records when it asks for them', async () => {
    const seen: Evaluation[] = []
    const optimizer: Optimizer<number> = {
      ...recorder(seen),
      propose: state => [
        [{ ...proposalOf('result = { y: inputs.x }'), samples: [3, 1], isProbe: true, isRecorded: true }],
        state + 1,
      ],
    }
    const { best, evaluations } = await train(optimizer, { target: 2 })
    expect(seen[0]).to.deep.include({ samples: [3, 1], rewards: [1, 1] })
    expect(seen[0]?.records?.map(({ output }) => output)).to.deep.equal([{ y: 4 }, { y: 2 }])
    // What was only looked at cannot win.
    expect([best.id, evaluations]).to.deep.equal([-1, 2])
  })

  it('runs no more samples than its budget has, and says what it ran', async () => {
    const seen: Evaluation[] = []
    const result = await train(recorder(seen), { budget: { runs: 17 } })
    // The base program takes four, and so does each candidate; a fourth would be too many.
    expect([result.runs, seen.length, result.stopReason]).to.deep.equal([16, 3, 'budget'])
  })

  it('asks what the optimizer asks, as far as the budget goes, and hands it the answers', async () => {
    const told: string[] = []
    const curious: Optimizer<number> = {
      ...recorder([]),
      propose: state => [
        [],
        state + 1,
        [0, 1].map(i => ({ languageModel: 'wise', messages: [{ role: 'user', content: `${state} ${i}` }] })),
      ],
      observe: (state, _evaluations, _context, answers = []) => {
        told.push(...answers.map(answer => (answer.ok ? String(answer.value) : answer.kind)))
        return state
      },
    }
    const wise: LanguageFunction = ({ messages }) => `${messages[0]?.content}!`
    const options = { languageModel: { wise }, budget: { questions: 5 } }
    const { asked, stopReason } = await train(curious, options)
    expect(told).to.deep.equal(['0 0!', '0 1!', '1 0!', '1 1!'])
    expect([asked.questions, stopReason]).to.deep.equal([4, 'budget'])
    // Asking alone leads nowhere, and comes to an end.
    expect((await train(curious, { ...options, budget: { runs: 9 } })).stopReason).to.equal('exhausted')
  })
})
