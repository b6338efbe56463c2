import { expect } from 'chai'
import {
  bootstrapFewShot,
  ChainOfThought,
  type Example,
  type LanguageFunction,
  Sequential,
} from '../../../src/modules/index.ts'
import { EXAMPLES, expectLaws, follower, kindProgram, kindSamples, ran } from './support.ts'

const RULES = 'apple: fruit\npear: fruit\nplum: fruit\nsaw: tool\ndrill: tool\nfile: fruit'
const teacher = [['modules[0].instructions.value.text', RULES]] as const

describe('bootstrapFewShot', () => {
  it('learns from the runs of a teacher that went well, and from no others', async () => {
    const { result } = await ran(bootstrapFewShot({ teacher, max: 3 }), {
      budget: { generations: 2 },
      seed: 1,
    })
    expect(result.baseline.reward).to.equal(0)
    expect(result.best.reward).to.be.above(0.2)
    const examples = result.best.proposal.updates[0]?.[1] as Example[]
    expect(examples.length).to.be.within(1, 3)
    for (const { inputs, outputs } of examples) {
      const expected = kindSamples().find(sample => JSON.stringify(sample.inputs) === JSON.stringify(inputs))
      expect(outputs).to.deep.equal(expected?.outputs)
    }
    expect(JSON.stringify(examples)).not.to.match(/file|fig|plane/)
  })

  it('takes a sample out of the examples of its own lesson', async () => {
    const samples = kindSamples()
    const asked: string[] = []
    const spy: LanguageFunction = request => {
      asked.push(JSON.stringify(request.messages))
      return follower(request)
    }
    const program = kindProgram().rebind([[EXAMPLES, samples]])
    const given = { program, targets: (path: string) => path.includes('examples'), languageModel: spy }
    const { result } = await ran(bootstrapFewShot(), { ...given, target: 2, budget: { generations: 1 } })
    expect(result.baseline.reward).to.equal(1)
    const lessons = asked.slice(samples.length)
    expect(lessons).to.have.length(8)
    // One of them stands in the system message, and one is the input itself.
    for (const lesson of lessons) expect(lesson.match(/<input>/g)).to.have.length(2 + samples.length - 1)
  })

  it('gives each module what it took and gave, thoughts included', async () => {
    const schema = { type: 'object', properties: { kind: { type: 'string' } }, required: ['kind'] } as const
    const program = new Sequential({ modules: [new ChainOfThought({ instructions: 'Sort.', schema })] })
    const thinker: LanguageFunction = async request => {
      const { kind } = JSON.parse(String(await follower(request))) as { kind: string }
      return JSON.stringify({ thinking: 'I follow the rules.', kind })
    }
    const { result } = await ran(bootstrapFewShot({ teacher, sets: 2 }), {
      program,
      languageModel: thinker,
      budget: { generations: 2 },
    })
    const [[, examples] = []] = result.best.proposal.updates
    const [example] = examples as Example[]
    expect(example?.outputs).to.deep.include({ thinking: 'I follow the rules.' })
  })

  it('ends with the program it was given when the teacher knows nothing', async () => {
    const { result } = await ran(bootstrapFewShot(), { budget: { generations: 9 } })
    expect([result.stopReason, result.best.id]).to.deep.equal(['exhausted', -1])
  })

  it('repeats, at any concurrency, and when its state goes through JSON at every step', async () => {
    await expectLaws(() => bootstrapFewShot({ teacher, lessons: 6 }), { budget: { generations: 4 } })
  })

  it('refuses counts that are none', () => {
    expect(() => bootstrapFewShot({ sets: 0 })).to.throw(
      RangeError,
      'sets must be a whole number of at least 1, got 0',
    )
  })
})
