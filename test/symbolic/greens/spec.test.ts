/** Greens and their descriptors: seals are twins, kinds have ranges, and one class fits them all. */

import { expect } from 'chai'
import { specOf } from '../../../src/symbolic/class-spec.ts'
import {
  BIG_DICT,
  BIG_LIST,
  DICT,
  isDictKind,
  isGreen,
  isKindOf,
  isListKind,
  LIST,
  OBJECT,
  withSeal,
} from '../../../src/symbolic/greens/spec.ts'
import { SymDict, SymList } from '../../../src/symbolic/index.ts'
import { Dense, Drop, Layer } from '../../support/model.ts'

describe('a spec', () => {
  it('has one sealed twin, and leads back from it', () => {
    for (const spec of [specOf(Dense), SymList.empty._g[0], SymDict.from({ a: 1 })._g[0]]) {
      const sealed = withSeal(spec, true)
      expect(sealed.sealed).to.equal(true)
      expect(sealed.base).to.equal(spec)
      expect(withSeal(spec, true)).to.equal(sealed)
      expect(withSeal(sealed, true)).to.equal(sealed)
      expect(withSeal(sealed, false)).to.equal(spec)
      expect(withSeal(spec, false)).to.equal(spec)
      expect([sealed.kind, sealed.name, sealed.names]).to.deep.equal([spec.kind, spec.name, spec.names])
    }
  })

  it('knows what it is a kind of, sealed or not', () => {
    expect(isKindOf(specOf(Dense), specOf(Layer))).to.equal(true)
    expect(isKindOf(withSeal(specOf(Dense), true), specOf(Layer))).to.equal(true)
    expect(isKindOf(withSeal(specOf(Dense), true), specOf(Dense))).to.equal(true)
    expect(isKindOf(specOf(Layer), specOf(Dense))).to.equal(false)
    expect(isKindOf(specOf(Drop), specOf(Dense))).to.equal(false)
  })

  it('is of one of five kinds', () => {
    expect(
      ([OBJECT, LIST, BIG_LIST, DICT, BIG_DICT] as const).map(kind => [isListKind(kind), isDictKind(kind)]),
    ).to.deep.equal([
      [false, false],
      [true, false],
      [true, false],
      [false, true],
      [false, true],
    ])
    expect(isGreen(new Dense({ units: 1 })._g)).to.equal(true)
    expect(isGreen(new Dense({ units: 1 }))).to.equal(false)
  })
})
