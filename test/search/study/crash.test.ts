/**
 * Studies whose process is killed. Thirty times in a usual run, and as often as one likes: KILLS=1000 npx mocha
 * test/search/study/crash.test.ts
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { Rng, readJournal, type StudyRecord, untimed } from '../../../src/search/index.ts'
import { transpiled } from '../../support/transpiled.ts'

const KILLS = Number(process.env.KILLS ?? 30)
const TRIALS = 80

/** Says `ready`, waits for the name of a journal, and runs or goes on with the study in it. */
const PROGRAM = `
import { floatV, intV, medianPruner, oneOf, regularizedEvolution, Space, Study } from './search/index.js'
const space = Space.of([oneOf([1, 2, { x: floatV(0, 1) }]), intV(1, 1000), floatV(0.001, 1, { scale: 'log' })])
process.stdin.once('data', async data => {
  const [storage, ...options] = String(data).split(' ')
  try {
    const study = new Study(space, regularizedEvolution({ populationSize: 10, tournamentSize: 3 }), {
      seed: 3, storage, budget: { trials: ${TRIALS} }, pruner: medianPruner(),
    })
    if (options[0] === 'hold') return void process.stdout.write('holding\\n')
    await study.enqueue(space.materialize(space.spec.firstDna()))
    await study.optimize(
      async (value, trial) => {
        const score = Math.round(value.at(1) * 100 * value.at(2))
        for (let step = 1; step <= 3; step++) {
          trial.report(step, score % (97 * step))
          await new Promise(resolve => setTimeout(resolve, trial.id % 3))
          if (trial.shouldPrune()) return trial.prune()
        }
        if (trial.id % 11 === 0) return trial.skip('eleven')
        if (trial.id % 13 === 0) throw new Error('thirteen')
        trial.tell(score, { metrics: { id: trial.id }, cost: 0.25 })
      },
      { concurrency: 3, onFailure: 'skip' },
    )
    await study.close()
    process.stdout.write('done\\n', () => process.exit())
  } catch (error) {
    process.stdout.write(error.name + ': ' + error.message + '\\n')
  }
})
process.stdout.write('ready\\n')
`

describe('a study that is killed', function () {
  this.timeout(KILLS * 2000 + 30_000)
  let code: string
  let folder: string
  const spare: ChildProcess[] = []
  const started: ChildProcess[] = []

  before(() => {
    code = transpiled('symbolic', 'search')
    writeFileSync(join(code, 'program.mjs'), PROGRAM)
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'espalier-crash-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  after(() => {
    for (const child of started) child.kill('SIGKILL')
    rmSync(code, { recursive: true, force: true })
  })

  function start(): ChildProcess {
    const child = spawn(process.execPath, [join(code, 'program.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] })
    started.push(child)
    return child
  }

  /** A process that is ready; the next one gets ready meanwhile. */
  async function program(): Promise<ChildProcess> {
    const child = spare.shift() ?? start()
    spare.push(start())
    await says(child, 'ready')
    return child
  }

  /** What a process says next; null when it ends before. */
  async function next(child: ChildProcess): Promise<string | null> {
    const { stdout } = child
    if (stdout === null) throw new Error('no output')
    for (;;) {
      const data: Buffer | null = stdout.read()
      if (data !== null) return String(data).trim()
      if (stdout.readableEnded || stdout.destroyed) return null
      await Promise.race([once(stdout, 'readable'), once(stdout, 'close')])
    }
  }

  const says = async (child: ChildProcess, what: string): Promise<void> => {
    expect(await next(child)).to.equal(what)
  }

  const kill = async (child: ChildProcess): Promise<void> => {
    const gone = child.exitCode !== null || child.signalCode !== null ? null : once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** Runs a study to its end without being killed. */
  async function whole(): Promise<StudyRecord[]> {
    const file = join(folder, 'whole.jsonl')
    const child = await program()
    child.stdin?.write(file)
    await says(child, 'done')
    await kill(child)
    return records(file)
  }

  /**
   * What is in a journal, without the times, and without what attempts that were cut off have left: they are handed out
   * again, and report again.
   */
  function records(file: string): StudyRecord[] {
    const last = new Map<string, StudyRecord>()
    for (const record of untimed(readJournal(file))) {
      if (record.type === 'again') {
        for (const key of last.keys()) if (key.startsWith(`report ${record.id} `)) last.delete(key)
        continue
      }
      const place = 'id' in record ? `${record.id} ` : ''
      last.set(`${record.type} ${place}${record.type === 'report' ? record.step : ''}`, record)
    }
    return untimed(last.values())
  }

  it(`ends as if nothing had happened (${KILLS} kills)`, async () => {
    const expected = await whole()
    const delays = Rng.from('kill')
    let kills = 0
    let studies = 0
    let torn = 0
    while (kills < KILLS) {
      const file = join(folder, `${++studies}.jsonl`)
      for (;;) {
        const child = await program()
        child.stdin?.write(file)
        const said = await Promise.race([next(child), later(delays.float() * 80).then(() => 'late')])
        if (said === 'done') break
        expect(said).to.equal('late')
        await kill(child)
        kills++
      }
      expect(records(file), `study ${studies} after ${kills} kills`).to.deep.equal(expected)
      if (existsSync(`${file}.torn`)) torn++
      expect(readdirSync(folder).filter(name => name.includes('.lock'))).to.deep.equal([])
    }
    if (process.env.KILLS !== undefined)
      console.log(`${kills} kills of ${studies} studies, ${torn} torn lines`)
  })

  it('lets go of its journal, which a living one does not', async () => {
    const file = join(folder, 'study.jsonl')
    const holder = await program()
    holder.stdin?.write(`${file} hold`)
    await says(holder, 'holding')
    const second = await program()
    second.stdin?.write(file)
    await says(second, `StudyError: ${file} is in use by process ${holder.pid}`)
    await kill(second)
    await kill(holder)
    const third = await program()
    third.stdin?.write(file)
    await says(third, 'done')
    await kill(third)
    expect(records(file).length).to.be.greaterThan(TRIALS)
  })
})

const later = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds))
