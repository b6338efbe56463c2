import { expect } from 'chai'
import { DnaRows } from '../../../src/search/dna/dna-rows.ts'
import { Dna, floatV, manyOf, oneOf, Space } from '../../../src/search/index.ts'

const { spec } = Space.of({ a: oneOf([1, { x: floatV(0, 10) }]), b: manyOf(2, ['p', 'q', oneOf([1, 2])]) })
const rows = DnaRows.of(spec)

describe('the rows of DNAs', () => {
  it('have what is open, by the index of its point, ascending', () => {
    const dna = Dna.fromNumbers([1, 2.5, 0, 2, 1], spec)
    const { open, values } = rows.rowOf(dna.genes)
    expect(open.map(index => rows.points[index]?.id)).to.deep.equal([
      'a',
      'a[=1/2].x',
      'b[0]',
      'b[1]',
      'b[1][=2/3]',
    ])
    expect(values).to.deep.equal([1, 0.25, 0, 2, 1])
    expect([...open]).to.deep.equal([...open].sort((a, b) => a - b))
  })

  it('leave out what is closed', () => {
    expect(rows.rowOf(Dna.fromNumbers([0, 0, 1], spec).genes).open.length).to.equal(3)
  })

  it('are made once for a space, and once for genes', () => {
    const { genes } = spec.firstDna()
    expect(DnaRows.of(spec)).to.equal(rows)
    expect(rows.rowOf(genes)).to.equal(rows.rowOf(genes))
  })
})
