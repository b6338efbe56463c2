import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { diffTree, f, SymDict, SymList, SymObject, toHtml } from '../../../src/symbolic/index.ts'
import { smallModel } from '../../support/model.ts'
import { browserTests, rowOf, rowsOf } from './html-browser.ts'

class Knob extends SymObject.define('htmlAnswers.Knob', {
  turns: f.int({ min: 1, max: 11 }).default(3).describe('How far it is turned.'),
  inner: f.dict().orEmpty(),
}) {}

/** The key of the row that has the focus. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(`document.activeElement?.querySelector('.name')?.textContent ?? null`)

/** Stands in for the clipboard, which a test must not touch; or refuses, as on pages from unsafe places. */
const clipboard = (page: Page, isThere: boolean): Promise<unknown> =>
  page.evaluate(`{
    const writeText = async text => {
      if (!${isThere}) throw new Error('not allowed')
      window.copied = text
    }
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
  }`)

describe('a page answers', function () {
  this.timeout(30_000)
  const open = browserTests()

  it('a search with what matches and what leads there', async () => {
    const { page, complaints } = await open(toHtml(smallModel()))
    await page.fill('#search', 'units')
    await page.waitForSelector('mark')
    expect(await rowsOf(page)).to.deep.equal([
      'Model',
      '  layers list2',
      '    0 Dense',
      '      units 32',
      '  head Dense',
      '    units 10',
    ])
    expect(await page.locator('mark').allTextContents()).to.deep.equal(['units', 'units'])
    expect(await page.textContent('#count')).to.equal('2 matches')
    await page.press('#search', 'Enter')
    expect(await focused(page)).to.equal('units')
    await page.fill('#search', 'notes.list[1].d')
    await page.press('#search', 'Enter')
    expect((await rowsOf(page)).at(-1)).to.equal('      deep true'.padStart(17))
    await page.fill('#search', 'no such thing')
    await page.press('#search', 'Enter')
    expect(await page.textContent('#tree')).to.equal('Nothing here matches.')
    await page.press('#search', 'Escape')
    expect(await page.locator('.row').count()).to.equal(11)
    expect(await page.textContent('#count')).to.equal('')
    expect(complaints).to.deep.equal([])
  })

  it('a search for what a long text has further on', async () => {
    const { page } = await open(
      toHtml(SymDict.from({ text: `${'x'.repeat(5000)} needle ${'y'.repeat(5000)}` })),
    )
    await page.fill('#search', 'needle')
    await page.waitForSelector('mark')
    expect(await page.locator('mark').allTextContents()).to.deep.equal(['needle'])
  })

  it('a search in a hundred thousand elements', async () => {
    const { page } = await open(toHtml(SymList.from(Array.from({ length: 100_000 }, (_, i) => i))))
    await page.fill('#search', '777')
    await page.waitForSelector('mark')
    expect(await page.textContent('#count')).to.match(/^\d{3} matches$/)
    expect(await page.locator('.row').count()).to.be.lessThan(1000)
    await page.fill('#search', '1')
    await page.press('#search', 'Enter')
    expect(await page.textContent('#count')).to.match(/^first 1,000 of \d\d,\d{3} matches$/)
  })

  it('the pointer with what a field is', async () => {
    const { page } = await open(toHtml(new Knob({}).seal()))
    expect(await page.isVisible('#card')).to.equal(false)
    await page.hover(rowOf('turns'))
    await page.waitForSelector('#card', { state: 'visible' })
    expect(await page.textContent('.card-path')).to.equal('turns')
    expect(await page.textContent('.card-about')).to.equal('How far it is turned.')
    expect(await page.locator('#card dd').allTextContents()).to.deep.equal(['integer from 1 to 11', '3'])
    expect(await page.getAttribute(rowOf('turns'), 'aria-describedby')).to.equal('card')
    await page.keyboard.press('Escape')
    expect(await page.isVisible('#card')).to.equal(false)
    await page.hover('.row >> nth=0')
    await page.waitForSelector('#card', { state: 'visible' })
    expect(await page.textContent('#card'))
      .to.include('htmlAnswers.Knob')
      .and.include('sealed')
    await page.hover('h1')
    expect(await page.isVisible('#card')).to.equal(false)
  })

  it('the keyboard', async () => {
    const { page, complaints } = await open(toHtml(SymDict.from({ a: { b: 1, c: 2 }, d: { e: 3 } })))
    const press = async (...keys: string[]): Promise<string | null> => {
      for (const each of keys) await page.keyboard.press(each)
      return focused(page)
    }
    await page.focus('.row')
    expect(await press('ArrowDown')).to.equal('a')
    expect(await page.isVisible('#card')).to.equal(true)
    expect(await press('ArrowRight', 'ArrowRight')).to.equal('b')
    expect(await press('ArrowDown')).to.equal('c')
    expect(await press('ArrowLeft')).to.equal('a')
    expect(await press('ArrowLeft')).to.equal('a')
    expect(await page.locator('.row').count()).to.equal(3)
    expect(await press('End')).to.equal('d')
    expect(await press('*', 'End')).to.equal('e')
    expect(await page.locator('.row').count()).to.equal(6)
    expect(await press('Home', 'Enter')).to.equal(null)
    expect(await page.locator('.row').count()).to.equal(1)
    expect(await press(' ', 'ArrowDown')).to.equal('a')
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement?.id')).to.equal('search')
    expect(complaints).to.deep.equal([])
  })

  it('by copying the path of a row', async () => {
    const { page } = await open(toHtml(SymDict.from({ 'a.b': [{ c: 1 }] }), { collapseLevel: 3 }))
    await clipboard(page, true)
    await page.hover(rowOf('c'))
    await page.click(`${rowOf('c')} .copy`)
    expect(await page.evaluate('window.copied')).to.equal('[a.b][0].c')
    expect(await page.textContent('#toast')).to.equal('Copied [a.b][0].c')
    await page.focus(rowOf('a.b'))
    await page.keyboard.press('c')
    expect(await page.evaluate('window.copied')).to.equal('[a.b]')
  })

  it('by copying even where pages may not use the clipboard', async () => {
    const { page } = await open(toHtml(SymDict.from({ a: { b: 1 } }), { collapseLevel: 2 }))
    await clipboard(page, false)
    await page.evaluate(`addEventListener('copy', () => { window.copied = String(getSelection()) })`)
    await page.focus(rowOf('b'))
    await page.keyboard.press('c')
    await page.waitForSelector('#toast.on')
    expect(await page.evaluate('window.copied')).to.equal('a.b')
    expect(await focused(page)).to.equal('b')
  })

  it('by going from change to change', async () => {
    const numbers = Array.from({ length: 3000 }, (_, i) => i)
    const before = SymDict.from({ numbers, a: { x: 1 }, b: 1 })
    const after = before.rebind([
      ['numbers[2500]', -1],
      ['a.x', 2],
      ['b', 2],
    ])
    const { page, complaints } = await open(toHtml(diffTree(before, after, { mode: 'both' })))
    await page.click('#next')
    expect([await focused(page), await page.textContent('#place')]).to.deep.equal(['2500', '1 of 3'])
    await page.keyboard.press('n')
    expect(await focused(page)).to.equal('x')
    await page.keyboard.press('n')
    await page.keyboard.press('n')
    expect(await focused(page)).to.equal('2500')
    await page.keyboard.press('p')
    expect([await focused(page), await page.textContent('#place')]).to.deep.equal(['b', '3 of 3'])
    await page.fill('#search', 'x')
    await page.waitForSelector('mark')
    await page.click('#previous')
    expect([await focused(page), await page.inputValue('#search')]).to.deep.equal(['x', ''])
    expect(complaints).to.deep.equal([])
  })
})
