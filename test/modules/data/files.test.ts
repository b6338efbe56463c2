import { expect } from 'chai'
import { csvSamples, DataModel, jsonlSamples, SourceError, splitSamples } from '../../../src/modules/index.ts'
import { all, failureOf, temporaryFiles } from './temporary.ts'

const Price = DataModel.of({ properties: { price: { type: 'number', minimum: 0 } }, required: ['price'] })

describe('jsonlSamples', () => {
  const write = temporaryFiles()

  it('reads samples, from the start each time', async () => {
    const file = write(
      'a.jsonl',
      '{"inputs":{"x":1},"outputs":2}\n\n{"inputs":[],"outputs":null,"group":"g","id":3}',
    )
    const source = jsonlSamples(file)
    const samples = [
      { inputs: { x: 1 }, outputs: 2 },
      { inputs: [], outputs: null, group: 'g' },
    ]
    expect([await source.collect(), await source.collect()]).to.deep.equal([samples, samples])
  })

  it('makes samples of the keys of flat rows, and groups them', async () => {
    const file = write('b.jsonl', '{"q":"1+1","a":2,"group":7}')
    expect(await all(jsonlSamples(file, { inputs: ['q', 'group'], outputs: ['a'] }))).to.deep.equal([
      { inputs: { q: '1+1', group: 7 }, outputs: { a: 2 } },
    ])
    expect(await all(jsonlSamples(file, { inputs: ['q'], outputs: ['a'], group: 'group' }))).to.deep.equal([
      { inputs: { q: '1+1' }, outputs: { a: 2 }, group: '7' },
    ])
  })

  it('checks samples by models', async () => {
    const file = write('c.jsonl', '{"inputs":1,"outputs":{"price":1}}\n{"inputs":1,"outputs":{"price":-1}}')
    expect((await failureOf(jsonlSamples(file, { outputs: Price }))).message).to.match(
      /c\.jsonl:2: row\.price must be >= 0, got -1$/,
    )
  })

  it('names file and line of whatever is wrong', async () => {
    const wrong: [text: string, sentence: RegExp][] = [
      ['{"inputs":1,"outputs":1}\n{"inputs":', /\.jsonl:2: must be JSON: /],
      ['[1]', /\.jsonl:1: must be a record, like/],
      ['{"inputs":1}', /\.jsonl:1: the row needs 'outputs'/],
      [
        `{"inputs":${'['.repeat(1000)}${']'.repeat(1000)},"outputs":1}`,
        /\.jsonl:1: must be JSON of less depth/,
      ],
      ['{"inputs":1e999,"outputs":1}', /\.jsonl:1: must be JSON/],
    ]
    for (const [text, sentence] of wrong) {
      const error = await failureOf(jsonlSamples(write('wrong.jsonl', text)))
      expect(error).to.be.instanceOf(SourceError)
      expect(error.message).to.match(sentence)
    }
  })

  it('takes hostile keys for keys', async () => {
    const [sample] = await all(jsonlSamples(write('d.jsonl', '{"inputs":{"__proto__":{"a":1}},"outputs":1}')))
    expect(Object.keys(sample?.inputs as object)).to.deep.equal(['__proto__'])
    expect('a' in {}).to.equal(false)
  })
})

describe('csvSamples', () => {
  const write = temporaryFiles()

  it('reads columns as text, or as a model has them', async () => {
    const file = write('a.csv', 'item,price,shop\nbread,2.5,a\n"salt, fine",1,b\n')
    const source = csvSamples(file, { inputs: ['item'], outputs: Price, group: 'shop' })
    const samples = [
      { inputs: { item: 'bread' }, outputs: { price: 2.5 }, group: 'a' },
      { inputs: { item: 'salt, fine' }, outputs: { price: 1 }, group: 'b' },
    ]
    expect([await source.collect(), await source.collect()]).to.deep.equal([samples, samples])
  })

  it('leaves to a model which columns it can do without', async () => {
    const Features = DataModel.of({
      properties: { size: { type: 'integer' }, color: { type: 'string', default: 'red' } },
      required: ['size'],
    })
    const file = write('b.csv', 'size,price\n3,1\n,1')
    const source = csvSamples(file, { inputs: Features, outputs: ['price'] })
    expect((await all(source.limit(1)))[0]?.inputs).to.deep.equal({ size: 3, color: 'red' })
    expect((await failureOf(source)).message).to.match(/b\.csv:3: row\.size is required/)
  })

  it('names file and line of whatever is wrong', async () => {
    const wrong: [text: string, sentence: RegExp][] = [
      ['', /\.csv: has no header/],
      ['item\na', /\.csv:1: has no column 'price', only item/],
      ['item,item,price\n', /\.csv:1: has two columns called 'item'/],
      ['item,price\na,1\nb', /\.csv:3: must have 2 cells, as the header has, got 1/],
      ['item,price\n"a\nb",1,2', /\.csv:2: must have 2 cells/],
    ]
    for (const [text, sentence] of wrong) {
      const error = await failureOf(
        csvSamples(write('wrong.csv', text), { inputs: ['item'], outputs: ['price'] }),
      )
      expect(error.message).to.match(sentence)
    }
  })

  it('reads a file without holding it', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `item ${i},${i % 7}`)
    const file = write('long.csv', `item,price\n${lines.join('\n')}`)
    const { test } = csvSamples(file, { inputs: ['item'], outputs: Price }).split({ train: 99, test: 1 }, 1)
    let count = 0
    for await (const _ of test) count++
    expect(count).to.be.within(130, 270)
    expect(await test.limit(50).collect()).to.deep.equal(
      splitSamples(
        await csvSamples(file, { inputs: ['item'], outputs: Price })
          .limit(15_000)
          .collect(),
        { train: 99, test: 1 },
        1,
      ).test.slice(0, 50),
    )
  })
})
