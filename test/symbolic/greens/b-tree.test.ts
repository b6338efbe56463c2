/** B+trees against arrays: around their chunk sizes, deep, and with old versions kept. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  Branch,
  type BTree,
  EMPTY_TREE,
  forEachLeaf,
  sizeOf,
  treeFrom,
  treeGet,
  treeInsert,
  treeRemove,
  treeSet,
  treeValues,
  WIDTH,
} from '../../../src/symbolic/greens/b-tree.ts'
import { runs } from '../../support/random.ts'

const numbers = (length: number): number[] => Array.from({ length }, (_, i) => i)

/** Checks the form of a tree (ends, widths, even depth) and gives its depth. */
function depthOf(tree: BTree): number {
  if (Array.isArray(tree)) {
    expect(tree.length).to.be.at.most(WIDTH)
    return 0
  }
  expect(tree.children.length).to.be.within(1, WIDTH)
  expect(tree.ends).to.have.length(tree.children.length)
  let end = 0
  const depths = tree.children.map((child, i) => {
    end += sizeOf(child)
    expect(tree.ends[i]).to.equal(end)
    return depthOf(child)
  })
  expect(new Set(depths).size).to.equal(1)
  const depth = (depths[0] as number) + 1
  expect(tree.span).to.equal(WIDTH ** depth)
  return depth
}

describe('b-tree', () => {
  it('holds any number of values, across the edges of its levels', () => {
    for (const size of [0, 1, 63, 64, 65, 127, 128, 129, 64 * 64 - 1, 64 * 64, 64 * 64 + 1, 64 ** 3 + 1]) {
      const tree = treeFrom(numbers(size))
      expect(sizeOf(tree)).to.equal(size)
      expect(depthOf(tree)).to.equal(size <= 64 ? 0 : size <= 64 ** 2 ? 1 : size <= 64 ** 3 ? 2 : 3)
      for (const i of [0, 1, 62, 63, 64, 65, size >> 1, size - 65, size - 1]) {
        if (0 <= i && i < size) expect(treeGet(tree, i)).to.equal(i)
      }
      if (size < 10_000) expect(treeValues(tree)).to.deep.equal(numbers(size))
    }
  })

  it('gives the same tree when a value is set to itself, and shares the rest otherwise', () => {
    const tree = treeFrom(numbers(10_000)) as Branch
    expect(treeSet(tree, 5000, 5000)).to.equal(tree)
    const next = treeSet(tree, 5000, 'x') as Branch
    expect(treeGet(next, 5000)).to.equal('x')
    expect(treeGet(tree, 5000)).to.equal(5000)
    expect(next.children.filter((child, i) => child !== tree.children[i])).to.have.length(1)
    expect(treeSet(treeFrom([Number.NaN]), 0, Number.NaN)).to.deep.equal([Number.NaN])
  })

  it('grows by appends with full leaves, and by inserts at the front', () => {
    let back: BTree = EMPTY_TREE
    let front: BTree = EMPTY_TREE
    for (let i = 0; i < 5000; i++) {
      back = treeInsert(back, i, i)
      front = treeInsert(front, 0, 4999 - i)
    }
    for (const tree of [back, front]) {
      depthOf(tree)
      expect(treeValues(tree)).to.deep.equal(numbers(5000))
    }
    let leaves = 0
    forEachLeaf(back, () => void leaves++)
    expect(leaves).to.equal(Math.ceil(5000 / WIDTH))
  })

  it('shrinks to nothing from the front, the back and the middle', () => {
    for (const at of [() => 0, (size: number) => size - 1, (size: number) => size >> 1]) {
      let tree = treeFrom(numbers(4200))
      const values = numbers(4200)
      for (let size = 4200; size > 0; size--) {
        const index = at(size)
        tree = treeRemove(tree, index)
        values.splice(index, 1)
        if (size % 500 === 0) {
          depthOf(tree)
          expect(treeValues(tree)).to.deep.equal(values)
        }
      }
      expect(sizeOf(tree)).to.equal(0)
      expect(treeValues(treeInsert(tree, 0, 'x'))).to.deep.equal(['x'])
    }
  })

  it('visits leaves with the index of their first value', () => {
    let tree = treeFrom(numbers(500))
    for (let i = 0; i < 100; i++) tree = treeRemove(tree, (i * 7) % 300)
    let next = 0
    forEachLeaf(tree, (leaf, start) => {
      expect(start).to.equal(next)
      next += leaf.length
    })
    expect(next).to.equal(400)
  })

  it('agrees with arrays under random changes, in every version kept', () => {
    const size = fc.constantFrom(0, 60, 64, 70, 130, 4000, 4096, 4160)
    const run = fc.record({
      op: fc.constantFrom('set', 'insert', 'remove'),
      at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      times: fc.integer({ min: 1, max: 90 }),
      version: fc.nat(),
    })
    fc.assert(
      fc.property(size, fc.array(run, { maxLength: 8 }), (start, runs) => {
        const versions: { tree: BTree; values: unknown[] }[] = [
          { tree: treeFrom(numbers(start)), values: numbers(start) },
        ]
        for (const { op, at, times, version } of runs) {
          let { tree, values } = versions[version % versions.length] as { tree: BTree; values: unknown[] }
          values = values.slice()
          for (let i = 0; i < times; i++) {
            const index = Math.floor(at * (values.length + (op === 'insert' ? 1 : 0)))
            if (op === 'insert') {
              tree = treeInsert(tree, index, -i)
              values.splice(index, 0, -i)
            } else if (values.length > 0 && op === 'remove') {
              tree = treeRemove(tree, index)
              values.splice(index, 1)
            } else if (values.length > 0) {
              tree = treeSet(tree, index, 'set')
              values[index] = 'set'
            }
          }
          versions.push({ tree, values })
        }
        for (const { tree, values } of versions) {
          depthOf(tree)
          expect(sizeOf(tree)).to.equal(values.length)
          const seen = treeValues(tree)
          expect(seen.every((value, i) => value === values[i])).to.equal(true)
          for (let i = 0; i < values.length; i += 1 + (values.length >> 6))
            expect(treeGet(tree, i)).to.equal(values[i])
        }
      }),
      { numRuns: runs(60) },
    )
  })

  it('is a Branch above one leaf', () => {
    expect(treeFrom(numbers(65))).to.be.instanceOf(Branch)
  })
})
