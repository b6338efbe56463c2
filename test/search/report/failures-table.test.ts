import { expect } from 'chai'
import { intV } from '../../../src/search/index.ts'
import { failuresSection } from '../../../src/search/report/failures-table.ts'
import { dataOf, type Proposal, rewards } from './studies.ts'

const proposals = Array.from({ length: 30 }, (_, i): Proposal => [[i]])

describe('the table of failures', () => {
  it('has a row for each reason, with some of the trials', async () => {
    const data = await dataOf({ x: intV(0, 99) }, proposals, (trial, n) => {
      if (n < 20) trial.fail(new TypeError(`<script>bad</script> ${n}`))
      else if (n < 25) trial.skip()
      else trial.tell(n)
    })
    const text = failuresSection(data)?.text ?? ''
    expect(text).to.contain('25 trials of 30, by reason')
    expect(text).to.contain('TypeError: &lt;script&gt;bad&lt;/script&gt; 0').and.contain('no reason given')
    expect(text.match(/<button/g)).to.have.length(12 + 5)
  })

  it('is not there when all have a reward', async () => {
    expect(failuresSection(await dataOf({ x: intV(0, 9) }, [[[1]]], rewards(1)))).to.equal(null)
  })
})
