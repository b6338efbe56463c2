/** Files on disk: whole or not at all, lines appended whole, and the end of a file without reading all of it. */

import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { JsonError } from '../../../src/symbolic/index.ts'
import { disk } from '../../../src/symbolic/json/disk.ts'
import { refusal } from '../../support/refusal.ts'

describe('the disk', () => {
  let folder = ''
  const file = (name: string): string => join(folder, name)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'espalier-disk-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('writes and reads, in both manners, and leaves no drafts', async () => {
    await disk.write(file('a/b.txt'), 'ä')
    disk.writeSync(file('a/c.txt'), 'ö')
    expect([await disk.read(file('a/c.txt')), disk.readSync(file('a/b.txt'))]).to.deep.equal(['ö', 'ä'])
    expect((await readdir(file('a'))).sort()).to.deep.equal(['b.txt', 'c.txt'])
  })

  it('does not read what is too long', async () => {
    await writeFile(file('a'), 'ä')
    expect(await disk.read(file('a'), 2)).to.equal('ä')
    refusal(() => disk.readSync(file('a'), 1), JsonError, /has 2 bytes, more than maxSize 1/)
    expect(await disk.read(file('a'), 1).catch(error => error)).to.be.instanceOf(JsonError)
  })

  it('finds what stands behind the last line break', async () => {
    for (const [text, tail] of [
      ['', ''],
      ['a\n', ''],
      ['a', 'a'],
      ['a\nb', 'b'],
      ['a\n\n', ''],
      [`a\n${'ä'.repeat(100_000)}`, 'ä'.repeat(100_000)],
      [`${'x'.repeat(200_000)}\nü`, 'ü'],
    ] as const) {
      await writeFile(file('t'), text)
      expect(await disk.tail(file('t'))).to.equal(tail)
    }
    expect(await disk.tail(file('none'))).to.equal('')
    expect(await disk.tail(folder).catch(error => error)).to.be.instanceOf(Error)
  })

  it('appends, also to what is not there yet', async () => {
    await disk.append(file('x/log'), 'a\n')
    await appendFile(file('x/log'), 'b')
    await disk.append(file('x/log'), 'c\n')
    expect(await readFile(file('x/log'), 'utf8')).to.equal('a\nbc\n')
    const pieces: string[] = []
    for await (const piece of disk.pieces(file('x/log'))) pieces.push(piece)
    expect(pieces.join('')).to.equal('a\nbc\n')
  })
})
