import { expect } from 'chai'
import { intV, medianPruner, oneOf } from '../../../src/search/index.ts'
import { reportData } from '../../../src/search/report/report-data.ts'
import { headSection, setupSection } from '../../../src/search/report/summary.ts'
import { timingOf } from '../../../src/search/report/timing.ts'
import { type Proposal, rewards, studyOf } from './studies.ts'

const template = { x: intV(1, 9) }
const proposals = Array.from({ length: 9 }, (_, i): Proposal => [[i + 1]])
const wordsOf = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

async function headOf(...args: Parameters<typeof studyOf>): Promise<string> {
  const study = await studyOf(...args)
  const data = reportData(study)
  return wordsOf(headSection(study, data, timingOf(data), 'A <study>').text)
}

describe('the head of a report', () => {
  it('says what came of the study, and what it used of its budget', async () => {
    const words = await headOf(
      template,
      proposals,
      (trial, n) => (n === 1 ? trial.fail('no') : trial.tell(n, { cost: 0.5 })),
      { budget: { trials: 5, cost: 10 }, seed: 'abc' },
    )
    expect(words).to.contain('A &lt;study&gt; maximize reward, over a space of 9 points')
    expect(words).to.contain('best reward 4 trial 5')
    expect(words).to.contain('trials 5 4 with a reward, 1 failed')
    expect(words).to.contain('ended by budget 5 of 5 trials, cost 2 of 10')
    expect(words).to.contain('seed abc scripted').and.contain('cost 2 as the trials say it')
  })

  it('says so when the study has not ended, or has no best', async () => {
    const words = await headOf(template, [], rewards())
    expect(words)
      .to.contain('best none no trial has a reward')
      .and.contain('ended by exhausted no budget was set')
    const front = await headOf(template, proposals, rewards([1, 2], [2, 1]), {
      directions: ['maximize', 'maximize'],
      budget: { trials: 2 },
    })
    expect(front).to.contain('Pareto front 2 trials that none beats')
  })
})

describe('how to repeat a study', () => {
  it('has all that decides the trials, and the best tree', async () => {
    const options = { seed: 'a<b', pruner: medianPruner(), budget: { trials: 3 } } as const
    const study = await studyOf({ ...template, kind: oneOf(['</pre>']) }, [[[3, 0]]], rewards(1), options)
    const { text } = setupSection(study)
    const words = wordsOf(text)
    expect(words).to.contain('algorithm scripted {}').and.contain('pruner medianPruner')
    expect(words).to.contain('seed &quot;a&lt;b&quot; directions maximize window 4 order ordered')
    expect(words).to.contain(`hash of the space ${study.space.hash()}`)
    expect(words).to.contain('space.materialize(Dna.fromJson([3,0], space.spec))')
    expect(text).to.contain('&#39;&lt;/pre&gt;&#39;').and.not.contain("'</pre>'")
  })

  it('says what can be repeated when answers come as they may', async () => {
    const study = await studyOf(template, proposals, rewards(1, 2), { order: 'asap', budget: { trials: 2 } })
    expect(setupSection(study).text).to.contain('only taking the study up from its records repeats it')
  })
})
