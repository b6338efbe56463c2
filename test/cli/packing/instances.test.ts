import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { drawInstances, readPublished } from '../../../src/cli/packing/instances.ts'

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length

describe('instances of bin packing', () => {
  it('are drawn by their definitions', () => {
    const weibull = drawInstances('weibull', 1)
    expect(weibull.map(({ capacity, items }) => [capacity, items.length])).to.eql(Array(5).fill([100, 5000]))
    const items = weibull.flatMap(instance => instance.items)
    // The mean of a Weibull distribution is its scale times gamma(1 + 1/3).
    expect(mean(items)).to.be.within(39.8, 40.6)
    expect(items.every(item => Number.isInteger(item) && 1 <= item && item <= 100)).to.equal(true)
    const or3 = drawInstances('or3', 1)
    expect(or3.map(({ capacity, items }) => [capacity, items.length])).to.eql(Array(20).fill([150, 500]))
    const sizes = or3.flatMap(instance => instance.items)
    expect([Math.min(...sizes), Math.max(...sizes)]).to.eql([20, 100])
    expect(mean(sizes)).to.be.within(59, 61)
  })

  it('are the same for a seed, and more of them begin alike', () => {
    expect(drawInstances('or3', 'a', 3)).to.eql(drawInstances('or3', 'a', 3))
    expect(drawInstances('or3', 'a', 5).slice(0, 3)).to.eql(drawInstances('or3', 'a', 3))
    expect(drawInstances('or3', 'b', 1)).not.to.eql(drawInstances('or3', 'a', 1))
  })
})

describe('published instances', () => {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-instances-'))
  const file = join(folder, 'binpack.json')
  const written = (content: unknown): string => {
    writeFileSync(file, JSON.stringify(content))
    return file
  }

  after(() => rmSync(folder, { recursive: true }))

  it('are read by their name', () => {
    const instance = { capacity: 10, num_items: 2, items: [3, 10] }
    expect(readPublished(written({ OR3: { a: instance } }), 'or3')).to.eql([instance])
  })

  it('are refused when they are none', () => {
    for (const content of [
      {},
      { OR3: {} },
      { OR3: { a: { capacity: 10, items: [11] } } },
      { OR3: { a: 3 } },
      null,
    ]) {
      expect(() => readPublished(written(content), 'or3')).to.throw("has no instances 'OR3'")
    }
  })
})
