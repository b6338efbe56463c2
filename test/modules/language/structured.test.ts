import { expect } from 'chai'
import { DataModel } from '../../../src/modules/index.ts'
import { askFor, repairing } from '../../../src/modules/language/structured.ts'
import { ask, failureOf, ScriptedModel } from '../../support/scripted-model.ts'

const schema = {
  type: 'object',
  properties: { y: { type: 'integer' }, unit: { type: 'string', default: 'cm' } },
  required: ['y'],
}
const data = DataModel.of(schema)

describe('askFor', () => {
  it('gives the value of a reply that fits, with defaults filled in', async () => {
    const { value, reply } = await askFor(new ScriptedModel('The answer: {"y":3}'), ask('?'), data)
    expect(value).to.deep.equal({ y: 3, unit: 'cm' })
    expect(reply.text).to.equal('The answer: {"y":3}')
  })

  it('shows the model what is wrong, and asks again', async () => {
    const model = new ScriptedModel(['{"y":"three"}', '{"y":3}'])
    const told: string[] = []
    const { value } = await askFor(model, ask('?'), data, { onReply: reply => told.push(reply.text) })
    expect(value).to.deep.equal({ y: 3, unit: 'cm' })
    expect(told).to.deep.equal(['{"y":"three"}', '{"y":3}'])
    expect(model.requests[1]?.messages.slice(1)).to.deep.equal([
      { role: 'assistant', content: '{"y":"three"}' },
      {
        role: 'user',
        content:
          'That cannot be used: reply.y must be an integer, got "three"\n' +
          'Answer again, whole and corrected, and with nothing else.',
      },
    ])
  })

  it('gives up after so many repairs', async () => {
    const model = new ScriptedModel(['no', '{"z":1}', '{"y":3}'])
    expect(await failureOf(askFor(model, ask('?'), data, { repairs: 1 }))).to.match(
      /^invalid_result: 2 problems/,
    )
    expect(model.calls).to.equal(2)
    expect(await failureOf(askFor(new ScriptedModel('no'), ask('?'), data, { repairs: 0 }))).to.equal(
      'invalid_result: the reply is not JSON',
    )
  })

  it('does not repair what was cut off or filtered', async () => {
    const model = new ScriptedModel([
      { text: '{"y":', finishReason: 'length' },
      { text: '', finishReason: 'filtered' },
    ])
    expect(await failureOf(askFor(model, ask('?'), data))).to.match(/^cut_off: /)
    expect(await failureOf(askFor(model, ask('?'), data))).to.match(/^filtered: /)
    expect(model.calls).to.equal(2)
  })

  it('takes text as it comes when the schema is of text', async () => {
    const text = DataModel.of({ type: 'string', maxLength: 5 })
    expect((await askFor(new ScriptedModel('<think>?</think> "hi" '), ask('?'), text)).value).to.equal('"hi"')
    expect(await failureOf(askFor(new ScriptedModel('too long'), ask('?'), text))).to.match(
      /^invalid_result: /,
    )
  })
})

describe('repairing', () => {
  it('is a model whose replies fit the schema they are asked for', async () => {
    const scripted = new ScriptedModel([
      { text: '{}', cost: 1 },
      { text: '{"y":3}', cost: 2 },
    ])
    const reply = await repairing(scripted).generate(ask('?', { schema }))
    expect(reply).to.deep.include({ object: { y: 3, unit: 'cm' }, cost: 3 })
    expect(reply.usage).to.include({ inputTokens: 20, outputTokens: 10 })
  })

  it('leaves requests without a schema alone', async () => {
    expect((await repairing(new ScriptedModel('{}')).generate(ask('?'))).object).to.equal(undefined)
  })
})
