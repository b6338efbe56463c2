import { expect } from 'chai'
import { intV } from '../../../src/search/index.ts'
import { historySection, improvements } from '../../../src/search/report/history-chart.ts'
import type { Objective, ReportData } from '../../../src/search/report/report-data.ts'
import { dataOf, rewards } from './studies.ts'

const template = { x: intV(1, 10_000) }
const proposals = (count: number): (readonly [readonly number[]])[] =>
  Array.from({ length: count }, (_, i) => [[i + 1]] as const)

describe('the history', () => {
  it('steps up from improvement to improvement', async () => {
    const data = await dataOf(template, proposals(5), rewards(1, 3, 2, 3, 5))
    expect(improvements(data.told, data.objectives[0] as Objective, 0).map(({ id }) => id)).to.deep.equal([
      1, 2, 5,
    ])
    const { text } = historySection(data)
    const [, line = ''] = /<path class="best" d="([^"]+)"/.exec(text) ?? []
    // Trials 1, 2 and 5 of 5, over the width of 864 from 76 on; 1, 3 and 5 over the height.
    expect(line)
      .to.match(/^M76 \d/)
      .and.match(/H292V[\d.]+H940V[\d.]+H940$/)
    expect(text.match(/<circle class="better"/g)).to.have.length(3)
    expect(text.match(/<circle class="told"/g)).to.have.length(2)
    expect(text).to.contain('reward (maximize) of 5 trials; the best is 5')
  })

  it('steps down when less is better', async () => {
    const data = await dataOf(template, proposals(4), rewards(3, 4, 2, 1), { direction: 'minimize' })
    expect(improvements(data.told, data.objectives[0] as Objective, 0).map(({ id }) => id)).to.deep.equal([
      1, 3, 4,
    ])
  })

  it('marks trials without a reward, and names what it marks', async () => {
    const data = await dataOf(template, proposals(3), (trial, n) => {
      if (n === 0) trial.tell(1)
      else if (n === 1) trial.fail('no')
      else trial.prune()
    })
    const { text } = historySection(data)
    expect(text)
      .to.match(/<rect class="tick failed" [^>]* data-t="2"/)
      .and.match(/<rect class="tick pruned" [^>]* data-t="3"/)
    expect(text).to.contain('key tick failed').and.not.contain('key tick skipped')
  })

  it('shows many trials by a sample with all improvements, and says so', async () => {
    const data = await dataOf(template, proposals(5000), (trial, n) => trial.tell(n === 4321 ? 10 : n % 7))
    const { text } = historySection(data)
    expect(text.match(/<circle/g)?.length).to.be.within(2000, 2010)
    expect(text).to.contain('data-t="4322"').and.contain('A sample of 2,0')
    expect(text).to.contain('class="band"').and.contain('of 5,000 trials')
  })

  it('says how many trials are too bad to be drawn in their place', async () => {
    const data = await dataOf(template, proposals(20), (trial, n) => trial.tell(n === 4 ? -1e12 : n))
    expect(historySection(data).text).to.contain('1 trial with a far worse value at the edge.')
  })

  it('says that there is nothing yet', async () => {
    expect(historySection(await dataOf(template, [], rewards())).text).to.contain(
      'No trial has been answered yet.',
    )
    const failed = await dataOf(template, proposals(1), trial => trial.fail('no'))
    expect(historySection(failed as ReportData).text).to.contain('No trial has a reward yet.')
  })

  it('has a chart for each objective', async () => {
    const data = await dataOf(template, proposals(2), rewards([1, 2], [2, 1]), {
      directions: ['maximize', 'minimize'],
    })
    const { text } = historySection(data)
    expect(text.match(/<svg/g)).to.have.length(2)
    expect(text).to.contain('<h3>objective 2 (minimize)</h3>')
  })
})
