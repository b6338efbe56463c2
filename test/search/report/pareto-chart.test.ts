import { expect } from 'chai'
import { type Direction, intV } from '../../../src/search/index.ts'
import { paretoSection } from '../../../src/search/report/pareto-chart.ts'
import { dataOf, type Proposal, rewards } from './studies.ts'

const template = { x: intV(0, 99) }
const proposals = (count: number): Proposal[] => Array.from({ length: count }, (_, i) => [[i]])

describe('the Pareto front', () => {
  it('is drawn over the corners that were reached', async () => {
    const data = await dataOf(template, proposals(4), rewards([1, 1], [2, 2], [3, 4], [1, 5]), {
      directions: ['maximize', 'minimize'],
    })
    const text = paretoSection(data)?.text ?? ''
    expect(text).to.contain('3 trials of 4 are beaten by none')
    const dots = [...text.matchAll(/<circle class="front" cx="([\d.]+)" cy="([\d.]+)"[^>]*data-t="(\d)"/g)]
    expect(dots.map(([, , , id]) => id)).to.deep.equal(['3', '2', '1'])
    const [[x3, y3], [x2, y2], [x1, y1]] = dots.map(([, x, y]) => [x, y]) as [string[], string[], string[]]
    expect(text).to.contain(`<path class="stairs" d="M${x3} ${y3}H${x2}V${y2}H${x1}V${y1}"/>`)
    // More to the right, less further down.
    expect(Number(x3)).to.be.above(Number(x2))
    expect(Number(y3)).to.be.below(Number(y2))
  })

  it('has a chart for each pair of objectives', async () => {
    const directions: Direction[] = ['maximize', 'maximize', 'minimize']
    const data = await dataOf(template, proposals(2), rewards([1, 2, 3], [2, 1, 3]), { directions })
    const text = paretoSection(data)?.text ?? ''
    expect(text.match(/<svg/g)).to.have.length(3)
    expect(text).not.to.contain('class="stairs"')
    expect(text).to.contain('objective 3 against objective 1')
  })

  it('is not there with one objective', async () => {
    expect(paretoSection(await dataOf(template, proposals(1), rewards(1)))).to.equal(null)
  })
})
