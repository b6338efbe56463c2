/**
 * Runs what the documentation shows. All ```ts blocks of a Markdown file are one program, run and type-checked, except
 * those that say ```ts fragment. A program has its code on the lines it has in the Markdown, so that every error names
 * the line to mend. The examples must run too, and complain about nothing.
 */

import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { diagnosticsIn } from './types/diagnostics.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const programs = listed('*.md')
  .filter(file => /^(?:README\.md|docs\/.*\.md|src\/[^/]+\/README\.md)$/.test(file))
  .map(file => ({ file, name: nameOf(file), code: programIn(readFileSync(join(root, file), 'utf8')) }))
  .filter(({ code }) => code.trim() !== '')
// Those in folders are long searches with options: they have tests of their own in test/examples.
const examples = listed('examples/*.ts').filter(file => !file.slice('examples/'.length).includes('/'))

describe('the documentation', function () {
  this.timeout(120_000)
  let folder: string

  before('write the programs', () => {
    // Inside the project, so that its name leads to its own sources and not to a package of that name.
    mkdirSync(join(root, '.espalier'), { recursive: true })
    folder = mkdtempSync(join(root, '.espalier', 'docs-'))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
    for (const { name, code } of programs) {
      mkdirSync(join(folder, name))
      writeFileSync(join(folder, `${name}.ts`), code)
    }
  })

  after(() => rmSync(folder, { recursive: true, force: true }))

  it('has the types it says', async function () {
    if (programs.length === 0) this.skip()
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout, stderr } = await run([tsc, '-p', folder, '--pretty', 'false'], folder)
    const problems = diagnosticsIn(stdout + stderr).map(({ file, line, message }) => {
      const program = programs.find(({ name }) => file === `${name}.ts`)
      return `${program?.file ?? file}:${line}: ${message}`
    })
    if (problems.length > 0) expect.fail(`\n${problems.join('\n')}\n${ADVICE}`)
  })

  for (const { file, name } of programs) {
    it(`runs in ${file}`, async () => {
      const program = join(folder, `${name}.ts`)
      const { code, stderr } = await run([...LOADER, program], join(folder, name))
      if (code !== 0) expect.fail(`${placeIn(file, name, stderr)} fails:\n${stderr}\n${ADVICE}`)
    })
  }
})

describe('the examples', function () {
  this.timeout(300_000)

  for (const file of examples) {
    it(`run: ${file}`, async () => {
      const { code, stderr } = await run([...LOADER, join(root, file)], root)
      expect(stderr, `what ${file} wrote to standard error`).to.equal('')
      expect(code, `the exit code of ${file}`).to.equal(0)
    })
  }
})

describe('a program in Markdown', () => {
  const lines = (...text: string[]): string => text.join('\n')

  it('keeps its code on its lines, and leaves out fragments and other languages', () => {
    const text = lines(
      '# A',
      '```ts',
      'const a = 1',
      '```',
      '',
      '```ts fragment',
      'a.b',
      '```',
      '```sh',
      'ls',
      '```',
    )
    expect(programIn(text)).to.equal(
      lines('', '', 'const a = 1', '', '', '', '', '', '', '', '', 'export {}'),
    )
  })

  it('goes on in the next block, which may import the same names again', () => {
    const text = lines(
      '```ts',
      "import { a } from 'x'",
      '```',
      '```ts',
      "import { a, b } from 'x'",
      'a(b)',
      '```',
    )
    expect(programIn(text)).to.equal(
      lines('', "import { a } from 'x'", '', '', "import { b } from 'x'", 'a(b)', '', 'export {}'),
    )
  })

  it('has no code when no block is TypeScript', () => {
    expect(programIn(lines('```json', '{}', '```'))).to.equal('')
  })

  it('may show fences inside longer fences, and stand in lists', () => {
    expect(programIn(lines('````md', '```ts', 'x', '```', '````'))).to.equal('')
    expect(programIn(lines('- so:', '  ```ts', '  x', '  ```'))).to.equal(
      lines('', '', '  x', '', 'export {}'),
    )
  })
})

const LOADER = ['--conditions=espalier-source', '--import', 'tsx']
const ADVICE = 'Mend the example, or mark a block that cannot stand alone as ```ts fragment.'

const TSCONFIG = {
  extends: '../../tsconfig.json',
  compilerOptions: { types: ['node'], noUnusedLocals: false },
  include: ['*.ts'],
  exclude: [],
}

/** The files that a pattern of git's matches, tracked or about to be. */
function listed(pattern: string): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', pattern]
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0')
  return [...new Set(files)].filter(file => file !== '' && existsSync(join(root, file))).sort()
}

function nameOf(file: string): string {
  return file.replace(/\.md$/, '').replaceAll('/', '-').toLowerCase()
}

/** The blocks of a Markdown text as one program, each line where it was; '' when there are none. */
function programIn(text: string): string {
  let fence = ''
  let isCode = false
  let hasCode = false
  const lines = text.split('\n').map(line => {
    const [, marks = '', info = ''] = /^\s*(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line) ?? []
    if (fence === '' && marks !== '') {
      fence = marks
      isCode = /^ts\b/.test(info) && !/^ts fragment\b/.test(info)
      hasCode ||= isCode
      return ''
    }
    if (marks.startsWith(fence) && info === '') {
      fence = ''
      isCode = false
    }
    return isCode ? line : ''
  })
  return hasCode ? withoutRepeatedImports([...lines, 'export {}'].join('\n')) : ''
}

/** Names that an earlier block has imported are there already; importing them twice is an error. */
function withoutRepeatedImports(code: string): string {
  const known = new Set<string>()
  return code.replace(
    /^([ \t]*import (?:type )?)\{([^}]*)\}( from '([^']+)')/gm,
    (all, start: string, names: string, end: string, from: string) => {
      const wanted = names
        .split(',')
        .map(name => name.trim())
        .filter(name => name !== '')
      const fresh = wanted.filter(name => !known.has(`${from} ${name.replace(/^type /, '')}`))
      for (const name of fresh) known.add(`${from} ${name.replace(/^type /, '')}`)
      if (fresh.length === wanted.length) return all
      const breaks = '\n'.repeat(all.split('\n').length - 1)
      return fresh.length === 0 ? breaks : `${start}{ ${fresh.join(', ')} }${end}${breaks}`
    },
  )
}

/** `docs/guide.md:57`, from the first line of the program that an error speaks of. */
function placeIn(file: string, name: string, stderr: string): string {
  const line = new RegExp(`[\\\\/]${name}\\.ts:(\\d+)`).exec(stderr)?.[1]
  return line === undefined ? file : `${file}:${line}`
}

/** Runs Node to its end, or for 110 seconds at most. */
function run(
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise(resolve => {
    const options = { cwd, timeout: 110_000, maxBuffer: 1 << 26 }
    execFile(process.execPath, [...args], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1
      const signal = error?.signal ? `\nended by ${error.signal}` : ''
      resolve({ code, stdout, stderr: stderr + signal })
    })
  })
}
