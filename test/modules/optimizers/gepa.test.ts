import { expect } from 'chai'
import {
  exactMatch,
  type FitEvent,
  fit,
  gepa,
  Program,
  type Question,
  type Reflector,
  type SeenRun,
} from '../../../src/modules/index.ts'
import type { Json } from '../../../src/runtime/index.ts'
import { f, fromJson } from '../../../src/symbolic/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'
import { expectLaws, follower, INSTRUCTIONS, type kindProgram, kindSamples, ran } from './support.ts'

const byModel = () => gepa({ languageModel: 'reflection' })

/** Adds the rule that the first wrong run needs. */
const teach: Reflector = ({ text, seen }) => {
  const wrong = seen.find(({ reward }) => reward < 1) as SeenRun
  const { text: input } = wrong.inputs as { text: string }
  return `${text}\n${input.split(' ').at(-1)}: ${(wrong.expected as { kind: string }).kind}`
}

const askedIn = (events: readonly FitEvent[]): Question[] =>
  events.flatMap(event => (event.type === 'answered' ? [event.question] : []))

interface Scored {
  readonly score: number
  readonly runs: number
}

/** What `bench/modules/rulebook.mjs` has. */
interface RuleBook {
  runGepa(seed: number, runs: number): Promise<Scored>
  runBlind(seed: number, runs: number): Scored
  summaryOf(results: readonly Scored[]): { readonly mean: number }
}

interface Wanted {
  readonly letter: string
  readonly side: 'left' | 'right'
}

/** Gives a letter back when the text on its side holds it. */
class Sides extends Program.define('gepaTest.Sides', {
  left: f.string().default('').trainable(),
  right: f.string().default('').trainable(),
}) {
  async call(input: Json): Promise<Json> {
    const { letter, side } = input as unknown as Wanted
    return this[side].includes(letter) ? letter : ''
  }
}

