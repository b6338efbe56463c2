import { expect } from 'chai'
import { DataModel } from '../../../src/modules/index.ts'
import { retitled } from '../../../src/modules/operators/rename.ts'

const Note = DataModel.of({
  type: 'object',
  properties: { text: { type: 'string', title: 'Text' }, at: { type: 'integer' } },
  required: ['text'],
})

describe('prefix and suffix', () => {
  it('rename the keys of records, and leave optional what was optional', () => {
    const old = Note.with({ text: 'a' }).prefix('old')
    expect(old.value).to.deep.equal({ old_text: 'a' })
    expect(old.schema).to.deep.include({ required: ['old_text'] })
    expect(old.schema).to.deep.nested.include({ 'properties.old_text.title': 'Old Text' })
    expect(Note.with({ text: 'a', at: 1 }).suffix('2').value).to.deep.equal({ text_2: 'a', at_2: 1 })
  })

  it('rename keys that no schema names, too', () => {
    const open = DataModel.of({ type: 'object', additionalProperties: { type: 'integer' } })
    expect(open.with({ a: 1 }).suffix('x').value).to.deep.equal({ a_x: 1 })
  })

  it('are the model itself when they say nothing', () => {
    expect([Note.prefix(''), Note.suffix('')]).to.deep.equal([Note, Note])
  })
})

describe('retitled', () => {
  it('says the new key where there was a title', () => {
    expect(retitled({ title: 'A' }, 'best_answer_2')).to.deep.equal({ title: 'Best Answer 2' })
    expect(retitled({}, 'a')).to.deep.equal({})
    expect(retitled(true, 'a')).to.equal(true)
  })
})
