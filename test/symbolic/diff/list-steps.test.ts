/** Steps between lists: each finds the list as the ones before left it, and moved elements are moved. */

import { expect } from 'chai'
import fc from 'fast-check'
import { type ListStep, listSteps } from '../../../src/symbolic/diff/list-steps.ts'
import { SymList } from '../../../src/symbolic/index.ts'
import { runs } from '../../support/random.ts'

/** What the steps make of the first list. */
function taken(a: readonly unknown[], b: readonly unknown[], steps: readonly ListStep[]): unknown[] {
  const list = [...a]
  for (const step of steps) {
    if (step.do === 'remove') list.splice(step.at, 1)
    else if (step.do === 'add') list.splice(step.at, 0, b[step.other])
    else if (step.do === 'move') list.splice(step.at, 0, ...list.splice(step.from, 1))
    else {
      expect(list[step.at]).to.equal(a[step.from])
      list[step.at] = b[step.other]
    }
  }
  return list
}

/** The greens of records with a name each, as lists keep them. */
const named = (names: readonly string[]): unknown[] => SymList.from(names.map(name => ({ name })))._g.slice(2)

const shown = (values: readonly unknown[]): string => SymList.from(values).toString()

describe('listSteps', () => {
  const names = fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: 10 })

  it('leads from any list to any other', () => {
    fc.assert(
      fc.property(names, names, fc.boolean(), (from, to, isDeep) => {
        const [a, b] = isDeep ? [named(from), named(to)] : [from, to]
        expect(shown(taken(a, b, listSteps(a, b)))).to.equal(shown(b))
      }),
      { numRuns: runs(2000) },
    )
  })

  it('only moves what is only in another order', () => {
    const order = fc.shuffledSubarray([...'abcdefgh'], { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(order, order, (from, to) => {
        const [a, b] = [named(from), named(to)]
        const steps = listSteps(a, b)
        expect(steps.every(step => step.do === 'move')).to.equal(true)
        expect(steps.length).to.be.lessThan(8)
        expect(shown(taken(a, b, steps))).to.equal(shown(b))
      }),
      { numRuns: runs(500) },
    )
  })

  it('says nothing about what stays', () => {
    expect(listSteps([], [])).to.deep.equal([])
    expect(listSteps([1, 2], [1, 2])).to.deep.equal([])
  })

  it('moves two that changed places twice, and not through all between', () => {
    const [a, b] = [named(['x', 'm', 'y']), named(['y', 'm', 'x'])]
    expect(listSteps(a, b).map(step => step.do)).to.deep.equal(['move', 'move'])
  })
})
