/** Trees in JSON Lines files: appended whole, read one by one, and honest about a line that breaks off. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  addFileSystem,
  appendJsonl,
  FieldError,
  JsonError,
  memoryFiles,
  openJsonl,
  readJsonl,
  type Symbolic,
  SymDict,
  SymList,
} from '../../../src/symbolic/index.ts'
import { Dense } from '../../support/model.ts'

const dense = (units: number): Dense => new Dense({ units })

async function textsOf(trees: AsyncIterable<Symbolic>): Promise<string[]> {
  const texts: string[] = []
  for await (const tree of trees) texts.push(tree.toJsonString())
  return texts
}

const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.fail('expected a failure'),
    error => error as Error,
  )

describe('JSON Lines', () => {
  let folder = ''
  const file = (name: string): string => join(folder, name)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'espalier-jsonl-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('hold one tree a line', async () => {
    await appendJsonl(file('deep/a.jsonl'), [dense(1), SymList.from([1])], { hideDefaults: true })
    await appendJsonl(file('deep/a.jsonl'), [SymDict.from({ text: 'a\nb' })])
    await appendJsonl(file('deep/a.jsonl'), [])
    expect(await readFile(file('deep/a.jsonl'), 'utf8')).to.equal(
      '{"_type":"support.Dense","units":1}\n[1]\n{"text":"a\\nb"}\n',
    )
    expect(await textsOf(readJsonl(file('deep/a.jsonl')))).to.deep.equal([
      dense(1).toJsonString(),
      '[1]',
      '{"text":"a\\nb"}',
    ])
  })

  it('are opened once, to read and append', async () => {
    const models = openJsonl(file('m.jsonl'), Dense)
    await models.append(dense(1))
    await models.append(dense(2), dense(3))
    let units = 0
    for await (const model of models) units += model.units
    expect(units).to.equal(6)
    expect(models.file).to.equal(file('m.jsonl'))
    expect(await textsOf(openJsonl(file('m.jsonl')))).to.have.length(3)
  })

  it('keep the order of appends, and every line whole', async () => {
    const long = 'x'.repeat(3000)
    const writes = Array.from({ length: 60 }, (_, i) =>
      appendJsonl(file('o.jsonl'), [SymList.from([i, long])]),
    )
    await Promise.all(writes)
    const texts = await textsOf(readJsonl(file('o.jsonl')))
    expect(texts.map(text => JSON.parse(text)[0])).to.deep.equal(writes.map((_, i) => i))
  })

  it('are checked line by line, with the file and the line in the error', async () => {
    await writeFile(file('b.jsonl'), '{"units":1}\n\n  \r\n{"units":0}\n{"units":2}\n')
    const seen: number[] = []
    const error = await failure(
      (async () => {
        for await (const model of readJsonl(file('b.jsonl'), Dense)) seen.push(model.units)
      })(),
    )
    expect(error).to.be.instanceOf(FieldError)
    expect(error.message).to.equal(
      `${file('b.jsonl')}:4: support.Dense.units must be an integer of at least 1, got 0`,
    )
    expect(seen).to.deep.equal([1])
    await writeFile(file('c.jsonl'), '[1]\n[2\n[3]\n')
    expect((await failure(textsOf(readJsonl(file('c.jsonl'), { torn: 'skip' })))).message).to.match(
      /c\.jsonl:2: the text/,
    )
    expect((await failure(textsOf(readJsonl(file('none.jsonl'))))).message).to.include('none.jsonl')
  })

  it('report a last line that breaks off, or skip it', async () => {
    const text = `${dense(1).toJsonString()}\n${dense(2).toJsonString()}`
    for (let cut = text.indexOf('\n') + 2; cut < text.length; cut += 5) {
      await writeFile(file('t.jsonl'), text.slice(0, cut))
      const error = await failure(textsOf(readJsonl(file('t.jsonl'))))
      expect(error).to.be.instanceOf(JsonError)
      expect(error.message).to.match(/t\.jsonl:2: the last line breaks off.*read with \{ torn: 'skip' \}/)
      expect(await textsOf(readJsonl(file('t.jsonl'), { torn: 'skip' }))).to.have.length(1)
    }
    // A last line that is whole counts, and one that does not fit is an error as anywhere.
    await writeFile(file('t.jsonl'), text)
    expect(await textsOf(readJsonl(file('t.jsonl')))).to.have.length(2)
    await writeFile(file('t.jsonl'), '{"units":0}')
    expect(await failure(textsOf(readJsonl(file('t.jsonl'), Dense, { torn: 'skip' })))).to.be.instanceOf(
      FieldError,
    )
  })

  it('append nothing behind a line that breaks off, unless it may be cut away', async () => {
    await writeFile(file('t.jsonl'), '[1]\n[2')
    const error = await failure(appendJsonl(file('t.jsonl'), [SymList.from([3])]))
    expect(error.message).to.match(/the last line breaks off.*append with \{ torn: 'skip' \}/)
    expect(await readFile(file('t.jsonl'), 'utf8')).to.equal('[1]\n[2')
    await appendJsonl(file('t.jsonl'), [SymList.from([3])], { torn: 'skip' })
    expect(await readFile(file('t.jsonl'), 'utf8')).to.equal('[1]\n[3]\n')
    await writeFile(file('t.jsonl'), '[1]\n[2]')
    await appendJsonl(file('t.jsonl'), [SymList.from([3])])
    expect(await readFile(file('t.jsonl'), 'utf8')).to.equal('[1]\n[2]\n[3]\n')
  })

  it('write nothing when one of the trees cannot be saved', async () => {
    await appendJsonl(file('a.jsonl'), [SymList.from([1])])
    const bad = SymList.from([() => 1])
    expect(await failure(appendJsonl(file('a.jsonl'), [SymList.from([2]), bad]))).to.be.instanceOf(JsonError)
    await appendJsonl(file('a.jsonl'), [SymList.from([3])])
    expect(await textsOf(readJsonl(file('a.jsonl')))).to.deep.equal(['[1]', '[3]'])
  })

  it('hold limits and other options for each line', async () => {
    await writeFile(file('l.jsonl'), '[1]\n{"_type":"jsonl-test.X"}\n')
    expect(await textsOf(readJsonl(file('l.jsonl'), { unknown: 'keep', maxSize: 30 }))).to.have.length(2)
    expect((await failure(textsOf(readJsonl(file('l.jsonl'), { maxSize: 10 })))).message).to.match(
      /l\.jsonl:2: .*maxSize 10/,
    )
    await writeFile(file('l.jsonl'), `[${'1,'.repeat(200_000)}`)
    const error = await failure(textsOf(readJsonl(file('l.jsonl'), { maxSize: 1000, torn: 'skip' })))
    expect(error.message).to.match(/l\.jsonl:1: the line has more bytes than maxSize 1000/)
  })

  it('are read in pieces, whatever the pieces are', async () => {
    const remove = addFileSystem('jsonl-test:', {
      read: async () => expect.fail('not to be read at once'),
      write: async () => {},
      async *pieces() {
        for (const letter of '{"a":"ä"}\n[1]\n\n[2]') yield letter
      },
    })
    expect(await textsOf(readJsonl('jsonl-test:x'))).to.deep.equal(['{"a":"ä"}', '[1]', '[2]'])
    expect((await failure(appendJsonl('jsonl-test:x', []))).message).to.match(/its file system cannot append/)
    remove()
  })

  it('may lie in memory, or where little is possible', async () => {
    const texts = new Map<string, string>()
    const { read, write, append } = memoryFiles(texts)
    const remove = [
      addFileSystem('jsonl-mem:', memoryFiles(texts)),
      addFileSystem('jsonl-bare:', { read, write, append }),
    ]
    for (const name of ['jsonl-mem:a', 'jsonl-bare:a']) {
      const lines = openJsonl(name, { torn: 'skip' })
      await lines.append(SymList.from([1]))
      texts.set(name, `${texts.get(name)}[2`)
      await lines.append(SymList.from([3]))
      expect(await textsOf(lines)).to.deep.equal(['[1]', '[3]'])
    }
    for (const each of remove) each()
  })

  it('let a reader stop early', async () => {
    await appendJsonl(file('s.jsonl'), [dense(1), dense(2)])
    for await (const model of readJsonl(file('s.jsonl'), Dense)) {
      expect(model.units).to.equal(1)
      break
    }
  })
})
