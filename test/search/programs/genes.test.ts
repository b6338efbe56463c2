import { expect } from 'chai'
import { evolve, oneOf, Rng, registerMutation, Space } from '../../../src/search/index.ts'
import { Constant, call } from '../../../src/search/programs/expression.ts'
import { programMutation, programsIn, sizeOf, withGene } from '../../../src/search/programs/genes.ts'
import { SymDict } from '../../../src/symbolic/index.ts'
import { everything, giving, x, y } from './small-programs.ts'

const start = giving(call('+', x, y))
const mutation = programMutation('test.genes', everything)
const count = registerMutation('test.genes.count', (tree: SymDict<number>, rng) =>
  tree.rebind({ n: rng.int(9) }),
)
const space = Space.of({
  width: oneOf([1, 2]),
  rule: evolve(start, mutation),
  other: evolve(SymDict.from({ n: 1 }), count),
})

describe('programs in DNAs', () => {
  it('are found among other decisions', () => {
    const [found, ...more] = programsIn(space.first())
    expect(more).to.eql([])
    expect(found?.at).to.equal(1)
    expect(found?.program.equals(start)).to.equal(true)
    expect(sizeOf(space.first())).to.equal(3)
  })

  it('are put back as the text that a DNA has', () => {
    const program = giving(new Constant({ value: 2 }))
    const dna = space.validate(withGene(space.first(), 1, program))
    expect(programsIn(space.encode(space.materialize(dna)))[0]?.program.equals(program)).to.equal(true)
    expect(programsIn(dna)[0]?.program.equals(program)).to.equal(true)
  })

  it('are drawn by mutations of the first', () => {
    const dna = space.spec.randomDna(Rng.from(5))
    expect(programsIn(dna)[0]?.program.equals(start)).to.equal(false)
    expect(space.validate(dna)).to.equal(dna)
  })
})
