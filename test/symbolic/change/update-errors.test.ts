/** What is said when a change has no place to go: the root, the path, and what is there. */

import { expect } from 'chai'
import { f, PathError, SymDict, SymList, SymObject } from '../../../src/symbolic/index.ts'

class Box extends SymObject.define('placing.Box', {
  size: f.int().default(1),
  tags: f.list(f.string(), { minSize: 1, maxSize: 2 }).default(['a']),
  notes: f.dict(f.string(), { maxSize: 1 }).orEmpty(),
}) {}

describe('the errors of updates', () => {
  const box = new Box()
  const said = (path: string, value: unknown = 1): string => {
    try {
      box.rebind([[path, value]])
    } catch (error) {
      return (error as Error).message
    }
    return 'nothing'
  }

  it('name an unknown field and the one that was meant', () => {
    expect(said('sise')).to.equal("placing.Box: 'sise' is not a field of placing.Box; did you mean 'size'?")
    expect(said('[0]')).to.contain('[0]')
  })

  it('tell where a path runs into a leaf', () => {
    expect(said('size.deep.er')).to.equal(
      "placing.Box has nothing at 'size.deep.er': at 'size' stands 1, which has no parts",
    )
  })

  it('tell a list from a dict', () => {
    expect(said('tags.first')).to.contain('a list is entered by index, like [0]')
    expect(said('notes[0]')).to.contain('a dict is entered by key')
    expect(said('tags[-4]', 'x')).to.contain('the list has 1 elements')
  })

  it('count what there would be', () => {
    expect(() => box.rebind([['tags[0]', undefined]])).to.throw()
    expect(() => box.rebind({ 'tags[8]': 'b', 'tags[9]': 'c' })).to.throw(
      'tags must have at most 2 elements, would have 3',
    )
    expect(() =>
      box.rebind([
        ['notes.a', 'x'],
        ['notes.b', 'y'],
      ]),
    ).to.throw('notes must have at most 1 entries, would have 2')
  })

  it('are path errors for paths', () => {
    expect(() => SymList.from([1]).rebind([['[0].x', 1]])).to.throw(PathError)
    expect(() => SymDict.from({ a: 1 }).rebind([['b.c', 1]])).to.throw(PathError, "nothing at 'b'")
  })
})
