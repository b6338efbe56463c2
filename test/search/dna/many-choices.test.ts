import { expect } from 'chai'
import {
  Dna,
  floatV,
  intV,
  ManyChoices,
  manyOf,
  oneOf,
  permutate,
  Rng,
  Space,
  SpaceError,
} from '../../../src/search/index.ts'

const listed = (tree: unknown): string[] => [...Space.of(tree).iterate()].map(String)
const ids = (tree: unknown): string[] => Space.of(tree).decisions.map(point => point.id)
const letters = ['a', 'b', 'c']

describe('ManyChoices', () => {
  // The tables were made by running PyGlove.
  it('enumerates choices of several', () => {
    expect(listed(manyOf(2, letters))).to.deep.equal([
      '[0, 1]',
      '[0, 2]',
      '[1, 0]',
      '[1, 2]',
      '[2, 0]',
      '[2, 1]',
    ])
    expect(listed(manyOf(2, letters, { sorted: true }))).to.deep.equal(['[0, 1]', '[0, 2]', '[1, 2]'])
    expect(listed(manyOf(2, letters, { distinct: false })).length).to.equal(9)
    expect(listed(manyOf(2, letters, { distinct: false, sorted: true }))).to.deep.equal([
      '[0, 0]',
      '[0, 1]',
      '[0, 2]',
      '[1, 1]',
      '[1, 2]',
      '[2, 2]',
    ])
    expect(listed(permutate(letters)).length).to.equal(6)
  })

  it('enumerates what is open inside the candidates', () => {
    const tree = manyOf(2, [oneOf([1, 2]), 3, 4])
    expect(listed(tree)).to.deep.equal([
      '[(0, 0), 1]',
      '[(0, 0), 2]',
      '[(0, 1), 1]',
      '[(0, 1), 2]',
      '[1, (0, 0)]',
      '[1, (0, 1)]',
      '[1, 2]',
      '[2, (0, 0)]',
      '[2, (0, 1)]',
      '[2, 1]',
    ])
    expect(ids(tree)).to.deep.equal(['[0]', '[0][=0/3]', '[1]', '[1][=0/3]'])
    expect(ids({ y: manyOf(1, letters), z: [manyOf(2, [{ p: floatV(0, 1) }, 5])] })).to.deep.equal([
      'y',
      'z[0][0]',
      'z[0][0][=0/2].p',
      'z[0][1]',
      'z[0][1][=0/2].p',
    ])
  })

  it('says what it is a row of', () => {
    const { spec } = Space.of({ y: manyOf(2, letters, { name: 'Y', sorted: true }) })
    const [row] = spec.elements as [ManyChoices]
    expect(row).to.be.instanceOf(ManyChoices)
    expect([row.kind, row.id, row.name, row.size, row.rules.sorted, row.rules.distinct]).to.deep.equal([
      'many',
      'y',
      'Y',
      3,
      true,
      true,
    ])
    expect(row.choices.map(({ id, name, row }) => [id, name, row?.index])).to.deep.equal([
      ['y[0]', 'Y[0]', 0],
      ['y[1]', 'Y[1]', 1],
    ])
    expect(row.choices[1]?.literals).to.deep.equal(letters)
  })

  it('refuses rows that are not allowed', () => {
    const refuse = (tree: unknown, numbers: number[], why: string): void => {
      const { spec } = Space.of(tree)
      expect(() => Dna.fromNumbers(numbers, spec)).to.throw(SpaceError, why)
      expect(() => Dna.fromJson(numbers, spec)).to.throw(SpaceError)
    }
    refuse({ y: manyOf(2, letters) }, [1, 1], "the choices at 'y' must be different, got 1, 1")
    refuse(
      { y: manyOf(2, letters, { name: 'Y', sorted: true }) },
      [2, 1],
      "'y' (Y) must be in ascending order",
    )
    refuse({ y: manyOf(2, letters, { sorted: true }) }, [2, 2], 'ascending order to the last, got 2')
    refuse(
      { y: manyOf(2, letters, { sorted: true, distinct: false }) },
      [1, 0],
      'in ascending order, got 1, 0',
    )
    refuse(manyOf(2, letters), [0, 3], 'must be an index from 0 to 2, got 3')
    refuse(manyOf(2, letters), [0], 'the DNA ends before')
    const { spec } = Space.of(manyOf(2, letters))
    expect(() => Dna.fromJson([0, 1, 2], spec)).to.throw(
      SpaceError,
      'the choices at the root must be a list of 2',
    )
    expect(() => Dna.fromJson(0, spec)).to.throw(SpaceError, 'must be a list of 2, got 0')
  })

  it('tells those who decide what is allowed', () => {
    const { spec } = Space.of({ y: manyOf(3, letters), n: intV(0, 1) })
    const told: unknown[] = []
    const dna = Dna.fromDecisions((point, allowed) => {
      told.push([point.id, allowed])
      return allowed?.at(-1) ?? 0
    }, spec)
    expect(told).to.deep.equal([
      ['y[0]', [0, 1, 2]],
      ['y[1]', [0, 1]],
      ['y[2]', [0]],
      ['n', null],
    ])
    expect(String(dna)).to.equal('[[2, 1, 0], 0]')
    expect(() => Dna.fromDecisions(() => 0, spec)).to.throw(SpaceError, 'must be different, got 0, 0')
    expect(String(Dna.fromDecisions(() => 1, spec, { repair: true }))).to.equal('[[1, 2, 0], 1]')
  })

  it('varies one place, and keeps what is decided inside the others', () => {
    const space = Space.of(manyOf(2, [[intV(0, 9)], [intV(0, 9)], 5], { sorted: true }))
    const dna = Dna.fromNumbers([0, 4, 1, 7], space.spec)
    const rng = Rng.from(1)
    const seen = new Set<string>()
    for (let i = 0; i < 300; i++) seen.add(String(space.spec.redrawDna(dna, 2, rng)))
    // Only the third candidate is free, so the second choice becomes it.
    expect([...seen]).to.deep.equal(['[(0, 4), 2]'])
    for (let i = 0; i < 300; i++) seen.add(String(space.spec.redrawDna(dna, 0, rng)))
    expect([...seen]).to.deep.equal(['[(0, 4), 2]', '[(1, 7), 2]'])
    const inner = space.spec.redrawDna(dna, 3, rng).toNumbers()
    expect([inner.slice(0, 3), inner[3] === 7]).to.deep.equal([[0, 4, 1], false])
  })

  it('is drawn with every combination equally likely, whatever is open inside', () => {
    const { spec } = Space.of(manyOf(2, [[intV(0, 99)], 3, 4], { sorted: true }))
    const counts = new Map<string, number>()
    const rng = Rng.from(5)
    for (let i = 0; i < 3_000; i++) {
      const key = spec
        .randomDna(rng)
        .decisions()
        .filter(({ point }) => point.kind === 'choices')
        .map(({ gene }) => gene)
        .join()
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).to.deep.equal(['0,1', '0,2', '1,2'])
    for (const count of counts.values()) expect(count).to.be.within(900, 1_100)
  })
})
