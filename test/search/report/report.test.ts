import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  floatV,
  intV,
  medianPruner,
  oneOf,
  type ReportOptions,
  randomSearch,
  regularizedEvolution,
  reportHtml,
  Study,
  StudyError,
} from '../../../src/search/index.ts'
import { browserTests } from '../../symbolic/view/html-browser.ts'
import { type Proposal, rewards, studyOf } from './studies.ts'

const HOSTILE = `</script><img src=x onerror="alert(1)">'"<svg onload=alert(2)>\u202e{{x}}`

/** A study in which every text that a user can write is hostile. */
async function hostileStudy(): Promise<Study<unknown>> {
  const template = {
    [HOSTILE]: oneOf([HOSTILE, `${HOSTILE}2`, { inner: floatV(0, 1, { name: `${HOSTILE}3` }) }]),
    constructor: intV(1, 9),
    '__proto__ ': intV(1, 9),
  }
  const proposals = Array.from(
    { length: 30 },
    (_, i): Proposal => [
      i % 3 === 2 ? [2, i / 30, (i % 9) + 1, 1] : [i % 3, (i % 9) + 1, 1],
      ...(i === 0 ? [] : [i]),
    ],
  )
  return studyOf(
    template,
    proposals,
    (trial, n) => {
      trial.report(1, { [HOSTILE]: n })
      if (n % 5 === 4) trial.fail(new Error(HOSTILE))
      else if (n % 7 === 6) trial.prune(HOSTILE)
      else trial.tell(n, { metrics: { [HOSTILE]: n } })
    },
    { seed: HOSTILE },
  )
}

const sectionsIn = (html: string): string[] =>
  Array.from(html.matchAll(/<section id="([\w-]+)"/g), ([, id]) => id as string)

