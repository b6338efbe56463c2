import { expect } from 'chai'
import {
  evaluate,
  exactMatch,
  fit,
  Generator,
  Sequential,
  type Trace,
  Variable,
} from '../../../src/modules/index.ts'
import { openAiCompatible } from '../../../src/modules/language/open-ai-compatible.ts'
import { oneOf, Space } from '../../../src/search/index.ts'
import { fromJson } from '../../../src/symbolic/index.ts'
import { answers, ChatServer, says } from '../../support/chat-server.ts'
import { FakeRunner } from '../../support/fake-runner.ts'
import { failureOf, ScriptedModel } from '../../support/scripted-model.ts'

const LABEL = {
  type: 'object',
  properties: { label: { enum: ['good', 'bad'] } },
  required: ['label'],
}

const runner = new FakeRunner()
const program = (init: object = {}) =>
  new Sequential({ modules: [new Generator({ instructions: 'Label the text.', schema: LABEL, ...init })] })

describe('Generator', () => {
  it('asks a language model for JSON that fits', async () => {
    const languageModel = new ScriptedModel('{"label":"good"}')
    expect(await program().predict({ text: 'Hooray' }, { runner, languageModel })).to.deep.equal({
      label: 'good',
    })
    const [{ messages, ...rest }] = languageModel.requests as [(typeof languageModel.requests)[0]]
    expect(messages[0]?.content).to.include('Label the text.')
    expect(messages.at(-1)?.content).to.equal('<input>\n{"text":"Hooray"}\n</input>')
    expect(rest).to.deep.include({ schema: LABEL, temperature: 0, seed: 0, rollout: 0 })
  })

  it('writes text when the schema is of text', async () => {
    const languageModel = new ScriptedModel(' Hello! ')
    const greet = program({ schema: { type: 'string' } })
    expect(await greet.predict('Ann', { runner, languageModel })).to.equal('Hello!')
    expect(languageModel.requests[0]?.schema).to.equal(undefined)
  })

  it('lets null go through', async () => {
    const languageModel = new ScriptedModel('never asked')
    expect(await program().predict(null, { runner, languageModel })).to.equal(null)
    expect(languageModel.calls).to.equal(0)
  })

  it('has its instructions and examples where training can change them', async () => {
    expect([...program().trainables().keys()]).to.deep.equal([
      'modules[0].instructions.value',
      'modules[0].examples.value',
    ])
    const trained = program().rebind([
      ['modules[0].instructions.value.text', 'Is it friendly?'],
      ['modules[0].examples.value.items', [{ inputs: { text: 'Boo' }, outputs: { label: 'bad' } }]],
    ])
    const languageModel = new ScriptedModel('{"label":"good"}')
    await trained.predict({ text: 'Hooray' }, { runner, languageModel })
    const contents = languageModel.requests[0]?.messages.map(({ content }) => content)
    expect(contents?.[0]).to.match(/^Is it friendly\?\n/)
    expect(contents?.slice(1, 3)).to.deep.equal(['<input>\n{"text":"Boo"}\n</input>', '{"label":"bad"}'])
    expect(() => program().rebind([['modules[0].instructions.value', { prompt: 'x' }]])).to.throw('text')
  })

  it('is data: it survives JSON, and says the same then', () => {
    const before = program({
      examples: [{ inputs: 1, outputs: { label: 'bad' } }],
      temperature: null,
      repairs: 0,
    })
    const after = fromJson(JSON.parse(JSON.stringify(before)), Sequential)
    expect(after.equals(before)).to.equal(true)
    const [a, b] = [before, after].map(each => (each.modules.at(0) as Generator).request({ x: 1 }))
    expect(a).to.deep.equal(b)
  })

  it('may have choices in its prompt', () => {
    const text = oneOf(['Label it.', 'Judge it.'])
    const space = Space.of(program({ instructions: text }))
    expect(space.spec.size).to.equal(2)
    expect(() => (program({ instructions: text }).modules.at(0) as Generator).request(1)).to.throw(
      TypeError,
      "the instructions at 'modules[0]' are not chosen yet",
    )
  })

  it('tells what it took, the useless replies among it', async () => {
    const traces: Trace[] = []
    const languageModel = new ScriptedModel(['Good.', { object: { label: 'good' }, cost: 0.5 }])
    await program().predict({ text: 'x' }, { runner, languageModel, onTrace: trace => traces.push(trace) })
    expect(traces).to.have.length(1)
    expect(traces[0]).to.deep.include({
      path: 'modules[0]',
      sample: 0,
      output: { label: 'good' },
      defaulted: false,
    })
    expect(traces[0]?.calls?.map(({ model, usage, cost }) => [model, usage.inputTokens, cost])).to.deep.equal(
      [
        ['scripted', 10, undefined],
        ['scripted', 10, 0.5],
      ],
    )
  })

  it('fails with the kind of what went wrong', async () => {
    const languageModel = new ScriptedModel('neither')
    const predicted = program().predict({ text: 'x' }, { runner, languageModel })
    expect(await failureOf(predicted)).to.equal('PredictError: modules[0] failed: the reply is not JSON')
    const strict = program({
      inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    })
    expect(await failureOf(strict.predict({ text: 7 }, { runner, languageModel }))).to.equal(
      "PredictError: modules[0] failed: the input's 'text' must be a string, got 7",
    )
    expect(languageModel.calls).to.equal(2)
  })

  it('is checked when it is built', () => {
    expect(() => program({ template: '{{input}}' })).to.throw(
      'has a place {{input}}; there are {{instructions}}',
    )
    const wrong = new Variable({
      schema: { type: 'object', properties: { a: { type: 'string' } } },
      value: { a: 'x' },
    })
    expect(() => program({ instructions: wrong })).to.throw("instructions must hold a 'text'")
    expect(() => program({ examples: wrong })).to.throw("examples must hold a list of 'items'")
    expect(() => program({ schema: { type: 'objekt' } })).to.throw('schema')
    expect(() => program({ temperature: 3 })).to.throw('temperature')
    expect(program().outputSpec).to.deep.equal(LABEL)
  })

  it('asks for another answer in another rollout', async () => {
    const languageModel = new ScriptedModel('{"label":"good"}')
    const context = { runner, languageModels: { default: languageModel }, rollout: 2 }
    await program().call({ text: 'x' }, context)
    await program({ seed: null }).call({ text: 'x' }, context)
    expect(languageModel.requests.map(({ seed, rollout }) => [seed, rollout])).to.deep.equal([
      [2, 2],
      [undefined, 2],
    ])
  })
})

