import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { Diff, diffTree, f, SymDict, SymObject, toHtml } from '../../../src/symbolic/index.ts'
import { escapeHtml, escapeJson } from '../../../src/symbolic/view/html.ts'
import { smallModel } from '../../support/model.ts'
import { browserTests, rowOf, rowsOf } from './html-browser.ts'

/** Texts that would run, or break out of where they stand, on a careless page. */
const HOSTILE = [
  '</script><script>window.pwned = 1</script>',
  '<img src="https://example.invalid/x.png" onerror="window.pwned = 1">',
  '<svg onload="window.pwned = 1"><style>*{display:none}</style>',
  '" onmouseover="window.pwned = 1" autofocus onfocus="window.pwned = 1" x="',
  "' onclick='alert(1)",
  '<!--<script>',
  '</title></style></textarea></div>',
  '\u2028window.pwned = 1//\u2029',
  '</SCRIPT ><iframe src="javascript:parent.pwned = 1"></iframe>',
  'javascript:window.pwned=1',
  '__proto__',
  'constructor',
  ']]>&lt;&amp;\\u003c',
  '\ud800 lone \udfff',
]

const [word = '', other = ''] = HOSTILE

class Hostile extends SymObject.define('html.Hostile', {
  choice: f.enum(word, other).default(word).describe(HOSTILE.join(' ')),
  all: f.dict(),
}) {}

const hostile = (): Hostile =>
  new Hostile({
    all: Object.fromEntries(HOSTILE.map(text => [text, { text, list: [text, text.repeat(40)] }])),
  })

describe('toHtml', () => {
  it('gives one page with nothing from elsewhere', () => {
    const page = toHtml(smallModel())
    expect(page).to.match(/^<!doctype html>\n<html lang="en">/)
    expect(page).to.include('<title>support.Model</title>')
    expect(page).to.not.match(/https?:|src=|<link|@import|url\(/)
    expect(page.match(/<script/g)).to.have.length(2)
  })

  it('is a pure function', () => {
    expect(toHtml(smallModel())).to.equal(toHtml(smallModel()))
    const [a, b] = [smallModel(), smallModel().rebind({ rate: 1 })]
    expect(toHtml(diffTree(a, b), { title: 'x' })).to.equal(toHtml(diffTree(a, b), { title: 'x' }))
  })

  it('allows its own script and style, and nothing else', () => {
    const page = toHtml(smallModel())
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    const hash = (tag: string): string => {
      const [, text = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page) ?? []
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    }
    expect(policy.split('; ')).to.deep.equal([
      "default-src 'none'",
      `script-src ${hash('script')}`,
      `style-src ${hash('style')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ])
  })

  it('escapes what it writes, and keeps what it means', () => {
    expect(escapeHtml(`<a href="x" id='y'>&amp;`)).to.equal(
      '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;',
    )
    for (const text of HOSTILE) {
      const json = escapeJson(JSON.stringify(text))
      expect(json).to.not.match(/[<>&\u2028\u2029]/)
      expect(JSON.parse(json)).to.equal(text)
    }
    const page = toHtml(hostile(), { title: word })
    expect(page.match(/<\/?script/gi)).to.have.length(4)
    expect(page).to.not.match(/<(?:img|svg|iframe|!--)/i)
    expect(page).to.include(`<h1>${escapeHtml(word)}</h1>`)
  })

  it('does not tell what is excluded, anywhere', () => {
    const before = SymDict.from({ name: 'a', apiKey: 'hunter2', below: [{ apiKey: 'hunter3', x: 1 }] })
    const after = before.rebind([
      ['apiKey', 'hunter4'],
      ['below[0].x', 2],
    ])
    for (const shown of [before, diffTree(before, after), diffTree(before, after, { mode: 'both' })]) {
      expect(toHtml(shown)).to.match(/apiKey/)
      expect(toHtml(shown, { exclude: ['apiKey'] })).to.not.match(/apiKey|hunter/)
    }
  })

  it('refuses what it cannot show', () => {
    expect(() => toHtml({} as never)).to.throw('toHtml shows a tree or a Diff, got {}')
    expect(() => toHtml(smallModel(), { collapseLevel: -1 })).to.throw(
      'collapseLevel is a number of levels, got -1',
    )
    expect(() => toHtml(smallModel(), { collapseLevel: Number.NaN })).to.throw('got NaN')
  })
})

describe('a page in the browser', function () {
  this.timeout(30_000)
  const open = browserTests()

  it('shows the root and its fields, closed below', async () => {
    const { page, complaints } = await open(toHtml(SymDict.from({ a: 1, b: { c: [true, null] }, d: 'text' })))
    expect(await rowsOf(page)).to.deep.equal(['dict3', '  a 1', '  b dict1c: [2]', "  d 'text'"])
    expect(await page.title()).to.equal('dict')
    expect(complaints).to.deep.equal([])
  })

  it('opens as many levels, and such places, as it is told to', async () => {
    const tree = SymDict.from({ a: { b: { c: 1 } }, d: { e: { f: 1 } } })
    const keys = async (options: Parameters<typeof toHtml>[1]): Promise<string> => {
      const { page } = await open(toHtml(tree, options))
      return (await page.locator('.name').allTextContents()).join(' ')
    }
    expect(await keys({ collapseLevel: 0 })).to.equal('')
    expect(await keys({ collapseLevel: 2 })).to.equal('a b d e')
    expect(await keys({ collapseLevel: Number.POSITIVE_INFINITY })).to.equal('a b c d e f')
    expect(await keys({ open: ['d.e', 'no.where'] })).to.equal('a d e f')
  })

  it('runs nothing that a tree says', async () => {
    const tree = hostile()
    const diff = diffTree(
      tree,
      new Hostile({ choice: other, all: { [`${word} `]: word, [word]: { text: other } } }),
    )
    for (const shown of [tree, diff, diffTree(word, other)]) {
      const isTree = !(shown instanceof Diff)
      const { page, complaints } = await open(toHtml(shown, { title: HOSTILE.join(' ') }))
      await page.click('#open')
      const rows = await page.locator('.row').all()
      expect(rows.length).to.be.greaterThan(isTree ? 50 : 0)
      for (const row of rows.slice(0, 16)) {
        await row.hover()
        await row.focus()
      }
      if (isTree) {
        await page.focus(rowOf('choice'))
        await page.keyboard.press('ArrowUp')
        await page.keyboard.press('ArrowDown')
        expect(await page.textContent('#card')).to.include(word)
      }
      for (const text of HOSTILE) await page.fill('#search', text)
      await page.waitForTimeout(200)
      expect(await page.evaluate('window.pwned')).to.equal(undefined)
      expect(await page.locator('img, svg, iframe, script:not([id]) ~ script').count()).to.equal(0)
      expect(await page.locator('script').count()).to.equal(2)
      expect(complaints).to.deep.equal([])
    }
  })

  it('would not run what got in by mistake', async () => {
    const { page, complaints } = await open(toHtml(smallModel()))
    await page.evaluate(`{
      const script = document.createElement('script')
      script.textContent = 'window.pwned = 1'
      document.body.append(script)
      const image = document.createElement('img')
      image.setAttribute('onerror', 'window.pwned = 2')
      image.src = 'data:,x'
      document.body.append(image)
    }`)
    await page.waitForTimeout(100)
    expect(await page.evaluate('window.pwned')).to.equal(undefined)
    expect(complaints.filter(each => /Content.Security.Policy/.test(each))).to.not.have.length(0)
    expect(complaints.filter(each => each.startsWith('asked for https'))).to.deep.equal([])
  })
})
