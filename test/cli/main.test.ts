import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

/** What the command says and how it ends. */
function espalier(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', text => (out += text))
  child.stderr.on('data', text => (err += text))
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })))
}

describe('the command', () => {
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'espalier-main-'))
  })

  after(() => rm(folder, { recursive: true }))

  it('trains a problem and says what came of it', async () => {
    const { code, out, err } = await espalier('train', 'smallest', '--seed', '3', '--out', folder)
    expect(err).to.equal('')
    expect(code).to.equal(0)
    expect(out).to.contain('baseline').and.contain('on 1,000 unseen cases')
    expect(out).to.contain('diff from the seed program').and.contain('modules[0].state.value.script')
    expect(out).to.contain(`saved ${join(folder, 'smallest.json')}; loaded again it scores`)
    expect(out).to.contain('The same again: npm start -- smallest --seed 3')
    const saved = JSON.parse(await readFile(join(folder, 'smallest.json'), 'utf8'))
    expect(saved._type).to.equal('espalier.Sequential')
  }).timeout(60_000)

  it('gives one JSON object when asked', async () => {
    const args = [
      'train',
      'median',
      '--seed',
      'a',
      '--generations',
      '1',
      '--population',
      '30',
      '--out',
      folder,
      '--json',
    ]
    const { code, out } = await espalier(...args)
    expect(code).to.equal(0)
    const { seed, results } = JSON.parse(out)
    expect(seed).to.equal('a')
    expect(results).to.have.length(1)
    expect(results[0]).to.include({ name: 'median', cases: 1000, generations: 1 })
  }).timeout(60_000)

  it('trains on a file of examples', async () => {
    const file = join(folder, 'mine.json')
    const examples = Array.from({ length: 30 }, (_, x) => ({ inputs: { x }, outputs: { y: x + 1 } }))
    await writeFile(file, JSON.stringify({ examples }))
    const { code, out } = await espalier('train', '--examples', file, '--out', folder)
    expect(code).to.equal(0)
    expect(out).to.contain('mine: A problem given by examples.').and.contain('1 of 1 solved')
  }).timeout(60_000)

  it('says everything that is wrong with such a file, and trains nothing', async () => {
    const file = join(folder, 'bad.json')
    await writeFile(file, '{"examples":[{"inputs":{"__proto__":1},"outputs":{"y":null}}],"more":1}')
    const { code, out, err } = await espalier('train', '--examples', file, '--out', folder)
    expect(code).to.equal(1)
    expect(out).to.equal('')
    expect(err).to.contain('more is not a known key')
    expect(err).to.contain('examples[0].inputs.__proto__ is not allowed as a key')
    expect(err).to.contain('examples[0].outputs.y must be')
    expect(err).not.to.contain('    at ')
  }).timeout(60_000)

  const misuses: [args: string[], said: string][] = [
    [['train', 'nope'], "there is no problem 'nope'; there are smallest, median"],
    [['grow'], "there is no command 'grow'"],
    [['train', '--generations', 'many'], "--generations must be a whole number of at least 1, got 'many'"],
    [['train', '--colour'], '--colour'],
  ]
  for (const [args, said] of misuses) {
    it(`refuses '${args.join(' ')}'`, async () => {
      const { code, err } = await espalier(...args)
      expect(code).to.equal(2)
      expect(err).to.contain(said)
    }).timeout(60_000)
  }

  it('explains itself', async () => {
    const { code, out } = await espalier('--help')
    expect(code).to.equal(0)
    expect(out).to.contain('espalier train [problem ...] [options]')
  }).timeout(60_000)
})
