import { expect } from 'chai'
import { z } from 'zod'
import {
  ChainOfThought,
  DataModel,
  EXAMPLES_SCHEMA,
  Generator,
  INSTRUCTIONS_SCHEMA,
  Sequential,
  Variable,
} from '../../../src/modules/index.ts'
import { languageFields } from '../../../src/modules/language/language-module.ts'
import { f, fromJson } from '../../../src/symbolic/index.ts'

describe('LanguageModule', () => {
  it('takes texts and lists, or the variables that hold them', () => {
    const instructions = new Variable({
      schema: INSTRUCTIONS_SCHEMA,
      value: { text: 'Do.' },
      trainable: false,
    })
    const examples = new Variable({ schema: EXAMPLES_SCHEMA })
    const module = new Generator({ instructions, examples, schema: { type: 'string' } })
    expect(module.instructions.trainable).to.equal(false)
    expect([...new Sequential({ modules: [module] }).trainables().keys()]).to.deep.equal([
      'modules[0].examples.value',
    ])
    const made = languageFields({ instructions: 'Do.', examples: [{ inputs: 1, outputs: 2 }] })
    expect(made.instructions.at('text')).to.equal('Do.')
    expect(made.examples.toDataModel().value).to.deep.equal({ items: [{ inputs: 1, outputs: 2 }] })
    expect(languageFields({}).instructions.at('text')).to.equal('')
  })

  it('takes schemas in every form', () => {
    const schema = { type: 'string' }
    const module = new Generator({ schema, inputSchema: DataModel.of({ type: 'integer' }) })
    expect(module.inputSpec).to.deep.equal({ type: 'integer' })
    expect(new Generator({ schema }).inputSpec).to.equal(null)
    const label = new ChainOfThought({
      schema: f.struct({ label: f.enum('good', 'bad') }),
      inputSchema: z.strictObject({ text: z.string() }),
    })
    expect(label.outputSpec.properties).to.deep.equal({ label: { enum: ['good', 'bad'] } })
    expect(label.inputSpec).to.deep.include({ type: 'object', required: ['text'] })
    expect(fromJson(JSON.parse(JSON.stringify(label)), ChainOfThought).equals(label)).to.equal(true)
  })

  it('refuses examples of another form', () => {
    const wrong = [{ input: 1, output: 2 }] as never
    expect(() => new Generator({ schema: { type: 'string' }, examples: wrong })).to.throw('items[0]')
  })

  it('keeps the order of a schema, since models write in that order', () => {
    const ab = { type: 'object', properties: { a: {}, b: {} } }
    const ba = { type: 'object', properties: { b: {}, a: {} } }
    const orders = [ab, ba].map(schema => {
      const { properties } = new Generator({ schema }).request(1).schema as { properties: object }
      return Object.keys(properties).join('')
    })
    expect(orders).to.deep.equal(['ab', 'ba'])
  })
})
