/** Fields in words. */

import { expect } from 'chai'
import { article, describe as words } from '../../../src/symbolic/fields/field-words.ts'
import { f } from '../../../src/symbolic/index.ts'
import { Dense } from '../../support/model.ts'

describe('the words of fields', () => {
  it('say what each kind takes', () => {
    expect(words(null)).to.equal('value')
    expect(words(f.int({ min: 1 }).nullable())).to.equal('integer of at least 1 or null')
    expect(words(f.string({ minLength: 2, maxLength: 2, pattern: /a/ }))).to.equal(
      'string of 2 characters matching /a/',
    )
    expect(words(f.enum('a', 1))).to.equal(`one of 'a', 1`)
    expect(words(f.literal(true))).to.equal('true')
    expect(words(f.list(f.list(f.bool())))).to.equal('list of lists of booleans')
    expect(words(f.dict(f.float({ max: 2 })))).to.equal('dict of numbers of at most 2')
    expect(
      words(
        f.union(
          f.object(Dense),
          f.lazy(() => Dense),
        ),
      ),
    ).to.equal('support.Dense or support.Dense')
    expect(words(f.tuple([f.int(), f.date()]).nullable())).to.equal('tuple of (integer, date) or null')
    expect(words(f.tuple(f.int(), { minSize: 1 }))).to.equal('tuple of at least 1 elements of integer')
    expect(words(f.struct({ a: f.int() }))).to.equal('dict of {a: integer}')
    expect(words(f.int().transform(Number))).to.equal('integer')
  })

  it('have articles', () => {
    expect(['integer', 'string', 'one of 1, 2', `'a'`, '5', 'null'].map(article)).to.deep.equal([
      'an integer',
      'a string',
      'one of 1, 2',
      `'a'`,
      '5',
      'null',
    ])
  })
})
