/** Dicts of any size against maps: shared shapes and key tables, removed and re-added keys, versions kept. */

import { expect } from 'chai'
import fc from 'fast-check'
import { BIG_DICT, DICT, SMALL } from '../../../src/symbolic/greens/spec.ts'
import { MISSING, SymDict, same } from '../../../src/symbolic/index.ts'
import { runs } from '../../support/random.ts'

const dict = (entries: Iterable<readonly [string, unknown]>): SymDict =>
  SymDict.from(new Map(entries)) as SymDict
const entriesOf = (length: number): [string, unknown][] => Array.from({ length }, (_, i) => [`k${i}`, i])
const kindOf = (node: SymDict): number => node._g[0].kind

function expectSame(node: SymDict, map: ReadonlyMap<string, unknown>): void {
  expect(node.size).to.equal(map.size)
  const entries = node.entries()
  expect(entries.length).to.equal(map.size)
  let i = 0
  for (const [key, value] of map) {
    const [ourKey, ourValue] = entries[i++] as [string, unknown]
    if (ourKey !== key || ourValue !== value) expect(entries).to.deep.equal([...map])
    if (node.at(key) !== value) expect(node.at(key)).to.equal(value)
  }
}

describe('dict-green', () => {
  it('shares its shape with dicts of the same keys in the same order', () => {
    const shape = (node: SymDict): unknown => node._g[0]
    const one = dict([
      ['a', 1],
      ['b', 2],
    ])
    expect(
      shape(
        dict([
          ['a', 3],
          ['b', 4],
        ]),
      ),
    ).to.equal(shape(one))
    expect(
      shape(
        dict([
          ['b', 3],
          ['a', 4],
        ]),
      ),
    ).not.to.equal(shape(one))
    expect(shape(one.rebind([['c', 1]]).rebind([['c', MISSING]]))).to.equal(shape(one))
  })

  it('changes its form at 256 entries, both ways, and nothing else shows it', () => {
    const small = dict(entriesOf(SMALL))
    expect(kindOf(small)).to.equal(DICT)
    const big = small.rebind([['new', 'x']])
    expect(kindOf(big)).to.equal(BIG_DICT)
    expect(big.hash()).to.equal(dict([...entriesOf(SMALL), ['new', 'x']]).hash())
    const back = big.rebind([['k0', MISSING]])
    expect(kindOf(back)).to.equal(DICT)
    const wanted = dict([...entriesOf(SMALL).slice(1), ['new', 'x']])
    expect(back.equals(wanted)).to.equal(true)
    expect(back.hash()).to.equal(wanted.hash())
    expect(back.keys()).to.deep.equal(wanted.keys())
  })

  it('forgets more than a bounded number of shapes, and works on', () => {
    for (let i = 0; i < 500; i++) {
      const node = dict([
        ['root', 1],
        [`id-${i}`, i],
      ])
      expect(node.at(`id-${i}`)).to.equal(i)
      expect(node.keys()).to.deep.equal(['root', `id-${i}`])
    }
  })

  it('keeps old versions apart that add to one table of keys', () => {
    const base = dict(entriesOf(300))
    const one = base.rebind([['one', 1]])
    const two = base.rebind([['two', 2]])
    const again = base.rebind([['one', 'again']])
    const longer = one.rebind([['two', 'from one']])
    expect(base.at('one')).to.equal(undefined)
    expect(base.size).to.equal(300)
    expect([one.at('one'), one.at('two')]).to.deep.equal([1, undefined])
    expect([two.at('one'), two.at('two')]).to.deep.equal([undefined, 2])
    expect([again.at('one'), again.at('two')]).to.deep.equal(['again', undefined])
    expect([longer.at('one'), longer.at('two')]).to.deep.equal([1, 'from one'])
    expect(longer.keys().slice(-2)).to.deep.equal(['one', 'two'])
    expect(two.rebind([['one', 1]]).equals(one.rebind([['two', 2]]))).to.equal(true)
  })

  it('lets keys go and come back, in the table and beside it', () => {
    const base = dict(entriesOf(300))
    base.rebind([['elsewhere', 0]])
    let node = base
    for (let round = 0; round < 5; round++) {
      node = node.rebind([['x', round]])
      expect(node.at('x')).to.equal(round)
      expect(node.keys().filter(key => key === 'x')).to.have.length(1)
      node = node.rebind([['x', MISSING]])
      expect(node.has('x')).to.equal(false)
      node = node.rebind([['k7', MISSING]])
      expect(node.at('k7')).to.equal(undefined)
      node = node.rebind([['k7', `back ${round}`]])
      expect(node.at('k7')).to.equal(`back ${round}`)
      expect(node.keys().at(-1)).to.equal('k7')
      expect(node.size).to.equal(300)
    }
    expect(node.equals(base.rebind([['k7', 'back 4']]))).to.equal(true)
    expect(node.hash()).to.equal(base.rebind([['k7', 'back 4']]).hash())
    expect(base.at('k7')).to.equal(7)
  })

  it('takes more keys of its own than a linear search should see', () => {
    const base = dict(entriesOf(300))
    base.rebind([['other', 0]])
    let node = base
    for (let i = 0; i < 300; i++) node = node.rebind([[`own${i}`, i]])
    expect(node.size).to.equal(600)
    for (let i = 0; i < 300; i += 17) expect(node.at(`own${i}`)).to.equal(i)
    expect(node.keys()).to.deep.equal([
      ...entriesOf(300).map(([key]) => key),
      ...Array.from({ length: 300 }, (_, i) => `own${i}`),
    ])
  })

  it('survives failed batches that had already added keys', () => {
    const base = dict(entriesOf(300))
    expect(() =>
      base.rebind([
        ['leak', 1],
        ['k1.x', 1],
      ]),
    ).to.throw()
    expect(base.has('leak')).to.equal(false)
    const next = base.rebind([['real', 1]])
    expect(next.keys().at(-1)).to.equal('real')
    expect(next.has('leak')).to.equal(false)
    expect(next.rebind([['leak', 2]]).at('leak')).to.equal(2)
  })

  it('shares the values it keeps', () => {
    const before = dict(entriesOf(1000).map(([key, i]) => [key, { i }]))
    const after = before.rebind([
      ['k500.i', -1],
      ['k3', MISSING],
    ])
    expect(same(after.at('k9'), before.at('k9'))).to.equal(true)
    expect(after.get('k500.i')).to.equal(-1)
    expect(before.get('k500.i')).to.equal(500)
  })

  it('agrees with maps under random changes, in every version kept', () => {
    const step = fc.record({
      op: fc.constantFrom('add', 'set', 'remove', 'readd', 'removeMany'),
      pick: fc.nat(),
      version: fc.nat(),
    })
    const size = fc.oneof(fc.integer({ min: 250, max: 262 }), fc.constantFrom(0, 3, 290, 1000))
    fc.assert(
      fc.property(size, fc.array(step, { maxLength: 20 }), (start, steps) => {
        const versions = [
          { node: dict(entriesOf(start)), map: new Map(entriesOf(start)), gone: [] as string[] },
        ]
        steps.forEach(({ op, pick, version }, i) => {
          const from = versions[version % versions.length] as (typeof versions)[number]
          const map = new Map(from.map)
          const gone = [...from.gone]
          let node = from.node
          const keys = [...map.keys()]
          const key = keys[pick % Math.max(1, keys.length)]
          const old = gone[pick % Math.max(1, gone.length)]
          if (op === 'removeMany') {
            const many = keys.filter((_, at) => at % 3 !== pick % 3)
            node = node.rebind(many.map(each => [[each], MISSING] as const))
            for (const each of many) map.delete(each)
          } else if (op === 'readd' && old !== undefined && !map.has(old)) {
            node = node.rebind([[[old], i]])
            map.set(old, i)
          } else if (op === 'remove' && key !== undefined) {
            node = node.rebind([[[key], MISSING]])
            map.delete(key)
            gone.push(key)
          } else if (op === 'set' && key !== undefined) {
            node = node.rebind([[[key], -i]])
            map.set(key, -i)
          } else {
            // Few names, so that versions add the same keys again and again.
            const name = `n${pick % 5}`
            node = node.rebind([[[name], i]])
            map.set(name, i)
          }
          versions.push({ node, map, gone })
        })
        for (const { node, map } of versions) {
          expectSame(node, map)
          expect(kindOf(node)).to.equal(map.size > SMALL ? BIG_DICT : DICT)
          const anew = dict([...map].reverse())
          expect(node.equals(anew)).to.equal(true)
          expect(anew.equals(node)).to.equal(true)
          expect(node.hash()).to.equal(anew.hash())
          expect(node.compare(anew)).to.equal(0)
        }
      }),
      { numRuns: runs(40) },
    )
  })
})
