import { expect } from 'chai'
import { floatV, intV, oneOf } from '../../../src/search/index.ts'
import { tableData } from '../../../src/search/report/table-data.ts'
import { dataOf, type Proposal } from './studies.ts'

describe('the data of the table', () => {
  it('has a row for each trial, with the genes that are open', async () => {
    const template = { kind: oneOf(['a', { n: intV(1, 1e9) }]), rate: floatV(0, 1) }
    const data = await dataOf(template, [[[0, 0.123456789]], [[1, 123456789, 0.5], 1]], (trial, n) => {
      if (n === 0) trial.tell(1 / 3, { metrics: { size: 7 }, cost: 2 })
      else trial.fail('no')
    })
    const table = tableData(data, 100, () => false)
    expect(table.parameters).to.deep.equal([
      ['kind', ['a', '{n: IntV(min=1, max=1000000000)}']],
      ['rate', null],
      ['kind[=1/2].n', null],
    ])
    const [first, second] = table.rows.map(([id, status, parents, , ...rest]) => [
      id,
      status,
      parents,
      ...rest,
    ])
    expect(first).to.deep.equal([1, 'told', [], 2, [0.33333333], [0, 0, 1, 0.123457], [7], ''])
    expect(second).to.deep.equal([2, 'failed', [1], null, [], [0, 1, 2, 123456789, 1, 0.5], [null], 'no'])
    expect(table.front).to.deep.equal([1])
  })

  it('is a sample of many, with those that are needed', async () => {
    const proposals = Array.from({ length: 1000 }, (_, i): Proposal => [[i]])
    const data = await dataOf({ x: intV(0, 999) }, proposals, (trial, n) => trial.tell(n))
    const { rows } = tableData(data, 100, ({ id }) => id === 777)
    expect(rows).to.have.length(101)
    expect(rows.map(([id]) => id)).to.include(777)
  })

  it('holds so many numbers and no more, however many parameters there are', async () => {
    const template = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`x${i}`, intV(0, 9)]))
    const proposals = Array.from(
      { length: 900 },
      (_, i): Proposal => [Array.from({ length: 400 }, (_, j) => (i + j) % 10)],
    )
    const data = await dataOf(template, proposals, (trial, n) => trial.tell(n))
    expect(tableData(data, 10_000, () => false).rows.length).to.be.within(700, 760)
  })
})
