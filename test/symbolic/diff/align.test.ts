import { expect } from 'chai'
import fc from 'fast-check'
import { eachUnaligned, looksShifted, NO_INDEX } from '../../../src/symbolic/diff/align.ts'
import { SymList } from '../../../src/symbolic/index.ts'

/** The differences of two lists in short: `0` changed, `+0` put in, `-0` taken out. */
function picture(a: readonly unknown[], b: readonly unknown[]): string {
  const calls: string[] = []
  eachUnaligned(a, b, (i, j) => {
    calls.push(i === NO_INDEX ? `+${j}` : j === NO_INDEX ? `-${i}` : i === j ? `${i}` : `${i}:${j}`)
  })
  return calls.join(' ')
}

describe('alignment', () => {
  it('says what was put in, taken out and changed', () => {
    expect(picture([1, 2, 3], [1, 2, 3])).to.equal('')
    expect(picture([1, 2, 3], [2, 3])).to.equal('-0')
    expect(picture([1, 2, 3], [0, 1, 2, 3])).to.equal('+0')
    expect(picture([1, 2, 3], [1, 9, 3])).to.equal('1')
    expect(picture([1, 2, 3, 4], [2, 3, 9])).to.equal('-0 3:2')
    expect(picture([], [1, 2])).to.equal('+0 +1')
    expect(picture([1, 2], [])).to.equal('-0 -1')
  })

  it('takes the middle of lists that are too long as rewritten', () => {
    const long = Array.from({ length: 600 }, (_, i) => i)
    expect(picture(long, long.map(i => i + 600).concat(5)).split(' ')).to.have.length(601)
  })

  it('tells an element put in from one that changed', () => {
    const [a, b, c] = [
      [1, 2, 3],
      [9, 1, 2],
      [1, 9, 3],
    ].map(list => SymList.from(list)._g)
    expect(looksShifted(a!, b!, 0, 3)).to.equal(true)
    expect(looksShifted(a!, c!, 1, 3)).to.equal(false)
    expect(looksShifted(a!, b!, 2, 3)).to.equal(false)
  })

  it('leaves what stands between two calls equal, pair by pair', () => {
    const list = fc.array(fc.nat({ max: 3 }), { maxLength: 12 })
    fc.assert(
      fc.property(list, list, (a, b) => {
        let [i, j] = [0, 0]
        const inStep = (end: number): void => {
          while (i < end) expect(a[i++]).to.equal(b[j++])
        }
        eachUnaligned(a, b, (x, y) => {
          inStep(x === NO_INDEX ? i + y - j : x)
          expect([x, y]).to.deep.equal([x === NO_INDEX ? x : i++, y === NO_INDEX ? y : j++])
        })
        inStep(a.length)
        expect(j).to.equal(b.length)
      }),
      { numRuns: 500 },
    )
  })
})
