import { expect } from 'chai'
import {
  areaOf,
  legend,
  openTable,
  picture,
  sectionOf,
  tableOf,
  wholeText,
  xAxis,
  yAxis,
} from '../../../src/search/report/chart.ts'
import { html } from '../../../src/search/report/markup.ts'

const HOSTILE = '<img src=x onerror=alert(1)>'

describe('a chart', () => {
  it('says in words what it shows', () => {
    expect(picture(100, `a "chart" ${HOSTILE}`, html`<path d="M0 0"/>`).text).to.equal(
      '<div class="chart"><svg viewBox="0 0 960 100" role="img" aria-label="a &quot;chart&quot; &lt;img src=x onerror=alert(1)&gt;"><path d="M0 0"/></svg></div>',
    )
  })

  it('has round numbers at its axes', () => {
    const texts = (of: string): string[] =>
      [...of.matchAll(/>([^<]+)<\/text>/g)].map(([, text]) => text as string)
    const area = areaOf(200)
    expect(texts(xAxis(area, { min: 0, max: 2000 }, 'trial').text)).to.deep.equal([
      ...['0', '200', '400', '600', '800', '1,000', '1,200', '1,400', '1,600', '1,800', '2,000'],
      'trial',
    ])
    expect(texts(yAxis(area, { min: 0, max: 1 }, HOSTILE, wholeText).text)).to.deep.equal([
      '0',
      '1',
      '&lt;img src=x onerror=alert(1)&gt;',
    ])
  })

  it('has a table under it', () => {
    const table = tableOf(
      'Two rows',
      ['a', 'b'],
      [
        [1, HOSTILE],
        [html`<b>2</b>`, null],
      ],
    ).text
    expect(table).to.match(/^<details><summary>Two rows<\/summary>/)
    expect(table).to.contain('<th scope="col">a</th><th scope="col">b</th>')
    expect(table)
      .to.contain('<td>1</td><td>&lt;img src=x onerror=alert(1)&gt;</td>')
      .and.contain('<td><b>2</b></td><td></td>')
    expect(openTable('Two rows', [], []).text)
      .to.contain('aria-label="Two rows"')
      .and.not.contain('<details>')
  })

  it('has a legend of what there is', () => {
    expect(legend(['told', 'a trial'], false).text).to.equal(
      '<p class="legend"><span><i class="key told"></i>a trial</span></p>',
    )
    expect(sectionOf('a', 'A').text).to.contain('<h2 id="a-title">A</h2>')
  })
})
