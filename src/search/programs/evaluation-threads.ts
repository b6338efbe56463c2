/**
 * Evaluating on other threads: a file that serves an evaluation, and a crew of threads that run it. Trees go over as
 * JSON and rewards come back, so a thread knows nothing of the study. An evaluation that is wanted no more ends with its
 * thread, even one that never lets go of it, and another thread takes its place.
 */

import { parentPort, Worker } from 'node:worker_threads'
import { fromJsonString, type Symbolic } from '../../symbolic/index.ts'
import { StudyError } from '../errors.ts'
import { reasonOf, type Trial } from '../study/trial.ts'

/** What an evaluation gives back. */
export type ThreadReward = number | readonly number[]

interface Answer {
  readonly reward?: ThreadReward
  readonly error?: string
}

/**
 * In the file of a thread: answers with what an evaluation gives for a tree.
 *
 *     serveEvaluations((rule: Program) => -waste(rule))
 */
export function serveEvaluations<Value>(
  evaluate: (value: Value) => ThreadReward | Promise<ThreadReward>,
): void {
  const port = parentPort
  if (port === null) throw new StudyError('', 'serveEvaluations is for files that run as a thread')
  const answerTo = async (text: string): Promise<Answer> => {
    try {
      return { reward: await evaluate(fromJsonString(text) as Value) }
    } catch (error) {
      return { error: reasonOf(error) }
    }
  }
  // One after the other, since answers come back in the order of the trees.
  let last = Promise.resolve()
  port.on('message', (text: string) => {
    last = last.then(async () => port.postMessage(await answerTo(text)))
  })
}

interface Job {
  readonly text: string
  readonly done: (reward: ThreadReward) => void
  readonly failed: (error: unknown) => void
}

/**
 * Threads that evaluate. Each has one tree at hand and, to lose no time, one waiting; so a study keeps them busy with a
 * concurrency of twice as many as there are. Where trials have a time limit, take as many: waiting is part of their time.
 *
 *     const threads = new EvaluationThreads(new URL('./thread.js', import.meta.url), 2)
 *     await study.optimize(threads.evaluate, { concurrency: 4 })
 *     await threads.close()
 */
export class EvaluationThreads {
  readonly #file: URL
  readonly #data: unknown
  readonly #threads: Thread[]
  readonly #waiting: Job[] = []

  /** `data` is what the file finds as `workerData`. */
  constructor(file: URL, size: number, data: unknown = null) {
    if (!Number.isInteger(size) || size < 1) {
      throw new StudyError('', `there must be at least 1 thread, got ${size}`)
    }
    this.#file = file
    this.#data = data
    this.#threads = Array.from({ length: size }, () => this.#newThread())
  }

  /** For `study.optimize`. */
  readonly evaluate = (value: Symbolic, trial: Trial<never> | Trial<unknown>): Promise<ThreadReward> =>
    new Promise((done, failed) => {
      const job = { text: value.toJsonString(), done, failed }
      trial.signal.addEventListener('abort', () => this.#drop(job, trial.signal.reason), { once: true })
      this.#waiting.push(job)
      this.#fill()
    })

  /** Ends the threads. What they were at has failed. */
  async close(): Promise<void> {
    const closed = new StudyError('', 'the threads were closed')
    for (const job of this.#waiting.splice(0)) job.failed(closed)
    await Promise.all(this.#threads.splice(0).map(thread => thread.end(closed)))
  }

  /** The oldest job goes to the thread with the fewest. */
  #fill(): void {
    for (const most of [0, 1]) {
      for (const thread of this.#threads) {
        if (thread.jobs.length > most) continue
        const job = this.#waiting.shift()
        if (job === undefined) return
        thread.take(job)
      }
    }
  }

  #drop(job: Job, reason: unknown): void {
    const waiting = this.#waiting.indexOf(job)
    if (waiting >= 0) this.#waiting.splice(waiting, 1)
    job.failed(reason)
    const thread = this.#threads.find(({ jobs }) => jobs.includes(job))
    if (thread !== undefined)
      this.#replace(
        thread,
        thread.jobs.filter(other => other !== job),
      )
  }

  /** Puts another thread in the place of one, and gives it the jobs that are still wanted. */
  #replace(thread: Thread, jobs: readonly Job[]): void {
    const at = this.#threads.indexOf(thread)
    if (at < 0) return
    void thread.end(null)
    this.#threads[at] = this.#newThread()
    this.#waiting.unshift(...jobs)
    this.#fill()
  }

  #newThread(): Thread {
    const thread: Thread = new Thread(new Worker(this.#file, { workerData: this.#data }), {
      answered: () => this.#fill(),
      // What it was at may be why it died; what was waiting is innocent.
      died: error => {
        const [guilty, ...innocent] = thread.jobs
        guilty?.failed(error)
        this.#replace(thread, innocent)
      },
    })
    return thread
  }
}

class Thread {
  /** Oldest first; the thread is at the first. */
  jobs: Job[] = []
  readonly #worker: Worker
  #isEnded = false

  constructor(
    worker: Worker,
    on: { readonly answered: () => void; readonly died: (error: unknown) => void },
  ) {
    this.#worker = worker
    this.#worker.unref()
    const died = (error: unknown): void => {
      if (this.#isEnded) return
      this.#isEnded = true
      on.died(error)
    }
    this.#worker.on('message', ({ reward, error }: Answer) => {
      if (this.#isEnded) return
      const job = this.jobs.shift() as Job
      if (this.jobs.length === 0) this.#worker.unref()
      if (reward === undefined) job.failed(new StudyError('', error ?? 'the evaluation gave nothing'))
      else job.done(reward)
      on.answered()
    })
    this.#worker.on('error', died)
    this.#worker.on('exit', code =>
      died(new StudyError('', `a thread ended by itself, with the code ${code}`)),
    )
  }

  take(job: Job): void {
    this.jobs.push(job)
    this.#worker.ref()
    this.#worker.postMessage(job.text)
  }

  async end(error: unknown): Promise<void> {
    this.#isEnded = true
    const { jobs } = this
    this.jobs = []
    if (error !== null) for (const job of jobs) job.failed(error)
    await this.#worker.terminate()
  }
}
