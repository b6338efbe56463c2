import { expect } from 'chai'
import { omegaQuestion, type Parent, valueIn } from '../../../src/modules/optimizers/omega-question.ts'

const asking = {
  languageModel: 'large',
  instructions: '',
  feedback: () => 'no',
  temperature: 1,
  program: '',
  description: 'How to greet.',
  schema: {
    type: 'object',
    $defs: { word: { type: 'string' } },
    properties: { text: { $ref: '#/$defs/word' } },
  },
  rollout: 3,
} as const
const parent = (text: string): Parent => ({
  value: { text },
  score: { reward: 0.123456, rewards: [0, 0.25], failures: 1, standardError: 0.1 },
  seen: [{ inputs: 1, expected: 2, output: 3, reward: 0, traces: [] }],
})

describe('omegaQuestion', () => {
  it('shows a parent with reward, standard error, failures and runs', () => {
    const question = omegaQuestion({ operator: 'mutation', parents: [0], path: 'p' }, [parent('Hi')], asking)
    const prompt = question.messages.at(-1)?.content ?? ''
    expect(prompt).to.contain(`the value at 'p' (How to greet.)`)
    expect(prompt).to.contain(
      'Its reward is 0.123 ± 0.1 (mean and standard error) on 2 samples, of which 1 failed.',
    )
    expect(prompt).to.contain('<run>\n{"input":1,"output":3,"reward":0,"feedback":"no"}\n</run>')
    expect(question).to.deep.include({ languageModel: 'large', rollout: 3, seed: 3 })
  })

  it('shows both parents of a crossing', () => {
    const bred = { operator: 'crossover', parents: [0, 1], path: 'p' } as const
    const prompt = omegaQuestion(bred, [parent('Hi'), parent('Ho')], asking).messages.at(-1)?.content ?? ''
    expect(prompt.match(/<value>/g)).to.have.length(2)
    expect(prompt).to.contain('Write one value that has what is good in both.')
  })

  it('asks for a value of the schema, whose definitions stay where references find them', () => {
    const { schema } = omegaQuestion(
      { operator: 'mutation', parents: [0], path: 'p' },
      [parent('Hi')],
      asking,
    )
    expect(schema).to.deep.equal({
      type: 'object',
      properties: { value: { type: 'object', properties: { text: { $ref: '#/$defs/word' } } } },
      required: ['value'],
      $defs: { word: { type: 'string' } },
    })
  })
})

describe('valueIn', () => {
  it('is what the model wrote, falsy values too', () => {
    expect(valueIn({ ok: true, value: { value: 0 }, usage: {} })).to.equal(0)
    expect(valueIn({ ok: false, kind: 'failed', message: 'no' })).to.equal(undefined)
  })
})
