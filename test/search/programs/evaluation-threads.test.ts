import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import {
  type Algorithm,
  intV,
  type OptimizeOptions,
  Space,
  Study,
  StudyError,
} from '../../../src/search/index.ts'
import { EvaluationThreads, serveEvaluations } from '../../../src/search/programs/evaluation-threads.ts'
import { transpiled } from '../../support/transpiled.ts'

/** What a thread does is said by the tree it is given. */
const THREAD = `
import { workerData } from 'node:worker_threads'
import { programs } from './search/index.js'
programs.serveEvaluations(async tree => {
  const n = tree.at('n')
  if (n === 13) throw new Error('thirteen')
  if (n === 66) for (;;);
  if (n === 99) process.exit(3)
  await new Promise(resolve => setTimeout(resolve, n % 5))
  return n * workerData.factor
})
`

describe('evaluation threads', function () {
  this.timeout(30_000)
  let folder: string
  let threads: EvaluationThreads

  before(() => {
    folder = transpiled('symbolic', 'search')
    writeFileSync(join(folder, 'thread.js'), THREAD)
  })

  afterEach(() => threads.close())

  after(() => rmSync(folder, { recursive: true }))

  const crew = (size: number, factor = 1): EvaluationThreads =>
    new EvaluationThreads(pathToFileURL(join(folder, 'thread.js')), size, { factor })

  /** The rewards, or reasons, of trials with these numbers. */
  async function rewardsOf(numbers: readonly number[], options: OptimizeOptions = {}) {
    const given: Algorithm<number> = {
      name: 'given',
      settings: null,
      init: () => 0,
      ask: (n, spec) => {
        const number = numbers[n]
        return number === undefined ? [null, n] : [{ dna: spec.dnaAt(number), parents: [] }, n + 1]
      },
      tell: n => n,
    }
    const study = new Study(Space.of({ n: intV(0, 100) }), given)
    await study.optimize(threads.evaluate, { concurrency: 4, onFailure: 'skip', ...options })
    return study.history.map(result => (result.status === 'told' ? result.reward : result.reason))
  }

  it('give the rewards that the evaluation gives, each to its trial', async () => {
    threads = crew(2, 10)
    expect(await rewardsOf([5, 4, 9, 1, 2, 8, 3, 7, 6])).to.eql([50, 40, 90, 10, 20, 80, 30, 70, 60])
  })

  it('fail a trial alone when its evaluation fails, or ends its thread', async () => {
    threads = crew(2)
    const rewards = await rewardsOf([1, 13, 2, 99, 3, 4, 5, 6])
    expect(rewards.filter(reward => typeof reward === 'number')).to.eql([1, 2, 3, 4, 5, 6])
    expect(rewards[1]).to.contain('thirteen')
    expect(rewards[3]).to.contain('a thread ended by itself, with the code 3')
  })

  it('end an evaluation whose time is up, with its thread', async () => {
    threads = crew(2)
    await rewardsOf([1, 2])
    const rewards = await rewardsOf([66, 1, 2], { concurrency: 2, timeout: 1000 })
    expect(rewards[0]).to.contain('TimeoutError')
    expect(rewards.slice(1)).to.eql([1, 2])
  })

  it('fail what is open when they are closed', async () => {
    threads = crew(1)
    const open = rewardsOf([66, 1])
    setTimeout(() => threads.close(), 200)
    for (const reason of await open) expect(reason).to.contain('the threads were closed')
  })

  it('refuse to be none, and to be served outside a thread', () => {
    expect(() => crew(0)).to.throw(StudyError, 'at least 1 thread, got 0')
    expect(() => serveEvaluations(() => 0)).to.throw(StudyError, 'is for files that run as a thread')
  })
})
