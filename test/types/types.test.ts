/**
 * The types, tested by their words: `cases/` is compiled by every TypeScript that users may have, and each line marked
 * `//~ words` must fail in these words, and no other line at all. `//?` and `//!` mark what the types get wrong so far.
 */

import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { type Diagnostic, diagnosticsIn, differences, type Mark, marksIn } from './diagnostics.ts'

const COMPILERS = ['typescript', 'typescript-6.0', 'typescript-5.9']

const root = fileURLToPath(new URL('../..', import.meta.url))
const cases = 'test/types/cases'

describe('types', function () {
  this.timeout(120_000)

  const marks = readdirSync(`${root}/${cases}`)
    .filter(name => name.endsWith('.ts'))
    .flatMap(name => marksIn(`${cases}/${name}`, readFileSync(`${root}/${cases}/${name}`, 'utf8')))
  const outputs = new Map<string, Promise<string>>()

  before('start all compilers at once', () => {
    for (const compiler of COMPILERS) outputs.set(compiler, compile(compiler))
  })

  for (const compiler of COMPILERS) {
    it(`fail where they are marked to, and nowhere else (${compiler})`, async () => {
      const sentences = differences(marks, diagnosticsIn((await outputs.get(compiler)) ?? ''))
      expect(sentences.length, `\n${sentences.join('\n')}\n`).to.equal(0)
    })
  }
})

describe('the marks of type cases', () => {
  const mark: Mark = { file: 'a.ts', line: 2, words: 'NoSuchField<"unit"', kind: 'refused' }
  const error: Diagnostic = {
    file: 'a.ts',
    line: 2,
    message: 'TS2322: Type … NoSuchField<"unit", "nn.Dense">',
  }

  it('are read from the ends of lines', () => {
    const text = `ok() // a comment\nmodel.rebind({ 'head.unit': 64 }) //~ NoSuchField<"unit"`
    expect(marksIn('a.ts', text)).to.deep.equal([mark])
    expect(marksIn('a.ts', 'f() //~ one //~ two').map(each => each.words)).to.deep.equal(['one', 'two'])
    expect(marksIn('a.ts', 'f() //? one').map(each => each.kind)).to.deep.equal(['gap'])
    expect(marksIn('a.ts', 'f() //! one').map(each => each.kind)).to.deep.equal(['burden'])
  })

  it('meet the diagnostics that a compiler prints', () => {
    const output =
      'a.ts(2,5): error TS2322: Type … \n  NoSuchField<"unit", "nn.Dense">\nerror TS18003: No inputs.\n'
    expect(diagnosticsIn(output)).to.deep.equal([
      { file: 'a.ts', line: 2, message: 'TS2322: Type … \n  NoSuchField<"unit", "nn.Dense">' },
      { file: '', line: 0, message: 'TS18003: No inputs.' },
    ])
  })

  it('agree with a compiler that says what they say', () => {
    expect(differences([mark], [error])).to.deep.equal([])
    expect(differences([{ ...mark, kind: 'gap' }], [])).to.deep.equal([])
    expect(differences([{ ...mark, kind: 'burden' }], [error])).to.deep.equal([])
  })

  it('tell what compiles and should not, fails in other words, or fails unasked', () => {
    expect(differences([mark], [])[0]).to.contain('a.ts:2 compiles, and should fail')
    expect(differences([mark], [{ ...error, message: 'TS1005' }])[0]).to.contain('but says: TS1005')
    expect(differences([], [error])[0]).to.contain('a.ts:2 should compile')
    expect(differences([{ ...mark, kind: 'gap' }], [error])[0]).to.contain('is refused now')
    expect(differences([{ ...mark, kind: 'burden' }], [])[0]).to.contain('compiles now')
  })
})

/** What a compiler prints about the cases; paths in it are relative to the root. */
function compile(compiler: string): Promise<string> {
  const tsc = `node_modules/${compiler}/bin/tsc`
  const args = [tsc, '-p', 'test/types/tsconfig.json', '--pretty', 'false']
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const hasRun = error === null || typeof error.code === 'number'
      if (hasRun && stderr === '') resolve(stdout)
      else reject(new Error(`${compiler} did not run: ${stderr || error?.message}`))
    })
  })
}
