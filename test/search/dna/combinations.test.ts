import { expect } from 'chai'
import { Combinations } from '../../../src/search/dna/combinations.ts'
import { Rng } from '../../../src/search/index.ts'

/** All rows that are allowed, by trying every one. */
function rowsOf(rows: Combinations): number[][] {
  let found: number[][] = [[]]
  for (let i = 0; i < rows.count; i++) {
    found = found.flatMap(before =>
      Array.from({ length: rows.total }, (_, index) => index)
        .filter(index => rows.allows(before, index))
        .map(index => [...before, index]),
    )
  }
  return found
}

const product = (row: readonly number[], weights: readonly number[]): number =>
  row.reduce((size, index) => size * (weights[index] as number), 1)

const rules = [true, false].flatMap(isDistinct => [true, false].map(isSorted => ({ isDistinct, isSorted })))

describe('Combinations', () => {
  it('are what the rule says', () => {
    const shown = (isDistinct: boolean, isSorted: boolean): string =>
      rowsOf(new Combinations(2, [1, 1, 1], isDistinct, isSorted))
        .map(row => row.join(''))
        .join(' ')
    expect(shown(true, false)).to.equal('01 02 10 12 20 21')
    expect(shown(true, true)).to.equal('01 02 12')
    expect(shown(false, false)).to.equal('00 01 02 10 11 12 20 21 22')
    expect(shown(false, true)).to.equal('00 01 02 11 12 22')
  })

  it('count what they allow, each row by the weights of its candidates', () => {
    for (const { isDistinct, isSorted } of rules) {
      for (const weights of [[1], [1, 1], [2, 2, 2], [1, 3, 2], [4, 1, 2, 3]]) {
        for (let count = 1; count <= (isDistinct ? weights.length : 3); count++) {
          const rows = new Combinations(count, weights, isDistinct, isSorted)
          const all = rowsOf(rows)
          const label = `${count} of ${weights}, ${isDistinct} ${isSorted}`
          const sum = (some: number[][]): number =>
            some.reduce((size, row) => size + product(row, weights), 0)
          expect(rows.size, label).to.equal(sum(all))
          for (const row of all) {
            for (let i = 0; i < count; i++) {
              const start = row.slice(0, i + 1)
              const alike = all.filter(other => start.every((index, j) => other[j] === index))
              const ways = sum(alike) / product(start, weights)
              expect(rows.ways(row.slice(0, i), row[i] as number), label).to.equal(ways)
            }
          }
        }
      }
    }
  })

  it('count exactly where that is possible, and by magnitude elsewhere', () => {
    const ones = (total: number): number[] => Array(total).fill(1)
    expect(new Combinations(60, ones(60), true, true).size).to.equal(1)
    expect(new Combinations(18, ones(18), true, false).size).to.equal(6_402_373_705_728_000)
    expect(new Combinations(5, ones(52), true, true).size).to.equal(2_598_960)
    expect(new Combinations(25, ones(25), true, false).size).to.be.closeTo(1.5511210043330986e25, 1e12)
    const withFloat = [1, Number.POSITIVE_INFINITY, 1]
    expect(new Combinations(2, withFloat, true, true).size).to.equal(Number.POSITIVE_INFINITY)
    expect(new Combinations(2, withFloat, true, false).size).to.equal(Number.POSITIVE_INFINITY)
  })

  it('are drawn evenly, whatever the rule', () => {
    for (const { isDistinct, isSorted } of rules) {
      const rows = new Combinations(3, [1, 1, 1, 1], isDistinct, isSorted)
      const all = rowsOf(rows).map(row => row.join(''))
      const counts = new Map(all.map(row => [row, 0]))
      const rng = Rng.from(`${isDistinct} ${isSorted}`)
      const draws = 400 * all.length
      for (let i = 0; i < draws; i++) {
        const row = rows.random(rng).join('')
        counts.set(row, (counts.get(row) ?? Number.NaN) + 1)
      }
      // Chi-square: with the seeds above well below the point that one run in a thousand exceeds.
      const square = [...counts.values()].reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0)
      const freedom = all.length - 1
      expect(square, `${isDistinct} ${isSorted}`).to.be.below(freedom + 3.3 * Math.sqrt(2 * freedom) + 4)
    }
  })

  it('say what may follow', () => {
    const rows = new Combinations(3, [1, 1, 1, 1], true, true)
    expect(rows.allowed([])).to.deep.equal([0, 1])
    expect(rows.allowed([1])).to.deep.equal([2])
    expect([rows.nextAllowed([0], 0), rows.nextAllowed([0], 2), rows.nextAllowed([0], 3)]).to.deep.equal([
      1, 2, -1,
    ])
    expect(new Combinations(2, [1, 1], false, false).allowed([0])).to.equal(null)
  })
})
