import { expect } from 'chai'
import { intV } from '../../../src/search/index.ts'
import { lineageOf } from '../../../src/search/report/lineage.ts'
import { lineageSection } from '../../../src/search/report/lineage-chart.ts'
import { type ReportTrial, reportData } from '../../../src/search/report/report-data.ts'
import { type Proposal, studyOf } from './studies.ts'

async function shown(proposals: readonly Proposal[], id: number): Promise<string> {
  const study = await studyOf({ x: intV(0, 999), '<b>': intV(0, 9) }, proposals, (trial, n) => trial.tell(n))
  const data = reportData(study)
  return (
    lineageSection(data, lineageOf(data, data.byId.get(id) as ReportTrial, study.space), 'tpe')?.text ?? ''
  )
}

describe('the lineage', () => {
  it('has an edge from each parent, and on it what changed', async () => {
    const text = await shown([[[1, 1]], [[2, 1]], [[2, 5], 1, 2]], 3)
    expect(text.match(/<path class="edge main"/g)).to.have.length(1)
    expect(text.match(/<path class="edge"/g)).to.have.length(1)
    expect(text).to.contain('2 ancestors over 1 generation')
    expect(text).to.contain(
      '<th scope="row">x</th><td class="before"><del>1</del></td><td class="after"><ins>2</ins></td>',
    )
    expect(text).to.contain('&lt;b&gt;').and.not.contain('<b>&')
  })

  it('keeps long lines behind a click', async () => {
    const text = await shown(
      Array.from({ length: 60 }, (_, i): Proposal => [[i, 1], ...(i === 0 ? [] : [i])]),
      60,
    )
    expect(text).to.contain('<summary>28 earlier steps</summary>')
    expect(text).to.contain('20 steps before these 40 not shown.')
  })

  it('says so when there are no parents', async () => {
    const text = await shown([[[1, 1]]], 1)
    expect(text).to.contain('Trial 1 was made from no other').and.not.contain('<svg')
    const data = reportData(await studyOf({ x: intV(0, 9) }, [], () => {}))
    expect(lineageSection(data, null, 'tpe')).to.equal(null)
  })
})
