import { expect } from 'chai'
import { floatV, intV, oneOf } from '../../../src/search/index.ts'
import { importances } from '../../../src/search/report/importance.ts'
import { importanceSection } from '../../../src/search/report/importance-chart.ts'
import { dataOf, type Proposal, rewards } from './studies.ts'

describe('the table of importance', () => {
  it('names its method, the trials it rests on, and the values of the best', async () => {
    const template = { x: intV(0, 99), kind: oneOf(['a', { rate: floatV(0.1, 1, { scale: 'log' }) }]) }
    const proposals = Array.from({ length: 40 }, (_, i): Proposal => [i % 4 === 0 ? [i, 1, 0.5] : [i, 0]])
    const data = await dataOf(template, proposals, (trial, n) => trial.tell(n))
    const text = importanceSection(data, importances(data))?.text ?? ''
    const rows = [...text.matchAll(/<tr><td>.*?<\/tr>/g)].map(([row]) =>
      row
        .replace(/<svg.*?<\/svg>/g, '')
        .replace(/<[^>]+>/g, '|')
        .replace(/\|+/g, '|'),
    )
    expect(text).to.contain('ε² of Kruskal and Wallis').and.contain('on the 40 trials with a reward')
    expect(rows[0]).to.match(/^\|x\|0 to 99\| 9\d %\|40\|39\|$/)
    expect(rows).to.include('|kind[=1/2].rate|0.1 to 1, log|not known|10|not open|')
    expect(rows[1]).to.match(/^\|kind\|one of 2\| [\d.]+ %\|40\|a\|$/)
  })

  it('is not there without trials or parameters', async () => {
    const none = await dataOf({ x: intV(0, 9) }, [[[1]]], trial => trial.fail('no'))
    expect(importanceSection(none, importances(none))).to.equal(null)
    const constant = await dataOf({ x: oneOf([1]) }, [[[0]]], rewards(1))
    expect(importanceSection(constant, importances(constant))).to.equal(null)
  })
})
