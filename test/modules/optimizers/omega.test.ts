import { expect } from 'chai'
import { type FitEvent, omega } from '../../../src/modules/index.ts'
import { fromJson } from '../../../src/symbolic/index.ts'
import { EXAMPLES, expectLaws, follower, INSTRUCTIONS, kindProgram, ran } from './support.ts'

const options = { languageModel: 'reflection', children: 3 } as const
const targets = (path: string) => path === 'modules[0].instructions.value'
const prompts = (events: readonly FitEvent[]): string[] =>
  events.flatMap(event => (event.type === 'answered' ? [event.question.messages.at(-1)?.content ?? ''] : []))

describe('omega', () => {
  it('writes better instructions within a budget of questions, and the saved program scores the same', async () => {
    const { result } = await ran(omega(options), { targets, budget: { questions: 30 }, seed: 1 })
    expect(result.best.reward).to.be.above(0.6)
    expect(result.asked.questions).to.be.at.most(30)
    const loaded = fromJson(JSON.parse(JSON.stringify(result.program))) as ReturnType<typeof kindProgram>
    const again = await ran(omega(options), { program: loaded, budget: { generations: 0 } })
    expect(again.result.baseline.reward).to.equal(result.best.reward)
  })

  it('repeats, at any concurrency, and when its state goes through JSON at every step', async () => {
    await expectLaws(() => omega({ ...options, crossoverRate: 0.5, populationSize: 4 }), {
      targets,
      budget: { questions: 15 },
    })
  })

  it('shows the model the parent with its own rewards, errors and worst runs', async () => {
    const { events } = await ran(omega({ ...options, shownRuns: 2, instructions: 'Be exact.' }), {
      targets,
      budget: { questions: 3 },
    })
    const [first = ''] = prompts(events)
    expect(first).to.contain('What to improve on: Be exact.')
    expect(first).to.contain(`the value at 'modules[0].instructions.value'`)
    expect(first).to.contain('<value>\n{"text":"Sort the text."}\n</value>')
    expect(first).to.contain(
      'Its reward is 0 ± 0 (mean and standard error) on 16 samples, of which 0 failed.',
    )
    expect(first.match(/<run>/g)).to.have.length(2)
  })

  it('crosses two candidates', async () => {
    const { events } = await ran(omega({ ...options, crossoverRate: 1 }), {
      targets,
      budget: { questions: 12 },
    })
    const crossed = prompts(events).filter(prompt => prompt.includes('Here are two versions'))
    expect(crossed.length).to.be.above(3)
    for (const prompt of crossed) expect(new Set(prompt.match(/<value>\n.*\n/g))).to.have.property('size', 2)
  })

  it('starts from the seeds that modules name, too', async () => {
    const program = kindProgram().rebind([['modules[0].seedInstructions', ['plum: fruit\nfig: fruit']]])
    const { result } = await ran(omega(options), { program, budget: { generations: 1 } })
    expect(result.best.reward).to.equal(0.25)
    expect(result.best.proposal.operator).to.equal('seed')
    expect(result.evaluations).to.equal(2)
  })

  it('writes whatever fits the schema of a variable, such as examples, and nothing else', async () => {
    const example = { inputs: { text: 'a pear' }, outputs: { kind: 'fruit' } }
    const replies = [{ value: { items: 'none' } }, { value: { items: [example] } }]
    const models = { default: follower, reflection: () => JSON.stringify(replies.shift()) }
    const { result, events } = await ran(omega({ languageModel: 'reflection', children: 1 }), {
      targets: path => path.startsWith('modules[0].examples'),
      languageModel: models,
      budget: { questions: 1 },
    })
    // The first reply did not fit and was repaired by the second.
    expect(events.flatMap(event => (event.type === 'answered' ? [event.answer.ok] : []))).to.deep.equal([
      true,
    ])
    expect(result.program.get(EXAMPLES as never)).to.have.length(1)
    expect(result.best.reward).to.equal(0.125)
  })

  it('ends when the model has nothing new to say', async () => {
    const models = { default: follower, reflection: () => '{"value":{"text":"Sort the text."}}' }
    const { result } = await ran(omega(options), { targets, languageModel: models, budget: { runs: 1000 } })
    expect(result.stopReason).to.equal('exhausted')
    expect(result.runs).to.equal(16)
    expect(result.program.get(INSTRUCTIONS as never)).to.equal('Sort the text.')
  })

  it('refuses what no run could go by', () => {
    expect(() => omega({ crossoverRate: 2 })).to.throw(RangeError, 'crossoverRate must be from 0 to 1, got 2')
    expect(() => omega({ children: 0 })).to.throw(
      RangeError,
      'children must be a whole number of at least 1, got 0',
    )
  })
})