describe('gepa', () => {
  it('writes instructions by what went wrong, within a budget of runs and questions', async () => {
    const { result } = await ran(byModel(), { budget: { runs: 300, questions: 60 }, seed: 1 })
    expect(result.baseline.reward).to.equal(0)
    expect(result.best.reward).to.equal(1)
    expect(result.stopReason).to.equal('target')
    expect(result.runs).to.be.within(17, 300)
    expect(result.asked.questions).to.be.within(3, 60)
    expect(result.program.get(INSTRUCTIONS as never)).to.match(/^Sort the text\.\n.*: (fruit|tool)/)
  })

  it('gives a program that scores the same when it is loaded again', async () => {
    const { result } = await ran(byModel(), { budget: { questions: 12 }, seed: 1 })
    const loaded = fromJson(JSON.parse(JSON.stringify(result.program))) as ReturnType<typeof kindProgram>
    const again = await ran(byModel(), { program: loaded, budget: { generations: 0 } })
    expect(again.result.baseline.reward).to.equal(result.best.reward).and.to.be.above(0)
  })

  it('repeats, at any concurrency, and when its state goes through JSON at every step', async () => {
    await expectLaws(byModel, { budget: { questions: 8 } })
    await expectLaws(() => gepa({ reflect: teach, frontier: 6, width: 2 }), { budget: { runs: 90 } })
  })

  it('lets a function reflect', async () => {
    const { result } = await ran(gepa({ reflect: teach }), { budget: { runs: 200 } })
    expect(result.best.reward).to.equal(1)
    expect(result.asked.questions).to.equal(0)
  })

  it('shows the model the text, the runs with feedback, and what was tried in vain', async () => {
    const { events } = await ran(byModel(), { budget: { questions: 30 }, seed: 4 })
    const [first, ...others] = askedIn(events).map(({ messages }) => messages.at(-1)?.content ?? '')
    expect(first).to.contain(`governed by the text at '${INSTRUCTIONS}':\n<text>\nSort the text.\n</text>`)
    expect(first).to.match(
      /<run>\n\{"input":\{"text":".*"\},"output":\{"kind":"other"\},"reward":0,"feedback":/,
    )
    expect(first).not.to.contain('<rejected>')
    expect(others.some(each => each.includes('<rejected>\n{"text":"Sort the text.'))).to.equal(true)
  })

  it('never tries the same texts twice', async () => {
    const stubborn: Reflector = ({ text }) => (text.endsWith('!') ? text : `${text}!`)
    const { result, events } = await ran(gepa({ reflect: stubborn, greed: 1 }), { budget: { runs: 1000 } })
    const tried = events.filter(event => event.type === 'generation').length
    expect(result.stopReason).to.equal('exhausted')
    // The base program, a look at it with its child tried, and from then on looks alone, which cost nothing.
    expect(result.runs).to.equal(16 + 3)
    expect(tried).to.be.below(60)
  })

  it('goes on when the model fails, and says what is wrong when there is none', async () => {
    let calls = 0
    const broken = () => {
      if (++calls > 3) throw new Error('too hot')
      return 'no JSON'
    }
    const models = { default: follower, reflection: broken }
    const { result, events } = await ran(byModel(), { languageModel: models, budget: { questions: 5 } })
    expect(result.stopReason).to.equal('budget')
    expect(
      events.flatMap(event => (event.type === 'answered' && !event.answer.ok ? [event.answer.kind] : [])),
    ).to.deep.equal(['invalid_result', 'failed', 'failed', 'failed', 'failed'])
    const failed = await ran(gepa({ languageModel: 'large' }), {}).catch(String)
    expect(failed).to.contain("there is no language model 'large'; there is 'default', 'reflection'")
  })

  it('merges what two candidates learned', async () => {
    const samples = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter, i) => ({
      inputs: { letter, side: i % 2 === 0 ? 'left' : 'right' },
      outputs: letter,
    }))
    const add: Reflector = ({ path, text, seen }) => {
      const missing = seen.filter(
        ({ inputs, reward }) => (inputs as unknown as Wanted).side === path && reward < 1,
      )
      return `${text}${(missing[0]?.inputs as unknown as Wanted | undefined)?.letter ?? '-'}`
    }
    const optimizer = gepa({ reflect: add, greed: 0, minibatchSize: 2, width: 2 })
    const made: string[] = []
    const spy: typeof optimizer = {
      ...optimizer,
      propose: async (state, context) => {
        const step = await optimizer.propose(state, context)
        made.push(...step[0].map(({ operator, isProbe }) => `${operator}${isProbe ? '' : ' kept'}`))
        return step
      },
    }
    const { best } = await fit(new Sides({}), samples, {
      optimizer: spy,
      reward: exactMatch(),
      budget: { runs: 300 },
      runner: new FakeRunner(),
      seed: 2,
    })
    expect(best.reward).to.equal(1)
    expect(made).to.include('merge kept')
  })

  it('keeps the samples of the frontier apart from those it learns from', async () => {
    const samples = kindSamples()
    const shown = new Set<string>()
    const spy: Reflector = (reflection, random) => {
      for (const { inputs } of reflection.seen) shown.add(JSON.stringify(inputs))
      return teach(reflection, random)
    }
    await ran(gepa({ reflect: spy, frontier: (_, position) => position % 2 === 0 }), {
      budget: { runs: 150 },
    })
    const learned = samples.flatMap(({ inputs }, i) => (shown.has(JSON.stringify(inputs)) ? [i % 2] : []))
    expect(new Set(learned)).to.deep.equal(new Set([1]))
  })

  it('learns more from feedback than blind search from scores, on the test bed without a model', async function () {
    this.timeout(20_000)
    const bed = (await import('../../../bench/modules/rulebook.mjs' as string)) as RuleBook
    // Seeds that are neither reported nor tuned on.
    const seeds = Array.from({ length: 10 }, (_, i) => 2000 + i)
    const ours: Scored[] = []
    for (const seed of seeds) ours.push(await bed.runGepa(seed, 300))
    const blind = seeds.map(seed => bed.runBlind(seed, 300))
    expect(bed.summaryOf(ours).mean).to.be.above(bed.summaryOf(blind).mean + 0.02)
    expect(Math.max(...ours.map(({ runs }) => runs))).to.be.at.most(300)
  })

  it('refuses what no run could go by', async () => {
    expect(() => gepa({ minibatchSize: 0 })).to.throw(
      RangeError,
      'minibatchSize must be a whole number of at least 1, got 0',
    )
    expect(() => gepa({ greed: 2 })).to.throw(RangeError, 'greed must be from 0 to 1, got 2')
    const all = await ran(gepa({ frontier: 16 }), {}).catch(String)
    expect(all).to.equal("RangeError: gepa's frontier must be some of the 16 samples and not all, got 16")
    const none = await ran(gepa({ texts: () => false }), {}).catch(String)
    expect(none).to.equal('Error: gepa is left no text to train: texts refuses all of them')
  })
})
