import { expect } from 'chai'
import { linesOf, piecesOf } from '../../../src/modules/data/pieces.ts'
import { SourceError } from '../../../src/modules/index.ts'
import { all, failureOf, temporaryFiles } from './temporary.ts'

describe('piecesOf', () => {
  const write = temporaryFiles()

  it('gives the text of a file, signs of several bytes whole, without its byte order mark', async () => {
    const text = `a${'ä€😀'.repeat(50_000)}`
    const pieces = await all(piecesOf(write('long.txt', `\uFEFF${text}`)))
    expect(pieces.length).to.be.greaterThan(2)
    expect(pieces.join('')).to.equal(text)
  })

  it('says where a file is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('a\nb\nc'), Buffer.from([0xff, 0x0a])])
    const error = await failureOf(piecesOf(write('bad.txt', bytes)))
    expect(error).to.be.instanceOf(SourceError)
    expect(error.message).to.match(/bad\.txt:3: is not UTF-8$/)
    expect((await failureOf(piecesOf(write('cut.txt', Buffer.from([0x61, 0xe2, 0x82]))))).message).to.match(
      /cut\.txt:1: is not/,
    )
  })

  it('says when a file cannot be read', async () => {
    expect((await failureOf(piecesOf('no-such-file'))).message).to.contain(
      'no-such-file: cannot be read: ENOENT',
    )
    expect((await failureOf(piecesOf('a\0b'))).message).to.contain('cannot be read')
  })
})

describe('linesOf', () => {
  const write = temporaryFiles()

  it('gives the lines that hold something, with their numbers', async () => {
    expect(await all(linesOf(write('lines.txt', 'a\n\n  \nb\r\nc')))).to.deep.equal([
      { text: 'a', number: 1 },
      { text: 'b\r', number: 4 },
      { text: 'c', number: 5 },
    ])
    expect(await all(linesOf(write('empty.txt', '')))).to.deep.equal([])
  })

  it('refuses a line without end before it fills the memory', async () => {
    const error = await failureOf(linesOf(write('endless.txt', `a\n${'x'.repeat(500_000)}`), 1000))
    expect(error.message).to.match(/endless\.txt:2: the line has more than 1000 characters$/)
    expect((await failureOf(linesOf(write('one.txt', `a\n${'x'.repeat(11)}\nb`), 10))).message).to.contain(
      'one.txt:2',
    )
  })
})
