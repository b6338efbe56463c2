import { expect } from 'chai'
import { DataError, DataModel, SourceError } from '../../../src/modules/index.ts'
import { SymError } from '../../../src/symbolic/index.ts'

describe('SourceError', () => {
  it('names the file and the line', () => {
    const error = new SourceError('data.csv', 3, 'is odd')
    expect(error).to.be.instanceOf(SymError)
    expect([error.message, error.file, error.line, error.code]).to.deep.equal([
      'data.csv:3: is odd',
      'data.csv',
      3,
      'source',
    ])
    expect(new SourceError('data.csv', null, 'is odd').message).to.equal('data.csv: is odd')
  })

  it('tells the problems that a model found', () => {
    const model = DataModel.of({ properties: { x: { type: 'integer' } } })
    const found = DataError.of('row', model.problems({ x: 'a' }))
    const error = SourceError.ofData('data.csv', 3, found)
    expect(error.message).to.equal('data.csv:3: row.x must be an integer, got "a"')
    expect(error.cause).to.equal(found)
  })
})
