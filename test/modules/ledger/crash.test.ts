/**
 * Runs of training whose process is killed. A few times in a usual run, and as often as one likes: KILLS=200 npx mocha
 * test/modules/ledger/crash.test.ts
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type LedgerRecord, readLedger, untook } from '../../../src/modules/index.ts'
import { Rng } from '../../../src/search/index.ts'
import { transpiled } from '../../support/transpiled.ts'

const KILLS = Number(process.env.KILLS ?? 3)

/** Waits for the name of a ledger, runs or goes on with the training in it, and says what came of it. */
const PROGRAM = `
import { fit, accuracy, numericCloseness, Program, Variable } from './modules/index.js'
import { f } from './symbolic/index.js'
import { Rng } from './search/index.js'
class Line extends Program.define('crash.Line', { state: f.object(Variable) }) {
  async call({ x }) {
    await new Promise(resolve => setTimeout(resolve, x % 3))
    const { factor } = this.state.value.toJSON()
    if (factor > 4) throw new Error('too steep')
    return x * factor
  }
}
const schema = { type: 'object', properties: { factor: { type: 'number' } }, required: ['factor'] }
const program = new Line({ state: new Variable({ schema, value: { factor: 0 } }) })
const samples = [1, 2, 3, 4, 5, 6].map(x => ({ inputs: { x }, outputs: 2 * x }))
const optimizer = {
  name: 'random',
  init: () => ({ step: 0, hint: 1 }),
  propose: ({ step, hint }, { seed }) => {
    const random = Rng.from(seed).split(step)
    const proposals = [0, 1, 2, 3].map(i => ({
      updates: [['state.value.factor', random.float() * 5 * hint]], parents: [], operator: 'draw', isRecorded: i === 3,
    }))
    return [proposals, { step: step + 1, hint }, [{ languageModel: 'default', messages: [{ role: 'user', content: String(step) }] }]]
  },
  observe: (state, evaluations, context, answers) => ({ ...state, hint: Number(answers[0].value) }),
  save: state => state,
  restore: data => data,
}
const languageModel = async ({ messages }) => {
  await new Promise(resolve => setTimeout(resolve, 2))
  return { text: String(1 - 1 / (2 + Number(messages[0].content))), usage: { inputTokens: 5, outputTokens: 1 } }
}
process.stdin.once('data', async data => {
  const { history, program: trained, ...rest } = await fit(program, samples, {
    optimizer, languageModel, reward: numericCloseness(), budget: { generations: 12 }, target: 2, batchSize: 4,
    validation: samples.slice(0, 3), metrics: { right: accuracy() }, concurrency: 4, seed: 9,
    ledger: String(data), runner: { close: async () => {} },
  })
  const bare = history.map(({ ms, ...entry }) => entry)
  process.stdout.write(JSON.stringify({ ...rest, history: bare, program: trained.toJSON() }) + '\\n', () => process.exit())
})
process.stdout.write('ready\\n')
`

describe('training that is killed', function () {
  this.timeout(KILLS * 5000 + 60_000)
  let code: string
  let folder: string
  const started: ChildProcess[] = []

  before(() => {
    code = transpiled('symbolic', 'runtime', 'search', 'modules')
    writeFileSync(join(code, 'program.mjs'), PROGRAM)
    folder = mkdtempSync(join(tmpdir(), 'espalier-crash-'))
  })
  after(() => {
    for (const child of started) child.kill('SIGKILL')
    rmSync(code, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  })

  async function program(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [join(code, 'program.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] })
    started.push(child)
    const ready = new Promise(resolve => child.stdout?.once('data', resolve))
    await Promise.race([ready, once(child, 'close')])
    expect(child.exitCode).to.equal(null)
    return child
  }

  /** What a run says in the end; null when it was killed before. */
  async function run(file: string, milliseconds = Number.POSITIVE_INFINITY): Promise<string | null> {
    const child = await program()
    let said = ''
    child.stdout?.on('data', data => {
      said += String(data)
    })
    child.stdin?.write(file)
    const timer = milliseconds < 1e9 ? setTimeout(() => child.kill('SIGKILL'), milliseconds) : undefined
    await once(child, 'close')
    clearTimeout(timer)
    return said === '' ? null : said
  }

  const records = (file: string): LedgerRecord[] => untook(readLedger(file).records)

  it(`ends as if nothing had happened (${KILLS} kills)`, async () => {
    const whole = join(folder, 'whole.jsonl')
    const begun = performance.now()
    const expected = await run(whole)
    const most = (performance.now() - begun) / 2
    const delays = Rng.from('kill')
    let kills = 0
    let inTheMiddle = 0
    for (let i = 0; kills < KILLS; i++) {
      const file = join(folder, `${i}.jsonl`)
      for (;;) {
        const said =
          kills < KILLS ? await run(file, 30 + delays.split(i).split(kills).float() * most) : await run(file)
        if (said === null) {
          kills++
          if (existsSync(file) && readFileSync(file).length > 0) inTheMiddle++
          continue
        }
        expect(said).to.equal(expected)
        expect(records(file)).to.deep.equal(records(whole))
        break
      }
    }
    expect(inTheMiddle).to.be.above(0)
  })
})
