/** What an editor shows while code is typed: the next keys of a path, the values of a choice, the docs of a field. */

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import ts from 'typescript-5.9'

const HEAD = `import { f, SymObject } from '../../src/symbolic/index.ts'
class Dense extends SymObject.define('nn.Dense', {
  /** Width of the output. */
  units: f.int({ min: 1 }),
  activation: f.enum('relu', 'gelu').default('relu'),
}) {}
class Model extends SymObject.define('nn.Model', {
  layers: f.list(f.object(Dense)),
  head: f.object(Dense),
  rate: f.float(),
}) {}
declare const model: Model
`
const root = fileURLToPath(new URL('../..', import.meta.url))
const file = `${root}test/types/typed-in-an-editor.ts`

describe('an editor', function () {
  this.timeout(60_000)
  let text = HEAD
  let version = 0
  let service: ts.LanguageService

  before('start the service', () => {
    const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
    service = ts.createLanguageService({
      getScriptFileNames: () => [file],
      getScriptVersion: name => (name === file ? String(version) : '1'),
      getScriptSnapshot: name => {
        if (name === file) return ts.ScriptSnapshot.fromString(text)
        return existsSync(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, 'utf8')) : undefined
      },
      getCurrentDirectory: () => root,
      getCompilationSettings: () => ({ ...options, types: [] }),
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: name => name === file || existsSync(name),
      readFile: ts.sys.readFile,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    })
  })

  /** What is offered where the bar stands. */
  function offers(code: string): string[] {
    text = HEAD + code.replace('|', '')
    version++
    const list = service.getCompletionsAtPosition(file, HEAD.length + code.indexOf('|'), {})
    return (list?.entries ?? []).filter(({ sortText }) => sortText === '11').map(({ name }) => name)
  }

  it('offers the next key of a path, step by step', () => {
    expect(offers("model.get('|')")).to.include.members(['layers', 'head', 'rate'])
    expect(offers("model.get('head.|')")).to.deep.equal(['head.units', 'head.activation'])
    expect(offers("model.get('layers[0].|')")).to.deep.equal(['layers[0].units', 'layers[0].activation'])
    expect(offers("model.get('layers[0].u|')")).to.include('layers[0].units')
  })

  it('offers the places that a rebind may write, and the values that may stand there', () => {
    const places = ['head', 'layers', 'rate', 'head.units', 'head.activation']
    expect(offers("model.rebind({ '|': 1 })")).to.have.members(places)
    expect(offers("model.rebind({ 'head.activation': '|' })")).to.deep.equal(['relu', 'gelu'])
    expect(offers("model.clone({ '|': 1 })")).to.have.members(places)
  })

  it('offers the fields of a class, and the choices of a field', () => {
    expect(offers('new Model({ | })')).to.have.members(['layers', 'head', 'rate'])
    expect(offers("new Dense({ units: 1, activation: '|' })")).to.deep.equal(['relu', 'gelu'])
  })

  it('shows the type of a field with its docs', () => {
    text = `${HEAD}model.head.units`
    version++
    const info = service.getQuickInfoAtPosition(file, text.length - 1)
    expect(ts.displayPartsToString(info?.displayParts)).to.equal('(property) units: number')
    expect(ts.displayPartsToString(info?.documentation)).to.equal('Width of the output.')
  })
})
