import { expect } from 'chai'
import { intV } from '../../../src/search/index.ts'
import { curvesSection } from '../../../src/search/report/curves-chart.ts'
import { dataOf, type Proposal } from './studies.ts'

const template = { x: intV(0, 999) }
const proposals = (count: number): Proposal[] => Array.from({ length: count }, (_, i) => [[i]])

describe('curves', () => {
  it('are drawn for each metric, those that were pruned with their end', async () => {
    const data = await dataOf(template, proposals(3), (trial, n) => {
      for (let step = 1; step <= 5; step++) {
        trial.report(step, n === 2 ? { loss: 1 / step } : { loss: 1 / step, 'a<b': step })
        if (n === 1 && step === 3) return trial.prune('too slow')
      }
      trial.tell(n)
    })
    const text = curvesSection(data)?.text ?? ''
    expect(text).to.contain('3 trials reported on their way; 1 of them was pruned.')
    expect(text).to.contain('loss by step of 3 trials').and.contain('a&lt;b by step of 2 trials')
    expect(text.match(/<path class="curve"/g)).to.have.length(3)
    expect(text).to.match(
      /<path class="curve pruned" d="M76 [^"]*" data-t="2"\/><circle class="curve pruned end" cx="508"/,
    )
    expect(text).to.contain('<td>3</td><td>loss 0.3333, a&lt;b 3</td><td>too slow</td>')
  })

  it('are a sample of many, and of many steps', async () => {
    const data = await dataOf(template, proposals(300), (trial, n) => {
      for (let step = 1; step <= (n < 2 ? 500 : 1); step++) trial.report(step, step)
      trial.tell(n)
    })
    const text = curvesSection(data)?.text ?? ''
    expect(text).to.contain('A sample of 150 of 300 curves.')
    const longest = Math.max(
      ...Array.from(text.matchAll(/<path class="curve" d="([^"]*)"/g), ([, d]) => d?.split('L').length ?? 0),
    )
    expect(longest).to.be.within(90, 110)
  })

  it('are not there when nothing was reported', async () => {
    expect(curvesSection(await dataOf(template, proposals(1), trial => trial.tell(1)))).to.equal(null)
  })
})
