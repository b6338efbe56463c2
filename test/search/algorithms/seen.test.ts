import { expect } from 'chai'
import {
  drawUnseen,
  floatV,
  isSeen,
  NOTHING_SEEN,
  oneOf,
  Rng,
  randomUnseen,
  type Seen,
  Space,
  withSeen,
} from '../../../src/search/index.ts'

describe('what was seen', () => {
  it('finds the last points of a finite space, then says there are none', () => {
    const { spec } = Space.of(Array.from({ length: 5 }, () => oneOf([1, 2, 3, 4])))
    let seen: Seen = NOTHING_SEEN
    const texts = new Set<string>()
    for (let n = 0; n < spec.size; n++) {
      const dna = randomUnseen(seen, spec, Rng.from(n))
      if (dna === null) break
      expect(isSeen(seen, dna)).to.equal(false)
      seen = withSeen(seen, dna)
      texts.add(String(dna))
    }
    expect([texts.size, seen.count]).to.deep.equal([1024, 1024])
    expect(randomUnseen(seen, spec, Rng.from(0))).to.equal(null)
    const read: Seen = JSON.parse(JSON.stringify(seen))
    expect([...spec.iterate()].every(dna => isSeen(read, dna))).to.equal(true)
  })

  it('tells floats apart by their hash', () => {
    const { spec } = Space.of([floatV(0, 1)])
    const rng = Rng.from(1)
    let seen: Seen = NOTHING_SEEN
    for (let i = 0; i < 1_000; i++) seen = withSeen(seen, spec.randomDna(rng))
    expect(isSeen(seen, spec.randomDna(rng))).to.equal(false)
    expect(isSeen(seen, spec.randomDna(Rng.from(1)))).to.equal(true)
  })

  it('gives up drawing after so many attempts', () => {
    const { spec } = Space.of([oneOf([1, 2])])
    const seen = withSeen(NOTHING_SEEN, spec.firstDna())
    let draws = 0
    const draw = () => {
      draws++
      return spec.firstDna()
    }
    const drawn = drawUnseen(seen, draw, 10)
    expect([drawn, draws]).to.deep.equal([null, 10])
  })
})