describe('programs with language models', () => {
  const samples = ['Hooray', 'Boo', 'Thanks', 'Ugh'].map((text, i) => ({
    inputs: { text },
    outputs: { label: i % 2 === 0 ? 'good' : 'bad' },
  }))

  it('are scored over HTTP, and a call that fails is a sample that failed', async () => {
    const server = await ChatServer.start((response, body) => {
      const text = body.messages?.at(-1)?.content ?? ''
      const answer = text.includes('Ugh')
        ? answers(400, 'no')
        : says(/Boo/.test(text) ? '{"label":"bad"}' : '{"label":"good"}')
      answer(response, body)
    })
    try {
      const kinds: string[] = []
      const score = await evaluate(program(), samples, {
        reward: exactMatch(),
        runner,
        languageModel: openAiCompatible({ baseURL: server.baseURL, model: 'm', structured: 'schema' }),
        onTrace: ({ sample, error }) => error && kinds.push(`${sample} ${error.kind}`),
      })
      expect(score).to.deep.include({ rewards: [1, 1, 1, 0], failures: 1 })
      expect(kinds).to.deep.equal(['3 refused'])
    } finally {
      server.close()
    }
  })

  it('need no more than two environment variables', async () => {
    const server = await ChatServer.start(says('Good, I think: {"label":"good"}'))
    const before = { ...process.env }
    try {
      Object.assign(process.env, { ESPALIER_LM_URL: server.baseURL, ESPALIER_LM_MODEL: 'llama' })
      expect(await program().predict({ text: 'Hooray' }, { runner })).to.deep.equal({ label: 'good' })
      expect(server.requests[0]?.body.model).to.equal('llama')
    } finally {
      server.close()
      for (const name of ['ESPALIER_LM_URL', 'ESPALIER_LM_MODEL']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    }
  })

  it('are trained with the model in the options', async () => {
    const languageModel = ({ messages }: { messages: readonly { content: string }[] }): string => {
      const knows = messages[0]?.content.includes('Boo and Ugh are bad')
      return `{"label":"${knows && /Boo|Ugh/.test(messages.at(-1)?.content ?? '') ? 'bad' : 'good'}"}`
    }
    const texts = ['Label it, please.', 'Boo and Ugh are bad.']
    const { program: trained, best } = await fit(program(), samples, {
      optimizer: {
        name: 'texts',
        init: () => 0,
        propose: next => [
          texts.slice(next, next + 1).map(text => ({
            updates: [['modules[0].instructions.value.text', text]] as const,
            parents: [],
            operator: 'listed',
          })),
          next + 1,
        ],
        observe: state => state,
        save: state => state,
        restore: Number,
      },
      reward: exactMatch(),
      budget: { generations: 5 },
      runner,
      languageModel,
    })
    expect(best.reward).to.equal(1)
    expect(trained.get<string>('modules[0].instructions.value.text' as string)).to.equal(
      'Boo and Ugh are bad.',
    )
  })

  it('cannot be trained without one', async () => {
    const options = { optimizer: {} as never, reward: exactMatch(), budget: { generations: 1 }, runner }
    const named = program({ languageModel: 'critic' })
    expect(await failureOf(fit(named, samples, options))).to.equal(
      `Error: the program cannot be run: there is no language model 'critic': pass { languageModel: { "critic": … } }`,
    )
  })
})
