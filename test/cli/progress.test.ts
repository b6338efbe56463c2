import { expect } from 'chai'
import { Progress, percent } from '../../src/cli/progress.ts'
import type { FitEvent } from '../../src/modules/index.ts'
import type { Output } from '../../src/search/index.ts'

/** An output that keeps what was written. */
function paper(isTTY: boolean): Output & { text: string } {
  return {
    text: '',
    isTTY,
    columns: 60,
    write(text: string) {
      this.text += text
    },
  }
}

const generation: FitEvent = {
  type: 'generation',
  generation: 0,
  best: 0.5,
  mean: 0.25,
  evaluations: 500,
  ms: 3,
}
const improved: FitEvent = { type: 'improved', generation: 4, id: 7, reward: 0.75, operator: 'crossover' }
const stopped: FitEvent = { type: 'stopped', reason: 'target', reward: 1 }

describe('progress', () => {
  it('writes over one line on a terminal, no wider than it is', () => {
    const output = paper(true)
    const progress = new Progress(output, 20)
    progress.show(generation)
    const lines = output.text.split('\r').filter(line => line !== '')
    expect(lines).to.have.length(1)
    expect(lines[0]).to.contain('best  50.0 %').and.contain('mean  25.0 %')
    expect(lines[0]?.replace('\u001b[K', '').length).to.be.at.most(59)
  })

  it('takes the line away at the end, once', () => {
    const output = paper(true)
    const progress = new Progress(output, 20)
    progress.show(generation)
    progress.show(stopped)
    const after = output.text
    progress.clear()
    expect(output.text).to.equal(after)
    expect(after.endsWith('\r\u001b[K')).to.equal(true)
  })

  it('writes a line per improvement elsewhere', () => {
    const output = paper(false)
    const progress = new Progress(output, 20)
    progress.show(generation)
    progress.show(improved)
    progress.show(stopped)
    expect(output.text).to.equal('  generation   5  best  75.0 %  by crossover\n')
  })
})

describe('percent', () => {
  it('never rounds up to all', () => {
    expect(percent(0.9999)).to.equal(' 99.9 %')
    expect(percent(1)).to.equal('100.0 %')
    expect(percent(0)).to.equal('  0.0 %')
  })
})
