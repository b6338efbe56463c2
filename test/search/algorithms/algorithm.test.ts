import { expect } from 'chai'
import { type Algorithm, oneOf, Space, Study, StudyError, sweep } from '../../../src/search/index.ts'

describe('an algorithm', () => {
  it('is a few lines, as its documentation shows, and runs in a study', async () => {
    const inOrder: Algorithm<number> = {
      name: 'in-order',
      settings: {},
      init: () => 0,
      ask: (n, spec) => [n < spec.size ? { dna: spec.dnaAt(n), parents: [] } : null, n + 1],
      tell: n => n,
    }
    const space = Space.of({ x: oneOf([1, 2]), y: oneOf([oneOf([3, 4]), 5]) })
    const study = new Study(space, inOrder)
    expect(await study.optimize(value => Number(value.at('x')) * Number(value.at('y')))).to.equal('exhausted')
    expect(study.history.map(({ dna }) => String(dna))).to.deep.equal([...space.iterate()].map(String))
    expect(study.best.value.toJS()).to.deep.equal({ x: 2, y: 5 })
  })

  it('is what a study needs, and says so to what is none', () => {
    const space = Space.of([oneOf([1, 2])])
    expect(() => new Study(space, sweep as never)).to.throw(
      StudyError,
      'a study needs an algorithm, such as tpe(), got function; is a call missing, as in tpe()?',
    )
    expect(() => new Study(space, undefined as never)).to.throw(
      StudyError,
      'a study needs an algorithm, such as tpe(), got undefined',
    )
  })
})
