import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { readJournal, untimed } from '../../../src/search/index.ts'

const MAIN = fileURLToPath(new URL('../../../src/cli/packing/main.ts', import.meta.url))

/** The loader by its path, since the command runs in another folder. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

describe('npm run packing', function () {
  this.timeout(90_000)
  let folder: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'espalier-packing-'))
  })

  after(() => rmSync(folder, { recursive: true }))

  interface Said {
    readonly code: number | null
    readonly out: string
    readonly err: string
  }

  /** Starts the command, and lets it be met with a signal when it has come so far. */
  async function packing(
    args: readonly string[],
    meet: (child: ChildProcess, out: string) => void = () => {},
  ) {
    const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args], { cwd: folder })
    const said = { out: '', err: '' }
    child.stdout.on('data', data => {
      said.out += data
      meet(child, said.out)
    })
    child.stderr.on('data', data => (said.err += data))
    const [code] = await once(child, 'close')
    return { code, ...said } as Said
  }

  const ARGS = ['--kind', 'or3', '--evaluations', '60', '--threads', '2']

  it('goes on where it was killed or stopped, and ends with the same winner', async () => {
    const whole = await packing([...ARGS, '--out', 'whole'])
    expect(whole.err).to.equal('')
    expect(whole.code).to.equal(0)
    expect(whole.out).to.contain('After 60 rules').and.contain('this rule')

    const isUnderWay = (out: string): boolean => out.includes('rule       1')
    await packing([...ARGS, '--out', 'parts'], (child, out) => isUnderWay(out) && child.kill('SIGKILL'))
    const stopped = await packing([...ARGS, '--out', 'parts'], (child, out) => {
      if (!child.killed && (isUnderWay(out) || out.includes('Goes on'))) child.kill('SIGINT')
    })
    expect(stopped.code).to.equal(130)
    expect(stopped.out).to.contain('the same command goes on from')
    const parts = await packing([...ARGS, '--out', 'parts'])
    expect(parts.code).to.equal(0)

    const records = (name: string) =>
      untimed(readJournal(join(folder, name, 'or3-1.jsonl'))).filter(({ type }) => type === 'tell')
    expect(records('parts')).to.eql(records('whole'))
    const winner = (name: string): string => readFileSync(join(folder, name, 'or3-1.json'), 'utf8')
    expect(winner('parts')).to.equal(winner('whole'))
    expect(existsSync(join(folder, 'parts', 'or3-1.html'))).to.equal(true)
  })

  it('says what is wrong with how it is called', async () => {
    const wrong = await Promise.all([
      packing(['--kind', 'bins']),
      packing(['--seconds', 'soon']),
      packing(['--data', 'nowhere']),
      packing(['--faster']),
    ])
    expect(wrong.map(({ code }) => code)).to.eql([2, 2, 2, 2])
    const [kind, seconds, data, option] = wrong.map(({ err }) => err)
    expect(kind).to.equal("packing: --kind must be weibull or or3, got 'bins'\n")
    expect(seconds).to.contain("--seconds must be a whole number of at least 1, got 'soon'")
    expect(data).to.contain('there is no nowhere')
    expect(option).to.contain('--faster')
  })

  it('helps', async () => {
    const { code, out } = await packing(['--help'])
    expect(code).to.equal(0)
    expect(out).to.contain('npm run packing').and.contain('--evaluations N')
  })
})
