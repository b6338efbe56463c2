import { expect } from 'chai'
import { SpaceError, StudyError } from '../../src/search/index.ts'
import { SymError } from '../../src/symbolic/index.ts'

describe('the errors of the search room', () => {
  it('are SymErrors with a code and what they are about', () => {
    const space = new SpaceError('head.units', 'is wrong')
    expect(space).to.be.instanceOf(SymError)
    expect([space.name, space.code, space.path, space.message]).to.deep.equal([
      'SpaceError',
      'space',
      'head.units',
      'is wrong',
    ])
    const study = new StudyError('trial 3', 'is wrong', { cause: space })
    expect([study.name, study.code, study.path, study.cause]).to.deep.equal([
      'StudyError',
      'study',
      'trial 3',
      space,
    ])
  })
})
