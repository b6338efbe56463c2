import { inspect } from 'node:util'
import { expect } from 'chai'
import { diffTree, isSymbolic, MISSING, SymList } from '../../../src/symbolic/index.ts'
import { Dense, Drop, smallModel } from '../../support/model.ts'

const pathOf = (value: unknown): string => (isSymbolic(value) ? value.path.toString() : 'no node')

describe('a Diff', () => {
  it('reads as lines with signs', () => {
    const before = smallModel()
    const after = before.rebind({
      'head.units': 64,
      layers: [new Drop({ rate: 0.1 }), new Dense({ units: 2 })],
      'tags[0]': MISSING,
      note: 'new',
    })
    expect(String(diffTree(before, after))).to.equal(
      [
        '  support.Model',
        '    layers',
        "~     [0]: Dense(name='', units=32, activation='relu') → Drop(name='', rate=0.1)",
        "~     [1]: Drop(name='', rate=0.5) → Dense(name='', units=2, activation='relu')",
        '    head',
        '~     units: 10 → 64',
        '    tags',
        "-     [0]: 'a'",
        "+   note: 'new'",
      ].join('\n'),
    )
    expect(inspect(diffTree(1, 2))).to.equal('~ 1 → 2')
    expect(String(diffTree({ a: 1, b: 2 }, { a: 1, b: 3 }, { mode: 'both' }))).to.equal(
      '  dict\n    a: 1\n~   b: 2 → 3',
    )
    expect(String(diffTree([1], { a: 1 }))).to.equal('~ [1] → {a: 1}')
  })

  it('knows the places on both sides', () => {
    const diff = diffTree(SymList.from([0, 1, { a: 1 }]), SymList.from([1, { a: 2 }]))
    const [removed, moved] = diff.leaves()
    expect([removed?.leftPath?.toString(), removed?.rightPath]).to.deep.equal(['[0]', null])
    expect([moved?.leftPath?.toString(), moved?.rightPath?.toString()]).to.deep.equal(['[2].a', '[1].a'])
    expect(pathOf(moved?.parent?.left)).to.equal('[2]')
    expect(pathOf(moved?.parent?.right)).to.equal('[1]')
  })

  it('keeps the nodes it was given, and their places', () => {
    const before = smallModel()
    const after = before.rebind({ 'head.units': 3 })
    const diff = diffTree(before.head, after.head)
    expect(diff.left).to.equal(before.head)
    expect(diff.children[0]?.path.toString()).to.equal('units')
    const ofData = diffTree({ a: { b: 1 } }, { a: { b: 2 } }).children[0]
    expect(ofData?.left).to.equal(ofData?.left)
    const inner = diffTree(before, after).children[0]
    expect(isSymbolic(inner?.right) && inner.right.root).to.equal(after)
  })

  it('gives the one value of what is the same, and refuses for the rest', () => {
    const diff = diffTree({ a: 1, b: 2 }, { a: 1, b: 3 }, { mode: 'both' })
    const [a, b] = diff.leaves()
    expect(a?.value).to.equal(1)
    expect(() => b?.value).to.throw("'b' has no one value: it is 2 on the left and 3 on the right")
  })

  it('flattens to leaves by path, lists included', () => {
    const flat = diffTree({ a: [1, 2], b: { c: 1 } }, { a: [2], b: { c: 2 } }).flatten()
    expect([...flat.keys()]).to.deep.equal(['b.c', 'a[0]'])
    expect(flat.get('a[0]')?.left).to.equal(1)
    // The element removed at 1 gives way to the one added there.
    const crossed = diffTree(['A', 'y', 'B'], ['p', 'q', 'A', 'B']).flatten()
    expect([...crossed.keys()]).to.deep.equal(['[0]', '[1]', '[1] (removed)'])
    expect(crossed.get('[1] (removed)')?.left).to.equal('y')
  })
})
