import { expect } from 'chai'
import { Choices, Dna, floatV, type Gene, oneOf, Rng, Space, SpaceError } from '../../../src/search/index.ts'

const space = Space.of({
  x: oneOf(['a', 'b', 'c'], { name: 'letter' }),
  y: oneOf<unknown>([{ z: floatV(0, 1) }, 5, [oneOf([true, null])]]),
})
const { spec } = space
const [letter, y] = spec.points as [Choices, Choices]

describe('Choices', () => {
  it('say what is decided, and what each candidate opens', () => {
    expect(letter).to.be.instanceOf(Choices)
    expect([letter.kind, letter.id, letter.name, letter.size]).to.deep.equal(['choices', 'x', 'letter', 3])
    expect([y.id, y.name, y.size]).to.deep.equal(['y', undefined, Infinity])
    expect(y.candidates.map(candidate => candidate.size)).to.deep.equal([Infinity, 1, 2])
    expect(y.points.map(point => point.id)).to.deep.equal(['y', 'y[=0/3].z', 'y[=2/3][0]'])
  })

  it('know their candidates as literals', () => {
    expect(letter.literals).to.deep.equal(['a', 'b', 'c'])
    expect([letter.literalOf(1), letter.geneOf('b'), letter.geneOf('d')]).to.deep.equal(['b', 1, undefined])
    expect(y.literals).to.deep.equal([
      "{z: FloatV(min=0, max=1, scale='linear')}",
      5,
      '[OneOf(candidates=[true, null])]',
    ])
    expect((spec.points[3] as Choices).literals).to.deep.equal([true, null])
  })

  it('draw another candidate than the given one, evenly', () => {
    const rng = Rng.from(1)
    const counts = [0, 0, 0]
    for (let i = 0; i < 3_000; i++) {
      const genes: Gene[] = []
      letter.redraw([1], 0, 0, genes, rng)
      counts[genes[0] as number]!++
    }
    expect(counts[1]).to.equal(0)
    expect(counts[0]).to.be.within(1_350, 1_650)
  })

  it('refuse what is no index', () => {
    const refuse = (numbers: number[], why: string): void => {
      expect(() => Dna.fromNumbers(numbers, spec)).to.throw(SpaceError, why)
    }
    refuse([3, 1], "the choice at 'x' (letter) must be an index from 0 to 2, got 3")
    refuse([-1, 1], 'index from 0 to 2, got -1')
    refuse([0.5, 1], 'index from 0 to 2, got 0.5')
    refuse([Number.NaN, 1], 'index from 0 to 2, got NaN')
    refuse([], "the DNA ends before 'x' (letter): it has too few numbers")
    refuse([0, 2], "the DNA ends before 'y[=2/3][0]'")
    refuse([0, 1, 0], 'the DNA has 3 numbers, and only 2 are decisions of the space')
  })
})
