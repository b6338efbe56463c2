/**
 * Keeps the house in order: which room may import which, how big files are and what they are called, that every source
 * has its test and every room its page. Each rule names what breaks it and says what to do.
 */

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path/posix'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import ts from 'typescript-5.9'

/** What each room may import; rooms below, through their `index.ts`. */
const FLOORS: { readonly [room: string]: readonly string[] } = {
  symbolic: [],
  runtime: [],
  search: ['symbolic'],
  modules: ['symbolic', 'runtime', 'search'],
  testing: ['symbolic', 'runtime', 'search', 'modules'],
  cli: ['symbolic', 'runtime', 'search', 'modules', 'testing'],
  '': ['symbolic', 'runtime', 'search', 'modules'],
}

const ROOMS = ['symbolic', 'runtime', 'search', 'modules']
const MAX_LINES = 450

const root = fileURLToPath(new URL('..', import.meta.url))
const files = filesOfProject()
const sources = files.filter(file => /^src\/.*\.ts$/.test(file))
const code = files.filter(file => /^(?:src|test|bench|examples)\/.*\.(?:ts|mts|mjs|js)$/.test(file))

describe('the house', function () {
  this.timeout(20_000)

  it('lets rooms import only the floors below them', () => {
    const offenders = importsOf(sources)
      .filter(({ from, to }) => !mayImport(from, to))
      .map(({ from, to }) => `${from} imports ${to}`)
    expectNone(offenders, 'name what the room needs from above as an interface, or move the code down')
  })

  it('lets rooms import each other through index.ts', () => {
    const offenders = importsOf(sources)
      .filter(({ from, to }) => roomOf(from) !== roomOf(to) && roomOf(to) !== '')
      .filter(({ to }) => to !== `src/${roomOf(to)}/index.ts`)
      .map(({ from, to }) => `${from} imports ${to}`)
    expectNone(offenders, 'import from the index.ts of the other room, and export there what is missing')
  })

  it('has no import cycles', () => {
    const offenders = cyclesIn(importsOf(sources).filter(each => each.isRunTime))
    expectNone(offenders, 'move what both need into a file of its own, or import types with `import type`')
  })

  it('opens every source file with a comment', () => {
    const offenders = sources.filter(file => !/^(?:#!.*\n+)?(?:\/\*\*|\/\/)/.test(read(file)))
    expectNone(
      offenders,
      'open with one to five sentences: what the file is, and the idea that makes it short',
    )
  })

  it(`keeps files within ${MAX_LINES} lines`, () => {
    const offenders = code
      .map(file => ({ file, lines: read(file).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ file, lines }) => `${file} has ${lines} lines`)
    expectNone(offenders, 'make two files of it, each with one noun or one verb')
  })

  it('has a test file for every source file', () => {
    const offenders = sources
      .filter(file => roomOf(file) !== '' && basename(file) !== 'index.ts' && !holdsOnlyTypes(file))
      .map(file => ({ file, test: file.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts') }))
      .filter(({ test }) => !files.includes(test))
      .map(({ file, test }) => `${file} has no ${test}`)
    expectNone(
      offenders,
      'write the test, under the same name (files of types alone are tested in test/types)',
    )
  })

  it('names files in kebab-case', () => {
    const isKebab = (name: string): boolean => /^_?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*$/.test(name)
    const offenders = code.filter(file => !file.split('/').every(isKebab))
    expectNone(offenders, 'rename: whole words in lower case, joined by hyphens')
  })

  it('leaves no work for later in the text', () => {
    // Written in two parts, or this file would break its own rule.
    const words = new RegExp(`\\b(?:TO${'DO'}|FIX${'ME'}|XX${'X'})\\b`)
    expectNone(linesWith(textFiles(), words), 'do it now, or write it into docs/decisions.md as what it is')
  })

  it('runs all its tests', () => {
    const tests = files.filter(file => /^test\/.*\.ts$/.test(file))
    const words = /\b(?:describe|context|it|specify)\s*\.\s*(?:only|skip)\b|\bx(?:describe|context|it)\(/
    expectNone(linesWith(tests, words), 'remove it; a test that a platform cannot run calls this.skip()')
  })

  it('knows no path of this or any other machine', () => {
    const own = [root, dirname(root.replace(/\/$/, ''))]
      .map(path => path.replace(/\/*$/, '/'))
      .filter(path => path !== '/' && path !== `${tmpdir()}/`)
      .map(path => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    const paths = [...own, '/(?:home|Users)/\\w[\\w.-]*/', '[A-Z]:\\\\+Users\\\\'].join('|')
    const offenders = linesWith(textFiles(), new RegExp(`(?<![\\w.])(?:${paths})`))
    expectNone(offenders, 'use a path relative to the file: new URL("…", import.meta.url)')
  })

  it('exports only what has a source', () => {
    const { exports, bin } = JSON.parse(read('package.json')) as {
      exports: Record<string, string | Record<string, string>>
      bin: Record<string, string>
    }
    const offenders: string[] = []
    for (const [name, targets] of Object.entries(exports)) {
      if (typeof targets === 'string') {
        if (!existsSync(join(root, targets)))
          offenders.push(`"${name}" leads to ${targets}, which is not there`)
        continue
      }
      const source = targets['espalier-source'] ?? ''
      const built = source.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, '')
      if (!existsSync(join(root, source))) offenders.push(`"${name}" leads to ${source}, which is not there`)
      else if (targets.default !== `${built}.js` || targets.types !== `${built}.d.ts`)
        offenders.push(`"${name}" leads from ${source} to another file: ${targets.default}, ${targets.types}`)
    }
    for (const [name, target] of Object.entries(bin)) {
      const source = target.replace(/^\.\/dist\//, 'src/').replace(/\.js$/, '.ts')
      if (!existsSync(join(root, source)))
        offenders.push(`the command ${name} is built from ${source}, which is not there`)
    }
    expectNone(offenders, 'write the file, or take the entry out of package.json')
  })

  it('has a page for every room', () => {
    const offenders = ROOMS.map(room => `src/${room}/README.md`).filter(file => !files.includes(file))
    expectNone(offenders, 'write it: the API of the room, in the order a reader wants it')
  })
})

/** Fails with the offenders, one a line, and what to do about them. */
function expectNone(offenders: readonly string[], advice: string): void {
  if (offenders.length > 0) expect.fail(`\n  ${offenders.join('\n  ')}\n${advice}`)
}

/** The files of the project, tracked or about to be, by their paths from the root. */
function filesOfProject(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\0')
  return [...new Set(listed)].filter(file => file !== '' && existsSync(join(root, file))).sort()
}

function textFiles(): string[] {
  const isText = /(?:^|\/)[^.]+$|\.(?:ts|mts|mjs|js|json|jsonl|md|yml|yaml|sh|html|css|txt|py|gitignore)$/
  return files.filter(file => isText.test(file) && file !== 'package-lock.json')
}

function read(file: string): string {
  let text = texts.get(file)
  if (text === undefined) texts.set(file, (text = readFileSync(join(root, file), 'utf8')))
  return text
}

const texts = new Map<string, string>()

/** `file:line: text` for each line that matches. */
function linesWith(where: readonly string[], pattern: RegExp): string[] {
  return where.flatMap(file =>
    read(file)
      .split('\n')
      .map((text, index) => ({ text, place: `${file}:${index + 1}` }))
      .filter(({ text }) => pattern.test(text))
      .map(({ text, place }) => `${place}: ${text.trim().slice(0, 100)}`),
  )
}

/** `symbolic` for `src/symbolic/field.ts`; '' for files that stand in `src` itself. */
function roomOf(file: string): string {
  const [, room = '', ...rest] = file.split('/')
  return rest.length === 0 ? '' : room
}

function mayImport(from: string, to: string): boolean {
  if (!to.startsWith('src/')) return false
  const room = roomOf(from)
  return room === roomOf(to) || (FLOORS[room] ?? []).includes(roomOf(to))
}

/** One import of a file of ours by another. */
interface Import {
  readonly from: string
  readonly to: string
  /** Whether it is there when the file is loaded: neither a type alone, nor asked for later by `import()`. */
  readonly isRunTime: boolean
}

function importsOf(from: readonly string[]): Import[] {
  return from.flatMap(file => {
    const found: Import[] = []
    const add = (name: ts.Node | undefined, isRunTime: boolean): void => {
      if (name === undefined || !ts.isStringLiteralLike(name) || !name.text.startsWith('.')) return
      found.push({ from: file, to: join(dirname(file), name.text), isRunTime })
    }
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly !== true)
      else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, !node.isTypeOnly)
      else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
        add(node.argument.literal, false)
      else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
        add(node.arguments[0], false)
      ts.forEachChild(node, visit)
    }
    visit(parsed(file))
    return found
  })
}

/** A description of each import that closes a circle, as `a.ts -> b.ts -> a.ts`. */
function cyclesIn(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>()
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to])
  const finished = new Set<string>()
  const cycles: string[] = []
  const enter = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file)
    if (start >= 0) cycles.push([...trail.slice(start), file].join(' -> '))
    if (start >= 0 || finished.has(file)) return
    for (const to of targets.get(file) ?? []) enter(to, [...trail, file])
    finished.add(file)
  }
  for (const file of targets.keys()) enter(file, [])
  return cycles
}

/** Whether nothing of a file is left when types are stripped. */
function holdsOnlyTypes(file: string): boolean {
  return parsed(file).statements.every(
    node =>
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly === true) ||
      (ts.isExportDeclaration(node) && node.isTypeOnly),
  )
}

function parsed(file: string): ts.SourceFile {
  let source = trees.get(file)
  if (source === undefined) {
    source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest)
    trees.set(file, source)
  }
  return source
}

const trees = new Map<string, ts.SourceFile>()
