/** Sites: a search for problems that remembers where it is, and tells one list. */

import { expect } from 'chai'
import { FieldError } from '../../../src/symbolic/errors.ts'
import { Site } from '../../../src/symbolic/fields/site.ts'
import { KeyPath } from '../../../src/symbolic/key-path.ts'

describe('a site', () => {
  it('tells the list of its whole search, in the order of telling', () => {
    const root = Site.at(KeyPath.parse('a'), null)
    root.child('b').child(0).say('is wrong')
    root.say('is wrong too')
    root.inside().say('and what it wraps')
    expect(root.problems).to.deep.equal([
      { path: 'a.b[0]', message: 'is wrong' },
      { path: 'a', message: 'is wrong too' },
      { path: 'a', message: 'and what it wraps' },
    ])
  })

  it('puts what was thrown below it at its place', () => {
    const root = Site.at(KeyPath.root, null)
    root.child('b').repeat(FieldError.of('T', [{ path: 'c', message: 'must be 1' }]))
    expect(root.problems.map(({ path, message }) => [path, message])).to.deep.equal([['b.c', 'must be 1']])
  })

  it('counts levels from where it began', () => {
    const root = Site.at(KeyPath.parse('a.b.c'), null)
    expect([root.depth, root.child('d').depth, root.inside().depth]).to.deep.equal([0, 1, 1])
  })

  it('is full after a thousand problems', () => {
    const root = Site.at(KeyPath.root, null)
    for (let i = 0; i < 999; i++) root.child(i).say('is wrong')
    expect(root.isFull).to.equal(false)
    root.say('is wrong')
    expect(root.child(0).isFull).to.equal(true)
  })
})
