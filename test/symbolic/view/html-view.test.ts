import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { diffTree, f, MISSING, SymDict, SymList, SymObject, toHtml } from '../../../src/symbolic/index.ts'
import { smallModel } from '../../support/model.ts'
import { browserTests, rowOf, rowsOf } from './html-browser.ts'

class Run extends SymObject.define('htmlView.Run', {
  name: f.string(),
  rate: f.float().default(0.1),
  sizes: f.list(f.int()).orEmpty(),
}) {}

describe('the rows of a page', function () {
  this.timeout(30_000)
  const open = browserTests()

  it('open and close by click', async () => {
    const { page, complaints } = await open(toHtml(smallModel().head.root))
    const before = await rowsOf(page)
    await page.click(rowOf('layers'))
    await page.click('.row[aria-level="3"] >> nth=0')
    expect((await rowsOf(page)).slice(0, 7)).to.deep.equal([
      'Model',
      '  layers list2',
      '    0 Dense',
      "      name ''",
      '      units 32',
      "      activation 'relu'",
      '    1 Drop',
    ])
    expect(await page.getAttribute(rowOf('layers'), 'aria-expanded')).to.equal('true')
    await page.click(rowOf('layers'))
    expect(await rowsOf(page)).to.deep.equal(before)
    await page.click(rowOf('layers'))
    expect(await page.locator('.row').count()).to.equal(before.length + 5)
    expect(complaints).to.deep.equal([])
  })

  it('say what they are to a screen reader', async () => {
    const { page } = await open(toHtml(new Run({ name: 'a', sizes: [1] }).seal('sizes'), { title: 'A run' }))
    expect(await page.getAttribute('#tree', 'role')).to.equal('tree')
    expect(await page.getAttribute('#tree', 'aria-label')).to.equal('A run')
    const row = page.locator(rowOf('sizes'))
    expect(await row.getAttribute('role')).to.equal('treeitem')
    expect(await row.getAttribute('aria-level')).to.equal('2')
    expect(await row.getAttribute('aria-posinset')).to.equal('3')
    expect(await row.getAttribute('aria-setsize')).to.equal('3')
    expect(await row.getAttribute('aria-expanded')).to.equal('false')
    expect(await page.locator(rowOf('name')).getAttribute('aria-expanded')).to.equal(null)
    expect(await row.locator('.seal').getAttribute('aria-label')).to.equal('sealed')
    expect(await page.locator('.row[tabindex="0"]').count()).to.equal(1)
  })

  it('dim defaults, and hide them when asked to', async () => {
    const tree = SymDict.from({ a: new Run({ name: 'a' }), b: new Run({ name: 'b', rate: 1 }) })
    const { page } = await open(toHtml(tree, { collapseLevel: 2 }))
    expect(await page.locator('.row.default .name').allTextContents()).to.deep.equal([
      'rate',
      'sizes',
      'sizes',
    ])
    await page.uncheck('#defaults')
    expect(await page.locator('.name').allTextContents()).to.deep.equal(['a', 'name', 'b', 'name', 'rate'])
    await page.check('#defaults')
    expect(await page.locator('.row').count()).to.equal(9)
    await page.uncheck('#defaults')
    const bare = await open(toHtml(SymDict.from({ a: Run.partial({}) }), { hideDefaults: true }))
    expect(await rowsOf(bare.page)).to.deep.equal(['dict1', '  a Runname=missing'])
    const hidden = await open(toHtml(tree, { collapseLevel: 2, hideDefaults: true }))
    expect(await hidden.page.locator('.row.default').count()).to.equal(0)
  })

  it('cut long texts, and show them whole on request', async () => {
    const text = `${'long '.repeat(300)}\nend`
    const { page } = await open(toHtml(SymDict.from({ text })))
    const row = page.locator(rowOf('text'))
    expect((await row.locator('.leaf').textContent())?.length).to.be.lessThan(170)
    expect(await row.locator('.more').textContent()).to.equal('1,344 more characters')
    await row.locator('.more').click()
    expect(await row.locator('.leaf').textContent()).to.equal(text)
    await row.locator('.more').click()
    expect((await row.locator('.leaf').textContent())?.length).to.be.lessThan(170)
  })

  it('stay few, however long a list is', async () => {
    const { page } = await open(toHtml(SymList.from(Array.from({ length: 100_000 }, (_, i) => i))))
    expect(await page.locator('.row').count()).to.equal(11)
    await page.click('.row:has-text("[10000 … 19999]")')
    expect(await page.locator('.row').count()).to.equal(111)
    await page.click('.row:has-text("[10100 … 10199]")')
    expect((await rowsOf(page)).slice(5, 7)).to.deep.equal(['      10100 10100', '      10101 10101'])
    await page.click('#open')
    await page.waitForTimeout(100)
    expect(await page.locator('.row').count()).to.be.lessThan(2100)
    expect(await page.textContent('#toast')).to.equal('This tree is large: some of it stays closed')
    await page.click('#close')
    expect(await page.locator('.row').count()).to.equal(11)
  })

  it('open all when that is not too much', async () => {
    const { page } = await open(toHtml(SymList.from(Array.from({ length: 150 }, (_, i) => ({ i })))))
    expect(await page.locator('.row').count()).to.equal(3)
    await page.click('#open')
    expect(await page.locator('.row').count()).to.equal(303)
  })

  it('of a difference have both sides, colors and signs', async () => {
    const before = new Run({ name: 'a long and steady name', sizes: [1, 2, 3] })
    const after = before.rebind({ name: 'a long and rather steady name', sizes: [2, 3, 4], rate: 0.2 })
    const { page } = await open(toHtml(diffTree(before, after)))
    expect(await rowsOf(page)).to.deep.equal([
      'htmlView.Run',
      "  ~ name 'a long and steady name' 'a long and rather steady name'",
      '  ~ rate 0.1 0.2',
      '  sizes',
      '    − 0 1',
      '    + 2 4',
    ])
    expect(await page.locator('.sum').allTextContents()).to.deep.equal([
      '+1 added',
      '−1 removed',
      '~2 changed',
    ])
    expect(await page.locator('.part').allTextContents()).to.deep.equal(['rather '])
    const color = (of: Page, selector: string): Promise<string> =>
      of.evaluate(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`)
    const [left, right, plain] = [
      await color(page, '.removed > .left'),
      await color(page, '.added > .right'),
      await color(page, '.removed > .right'),
    ]
    expect(new Set([left, right, plain]).size).to.equal(3)
    expect(await page.locator('.removed > .key .unseen').textContent()).to.equal('removed: ')
    const dark = await open(toHtml(diffTree(before, after)), { colorScheme: 'dark' })
    expect(await color(dark.page, 'body')).to.equal('rgb(23, 25, 28)')
  })

  it('of a difference show where elements stood, what is the same, and what was replaced whole', async () => {
    const before = SymDict.from({ list: [0, 1, { a: 1 }], kept: { deep: 1 }, other: { x: 1 } })
    const after = before.rebind([
      ['list[0]', MISSING],
      ['list[2].a', 2],
      ['other', [5]],
    ])
    const { page } = await open(toHtml(diffTree(before, after, { mode: 'both' })))
    await page.click(rowOf('other'))
    await page.click(rowOf('kept'))
    expect(await rowsOf(page)).to.deep.equal([
      'dict',
      '  list',
      '    − 0 0',
      '    0 ← 1 1 1',
      '    1 ← 2',
      '      ~ a 1 2',
      '  kept dict1 dict1',
      '    deep 1 1',
      '  ~ other dict1 list1',
      '    − x 1',
      '    + 0 5',
    ])
  })

  it('of a difference name the types of what is compared', async () => {
    const before = SymDict.from({ run: new Run({ name: 'a' }) })
    const { page } = await open(toHtml(diffTree(before, before.rebind([['run.name', 'b']]))))
    expect(await rowsOf(page)).to.deep.equal(['dict', '  run Run', "    ~ name 'a' 'b'"])
    const other = SymDict.from({ run: new Run({ name: 'a' }) })
    const mixed = diffTree(other, { run: { name: 'b' } }, { collapse: true })
    const second = await open(toHtml(mixed))
    expect((await rowsOf(second.page)).slice(0, 2)).to.deep.equal(['dict', '  run Run dict'])
  })

  it('say so when there is no difference', async () => {
    const { page, complaints } = await open(toHtml(diffTree(smallModel(), smallModel())))
    expect(await page.textContent('#tree')).to.equal('There is no difference.')
    for (const id of ['#next', '#open', '#close']) await page.click(id)
    expect(complaints).to.deep.equal([])
  })
})
