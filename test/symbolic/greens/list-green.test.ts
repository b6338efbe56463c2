/** Lists of any size against arrays: the border at 256 elements, versions kept, and one form for one content. */

import { expect } from 'chai'
import fc from 'fast-check'
import { BIG_LIST, LIST, SMALL } from '../../../src/symbolic/greens/spec.ts'
import { insertion, MISSING, SymList, same } from '../../../src/symbolic/index.ts'
import { runs } from '../../support/random.ts'

const list = (values: readonly unknown[]): SymList => SymList.from(values) as SymList
const numbers = (length: number): number[] => Array.from({ length }, (_, i) => i)
const kindOf = (node: SymList): number => node._g[0].kind

describe('list-green', () => {
  it('changes its form at 256 elements, both ways, and nothing else shows it', () => {
    let small = list(numbers(SMALL))
    expect(kindOf(small)).to.equal(LIST)
    let big = small.rebind([['[256]', 256]])
    expect(kindOf(big)).to.equal(BIG_LIST)
    expect(big.toJS()).to.deep.equal(numbers(SMALL + 1))
    expect(big.equals(list(numbers(SMALL + 1)))).to.equal(true)
    expect(big.hash()).to.equal(list(numbers(SMALL + 1)).hash())
    small = big.rebind([['[-1]', MISSING]])
    expect(kindOf(small)).to.equal(LIST)
    expect(small.equals(list(numbers(SMALL)))).to.equal(true)
    expect(small.hash()).to.equal(list(numbers(SMALL)).hash())
    big = list(numbers(SMALL)).rebind([
      ['[0]', insertion('a')],
      ['[0]', insertion('b')],
    ])
    expect(kindOf(big)).to.equal(BIG_LIST)
    expect(big.at(1)).to.equal('b')
    expect(big.length).to.equal(258)
  })

  it('reads alike in both forms', () => {
    for (const size of [5, 300]) {
      const node = list(numbers(size))
      expect(node.at(-1)).to.equal(size - 1)
      expect(node.at(size)).to.equal(undefined)
      expect(node.get('[-1]')).to.equal(size - 1)
      expect(node.has(`[${size}]`)).to.equal(false)
      expect([...node]).to.deep.equal(numbers(size))
      expect(node.indexOf(size - 1)).to.equal(size - 1)
    }
  })

  it('shares the elements it keeps', () => {
    const before = list(numbers(1000).map(i => ({ i })))
    const after = before.rebind([['[500].i', -1]])
    expect(same(after.at(3), before.at(3))).to.equal(true)
    expect(same(after.at(500), before.at(500))).to.equal(false)
    expect(after.diff(before)).to.have.length(1)
  })

  it('is equal to and hashes like a list built in one go, whatever its history', () => {
    // The same content by removing and by inserting gives B+trees of different forms.
    const long = numbers(9000)
    const removed = list(long).rebind(numbers(4500).map(i => [[i * 2], MISSING] as const))
    const inserted = list([]).rebind(numbers(4500).map(i => [[i], i * 2 + 1] as const))
    const one = list(numbers(4500).map(i => i * 2 + 1))
    let stepwise = list(long)
    for (let i = 8998; i >= 0; i -= 2) stepwise = stepwise.rebind([[[i], MISSING]])
    for (const each of [removed, inserted, stepwise]) {
      expect(each.equals(one)).to.equal(true)
      expect(one.equals(each)).to.equal(true)
      expect(each.hash()).to.equal(one.hash())
      expect(each.compare(one)).to.equal(0)
      expect(each.diff(one)).to.deep.equal([])
      const other = each.rebind([[[4444], 'x']])
      expect(other.equals(one)).to.equal(false)
      expect(one.equals(other)).to.equal(false)
    }
  })

  it('agrees with arrays under random changes, in every version kept', () => {
    const step = fc.record({
      op: fc.constantFrom('set', 'insert', 'remove', 'append'),
      at: fc.nat(),
      version: fc.nat(),
    })
    const size = fc.oneof(fc.integer({ min: 250, max: 262 }), fc.constantFrom(0, 3, 1000, 4100))
    fc.assert(
      fc.property(size, fc.array(step, { maxLength: 25 }), (start, steps) => {
        const versions = [{ node: list(numbers(start)), values: numbers(start) as unknown[] }]
        steps.forEach(({ op, at, version }, i) => {
          const from = versions[version % versions.length] as { node: SymList; values: unknown[] }
          const index = from.values.length === 0 ? 0 : at % from.values.length
          const values = from.values.slice()
          let node = from.node
          if (op === 'append' || values.length === 0) {
            node = node.rebind([[[values.length], i]])
            values.push(i)
          } else if (op === 'insert') {
            node = node.rebind([[[index], insertion(-i)]])
            values.splice(index, 0, -i)
          } else if (op === 'remove') {
            node = node.rebind([[[index], MISSING]])
            values.splice(index, 1)
          } else {
            node = node.rebind([[[index - values.length], `set ${i}`]])
            values[index] = `set ${i}`
          }
          versions.push({ node, values })
        })
        for (const { node, values } of versions) {
          expect(node.length).to.equal(values.length)
          expect(node.toArray().every((value, i) => value === values[i])).to.equal(true)
          expect(node.hash()).to.equal(list(values).hash())
          expect(kindOf(node)).to.equal(values.length > SMALL ? BIG_LIST : LIST)
        }
      }),
      { numRuns: runs(120) },
    )
  })
})
