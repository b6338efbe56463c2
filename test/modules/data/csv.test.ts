import { expect } from 'chai'
import fc from 'fast-check'
import { csvRecords } from '../../../src/modules/data/csv.ts'
import { all, failureOf, temporaryFiles } from './temporary.ts'

describe('csvRecords', () => {
  const write = temporaryFiles()
  const read = async (text: string, separator?: string) =>
    (await all(csvRecords(write('a.csv', text), { separator }))).map(({ cells }) => cells)
  const refusal = async (text: string) =>
    (await failureOf(csvRecords(write('b.csv', text)))).message.replace(/^.*b\.csv:/, '')

  it('reads cells, in quotes too', async () => {
    expect(await read('a,b\n1,"2,""x""\n3"\n')).to.deep.equal([
      ['a', 'b'],
      ['1', '2,"x"\n3'],
    ])
    expect(await read('a;b', ';')).to.deep.equal([['a', 'b']])
    expect(await read(',\n"",""\r\n""')).to.deep.equal([['', ''], ['', ''], ['']])
  })

  it('takes any line break, and no empty lines', async () => {
    expect(await read('a\r\nb\rc\n\n\r\nd')).to.deep.equal([['a'], ['b'], ['c'], ['d']])
    expect(await read('')).to.deep.equal([])
  })

  it('says in which line a record begins', async () => {
    const records = await all(csvRecords(write('c.csv', 'a\n\n"b\r\nb"\r\nc')))
    expect(records.map(({ line }) => line)).to.deep.equal([1, 3, 5])
  })

  it('reads back whatever was written', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ä', '😀', ',', '"', '\n', '\r', ' ') })
    const quoted = (text: string) =>
      /[",\n\r]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }), async rows => {
        expect(await read(rows.map(row => row.map(quoted).join(',')).join('\r\n'))).to.deep.equal(rows)
      }),
      { numRuns: 50 },
    )
  })

  it('refuses what breaks the rules, with its line', async () => {
    expect(await refusal('a\nb"c')).to.equal(
      '2: a quote inside of a cell without quotes; put the cell in quotes and double it',
    )
    expect(await refusal('a\n"b"c')).to.equal('2: a cell in quotes goes on behind its closing quote')
    expect(await refusal('a\n\n"b\n\n')).to.equal('3: a cell in quotes has no closing quote')
    const long = await failureOf(csvRecords(write('d.csv', `"${'x\n'.repeat(100_000)}`), { maxLength: 100 }))
    expect(long.message).to.contain('the record has more than 100 characters')
    expect(await failureOf(csvRecords('x', { separator: '"' }))).to.be.instanceOf(RangeError)
  })
})
