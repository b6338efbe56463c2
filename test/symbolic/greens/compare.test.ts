/** One order over everything: total, never throwing, and in agreement with equality. */

import { expect } from 'chai'
import fc from 'fast-check'
import { compare, equals, MISSING, SymDict, SymList } from '../../../src/symbolic/index.ts'
import { Dense, Drop } from '../../support/model.ts'
import { anyTree, runs } from '../../support/random.ts'

class Opaque {}

/** Values of every kind, alone and in lists; of opaque ones only functions have a name that counts. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  anyTree({ depth: 2 }),
  fc.constantFrom<unknown>(
    undefined,
    MISSING,
    null,
    true,
    false,
    0,
    -0,
    1,
    Number.NaN,
    -Infinity,
    '',
    'a',
    5n,
  ),
  fc.constantFrom<unknown>(new Opaque(), new Date(0), () => 1, Symbol('x'), new Map(), [], {}, [1], [1, 2], {
    a: 1,
  }),
  fc.constantFrom<unknown>([undefined], [MISSING], new Dense({ units: 1 }), new Drop({})),
)

const sign = (n: number): number => Math.sign(n)

describe('compare', () => {
  it('goes from absent over leaves and containers to opaque values', () => {
    const row: unknown[] = [
      undefined,
      null,
      false,
      true,
      Number.NaN,
      -Infinity,
      -1,
      0,
      1,
      Infinity,
      '',
      'a',
      'b',
      [],
      [0],
      [0, 0],
      [1],
      {},
      { x: 1 },
      { x: 1, y: 2 },
      { x: 2 },
      { y: 1 },
      new Dense({ units: 1 }),
      new Dense({ units: 2 }),
      new Drop({}),
      new Opaque(),
      () => 1,
    ]
    row.forEach((a, i) => {
      row.forEach((b, j) => {
        expect(sign(compare(a, b)), `${String(a)} with ${String(b)}`).to.equal(sign(i - j))
      })
    })
  })

  it('is total: reflexive, antisymmetric and transitive', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(compare(a, a)).to.equal(0)
        expect(sign(compare(a, b)) + sign(compare(b, a))).to.equal(0)
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).to.be.at.most(0)
        if (compare(a, b) === 0) expect(sign(compare(a, c))).to.equal(sign(compare(b, c)))
      }),
      { numRuns: runs(2000) },
    )
  })

  it('is 0 exactly for equal trees', () => {
    fc.assert(
      fc.property(anyTree({ depth: 2 }), anyTree({ depth: 2 }), (a, b) => {
        expect(compare(a, b) === 0).to.equal(a.equals(b))
        expect(a.compare(b)).to.equal(compare(a, b))
        expect(a.compare(a.clone())).to.equal(0)
      }),
      { numRuns: runs(500) },
    )
  })

  it('does not depend on key order, size or history', () => {
    expect(compare({ a: 1, b: 2 }, { b: 2, a: 1 })).to.equal(0)
    const long = Array.from({ length: 600 }, (_, i) => i)
    expect(compare(long, SymList.from(long))).to.equal(0)
    expect(compare(long, [...long, 1])).to.be.lessThan(0)
    expect(compare({ a: long }, SymDict.from({ a: long }))).to.equal(0)
  })

  it('never throws, not even at classes that lie about themselves', () => {
    const liars = [
      Object.create({
        get constructor(): never {
          throw new Error('mine')
        },
      }),
      Object.create({ constructor: { name: Symbol('x') } }),
      Object.create({ constructor: null }),
      Object.create({ constructor: { name: 5 } }),
      new Proxy(new Opaque(), {}),
      new Opaque(),
    ] as unknown[]
    for (const a of liars)
      for (const b of liars) expect(sign(compare(a, b)) + sign(compare(b, a))).to.equal(0)
    expect(compare([undefined], [MISSING])).to.be.a('number')
    expect(equals([undefined], [1])).to.equal(false)
  })
})
