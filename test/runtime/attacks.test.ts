// The corpus of attacks on the rings, class by class. Each attack must find nothing of the host, leave an outcome of the
// agreed form, and leave the next script a realm in which nothing has changed. The same attacks are tried on a plain
// `node:vm` context first, where many succeed: the corpus has teeth.

import { execFile } from 'node:child_process'
import { delimiter } from 'node:path'
import { expect } from 'chai'
import {
  type Json,
  type Outcome,
  type OutcomeKind,
  Sandbox,
  type SandboxOptions,
} from '../../src/runtime/index.ts'
import { type AttackClasses, INSPECT, scriptOf } from './attacks/attack.ts'
import { errors } from './attacks/errors.ts'
import { hooks } from './attacks/hooks.ts'
import { realm } from './attacks/realm.ts'

const CLASSES: AttackClasses = { ...realm, ...errors, ...hooks }
const INPUTS = { list: [{}], odd: JSON.parse('{"__proto__":{},"constructor":1}') as Json }
const TOOLS = {
  echo: (input: Json) => input,
  fail: () => {
    throw new Error('no')
  },
}

/** How an attack that found nothing may end. */
const HARMLESS: readonly OutcomeKind[] = [
  'runtime',
  'bad_result',
  'no_result',
  'never_settles',
  'syntax',
  'result_too_large',
]

/** `ESPALIER_NODES` names other versions of Node.js, by their paths with a colon between. */
const others = (process.env.ESPALIER_NODES ?? '').split(delimiter).filter(path => path !== '')

/** How attacks are run: errors do or do not capture stacks, and inputs do or do not share a context. */
const MODES: Readonly<Record<string, SandboxOptions & { readonly context?: 'script' }>> = {
  'while errors tell lines': {},
  'while errors tell none': { lines: false },
  'in a context of two inputs': { context: 'script' },
  ...Object.fromEntries(others.map(nodePath => [`under ${nodePath}`, { nodePath }])),
}

describe('the corpus of attacks', () => {
  it('is large enough, and has teeth', async () => {
    const attacks = Object.values(CLASSES).flatMap(attacks => Object.values(attacks))
    expect(attacks.length).to.be.above(150)
    expect(new Set(attacks).size).to.equal(attacks.length)
    expect(await countFoundInPlainContext(attacks)).to.be.above(40)
  })
})

for (const [mode, { context, ...options }] of Object.entries(MODES)) {
  describe(`an attack ${mode}`, () => {
    const sandbox = new Sandbox({ ...options, isolation: 'process', size: 1, timeout: 3000, tools: TOOLS })
    const run = (attack: string, isCalm = false) =>
      context
        ? sandbox.runMany(scriptOf(attack, isCalm), [INPUTS, INPUTS], { context })
        : sandbox.runMany(scriptOf(attack, isCalm), [INPUTS])
    const inspect = async () => shown(await sandbox.run(INSPECT, null))
    let untouched: Json
    before(async () => {
      untouched = await inspect()
      expect(untouched).to.include('Array').and.to.include('function')
    })
    after(() => sandbox.close())

    for (const [name, attacks] of Object.entries(CLASSES)) {
      it(`finds nothing by ${name}`, async () => {
        const before = Reflect.ownKeys(Object.prototype)
        for (const [way, attack] of Object.entries(attacks)) {
          const outcomes = await run(attack)
          for (const outcome of outcomes) expectHarmless(outcome, way)
          if (outcomes.some(outcome => !outcome.ok && outcome.kind === 'timeout')) {
            const [{ stdout } = { stdout: '' }] = await run(attack, true)
            expect.fail(`${way} found something, or did not end: ${stdout.slice(0, 300)}`)
          }
          expect(await inspect(), `the realm after ${way}`).to.equal(untouched)
        }
        expect(Reflect.ownKeys(Object.prototype)).to.deep.equal(before)
      })
    }
  })
}

describe('an alarm', () => {
  it('is raised by a foreign object and by process, whenever it is found', async () => {
    await using sandbox = new Sandbox({ size: 1, timeout: 100 })
    const foreign = 'const other = Object.create(Object.create(null)); probe({ deep: [other] })'
    const process = 'const f = () => () => ({ versions: { node: "x" } }); probe({ constructor: f.bind() })'
    const late = `return { toJSON() { ${foreign} } }`
    for (const attack of [foreign, process, late])
      expect(await sandbox.run(scriptOf(attack), null), attack).to.include({ kind: 'timeout' })
    const calm = await sandbox.run(scriptOf(`${foreign}\n${process}`, true), null)
    expect(calm).to.include({ ok: true, value: 'clean', stdout: 'FOUND foreign\nFOUND process\n' })
  })

  it('is not raised by what is a script’s own', async () => {
    await using sandbox = new Sandbox({ size: 1, timeout: 2000 })
    const own =
      'for (const key of Reflect.ownKeys(globalThis)) probe(globalThis[key]); probe([1, {}, () => 1, new Map(), /a/])'
    expect(await sandbox.run(scriptOf(own), null)).to.include({ ok: true, value: 'clean' })
  })
})

/** Nothing that a child sends may add to an outcome or take from it. */
function expectHarmless(outcome: Outcome, way: string): void {
  const { ok, stdout, stderr, ms } = outcome
  expect(Object.getPrototypeOf(outcome), way).to.equal(Object.prototype)
  expect([typeof stdout, typeof stderr, typeof ms], way).to.deep.equal(['string', 'string', 'number'])
  const known = [
    'ok',
    'value',
    'kind',
    'message',
    'line',
    'column',
    'stdout',
    'stderr',
    'ms',
    'isolation',
    'toolCalls',
  ]
  expect(known, way).to.include.members(Object.keys(outcome))
  if (ok) expect(JSON.stringify(outcome.value), way).to.not.match(/666\b(?!})/)
  else if (outcome.kind !== 'timeout') expect(HARMLESS, `${way}: ${outcome.message}`).to.include(outcome.kind)
}

const shown = (outcome: Outcome): Json => (outcome.ok ? outcome.value : `${outcome.kind}: ${outcome.message}`)

/** How many of the attacks find something in a context made the usual way. In a process of its own: some end it. */
async function countFoundInPlainContext(attacks: readonly string[]): Promise<number> {
  const program = `
    process.on('unhandledRejection', () => {})
    const vm = require('vm'), { attacks, inputs } = JSON.parse(require('fs').readFileSync(0, 'utf8'))
    const tools = { echo: async x => x, fail: async () => { throw new Error('no') } }
    const main = async () => {
      const found = new Set()
      for (const [index, attack] of attacks.entries()) {
        const log = text => String(text).startsWith('FOUND') && found.add(index)
        const context = vm.createContext({ inputs: structuredClone(inputs), tools, console: { log, error() {}, dir() {}, table() {} } })
        try {
          const result = vm.runInContext('(async function () {' + attack + '\\n})()', context, { timeout: 300 })
          const ended = await Promise.race([result, new Promise(resolve => setTimeout(resolve, 20))])
          JSON.stringify(ended)
        } catch (error) {
          try { require('util').inspect(error) } catch {}
        }
      }
      process.stdout.write(String(found.size), () => process.exit(0))
    }
    main()`
  const scripts = attacks.map(attack => scriptOf(attack, true))
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, ['-e', program], { timeout: 30_000 }, (error, stdout) =>
      error ? reject(error) : resolve(Number(stdout)),
    )
    child.stdin?.end(JSON.stringify({ attacks: scripts, inputs: INPUTS }))
  })
}
