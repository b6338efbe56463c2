import { expect } from 'chai'
import { Decision } from '../../../src/modules/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'
import { ScriptedModel } from '../../support/scripted-model.ts'

const runner = new FakeRunner()
const decide = (text: string, init: object = {}) => {
  const model = new ScriptedModel(text)
  const decision = new Decision({ instructions: 'How hard?', labels: ['easy', 'hard'], ...init })
  return { model, decided: decision.call('?', { runner, languageModels: { default: model } }), decision }
}

describe('Decision', () => {
  it('is one of the labels', async () => {
    const { decided, decision } = decide('{"choice":"hard"}')
    expect(await decided).to.deep.equal({ choice: 'hard' })
    expect(decision.outputSpec).to.deep.equal({
      type: 'object',
      properties: { choice: { enum: ['easy', 'hard'] } },
      required: ['choice'],
    })
  })

  it('is nothing else, and the model is asked again', async () => {
    const { model, decided } = decide('{"choice":"medium"}')
    expect(await decided).to.equal(null)
    expect(model.asked[1]).to.match(/reply.choice must be one of "easy", "hard"|reply.choice must be/)
  })

  it('may think first', async () => {
    const { model, decided } = decide('{"thinking":"…","choice":"easy"}', { thinking: true })
    expect(await decided).to.deep.equal({ choice: 'easy' })
    expect(model.requests[0]?.schema?.required).to.deep.equal(['thinking', 'choice'])
  })

  it('needs two labels or more, each once', () => {
    expect(() => new Decision({ labels: ['a'] })).to.throw('labels')
    expect(() => new Decision({ labels: ['a', 'b', 'a'] })).to.throw(
      'labels[2] must be a label of its own, got "a"',
    )
  })
})
