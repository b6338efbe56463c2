/** Rules from the bottom up: order, removal, data and trees. */

import { expect } from 'chai'
import fc from 'fast-check'
import { FieldError, MISSING, SymDict, SymError, SymList, transformUp } from '../../../src/symbolic/index.ts'
import { Dense, type Model, smallModel } from '../../support/model.ts'
import { anyTree, containerData, runs } from '../../support/random.ts'
import { refusal } from '../../support/refusal.ts'

describe('transformUp', () => {
  it('replaces children before their parents', () => {
    const places: string[] = []
    const sum = (value: unknown): unknown =>
      Array.isArray(value) ? value.reduce((a: number, b: number) => a + b, 0) : value
    const result = transformUp({ a: [1, [2, 3]], b: 4 }, (path, value) => {
      places.push(path.toString())
      return sum(value)
    })
    expect(result).to.deep.equal({ a: 6, b: 4 })
    expect(places).to.deep.equal(['a[0]', 'a[1][0]', 'a[1][1]', 'a[1]', 'a', 'b', ''])
  })

  it('takes away what becomes MISSING', () => {
    const noTwo = (_: unknown, value: unknown): unknown => (value === 2 ? MISSING : value)
    expect(transformUp({ a: 2, b: [1, 2, 3] }, noTwo)).to.deep.equal({ b: [1, 3] })
    expect(String(transformUp(SymDict.from({ a: 2, b: [1, 2, 3] }), noTwo))).to.equal('{b: [1, 3]}')
  })

  it('makes the next version of a tree, checked by its fields', () => {
    const model = smallModel()
    const next = transformUp(model, (_, value) =>
      value instanceof Dense ? value.rebind({ name: `${value.units}` }) : value === 10 ? 11 : value,
    ) as Model
    expect([next.head.name, next.layers.at(0)?.name, model.head.name]).to.deep.equal(['11', '32', 'head'])
    expect(transformUp(model, (_, value) => value)).to.equal(model)
    refusal(
      () => transformUp(model, (path, value) => (path.key === 'units' ? 0 : value)),
      FieldError,
      /units/,
    )
    expect(
      transformUp(SymList.from([1]), (_, value) => (value instanceof SymList ? value.length : value)),
    ).to.equal(1)
  })

  it('refuses data that holds itself', () => {
    const loop: unknown[] = []
    loop.push(loop)
    refusal(() => transformUp(loop, (_, value) => value), SymError, /hold itself/)
  })

  it('leaves everything as it is by the rule that does', () => {
    fc.assert(
      fc.property(containerData(), anyTree(), (data, tree) => {
        expect(transformUp(data, (_, value) => value)).to.deep.equal(data)
        expect(transformUp(tree, (_, value) => value)).to.equal(tree)
      }),
      { numRuns: runs(50) },
    )
  })
})
