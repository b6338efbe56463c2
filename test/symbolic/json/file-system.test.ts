/** Places for files by the beginning of their names. */

import { expect } from 'chai'
import {
  addFileSystem,
  type FileSystem,
  load,
  loadSync,
  memoryFiles,
  SymError,
  SymList,
  save,
  saveSync,
} from '../../../src/symbolic/index.ts'
import { disk } from '../../../src/symbolic/json/disk.ts'
import { able, fileSystemOf, tailOf } from '../../../src/symbolic/json/file-system.ts'
import { Model, smallModel } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

describe('file systems', () => {
  it('are chosen by prefix: the longest, then the last that came', () => {
    const [a, b, c] = [memoryFiles(), memoryFiles(), memoryFiles()]
    const remove = [addFileSystem('fs-test:', a), addFileSystem('fs-test:deep/', b)]
    expect([fileSystemOf('fs-test:x') === a, fileSystemOf('fs-test:deep/x') === b]).to.deep.equal([
      true,
      true,
    ])
    remove.push(addFileSystem('fs-test:', c))
    expect(fileSystemOf('fs-test:x')).to.equal(c)
    remove[2]?.()
    remove[2]?.()
    expect(fileSystemOf('fs-test:x')).to.equal(a)
    for (const each of remove) each()
    expect(fileSystemOf('fs-test:x')).to.equal(disk)
    expect(fileSystemOf('model.json')).to.equal(disk)
    refusal(() => addFileSystem('', a), SymError, /needs a prefix/)
  })

  it('can be memory', async () => {
    const texts = new Map<string, string>()
    const remove = addFileSystem('fs-mem:', memoryFiles(texts))
    const model = smallModel()
    await save(model, 'fs-mem:a/model.json', { indent: 0 })
    expect(texts.get('fs-mem:a/model.json')).to.equal(model.toJsonString())
    expect((await load('fs-mem:a/model.json', Model)).equals(model)).to.equal(true)
    saveSync(SymList.from([1]), 'fs-mem:b')
    expect(loadSync('fs-mem:b').toJsonString()).to.equal('[1]')
    expect((await load('fs-mem:none').catch(error => error)).message).to.equal(
      'fs-mem:none: there is no such file',
    )
    refusal(() => loadSync('fs-mem:none'), SymError, /^fs-mem:none: there is no such file$/)
    expect((await load('fs-mem:b', { maxSize: 2 }).catch(error => error)).message).to.match(
      /^fs-mem:b: the text has 8/,
    )
    remove()
  })

  it('need not be able to do everything', async () => {
    const bare: FileSystem = { read: async () => '[1]', write: async () => {} }
    const remove = addFileSystem('fs-bare:', bare)
    expect((await load('fs-bare:x')).toJsonString()).to.equal('[1]')
    refusal(() => loadSync('fs-bare:x'), SymError, /^fs-bare:x: its file system cannot readSync$/)
    refusal(() => saveSync(SymList.empty, 'fs-bare:x'), SymError, /cannot writeSync/)
    refusal(() => able(bare, 'append', 'fs-bare:x'), SymError, /cannot append/)
    remove()
    expect(['', 'a', 'a\n', 'a\nb'].map(tailOf)).to.deep.equal(['', 'a', '', 'b'])
  })
})
