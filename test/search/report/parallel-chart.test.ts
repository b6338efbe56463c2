import { expect } from 'chai'
import { floatV, intV, oneOf } from '../../../src/search/index.ts'
import { importances } from '../../../src/search/report/importance.ts'
import { parallelSection } from '../../../src/search/report/parallel-chart.ts'
import type { ReportData } from '../../../src/search/report/report-data.ts'
import { dataOf, type Proposal, rewards } from './studies.ts'

const sectionOf = (data: ReportData): string => parallelSection(data, importances(data))?.text ?? ''
const linesIn = (text: string): string[] =>
  [...text.matchAll(/<path class="line [^>]*>/g)].map(([path]) => path)

describe('parallel coordinates', () => {
  it('have a line for each trial over the axes of its branch, the best on top', async () => {
    const template = { kind: oneOf([{ a: intV(0, 10) }, 'none']), rate: floatV(1e-4, 1, { scale: 'log' }) }
    const data = await dataOf(template, [[[0, 0, 0.01]], [[0, 10, 1]], [[1, 1e-4]]], rewards(1, 3, 2))
    const text = sectionOf(data)
    const [dense = '', none = ''] = text.split('<details class="branch"').slice(1)
    expect(dense).to.contain('kind = {a: IntV(min=0, max=10)}: 2 trials with a reward')
    expect(none).to.contain('kind = none: 1 trial with a reward')
    // Four axes at 50, 323.3, 596.7 and 870, from 322 up to 46: kind, a, rate (by its logarithm) and reward.
    const [first, second] = linesIn(dense)
    expect(first).to.contain('d="M50 253L323.3 309.5L596.7 184L870').and.contain('data-t="1"')
    expect(second).to.contain('d="M50 253L323.3 58.5L596.7 46L870').and.contain('class="line top"')
    expect(linesIn(none)).to.have.length(1)
  })

  it('leave out the axes that matter least, and say so', async () => {
    const template = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`x${i}`, intV(0, 99)]))
    const proposals = Array.from(
      { length: 60 },
      (_, i): Proposal => [Array.from({ length: 14 }, (_, j) => (i * (j * 2 + 1) * 7) % 100)],
    )
    const text = sectionOf(
      await dataOf(template, proposals, (trial, n) => trial.tell(proposals[n]?.[0][13] as number)),
    )
    expect(text.match(/<path class="axis"/g)).to.have.length(11)
    expect(text).to.contain('>x13</text>')
    expect(text).to.contain('4 parameters of less importance, or without an order, left out.')
  })

  it('draw a sample of many trials, with the front on top', async () => {
    const proposals = Array.from({ length: 1000 }, (_, i): Proposal => [[i]])
    const data = await dataOf(
      { x: intV(0, 999) },
      proposals,
      (trial, n) => trial.tell([n, n < 900 ? n : 5000]),
      {
        directions: ['maximize', 'minimize'],
      },
    )
    const text = sectionOf(data)
    const lines = linesIn(text)
    expect(data.front).to.have.length(901)
    expect(lines.length).to.be.within(400, 600)
    const tops = lines.map(line => line.includes('line top'))
    expect(tops.indexOf(true)).to.equal(lines.length - 200)
    expect(tops.lastIndexOf(false)).to.equal(lines.length - 201)
    expect(text).to.contain(`A sample of ${lines.length} of 1,000 trials.`)
  })

  it('draw six branches, and count the others', async () => {
    const template = { kind: oneOf(Array.from({ length: 9 }, () => ({ a: intV(0, 9) }))) }
    const proposals = Array.from({ length: 9 }, (_, i): Proposal => [[i, 1]])
    const text = sectionOf(await dataOf(template, proposals, (trial, n) => trial.tell(n)))
    expect(text.match(/<svg/g)).to.have.length(6)
    expect(text).to.contain('3 more branches with 3 trials are not drawn.')
  })

  it('are not there without a reward', async () => {
    expect(sectionOf(await dataOf({ x: intV(0, 9) }, [[[1]]], trial => trial.fail('no')))).to.equal('')
  })
})
