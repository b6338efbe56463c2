import { expect } from 'chai'
import {
  intV,
  MemoryStorage,
  type OptimizeOptions,
  oneOf,
  randomSearch,
  Space,
  Study,
  StudyError,
  type StudyOptions,
  type StudyRecord,
} from '../../../src/search/index.ts'

const space = Space.of({ x: intV(1, 100), y: oneOf(['a', 'b']) })
const study = (options: StudyOptions = {}) =>
  new Study(space, randomSearch(), { seed: 1, budget: { trials: 10 }, ...options })
const never = new Promise<number>(() => {})

async function rejection(promise: Promise<unknown>): Promise<StudyError> {
  try {
    await promise
  } catch (error) {
    return error as StudyError
  }
  throw new Error('nothing was thrown')
}

describe('optimize', () => {
  it('takes rewards, promises of rewards, and answers given to the trial', async () => {
    const search = study()
    const reason = await search.optimize((value, trial) => {
      if (trial.id === 1) return Number(value.at('x'))
      if (trial.id === 2) return Promise.resolve(5)
      if (trial.id === 3) return trial.skip('three')
      return trial.tell(7, { metrics: { id: trial.id } })
    })
    expect(reason).to.equal('budget')
    expect(search.history.map(({ status }) => status).slice(0, 4)).to.deep.equal([
      'told',
      'told',
      'skipped',
      'told',
    ])
    expect(search.history[9]).to.deep.include({ reward: 7, metrics: { id: 10 } })
  })

  it('ends with the error of an evaluation, which is written down as a failed trial', async () => {
    const search = study()
    const error = await rejection(
      search.optimize((_, trial) => {
        if (trial.id === 4) throw new RangeError('no such layer')
        return 1
      }),
    )
    expect(error).to.be.instanceOf(StudyError)
    expect(error.message).to.match(/^trial 4 \(\[\d+, \d\]\) failed: RangeError: no such layer$/)
    expect(error.cause).to.be.instanceOf(RangeError)
    expect(search.history[3]).to.include({ status: 'failed', reason: 'RangeError: no such layer' })
    expect(search.stopReason).to.equal(undefined)
    expect(await search.optimize(() => 2)).to.equal('budget')
    expect(search.history.length).to.equal(10)
  })

  it('goes on after failures when told to, and counts them', async () => {
    const search = study()
    const reason = await search.optimize(
      async (_, trial) => {
        if (trial.id % 2 === 0) throw new Error('even')
        return 1
      },
      { onFailure: 'skip', concurrency: 3 },
    )
    expect(reason).to.equal('budget')
    expect(search.history.filter(({ status }) => status === 'failed').length).to.equal(5)
  })

  it('refuses what is no reward, as a failure of that trial', async () => {
    const search = study()
    expect((await rejection(search.optimize(() => Number.NaN))).message).to.contain('trial 1 ([')
    expect(search.history[0]).to.deep.include({ status: 'failed' })
    expect(JSON.stringify(search.history[0])).to.contain('must be a finite number, got NaN')
    expect((await rejection(search.optimize(() => {}))).message).to.contain(
      'must be a finite number, got undefined',
    )
    expect((await rejection(search.optimize(() => 'x' as unknown as number))).message).to.contain(
      'got \\"x\\"'.replaceAll('\\', ''),
    )
  })

  it('is aborted at once, and gives the open trials up', async () => {
    const search = study()
    const controller = new AbortController()
    const signals: AbortSignal[] = []
    setTimeout(() => controller.abort(), 10)
    const reason = await search.optimize(
      (_, trial) => {
        signals.push(trial.signal)
        return trial.id <= 2 ? 1 : never
      },
      { concurrency: 3, signal: controller.signal },
    )
    expect(reason).to.equal('aborted')
    expect([search.stopReason, search.history.length, search.pending.length]).to.deep.equal(['aborted', 2, 0])
    expect(signals.slice(2).map(signal => signal.aborted)).to.deep.equal([true, true, true])
    const attempts: number[] = []
    expect(await search.optimize((_, trial) => attempts.push(trial.attempt))).to.equal('budget')
    expect(attempts).to.deep.equal([2, 2, 2, 1, 1, 1, 1, 1])
  })

  it('is aborted while it waits for a slow storage', async () => {
    const controller = new AbortController()
    const memory = new MemoryStorage()
    const append = async (record: StudyRecord): Promise<void> => {
      if (record.type === 'ask' && record.id === 2) controller.abort()
      memory.append(record)
    }
    const search = study({ storage: { read: () => memory.read(), append } })
    let calls = 0
    expect(await search.optimize(() => ++calls, { signal: controller.signal })).to.equal('aborted')
    expect([calls, search.history.length, search.pending.length]).to.deep.equal([1, 1, 0])
    expect(await search.optimize(() => ++calls)).to.equal('budget')
    expect(calls).to.equal(10)
  })

  it('does not begin when it is aborted already', async () => {
    const search = study()
    let calls = 0
    expect(await search.optimize(() => ++calls, { signal: AbortSignal.abort() })).to.equal('aborted')
    expect(calls).to.equal(0)
  })

  it('takes no answer from an evaluation that was given up', async () => {
    const search = study()
    const controller = new AbortController()
    let late: Promise<string> | undefined
    await search.optimize(
      (_, trial) => {
        late = new Promise(resolve => {
          setTimeout(() => {
            try {
              trial.tell(99)
            } catch (error) {
              resolve((error as Error).message)
            }
          }, 5)
        })
        controller.abort()
        return never
      },
      { signal: controller.signal },
    )
    expect(await late).to.equal('trial 1 was given up by the study, which may hand it out again')
    await search.optimize(() => 1)
    expect(search.best.reward).to.equal(1)
  })

  it('says why it ended, also when trials of the study are open elsewhere', async () => {
    const search = study()
    const { value: open } = await search.trials().next()
    expect(await search.optimize(() => 1, { concurrency: 2, signal: AbortSignal.abort() })).to.equal(
      'aborted',
    )
    expect(search.stopReason).to.equal(undefined)
    open.tell(1)
    const slow = () => new Promise<number>(resolve => setTimeout(resolve, 1, 1))
    expect(await Promise.all([search.optimize(slow), search.optimize(slow)])).to.deep.equal([
      'budget',
      'budget',
    ])
    expect(search.stopReason).to.equal('budget')
  })

  it('needs a concurrency within the window', async () => {
    expect((await rejection(study().optimize(() => 1, { concurrency: 0 }))).message).to.contain(
      'an integer of at least 1, got 0',
    )
    expect((await rejection(study().optimize(() => 1, { concurrency: 9 }))).message).to.equal(
      'concurrency 9 is more than the window of 4 trials; write: new Study(…, { window: 9 })',
    )
    expect(await study({ window: 9 }).optimize(() => 1, { concurrency: 9 })).to.equal('budget')
  })

  it('gives a trial its time, and no more', async () => {
    const search = study({ budget: { trials: 6 } })
    const reasons: unknown[] = []
    const late: string[] = []
    const reason = await search.optimize(
      async (_, trial) => {
        if (trial.id % 2 === 1) return 1
        trial.signal.addEventListener('abort', () => reasons.push(trial.signal.reason.name))
        await new Promise(resolve => setTimeout(resolve, 60))
        try {
          trial.tell(99)
        } catch (error) {
          late.push((error as Error).message)
        }
        return 99
      },
      { timeout: 20, onFailure: 'skip', concurrency: 2 },
    )
    expect(reason).to.equal('budget')
    expect(search.history.map(({ status }) => status).join(' ')).to.equal(
      'told failed told failed told failed',
    )
    expect(search.history[1]).to.include({ reason: 'TimeoutError: no answer within 20 ms' })
    expect(reasons).to.deep.equal(['TimeoutError', 'TimeoutError', 'TimeoutError'])
    await new Promise(resolve => setTimeout(resolve, 70))
    expect(late).to.deep.equal([2, 4, 6].map(id => `trial ${id} has its answer already`))
    expect(search.best.reward).to.equal(1)
  })

  it('lets whoever hears that the time is up answer there and then', async () => {
    const search = study({ budget: { trials: 1 } })
    await search.optimize(
      (_, trial) => {
        trial.signal.addEventListener('abort', () => trial.tell(7))
        return never
      },
      { timeout: 5 },
    )
    expect(search.best.reward).to.equal(7)
  })

  it('notices afterwards that an evaluation never let go of the thread', async () => {
    const search = study({ budget: { trials: 1 } })
    const busy = (): number => {
      const end = performance.now() + 15
      while (performance.now() < end);
      return 1
    }
    expect((await rejection(search.optimize(busy, { timeout: 5 }))).message).to.contain(
      'no answer within 5 ms',
    )
    expect(search.history[0]?.status).to.equal('failed')
  })

  it('leaves no timer behind', async () => {
    const began = performance.now()
    await study().optimize(async () => 1, { timeout: 60_000 })
    expect(process.getActiveResourcesInfo().filter(name => name === 'Timeout').length).to.be.below(2)
    expect(performance.now() - began).to.be.below(5000)
  })

  it('tries again what failed, as often as it was told', async () => {
    const storage = new MemoryStorage()
    const search = study({ storage, budget: { trials: 5 } })
    const attempts: string[] = []
    const reason = await search.optimize(
      async (_, trial) => {
        attempts.push(`${trial.id}.${trial.attempt}`)
        trial.report(1, trial.attempt)
        if (trial.id === 2 && trial.attempt < 3) throw new Error(`attempt ${trial.attempt}`)
        if (trial.id === 4) throw new Error('always')
        return trial.attempt
      },
      { retries: 2, onFailure: 'skip' },
    )
    expect(reason).to.equal('budget')
    expect(attempts).to.deep.equal(['1.1', '2.1', '2.2', '2.3', '3.1', '4.1', '4.2', '4.3', '5.1'])
    expect(search.history.map(({ status }) => status)).to.deep.equal([
      'told',
      'told',
      'told',
      'failed',
      'told',
    ])
    expect(search.courseOf(2)).to.deep.include({ attempts: 3, reports: [{ step: 1, values: { reward: 3 } }] })
    const again = storage.read().flatMap(record => (record.type === 'again' ? [record.reason] : []))
    expect(again).to.deep.equal(['Error: attempt 1', 'Error: attempt 2', 'Error: always', 'Error: always'])
    const resumed = study({ storage: new MemoryStorage(storage.read()), budget: { trials: 5 } })
    expect(JSON.stringify(resumed.history)).to.equal(JSON.stringify(search.history))
    expect(resumed.courseOf(2).attempts).to.equal(3)
  })

  it('counts failures over a crash, and is aborted while it tries again', async () => {
    const storage = new MemoryStorage()
    const controller = new AbortController()
    const cut = study({ storage, budget: { trials: 1 } })
    const failing = (_: unknown, trial: { attempt: number }): never => {
      if (trial.attempt === 2) controller.abort()
      throw new Error('always')
    }
    expect(await cut.optimize(failing, { retries: 3, signal: controller.signal })).to.equal('aborted')
    const attempts: number[] = []
    const resumed = study({ storage, budget: { trials: 1 } })
    await resumed.optimize(
      (_, trial) => {
        attempts.push(trial.attempt)
        throw new Error('always')
      },
      { retries: 3, onFailure: 'skip' },
    )
    // One failure is in the records; the one that was aborted is none.
    expect(attempts).to.deep.equal([3, 4, 5])
  })

  it('checks its options', async () => {
    const refuse = async (options: OptimizeOptions, why: string): Promise<void> => {
      expect((await rejection(study().optimize(() => 1, options))).message).to.contain(why)
    }
    await refuse({ timeout: 0 }, 'timeout must be a number of milliseconds')
    await refuse({ timeout: 2 ** 40 }, 'timeout must be a number of milliseconds')
    await refuse({ retries: -1 }, 'retries must be an integer of at least 0, got -1')
    await refuse({ onFailure: 'continue' as 'skip' }, "onFailure must be 'stop' or 'skip', got 'continue'")
  })
})
