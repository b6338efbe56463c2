import { expect } from 'chai'
import { summary, taskReport } from '../../src/cli/report.ts'
import type { TrainResult } from '../../src/cli/train.ts'

const solved: TrainResult = {
  name: 'smallest',
  stopReason: 'target',
  isSolved: true,
  baseline: 0.253,
  trained: 1,
  loaded: 1,
  validation: 1,
  cases: 1000,
  generations: 4,
  evaluations: 2000,
  script: 'result = {\n  y: 1\n}',
  changes: [{ path: 'modules[0].state.value.script', before: '"a"', after: '"b"' }],
  file: 'out/smallest.json',
  ms: 1234,
}

const unsolved: TrainResult = {
  ...solved,
  name: 'median',
  isSolved: false,
  stopReason: 'budget',
  trained: 0.97,
  loaded: 0.97,
}

describe('the report of a task', () => {
  it('says what was found, what changed, and where it is', () => {
    const text = taskReport(solved)
    expect(text).to.contain('solved after 4 generations, 2,000 candidates, 1.2 s')
    expect(text).to.contain('baseline  25.3 %   trained 100.0 %   on 1,000 unseen cases')
    expect(text).to.contain('    result = {\n      y: 1\n    }')
    expect(text).to.contain('modules[0].state.value.script\n      - "a"\n      + "b"')
    expect(text).to.contain('saved out/smallest.json; loaded again it scores 100.0 %: the same')
  })

  it('is honest about what was not solved', () => {
    expect(taskReport(unsolved)).to.contain('NOT solved (stopped by budget after 4 generations)')
  })

  it('is honest about a file that scores otherwise', () => {
    expect(taskReport({ ...solved, loaded: 0.5 })).to.contain('scores 50.0 %: NOT the same')
  })
})

describe('the summary', () => {
  it('counts what was solved and says how to repeat it', () => {
    const text = summary([solved, unsolved], 'npm start -- --seed 1')
    expect(text).to.match(/smallest {2} 25.3 % {3}100.0 % +4 {2}yes/)
    expect(text).to.match(/median {4} 25.3 % {4}97.0 % +4 {2}no/)
    expect(text).to.contain('1 of 2 solved. The same again: npm start -- --seed 1')
  })
})
