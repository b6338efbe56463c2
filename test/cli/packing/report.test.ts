import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { endingText, improvementText, openingText } from '../../../src/cli/packing/report.ts'
import { bestFit } from '../../../src/cli/packing/rules.ts'
import { programs } from '../../../src/search/index.ts'

const { call, Program, variable } = programs
const [item, residual] = [variable('item'), variable('residual')]
const rule = new Program({
  inputs: [item, residual],
  result: call('negate', call('-', residual, call('*', item, 2))),
})
const options = { kind: 'or3', seed: 7, file: 'here.jsonl', threads: 2, seconds: 60 } as const

describe('what packing says', () => {
  it('begins with what is evolved, and from where', () => {
    const text = openingText(options, 0, 0)
    expect(text).to.contain('items as in OR3, bins of 150, seed 7').and.contain('return -(residual - item)')
    expect(text).not.to.contain('Goes on')
    expect(openingText(options, 1200, 12.3)).to.contain(
      'Goes on from here.jsonl: 1,200 evaluations in 12 s so far',
    )
  })

  it('shows the part that is new in each improvement', () => {
    const line = improvementText({ trial: 1234, waste: 1.5, rule, parent: bestFit, pace: 321.4 }, 2500)
    expect(line).to.equal('   2.5 s  rule   1,234  waste 1.50 %   321/s  item  →  item * 2')
    expect(improvementText({ trial: 1, waste: 4, rule: bestFit, parent: null, pace: 10 }, 0)).to.match(
      /-\(residual - item\)$/,
    )
  })

  it('ends with the rule beside those it has to beat', () => {
    const folder = mkdtempSync(join(tmpdir(), 'espalier-report-'))
    const published = join(folder, 'binpack.json')
    writeFileSync(published, JSON.stringify({ OR3: { a: { capacity: 10, items: [5, 8, 2, 5] } } }))
    const run = { evaluations: 5000, now: 100, seconds: 3 }
    const ending = { kind: 'or3', seed: 7, run, rule: 'r.json', report: 'r.html' } as const
    const text = endingText(bestFit, { ...ending, published })
    rmSync(folder, { recursive: true })
    expect(text).to.contain('After 5,000 rules (100 of them now, in 3.0 s)')
    expect(text).to.contain('function priority(item, residual) {')
    expect(text).to.contain('OR3, drawn anew (20 of 500 items): waste')
    expect(text).to.match(
      /the published instances \(1 of 4 items\): waste\n {2}first fit +50\.00 %\n {2}best fit +0\.00 %\n {2}FunSearch.* 3\.11 %\n {2}this rule +0\.00 %/,
    )
    expect(text).to.contain('What differs from FunSearch').and.contain('rule: r.json    report: r.html')
    expect(endingText(bestFit, ending)).not.to.contain('published instances (')
  })
})