describe('a report', () => {
  it('has the sections that there is something for', async () => {
    const plain = await studyOf({ x: intV(0, 9) }, [[[1]], [[2], 1]], rewards(1, 2))
    expect(sectionsIn(reportHtml(plain))).to.deep.equal([
      ...['history', 'lineage', 'parameters', 'importance', 'timing', 'all-trials', 'setup'],
    ])
    const rich = await studyOf(
      { x: intV(0, 9) },
      [[[1]], [[2], 1]],
      (trial, n) => {
        trial.report(1, { loss: 1 })
        if (n === 0) trial.tell([1, 2])
        else trial.prune()
      },
      { directions: ['maximize', 'minimize'] },
    )
    expect(sectionsIn(reportHtml(rich))).to.include.members(['pareto', 'curves', 'failures'])
    const empty = new Study({ x: intV(0, 9) } as never, randomSearch())
    expect(sectionsIn(reportHtml(empty))).to.deep.equal(['history', 'all-trials', 'setup'])
  })

  it('is written in full or not at all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'espalier-report-'))
    try {
      const study = await studyOf({ x: intV(0, 9) }, [[[1]]], rewards(1))
      const file = join(folder, 'deep', 'study.html')
      await study.report(file, { title: 'First' })
      expect(readFileSync(file, 'utf8')).to.equal(reportHtml(study, { title: 'First' }))
      expect(readdirSync(join(folder, 'deep'))).to.deep.equal(['study.html'])
      await study.report(file, { maxTrials: 0 }).then(
        () => expect.fail('it should be refused'),
        error => expect(error.message).to.contain('maxTrials must be an integer of at least 1, got 0'),
      )
      expect(readFileSync(file, 'utf8')).to.contain('<title>First</title>')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('refuses options that make no sense', async () => {
    const study = await studyOf({ x: intV(0, 9) }, [[[1]]], rewards(1))
    const refusal = (options: ReportOptions): string => {
      try {
        reportHtml(study, options)
      } catch (error) {
        expect(error).to.be.instanceOf(StudyError)
        return (error as Error).message
      }
      return ''
    }
    expect(refusal({ objectives: ['a', 'b'] })).to.contain('the report needs 1 name of objectives, got 2')
    expect(refusal({ lineageOf: 7 })).to.contain('lineageOf must be the id of a trial of the history, got 7')
    expect(refusal({ maxTrials: 1.5 })).to.contain('maxTrials must be an integer')
  })

  it('of ten thousand trials is a few megabytes, and says where it is a sample', async () => {
    const template = Object.fromEntries(
      Array.from({ length: 25 }, (_, i) => [`x${i}`, i % 2 === 0 ? floatV(0, 1) : intV(0, 99)]),
    )
    const study = new Study<Record<string, number>>(
      template as never,
      regularizedEvolution({ populationSize: 50 }),
      { budget: { trials: 10_000 } },
    )
    await study.optimize((_, { dna }) => dna.toNumbers()[0] as number)
    const html = reportHtml(study)
    expect(html.length).to.be.within(500_000, 4_000_000)
    expect(html).to.contain('of 10,000 trials')
    expect(reportHtml(study, { maxTrials: 100 })).to.match(
      /A sample of \d{3} of 10,000 trials, with all that were the best once/,
    )
  }).timeout(20_000)
})

describe('a report in a browser', function () {
  this.timeout(40_000)
  const open = browserTests()

  it('opens in silence, without a network, light and dark', async () => {
    const study = new Study(
      { model: oneOf([{ a: intV(1, 9) }, 'none']), rate: floatV(0, 1) } as never,
      regularizedEvolution({ populationSize: 10 }),
      { seed: 1, budget: { trials: 60 }, pruner: medianPruner() },
    )
    await study.optimize(
      (_, trial) => {
        const rate = trial.dna.toNumbers().at(-1) as number
        for (let step = 1; step < 4; step++) {
          trial.report(step, rate * step)
          if (trial.shouldPrune()) return trial.prune()
        }
        if (trial.id % 9 === 0) throw new Error('out of memory')
        return rate
      },
      { onFailure: 'skip' },
    )
    const html = reportHtml(study)
    const backgrounds = new Set<string>()
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, complaints } = await open(html, { colorScheme })
      expect(await page.locator('section').count()).to.equal(9)
      expect(await page.locator('nav a').allTextContents()).to.include.members([
        'History',
        'Trials without a reward',
      ])
      expect(await page.locator('svg[role=img]:not([aria-label])').count()).to.equal(0)
      const ids = await page.evaluate<string[]>('[...document.querySelectorAll("[id]")].map(each => each.id)')
      expect(new Set(ids).size).to.equal(ids.length)
      backgrounds.add(await page.evaluate('getComputedStyle(document.body).backgroundColor'))
      expect(complaints).to.deep.equal([])
    }
    expect(backgrounds.size).to.equal(2)
  })

  it('runs nothing of what a name, a reason or a value says', async () => {
    const html = reportHtml(await hostileStudy(), { title: HOSTILE, objectives: [HOSTILE] })
    const { page, complaints } = await open(html)
    expect(await page.textContent('h1')).to.contain('<img src=x onerror="alert(1)">')
    await page.click('#rows button >> nth=4')
    expect(await page.textContent('#about')).to.contain('onerror="alert(1)"')
    await page.fill('#filter', HOSTILE)
    await page.waitForTimeout(200)
    expect(await page.locator('img, svg[onload], section script, aside script').count()).to.equal(0)
    expect(await page.locator('script').count()).to.equal(2)
    expect(complaints).to.deep.equal([])
  })

  it('reads without its script, and is light in print', async () => {
    const html = reportHtml(await studyOf({ x: intV(0, 9) }, [[[1]], [[2], 1]], rewards(1, 2)))
    const { page, complaints } = await open(html, { javaScriptEnabled: false, colorScheme: 'dark' })
    expect(await page.locator('svg').count()).to.be.at.least(3)
    expect(await page.textContent('noscript')).to.contain('made by the script')
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.locator('nav').isVisible()).to.equal(false)
    expect(complaints).to.deep.equal([])
  })

  it('keeps within a narrow window', async () => {
    const html = reportHtml(await hostileStudy(), { title: 'x'.repeat(300) })
    const { page } = await open(html, { viewport: { width: 380, height: 700 } })
    const [wide, inner] = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]')
    expect(wide).to.be.at.most(inner as number)
  })
})
