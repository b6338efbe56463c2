/** What training made is a file: another process that has never seen the training loads it, and predicts the same. */

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import {
  evaluate,
  exactMatch,
  fit,
  Generator,
  gepa,
  grammarEvolution,
  openAiCompatible,
  type Program,
  Sequential,
} from '../../src/modules/index.ts'
import { save } from '../../src/symbolic/index.ts'
import { ChatServer, says } from '../support/chat-server.ts'
import { samplesOf, scriptProgram } from '../support/script-programs.ts'
import { transpiled } from '../support/transpiled.ts'

const PROGRAM = `
import { readFileSync } from 'node:fs'
import { load } from './symbolic/index.js'
import { Sequential } from './modules/index.js'
const [file, state] = process.argv.slice(2)
const inputs = JSON.parse(process.env.INPUTS)
let program = await load(file, Sequential)
if (state !== undefined) program = program.withState(JSON.parse(readFileSync(state, 'utf8')))
const outputs = []
for (const input of inputs) outputs.push(await program.predict(input))
process.stdout.write(JSON.stringify({ hash: program.hash(), outputs }))
`

describe('a trained program', function () {
  this.timeout(30_000)
  let code: string
  let folder: string

  before(() => {
    code = transpiled('symbolic', 'runtime', 'search', 'modules')
    writeFileSync(join(code, 'program.mjs'), PROGRAM)
    folder = mkdtempSync(join(tmpdir(), 'espalier-saved-'))
  })
  after(() => {
    rmSync(code, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  })

  /** What a fresh process makes of inputs with the program in a file, and with the state in another if there is one. */
  async function fresh(inputs: readonly unknown[], files: readonly string[], env: object = {}) {
    const { stdout } = await promisify(execFile)(process.execPath, [join(code, 'program.mjs'), ...files], {
      env: { PATH: process.env.PATH, INPUTS: JSON.stringify(inputs), ...env },
    })
    return JSON.parse(stdout) as unknown
  }

  const saved = async (program: Program, name: string): Promise<string> => {
    const file = join(folder, name)
    await save(program, file)
    return file
  }

  it('of scripts predicts the same in a fresh process, from a file or from its state alone', async () => {
    const base = scriptProgram()
    const samples = samplesOf(x => x * x)
    const { program, best } = await fit(base, samples, {
      optimizer: grammarEvolution({ populationSize: 60 }),
      reward: exactMatch(),
      budget: { generations: 10 },
      seed: 1,
    })
    expect(best.reward).to.equal(1)
    const inputs = [5, 6, -2].map(x => ({ x }))
    const outputs = await Promise.all(inputs.map(input => program.predict(input)))
    const expected = { hash: program.hash(), outputs }
    expect(await fresh(inputs, [await saved(program, 'script.json')])).to.deep.equal(expected)
    const state = join(folder, 'state.json')
    writeFileSync(state, JSON.stringify(program.toState()))
    expect(await fresh(inputs, [await saved(base, 'base.json'), state])).to.deep.equal(expected)
  })

  it('of a language model asks it the same in a fresh process', async () => {
    const words = { pear: 'fruit', plum: 'fruit', saw: 'tool', file: 'tool' }
    const samples = Object.entries(words).map(([inputs, outputs]) => ({ inputs, outputs }))
    const server = await ChatServer.start(
      says(({ messages: [system, input] = [] }) => {
        const word = /"(\w+)"/.exec(input?.content ?? '')?.[1]
        return new RegExp(`${word} is a (\\w+)`).exec(system?.content ?? '')?.[1] ?? 'unknown'
      }),
    )
    try {
      const languageModel = {
        default: openAiCompatible({ baseURL: server.baseURL, model: 'served' }),
        large: () =>
          JSON.stringify({
            text: samples.map(({ inputs, outputs }) => `${inputs} is a ${outputs}`).join('\n'),
          }),
      }
      const { program, best, baseline } = await fit(
        new Sequential({
          modules: [new Generator({ instructions: 'Fruit or tool?', schema: { type: 'string' } })],
        }),
        samples,
        {
          optimizer: gepa({ languageModel: 'large' }),
          reward: exactMatch(),
          languageModel,
          budget: { runs: 40, questions: 4 },
        },
      )
      expect([baseline.reward, best.reward]).to.deep.equal([0, 1])
      server.requests.length = 0
      const { rewards } = await evaluate(program, samples, { reward: exactMatch(), languageModel })
      const asked = server.requests.map(({ body }) => JSON.stringify(body)).sort()
      server.requests.length = 0
      const file = await saved(program, 'generator.json')
      expect(readFileSync(file, 'utf8')).not.to.contain('127.0.0.1')
      const environment = { ESPALIER_LM_URL: server.baseURL, ESPALIER_LM_MODEL: 'served' }
      const loaded = await fresh(
        samples.map(({ inputs }) => inputs),
        [file],
        environment,
      )
      expect(rewards).to.deep.equal([1, 1, 1, 1])
      expect(loaded).to.deep.equal({ hash: program.hash(), outputs: Object.values(words) })
      expect(server.requests.map(({ body }) => JSON.stringify(body)).sort()).to.deep.equal(asked)
    } finally {
      server.close()
    }
  })
})
