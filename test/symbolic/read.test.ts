/** Reading: what stands at a path, and what does not. */

import { expect } from 'chai'
import { FIRST } from '../../src/symbolic/greens/spec.ts'
import { stepsOf } from '../../src/symbolic/greens/steps.ts'
import { f, fromParents, InferenceError, PathError, SymDict, SymObject } from '../../src/symbolic/index.ts'
import {
  leadsNowhere,
  NOTHING,
  readMember,
  readPath,
  readSymbolic,
  slotOf,
  tryPath,
} from '../../src/symbolic/read.ts'
import { smallModel } from '../support/model.ts'

class Leaf extends SymObject.define('read.Leaf', { n: f.int() }) {}

describe('read', () => {
  it('knows absent from undefined', () => {
    const model = smallModel()
    expect(readPath(model, stepsOf('note'))).to.equal(undefined)
    expect(readPath(model, stepsOf('nope'))).to.equal(NOTHING)
    expect(readPath(model, stepsOf('note.x'))).to.equal(NOTHING)
    expect(slotOf(model._g, 0)).to.equal(0)
    expect(slotOf(model.tags._g, 9)).to.be.lessThan(FIRST)
  })

  it('goes on through what is inferred, or stays with what is stored', () => {
    const tree = SymDict.from({ part: { n: 1 }, inner: { part: fromParents<unknown>() } })
    const path = stepsOf('inner.part.n')
    expect(readPath(tree, path)).to.equal(1)
    expect(readSymbolic(tree, path)).to.equal(NOTHING)
    expect(readPath(tree, stepsOf('inner.part.x'))).to.equal(NOTHING)
    expect(readPath(tree, stepsOf('inner.part.n.x'))).to.equal(NOTHING)
    expect(readSymbolic(tree, stepsOf('inner.part'))).not.to.equal(tree.at('part'))
    expect(readMember(tree, slotOf(tree._g, stepsOf('part')[0] as never), 'part')).to.equal(tree.at('part'))
  })

  it('finds nothing where something is missing', () => {
    const tree = SymDict.from({ leaf: Leaf.partial() })
    const path = stepsOf('leaf.n')
    expect([readPath(tree, path), readSymbolic(tree, path), tryPath(tree, path)]).to.deep.equal([
      NOTHING,
      NOTHING,
      NOTHING,
    ])
    expect(leadsNowhere(tree, path)).to.be.instanceOf(PathError)
    expect(leadsNowhere(tree, path).message).to.equal("dict has nothing at 'leaf.n': it is missing")
  })

  it('tries what may not be inferred, and lets other errors pass', () => {
    const lost = SymDict.from({ x: fromParents<unknown>('y') })
    expect(() => readPath(lost, stepsOf('x'))).to.throw(InferenceError)
    expect(tryPath(lost, stepsOf('x'))).to.equal(NOTHING)
    const wrong = SymDict.from({ y: 'a', leaf: new Leaf({ n: fromParents('y') }) })
    expect(() => tryPath(wrong, stepsOf('leaf.n'))).to.throw('must be an integer')
  })
})
