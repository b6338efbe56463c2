import { expect } from 'chai'
import type { RecordedTrace, SeenRun } from '../../../src/modules/index.ts'
import {
  defaultFeedback,
  ownTraces,
  reflectionQuestion,
  seenIn,
  shownRun,
  textIn,
} from '../../../src/modules/optimizers/reflection.ts'

const trace = (path: string, more: Partial<RecordedTrace> = {}): RecordedTrace => ({
  path,
  input: 'in',
  output: 'out',
  defaulted: false,
  stdout: '',
  stderr: '',
  ...more,
})
const seen: SeenRun = { inputs: 1, expected: 2, output: 3, reward: 0, traces: [trace('modules[0]')] }

describe('reflectionQuestion', () => {
  const options = {
    languageModel: 'large',
    temperature: 1,
    feedback: defaultFeedback,
    description: 'Doubles.',
    rollout: 4,
  }
  const question = reflectionQuestion(
    { path: 'modules[0].text', text: 'a </text> b', seen: [seen], rejected: [{ text: 'c', why: 'worse' }] },
    options,
  )

  it('is the same for the same reflection, and asks for a text', () => {
    const { messages, ...rest } = question
    expect(rest).to.deep.include({ languageModel: 'large', temperature: 1, seed: 4, rollout: 4 })
    expect(question.schema).to.deep.include({ required: ['text'] })
    const prompt = messages.at(-1)?.content ?? ''
    expect(prompt).to.contain('The program: Doubles.')
    expect(prompt).to.contain('<rejected>\n{"text":"c","why":"worse"}\n</rejected>')
    expect(prompt).to.contain('"feedback":"It should have been 2."')
  })

  it('lets no text close its tag', () => {
    expect(question.messages.at(-1)?.content.match(/<\/text>/g)).to.have.length(1)
  })
})

describe('shownRun', () => {
  it('shows what the modules around the text did, where there are several', () => {
    const traces = [trace('modules[0]'), trace('modules[1]', { input: 'x', output: 'y', stdout: 'hm' })]
    expect(shownRun({ ...seen, traces }, 'modules[1].text', () => 'no')).to.deep.equal({
      input: 1,
      output: 3,
      steps: [{ input: 'x', output: 'y' }],
      printed: 'hm',
      reward: 0,
      feedback: 'no',
    })
  })

  it('shows an error', () => {
    const error = { kind: 'runtime', message: 'no x' }
    expect(shownRun({ ...seen, error }, 'p', defaultFeedback)).to.deep.include({
      error: 'no x',
      feedback: 'It failed: no x',
    })
  })
})

describe('ownTraces', () => {
  it('are those of the modules that a path leads through', () => {
    const traces = ['', 'modules[1]', 'modules[10]'].map(path => trace(path))
    expect(ownTraces(traces, 'modules[1].text').map(({ path }) => path)).to.deep.equal(['', 'modules[1]'])
  })
})

describe('seenIn', () => {
  it('joins records with their samples', () => {
    const record = { output: 3, reward: 0, traces: [] }
    const samples = [
      { inputs: 0, outputs: 0 },
      { inputs: 1, outputs: 2 },
    ]
    expect(seenIn([record], [1], samples)).to.deep.equal([{ ...record, inputs: 1, expected: 2 }])
  })
})

describe('textIn', () => {
  it('is what the model wrote, if it did', () => {
    expect(textIn({ ok: true, value: { text: 'x' }, usage: {} })).to.equal('x')
    expect(textIn({ ok: false, kind: 'failed', message: 'no' })).to.equal(undefined)
  })
})
