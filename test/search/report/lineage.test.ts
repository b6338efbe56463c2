import { expect } from 'chai'
import { floatV, intV, oneOf } from '../../../src/search/index.ts'
import { lineageOf, MAX_STEPS, valueText } from '../../../src/search/report/lineage.ts'
import { type ReportTrial, reportData } from '../../../src/search/report/report-data.ts'
import { f, SymObject } from '../../../src/symbolic/index.ts'
import { type Proposal, rewards, studyOf } from './studies.ts'

class Model extends SymObject.define('test.report.Model', { units: f.int(), rate: f.float() }) {}

const template = new Model({ units: intV(1, 99), rate: floatV(0, 1) })

describe('lineage', () => {
  it('goes from a trial over the best parents, with what changed on each edge', async () => {
    const study = await studyOf(
      template,
      [[[1, 0.5]], [[2, 0.25]], [[2, 0.5], 1, 2], [[9, 0.125], 3]],
      rewards(1, 2, 3, 4),
    )
    const data = reportData(study)
    const { line, steps, family } = lineageOf(data, data.byId.get(4) as ReportTrial, study.space)
    expect(line.map(({ id }) => id)).to.deep.equal([4, 3, 2])
    expect(family.map(({ id }) => id)).to.deep.equal([4, 3, 2, 1])
    const shown = steps.map(({ trial, from }) => [
      trial.id,
      ...from.map(({ parent, changes }) => [
        parent.id,
        ...changes.map(({ path, before, after }) => `${path}: ${before} → ${after}`),
      ]),
    ])
    expect(shown).to.deep.equal([
      [4, [3, 'rate: 0.5 → 0.125', 'units: 2 → 9']],
      [3, [2, 'rate: 0.25 → 0.5'], [1, 'units: 1 → 2']],
      [2],
    ])
  })

  it('follows no parent that is younger, unknown or the trial itself', async () => {
    const study = await studyOf(
      template,
      [
        [[1, 0.5], 1, 2, 77],
        [[2, 0.25], 1],
      ],
      rewards(1, 2),
    )
    const data = reportData(study)
    expect(lineageOf(data, data.byId.get(1) as ReportTrial, study.space).family).to.have.length(1)
    expect(
      lineageOf(data, data.byId.get(2) as ReportTrial, study.space).line.map(({ id }) => id),
    ).to.deep.equal([2, 1])
  })

  it('shows digits until two numbers differ, and keeps long lines short', async () => {
    const count = MAX_STEPS + 10
    const proposals = Array.from(
      { length: count },
      (_, i): Proposal => [[1, 0.5 + i * 1e-12], ...(i === 0 ? [] : [i])],
    )
    const study = await studyOf(template, proposals, (trial, n) => trial.tell(n))
    const data = reportData(study)
    const { line, steps } = lineageOf(data, data.byId.get(count) as ReportTrial, study.space)
    expect([line.length, steps.length]).to.deep.equal([count, MAX_STEPS])
    const [change] = steps[0]?.from[0]?.changes ?? []
    expect(change?.before)
      .to.match(/^0\.50000000004/)
      .and.not.to.equal(change?.after)
  })

  it('has the whole as one change where there is no tree', async () => {
    const study = await studyOf(oneOf([1, 2]), [[[0]], [[1], 1]], rewards(1, 2))
    const data = reportData(study)
    const [step] = lineageOf(data, data.byId.get(2) as ReportTrial, study.space).steps
    expect(step?.from[0]?.changes).to.deep.equal([{ path: '', before: '1', after: '2' }])
  })

  it('quotes texts, and cuts them', () => {
    expect(valueText('a"b')).to.equal('"a\\"b"')
    expect(valueText('x'.repeat(5000))).to.have.length(300)
  })
})
