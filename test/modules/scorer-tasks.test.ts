import { expect } from 'chai'
import { Kept, resultsFrom, resultsOf, Tasks } from '../../src/modules/scorer-tasks.ts'
import { samplesOf, scriptProgram } from '../support/script-programs.ts'

const [one, two, three] = samplesOf(x => x, [1, 2, 3]) as [never, never, never]
const program = scriptProgram()
const right = { reward: 1, error: undefined }

describe('Tasks', () => {
  it('makes one task of equal programs, with what is not known', () => {
    const kept = new Kept()
    kept.set(program, one, right)
    const tasks = new Tasks(kept, 10)
    const task = tasks.plan({ program, samples: [one, two] })
    expect(tasks.plan({ program: scriptProgram(), samples: [two, three] })).to.equal(task)
    expect(tasks.all).to.deep.equal([task])
    expect(task?.missing).to.deep.equal([two, three])
    expect(task?.results.get(one)).to.equal(right)
  })

  it('leaves out what would be too many samples', () => {
    const tasks = new Tasks(new Kept(), 2)
    const other = scriptProgram('result = 1')
    expect(tasks.plan({ program, samples: [one, two, three] })).to.equal(undefined)
    expect(tasks.plan({ program: other, samples: [one, two] })?.isOpen).to.equal(true)
    expect(tasks.plan({ program, samples: [one] })).to.equal(undefined)
  })

  it('has what is known run again when records of it are wanted', () => {
    const kept = new Kept()
    kept.set(program, one, right)
    const task = new Tasks(kept, 2).plan({ program, samples: [one], isRecorded: true })
    expect([task?.missing, task?.isRecorded]).to.deep.equal([[one], true])
  })
})

describe('Kept', () => {
  it('knows programs by what is in them', () => {
    const kept = new Kept()
    kept.set(program, one, right)
    expect(kept.get(scriptProgram())?.get(one)).to.equal(right)
    expect(kept.get(scriptProgram('result = 1'))).to.equal(undefined)
  })
})

describe('results', () => {
  const error = { kind: 'runtime', message: 'no' } as const
  const trace = { path: 'b', sample: 1, input: 1, output: 2, defaulted: false, stdout: '', stderr: '', ms: 5 }

  it('have records of their own sample, in the order of paths and without times', () => {
    const judged = [
      { reward: 0, error },
      { ...right, feedback: 'well done' },
    ]
    const traces = [trace, { ...trace, path: 'a' }]
    const [first, second] = resultsOf(
      { outputs: [null, 2], errors: new Map([[0, error]]) },
      judged,
      traces,
      true,
    )
    expect(first).to.deep.equal({
      reward: 0,
      error,
      output: null,
      record: { output: null, reward: 0, error, traces: [] },
    })
    expect(second?.record).to.deep.include({ output: 2, feedback: 'well done' })
    expect(second?.record?.traces.map(({ path }) => path)).to.deep.equal(['a', 'b'])
    expect(second?.record?.traces[0]).not.to.have.any.keys('ms', 'sample')
  })

  it('come back from what is written of them', () => {
    const body = {
      rewards: [0, 1],
      errors: [{ place: 0, ...error }],
      records: [null, null],
      outputs: [null, 2],
    }
    expect(resultsFrom(body)).to.deep.equal([
      { reward: 0, error, output: null },
      { ...right, output: 2 },
    ])
  })
})
