/** Values that must fit: what is stored, or everything that is wrong. */

import { expect } from 'chai'
import { specOf } from '../../../src/symbolic/class-spec.ts'
import {
  acceptOrThrow,
  constructOrThrow,
  constructRefusal,
  problemsOf,
  refusal,
} from '../../../src/symbolic/fields/refusal.ts'
import { FieldError, f, SymError, SymObject } from '../../../src/symbolic/index.ts'
import { refusal as refused } from '../../support/refusal.ts'

class Even extends SymObject.define('refusal.Even', { n: f.int({ min: 0 }) }) {
  onBound(): void {
    if (this.n % 2 === 1) throw new FieldError('n', 'must be even')
  }
}
class Pair extends SymObject.define('refusal.Pair', { a: f.object(Even), b: f.int() }) {}

const CODE_READER = null

describe('acceptOrThrow', () => {
  it('gives what is stored', () => {
    expect(acceptOrThrow('x', [], f.int(), 3)).to.equal(3)
  })

  it('names what the path is relative to', () => {
    const error = refused(() => acceptOrThrow('Box', ['a', 0], f.int(), 'no', CODE_READER), FieldError)
    expect(error.message).to.equal("Box.a[0] must be an integer, got 'no'")
  })
})

describe('refusal', () => {
  it('has something to say about a value that fits after all', () => {
    expect(refusal('Box', ['a'], f.int(), 3, CODE_READER).message).to.equal('Box.a does not fit')
  })
})

describe('constructOrThrow', () => {
  it('gives the green of a record', () => {
    expect(constructOrThrow(specOf(Even), { n: 2 }).slice(2)).to.deep.equal([2])
  })

  it('leaves the words of a hook as they are', () => {
    const error = refused(() => constructOrThrow(specOf(Even), { n: 3 }), SymError)
    expect([error.path, error.message]).to.deep.equal(['n', 'must be even'])
  })

  it('lists what is wrong and what is missing', () => {
    const error = constructRefusal(specOf(Pair), { b: 'x' })
    expect(error.problems.map(problem => problem.path)).to.deep.equal(['b', 'a'])
    expect(error).to.be.instanceOf(FieldError)
  })
})

describe('problemsOf', () => {
  it('is empty for what fits', () => {
    expect(problemsOf(f.list(f.int()), [1, 2])).to.deep.equal([])
  })

  it('finds every problem, with its place', () => {
    expect(problemsOf(f.list(f.int()), [1, 'x', null]).map(({ path }) => path)).to.deep.equal(['[1]', '[2]'])
  })
})
