/** Trees in files: whole or not at all, and errors that name the file. */

import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  FieldError,
  JsonError,
  load,
  loadSync,
  SymDict,
  SymList,
  save,
  saveSync,
  writeAtomically,
} from '../../../src/symbolic/index.ts'
import { Dense, Model, smallModel } from '../../support/model.ts'
import { tree } from '../../support/twig.ts'

async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('expected a failure')
}

describe('save and load', () => {
  let folder = ''
  const file = (name: string): string => join(folder, name)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'espalier-file-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('bring a tree to disk and back', async () => {
    const model = smallModel().seal('head')
    await save(model, file('model.json'))
    const loaded = await load(file('model.json'), Model)
    expect(loaded.equals(model)).to.equal(true)
    expect(loaded.head.isSealed).to.equal(true)
    expect((await load(file('model.json'))).equals(model)).to.equal(true)
    await save(SymDict.from(JSON.parse('{"__proto__":[1]}')), file('proto.json'))
    expect((await load(file('proto.json'))).toJsonString()).to.equal('{"__proto__":[1]}')
  })

  it('indent as asked, and make folders', async () => {
    await save(SymList.from([1]), file('deep/er/list.json'))
    expect(await readFile(file('deep/er/list.json'), 'utf8')).to.equal('[\n  1\n]\n')
    await save(SymList.from([1]), file('line.json'), { indent: 0 })
    expect(await readFile(file('line.json'), 'utf8')).to.equal('[1]')
  })

  it('replace an older file, and leave nothing else behind', async () => {
    await save(tree('a'), file('t.json'))
    await Promise.all(['b', 'c', 'd'].map(name => save(tree(name), file('t.json'))))
    expect(await readdir(folder)).to.deep.equal(['t.json'])
    expect((await load(file('t.json'))).get('name' as never)).to.be.oneOf(['b', 'c', 'd'])
  })

  it('keep the old file when the last step fails, and clean up', async () => {
    // A folder under the name of the file makes the rename fail, after everything was written.
    await mkdir(file('t.json'))
    await writeFile(file('t.json/inside'), 'old')
    const error = await failure(save(tree('b'), file('t.json')))
    expect(error.message).to.include(file('t.json'))
    expect(await readdir(folder)).to.deep.equal(['t.json'])
    expect(await readFile(file('t.json/inside'), 'utf8')).to.equal('old')
  })

  it('keep the old file when nothing can be written', async function () {
    if (process.getuid?.() === 0) this.skip()
    await save(tree('old'), file('t.json'))
    await chmod(folder, 0o500)
    await failure(save(tree('new'), file('t.json')))
    await chmod(folder, 0o700)
    expect(await readdir(folder)).to.deep.equal(['t.json'])
    expect((await load(file('t.json'))).get('name' as never)).to.equal('old')
  })

  it('touch nothing for a tree that cannot be saved', async () => {
    await save(tree('old'), file('t.json'))
    const error = await failure(save(SymDict.from({ f: () => 1 }), file('t.json')))
    expect(error).to.be.instanceOf(JsonError)
    expect((await load(file('t.json'))).get('name' as never)).to.equal('old')
    expect(await readdir(folder)).to.deep.equal(['t.json'])
  })

  it('name the file in every error', async () => {
    const rows: [string, new (...args: never) => Error, RegExp][] = [
      ['{"a": 1', JsonError, /the text is not JSON/],
      ['', JsonError, /the text is not JSON/],
      ['{"_type": "support.Dens", "units": 1}', JsonError, /did you mean 'support\.Dense'/],
      ['{"_type": "support.Dense", "units": 0}', FieldError, /support\.Dense\.units must be/],
      ['{"_type": "support.Drop"}', JsonError, /expected the JSON of support\.Dense/],
    ]
    for (const [text, type, words] of rows) {
      await writeFile(file('bad.json'), text)
      const error = await failure(load(file('bad.json'), Dense))
      expect(error).to.be.instanceOf(type)
      expect(error.message).to.match(words)
      expect(error.message.startsWith(`${file('bad.json')}: `)).to.equal(true)
    }
    expect((await failure(load(file('none.json')))).message).to.include('none.json')
  })

  it('hide what is asked, and read with the options given', async () => {
    await save(smallModel(), file('m.json'), { hideDefaults: true, indent: 0 })
    const text = await readFile(file('m.json'), 'utf8')
    expect(text).to.not.include('rate')
    expect((await load(file('m.json'), Model)).equals(smallModel())).to.equal(true)
    await writeFile(file('u.json'), '[{"_type":"file-test.Unknown"}]')
    expect((await load(file('u.json'), { unknown: 'keep' })).toJsonString()).to.equal(
      '[{"_type":"file-test.Unknown"}]',
    )
    const size = Buffer.byteLength(text)
    expect((await load(file('m.json'), Model, { maxSize: size })).rate).to.equal(0.01)
    expect((await failure(load(file('m.json'), Model, { maxSize: size - 1 }))).message).to.equal(
      `${file('m.json')}: the text has ${size} bytes, more than maxSize ${size - 1} allows`,
    )
  })

  it('have forms that are done when they return', async () => {
    const model = smallModel()
    saveSync(model, file('deep/model.json'))
    expect(loadSync(file('deep/model.json'), Model).equals(model)).to.equal(true)
    expect(loadSync(file('deep/model.json')).equals(await load(file('deep/model.json')))).to.equal(true)
    expect(await readdir(file('deep'))).to.deep.equal(['model.json'])
    saveSync(tree('a'), file('deep/model.json'), { indent: 0 })
    expect(() => loadSync(file('deep/model.json'), Model)).to.throw(
      JsonError,
      /model\.json: expected the JSON of/,
    )
    expect(() => loadSync(file('deep/model.json'), { maxSize: 5 })).to.throw(JsonError, /maxSize 5/)
    expect(() => loadSync(file('none.json'))).to.throw(/none\.json/)
    await mkdir(file('t.json'))
    expect(() => saveSync(tree('b'), file('t.json'))).to.throw(/t\.json/)
    expect((await readdir(folder)).sort()).to.deep.equal(['deep', 't.json'])
  })

  it('write any text atomically', async () => {
    await writeAtomically(file('a.txt'), 'ä\ud83d\ude00')
    expect(await readFile(file('a.txt'), 'utf8')).to.equal('ä😀')
    expect(await readdir(folder)).to.deep.equal(['a.txt'])
  })
})
