import { expect } from 'chai'
import type { TextGenome } from '../../../src/search/dna/custom-spec.ts'
import { SpaceSpec } from '../../../src/search/dna/space-spec.ts'
import { CustomSpec, Dna, Rng, SpaceError } from '../../../src/search/index.ts'

/** Texts of the letter a; every second mutation changes nothing. */
const letters: TextGenome = {
  first: () => '',
  random: rng => 'a'.repeat(rng.int(5)),
  vary: (text, rng) => (rng.int(2) === 0 ? text : `${text}a`),
  next: text => (text.length === 3 ? null : `${text}a`),
  problem: text => (/^a*$/.test(text) ? null : 'the letter a, over and over'),
  decode: text => text.length,
  encode: value => 'a'.repeat(value as number),
}
const point = new CustomSpec('x', 'letters', letters)
const spec = new SpaceSpec('', [point])

describe('CustomSpec', () => {
  it('has texts as genes', () => {
    expect([point.kind, point.size, point.isMutable, point.isCountable]).to.deep.equal([
      'custom',
      Number.POSITIVE_INFINITY,
      true,
      true,
    ])
    expect([
      point.decode('aa'),
      point.encode(3),
      point.literalOf('a'),
      point.geneOf('a'),
      point.geneOf(1),
    ]).to.deep.equal([2, 'aaa', 'a', 'a', undefined])
    const dna = spec.randomDna(Rng.from(1))
    expect(dna.toNumbers()[0]).to.match(/^a*$/)
    expect(Dna.fromJson(JSON.parse(JSON.stringify(dna)), spec).equals(dna)).to.equal(true)
    expect(Dna.fromDict(dna.toDict(), spec).equals(dna)).to.equal(true)
    expect(String(Dna.fromNumbers(['aa'], spec))).to.equal('"aa"')
  })

  it('varies until something changes', () => {
    const rng = Rng.from(1)
    for (let i = 0; i < 50; i++) expect(point.vary('a', rng)).not.to.equal('a')
  })

  it('is gone through where its genome has an order, and has no positions', () => {
    expect([...spec.iterate()].map(String)).to.deep.equal(['""', '"a"', '"aa"', '"aaa"'])
    const unordered = new SpaceSpec('', [new CustomSpec('x', undefined, { ...letters, next: null })])
    expect(() => unordered.nextDna(unordered.firstDna())).to.throw(
      SpaceError,
      "the custom decision at 'x' has no next value",
    )
    expect(() => spec.dnaAt(0)).to.throw(SpaceError, 'no exact positions')
    expect(() => point.rank()).to.throw(SpaceError, "the values at 'x' (letters) have no positions")
  })

  it('refuses what is none of its texts', () => {
    expect(() => Dna.fromNumbers(['b'], spec)).to.throw(
      SpaceError,
      'the value at \'x\' (letters) must be the letter a, over and over, got "b"',
    )
    expect(() => Dna.fromJson(5, spec)).to.throw(SpaceError, 'must be a text, got 5')
    expect(() => Dna.fromJson(['b'.repeat(500)], spec)).to.throw(SpaceError, /got "b{76}\.\.\.$/)
    expect(() => Dna.fromNumbers([], spec)).to.throw(SpaceError, 'the DNA ends before')
  })

  it('goes behind numbers in the order of DNAs, and has a hash and a key of its own', () => {
    const at = (gene: string): Dna => Dna.fromNumbers([gene], spec)
    expect(Math.sign(at('a').compare(at('aa')))).to.equal(-1)
    expect(Math.sign(at('aa').compare(at('a')))).to.equal(1)
    expect(at('a').compare(at('a'))).to.equal(0)
    expect(at('a').hash()).not.to.equal(at('aa').hash())
    expect(Number.isSafeInteger(at('aaa').key)).to.equal(true)
  })
})
