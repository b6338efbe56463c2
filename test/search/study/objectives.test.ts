import { expect } from 'chai'
import fc from 'fast-check'
import { signsOf, turned, withNewcomer } from '../../../src/search/study/objectives.ts'

type Item = { readonly values: readonly number[] }
const item = (...values: number[]): Item => ({ values })
const frontOf = (items: readonly Item[], signs = signsOf(['maximize', 'minimize'])): readonly Item[] =>
  items.reduce<readonly Item[]>((front, each) => withNewcomer(front, each, signs), [])

describe('objectives', () => {
  it('are turned so that more is better', () => {
    expect(turned([3, 4], signsOf(['maximize', 'minimize']))).to.deep.equal([3, -4])
  })

  it('keep the earliest of equals, and the same front when nothing changes', () => {
    const [first, second] = [item(1, 1), item(1, 1)]
    const front = frontOf([first])
    expect(withNewcomer(front, second, signsOf(['maximize', 'minimize']))).to.equal(front)
    expect(front[0]).to.equal(first)
  })

  it('have the best alone as their front when there is one', () => {
    const front = frontOf([item(3), item(7), item(5)], signsOf(['maximize']))
    expect(front).to.deep.equal([item(7)])
    expect(frontOf([item(3), item(7)], signsOf(['minimize']))).to.deep.equal([item(3)])
  })

  it('have a front of those that none beats, whatever order they come in', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(values, all => {
        const beats = ([a, b]: [number, number], [c, d]: [number, number]): boolean =>
          a >= c && b <= d && (a > c || b < d)
        const expected = all.filter(one => !all.some(other => beats(other, one)))
        const front = frontOf(all.map(pair => item(...pair)))
        const texts = (pairs: readonly (readonly number[])[]): string[] =>
          [...new Set(pairs.map(String))].sort()
        expect(texts(front.map(each => each.values))).to.deep.equal(texts(expected))
        expect(front.length).to.equal(new Set(expected.map(String)).size)
      }),
    )
  })
})
