import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { floatV, intV, oneOf, reportHtml } from '../../../src/search/index.ts'
import { browserTests } from '../../symbolic/view/html-browser.ts'
import { type Proposal, studyOf } from './studies.ts'

const template = { kind: oneOf(['a', { n: intV(0, 999) }]), rate: floatV(0, 1) }

/** 250 trials, every tenth without a reward. */
async function pageOf(): Promise<string> {
  const proposals = Array.from(
    { length: 250 },
    (_, i): Proposal => [i % 2 === 0 ? [0, i / 250] : [1, i, i / 250], ...(i === 0 ? [] : [i])],
  )
  const study = await studyOf(template, proposals, (trial, n) =>
    n % 10 === 9 ? trial.fail(`no memory for ${n}`) : trial.tell(n % 100, { metrics: { size: n } }),
  )
  return reportHtml(study)
}

/** The first cells of the rows that are shown. */
const ids = (page: Page): Promise<string[]> => page.locator('#rows td:first-child').allTextContents()
const counted = (page: Page): Promise<string | null> => page.textContent('#count')

async function filter(page: Page, text: string): Promise<string | null> {
  await page.fill('#filter', text)
  await page.waitForTimeout(180)
  return counted(page)
}

describe('the table of a report', function () {
  this.timeout(30_000)
  const open = browserTests()

  it('has pages, an order and a filter', async () => {
    const { page, complaints } = await open(await pageOf())
    expect(await counted(page)).to.equal('250 trials, the first 100 shown')
    expect(await ids(page)).to.have.length(100)
    await page.click('#more')
    expect(await ids(page)).to.have.length(250)
    expect(await page.isVisible('#more')).to.equal(false)

    await page.click('#heads button:text-is("reward")')
    expect((await ids(page)).slice(0, 3)).to.deep.equal(['99', '199', '98'])
    await page.click('#heads button:text-is("reward")')
    expect((await ids(page)).slice(0, 3)).to.deep.equal(['1', '101', '201'])
    expect(await page.getAttribute('th:has(button:text-is("reward"))', 'aria-sort')).to.equal('ascending')

    expect(await filter(page, 'reward>=98')).to.equal('2 trials')
    expect(await filter(page, 'status=failed memory')).to.equal('25 trials')
    expect(await filter(page, 'kind=a reward<10')).to.equal('15 trials')
    expect(await filter(page, 'no memory for 249')).to.equal('1 trial')
    expect(await filter(page, 'rate>= <nothing>')).to.equal('0 trials')
    expect(await filter(page, '')).to.equal('250 trials, the first 100 shown')
    await page.selectOption('#status', 'best')
    expect(await ids(page)).to.deep.equal(['99'])
    await page.selectOption('#status', 'failed')
    expect(await counted(page)).to.equal('25 trials')
    expect(complaints).to.deep.equal([])
  })

  it('tells about the trial that is chosen, in the table or in a chart', async () => {
    const { page, complaints } = await open(await pageOf())
    await page.click('#rows button >> nth=2')
    expect(await page.textContent('#about h3')).to.equal('Trial 3')
    const time = await page.textContent('#about tr:last-child')
    expect(time).to.match(/^time[\d.]+ ms$/)
    expect(await page.locator('#about tr').allTextContents()).to.deep.equal([
      'statustold',
      'reward2',
      'parents2',
      'kind{n: IntV(min=0, max=999)} → a',
      'rate0.004 → 0.008',
      'size2',
      time,
    ])
    expect(await page.locator('#history circle.on').getAttribute('data-t')).to.equal('3')
    await page.click('#about button.trial')
    expect(await page.textContent('#about h3')).to.equal('Trial 2')
    await page.keyboard.press('Escape')
    expect(await page.isVisible('#about')).to.equal(false)
    expect(await page.locator('.on').count()).to.equal(0)

    await page.hover('#history [data-t="10"]')
    expect(await page.textContent('#tip')).to.equal('Trial 10 failed: no memory for 9')
    await page.click('#history [data-t="10"]')
    expect(await page.textContent('#about h3')).to.equal('Trial 10')
    expect(complaints).to.deep.equal([])
  })
})
