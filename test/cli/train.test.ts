import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { findProblem } from '../../src/cli/problems.ts'
import type { Task } from '../../src/cli/task.ts'
import { type TrainResult, train } from '../../src/cli/train.ts'
import { Sandbox } from '../../src/runtime/index.ts'

describe('train', () => {
  let folder: string
  let runner: Sandbox

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'espalier-train-'))
    runner = new Sandbox({ size: 1 })
  })

  after(async () => {
    await runner.close()
    await rm(folder, { recursive: true })
  })

  const problem = findProblem('smallest')
  if (problem === undefined) throw new Error('the problem smallest is gone')
  const task: Task = { ...problem, ...problem.generate(3, { train: 40, validation: 40, test: 100 }) }
  const run = (generations: number, seed = 3): Promise<TrainResult> =>
    train(task, { seed, generations, populationSize: 150, folder, runner })

  it('solves a problem, saves the program, and finds it as good when loaded', async () => {
    const result = await run(40)
    expect(result.isSolved).to.equal(true)
    expect(result.baseline).to.be.lessThan(0.7)
    expect(result.trained).to.equal(1)
    expect(result.loaded).to.equal(1)
    expect(result.changes.map(({ path }) => path)).to.include('modules[0].state.value.script')
    expect(await readdir(folder)).to.deep.equal(['smallest.json'])
  })

  it('says the same again for the same seed', async () => {
    const [first, second] = [await run(3, 5), await run(3, 5)]
    expect({ ...first, ms: 0 }).to.deep.equal({ ...second, ms: 0 })
  })

  it('says honestly when it did not get there', async () => {
    const hopeless: Task = {
      ...task,
      name: 'hopeless',
      // What a hash gives for the inputs is beyond any short expression.
      ...problem.generate(4, { train: 20, validation: 20, test: 20 }),
      train: task.train.map((sample, i) => ({ ...sample, outputs: { smallest: (i * 7919) % 101 } })),
    }
    const result = await train(hopeless, { seed: 1, generations: 2, populationSize: 20, folder, runner })
    expect(result.isSolved).to.equal(false)
    expect(result.stopReason).to.equal('budget')
    expect(result.trained).to.be.lessThan(1)
  })
})
