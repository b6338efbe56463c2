/** The fields of things to call: what they take, and how they tighten. */

import { expect } from 'chai'
import {
  DefinitionError,
  describeField,
  f,
  functor,
  problemsOf,
  SymObject,
} from '../../../src/symbolic/index.ts'

const One = functor('callable.One', { a: f.int() }, ({ a }) => a)

describe('f.callable and f.functor', () => {
  it('say what they take', () => {
    expect(describeField(f.callable())).to.equal('function')
    expect(describeField(f.functor())).to.equal('functor')
    expect(describeField(f.functor({ args: ['a', 'b'] }))).to.equal('functor that takes a, b')
    const either = f.union(f.callable(), f.functor())
    expect(problemsOf(either, new One())).to.deep.equal([])
    expect(problemsOf(either, () => 1)).to.deep.equal([])
    expect(problemsOf(f.functor(), 1)).to.have.length(1)
    expect(problemsOf(f.callable().nullable(), null)).to.deep.equal([])
  })

  it('are tightened by subclasses, not loosened', () => {
    class Base extends SymObject.define('callable.Base', { work: f.functor({ args: ['a'] }) }) {}
    expect(() => Base.define('callable.More', { work: f.functor({ args: ['a', 'b'] }) })).not.to.throw()
    expect(() => Base.define('callable.Less', { work: f.functor() })).to.throw(
      DefinitionError,
      'need not take a',
    )
  })
})
