/** From a changed child up to a changed root. */

import { expect } from 'chai'
import {
  FieldError,
  f,
  SealedError,
  SymDict,
  type SymList,
  SymObject,
  same,
} from '../../../src/symbolic/index.ts'
import { find, show, tree } from '../../support/twig.ts'

describe('spine', () => {
  it('carries a change of a child up to a new root, and shares the rest', () => {
    const before = tree('a(b(c) d)')
    const c = find(before, 'b c').rebind({ name: 'x' })
    expect(show(c.root as typeof before)).to.equal('a(b(x) d)')
    expect(c.path.toString()).to.equal('twigs[0].twigs[0]')
    expect(same(find(c.root as typeof before, 'd'), find(before, 'd'))).to.equal(true)
    expect(show(before)).to.equal('a(b(c) d)')
  })

  it('goes up through lists and dicts, small and big', () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [`k${i}`, { rows: Array(400).fill([i]) }]),
    )
    const root = SymDict.from(many)
    const row = root.get('k7.rows[300]') as SymList<number>
    const next = row.rebind({ '[0]': 99 })
    expect((next.root as typeof root).get('k7.rows[300][0]')).to.equal(99)
    expect((next.root as typeof root).get('k8.rows[300][0]')).to.equal(8)
    expect(root.get('k7.rows[300][0]')).to.equal(7)
  })

  it('stops at a seal above', () => {
    const root = tree('a(b!(c))')
    expect(() => find(root, 'b c').rebind({ name: 'x' })).to.throw(SealedError, 'twigs[0] is sealed')
  })

  it('leaves frozen fields alone', () => {
    class Fixed extends SymObject.define('spine.Fixed', { list: f.list(f.int()).frozen([1, 2]) }) {}
    const fixed = new Fixed()
    expect(() => fixed.list.rebind({ '[0]': 5 })).to.throw(FieldError, 'spine.Fixed.list is frozen at [1, 2]')
    expect(fixed.list.rebind({ '[0]': 1 })).to.equal(fixed.list)
  })
})
