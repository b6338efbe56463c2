/** Opens pages in a real browser for tests: the system's Chromium, without a network. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const QUIET = ['disable-gpu', 'disable-quic', 'no-first-run', 'disable-background-networking']

/** A page in the browser, and what it tried to do that it should not. */
export interface OpenPage {
  readonly page: Page
  /** The addresses it asked for besides its own, dialogs, errors and complaints. */
  readonly complaints: string[]
}

/**
 * Registers hooks that start a browser before the tests of a suite and close it after them; gives the function that
 * opens a page. Without Chromium the suite is skipped, except in CI, where it fails.
 */
export function browserTests(): (html: string, options?: BrowserContextOptions) => Promise<OpenPage> {
  let browser: Browser | null = null
  let folder = ''
  let count = 0

  before('start the browser', async function () {
    this.timeout(60_000)
    if (!existsSync(CHROMIUM)) {
      if (process.env.CI)
        throw new Error(`these tests need Chromium at ${CHROMIUM} (Debian's package chromium)`)
      console.log(`      no Chromium at ${CHROMIUM}: install Debian's package chromium to run these`)
      this.skip()
    }
    const { chromium } = await import('playwright-core')
    const args = [
      '--no-sandbox',
      ...QUIET.map(name => `--${name}`),
      '--disable-component-update',
      '--disable-sync',
    ]
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
    folder = mkdtempSync(join(tmpdir(), 'espalier-html-'))
  })

  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
  })

  after(async () => {
    await browser?.close()
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  })

  return async (html, options = {}) => {
    const file = join(folder, `${count++}.html`)
    writeFileSync(file, html)
    const url = pathToFileURL(file).href
    const context = await (browser as Browser).newContext({
      viewport: { width: 1000, height: 800 },
      ...options,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(5000)
    const complaints: string[] = []
    page.on(
      'request',
      request => void (request.url() === url || complaints.push(`asked for ${request.url()}`)),
    )
    page.on('dialog', dialog => {
      complaints.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('pageerror', error => complaints.push(`error ${error.message}`))
    page.on('console', message => complaints.push(`console ${message.text()}`))
    await page.goto(url)
    return { page, complaints }
  }
}

/** The rows of a page as lines: two spaces a level, the sign of a difference, key, values. */
export function rowsOf(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('#tree > .row')].map(row => {
    const parts = [...row.querySelectorAll('.sign, .name, .group, .was, .value')]
    const texts = parts.map(each => each.innerText.trim()).filter(text => text !== '')
    return '  '.repeat(row.ariaLevel - 1) + texts.join(' ')
  })`)
}

/** The row of a key. */
export const rowOf = (key: string): string => `.row:has(> .key > .name:text-is("${key}"))`
