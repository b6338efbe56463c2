/** Fields that stand for others. */

import { expect } from 'chai'
import { deferred } from '../../../src/symbolic/fields/deferred.ts'
import { tightened } from '../../../src/symbolic/fields/tighten.ts'
import { DefinitionError, describeField, type Field, f, problemsOf } from '../../../src/symbolic/index.ts'
import { refusal } from '../../support/refusal.ts'

const numbers: Field = f.union(f.int(), f.list(deferred('numbers', () => numbers)))

describe('a deferred field', () => {
  it('takes and says what the other does, also in circles', () => {
    expect(problemsOf(numbers, [1, [2, [3]]])).to.deep.equal([])
    expect(problemsOf(numbers, [1, ['x']])).to.have.length(1)
    expect(
      problemsOf(
        deferred('n', () => f.int()),
        'x',
      )[0]?.message,
    ).to.equal(`must be an integer, got 'x'`)
    expect(
      problemsOf(
        deferred('n', () => f.int().nullable()),
        null,
      ),
    ).to.deep.equal([])
    expect(describeField(numbers)).to.equal('integer or list of numbers')
  })

  it('is as tight as one that stands for the same', () => {
    const one = f.int()
    expect(
      tightened(
        'x',
        deferred('a', () => one),
        deferred('b', () => one),
      ).rules.kind?.name,
    ).to.equal('deferred')
    refusal(
      () =>
        tightened(
          'x',
          deferred('a', () => one),
          deferred('b', () => f.int()),
        ),
      DefinitionError,
      /refers/,
    )
  })
})
