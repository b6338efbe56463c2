import { expect } from 'chai'
import { languageModelsOf, modelNamed } from '../../../src/modules/language/language-models.ts'
import { ScriptedModel } from '../../support/scripted-model.ts'

const model = new ScriptedModel('hi')

describe('language models by name', () => {
  it('are one by the name default, or several', () => {
    expect(languageModelsOf(model)).to.deep.equal({ default: model })
    expect(languageModelsOf({ small: model, large: model })).to.deep.equal({ small: model, large: model })
    expect(languageModelsOf(() => 'hi')?.default?.id).to.equal('function')
    expect(languageModelsOf(undefined)).to.equal(undefined)
  })

  it('must be models', () => {
    expect(() => languageModelsOf({ small: 'gpt' } as never)).to.throw(
      TypeError,
      'languageModel.small must be a language model, got string',
    )
  })

  it('are found by name, or it is said how to give one', () => {
    expect(modelNamed({ small: model }, 'small')).to.equal(model)
    expect(() => modelNamed({ small: model }, 'large')).to.throw(
      TypeError,
      `there is no language model 'large'; there is 'small': pass { languageModel: { "large": … } }`,
    )
    expect(() => modelNamed({}, 'constructor')).to.throw(
      TypeError,
      "there is no language model 'constructor'",
    )
  })

  it('come from the environment when nobody gave the default', () => {
    const before = { url: process.env.ESPALIER_LM_URL, model: process.env.ESPALIER_LM_MODEL }
    try {
      delete process.env.ESPALIER_LM_URL
      delete process.env.ESPALIER_LM_MODEL
      expect(() => modelNamed(undefined, 'default')).to.throw(
        TypeError,
        'set ESPALIER_LM_URL and ESPALIER_LM_MODEL',
      )
      process.env.ESPALIER_LM_URL = 'http://localhost:1/v1'
      process.env.ESPALIER_LM_MODEL = 'llama'
      expect(modelNamed(undefined, 'default').id).to.equal('llama')
      expect(modelNamed({ default: model }, 'default')).to.equal(model)
    } finally {
      restore('ESPALIER_LM_URL', before.url)
      restore('ESPALIER_LM_MODEL', before.model)
    }
  })
})

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}
