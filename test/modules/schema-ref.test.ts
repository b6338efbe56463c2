import { expect } from 'chai'
import { isLocalRef, resolveRef } from '../../src/modules/schema-ref.ts'

const root = { $defs: { 'a/b~c d': 1, list: [{ x: 2 }] } }

describe('resolveRef', () => {
  it('follows a pointer from the root, with its escapes', () => {
    expect(resolveRef(root, '#')).to.equal(root)
    expect(resolveRef(root, '#/$defs/list/0/x')).to.equal(2)
    expect(resolveRef(root, '#/$defs/a~1b~0c%20d')).to.equal(1)
  })

  it('finds own keys only, and nothing outside', () => {
    const refs = ['#/constructor', '#/$defs/none', '#/$defs/list/0/x/y', 'https://example.com', '#/%']
    expect(refs.map(ref => resolveRef(root, ref))).to.deep.equal(refs.map(() => undefined))
  })
})

describe('isLocalRef', () => {
  it('tells pointers from everything else', () => {
    expect(['#', '#/a', '#a', 'a', ''].map(isLocalRef)).to.deep.equal([true, true, false, false, false])
  })
})
