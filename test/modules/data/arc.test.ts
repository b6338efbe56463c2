import { expect } from 'chai'
import {
  ARC_INPUT_SCHEMA,
  ARC_OUTPUT_SCHEMA,
  arcSamples,
  DataModel,
  readArcTask,
  SourceError,
} from '../../../src/modules/index.ts'
import { all, failureOf, temporaryFiles } from './temporary.ts'

const pair = (color: number) => ({ input: [[color, 0]], output: [[0, color]] })
const task = (name: string) => JSON.stringify({ name, train: [pair(1), pair(2)], test: [pair(3)] })

describe('arcSamples', () => {
  const write = temporaryFiles()

  it('asks for the test pairs of a task, with its training pairs as examples', async () => {
    const file = write('a1.json', task('kept aside'))
    expect(await all(arcSamples(file))).to.deep.equal([
      {
        inputs: { examples: [pair(1), pair(2)], input: [[3, 0]] },
        outputs: { output: [[0, 3]] },
        group: 'a1',
      },
    ])
  })

  it('asks for each training pair, which is never among its own examples', async () => {
    const samples = await all(arcSamples(write('a1.json', task('a1')), { ask: 'both' }))
    expect(samples.map(({ inputs }) => inputs.examples)).to.deep.equal([
      [pair(2)],
      [pair(1)],
      [pair(1), pair(2)],
    ])
    const [Inputs, Outputs] = [DataModel.of(ARC_INPUT_SCHEMA), DataModel.of(ARC_OUTPUT_SCHEMA)]
    expect(
      samples.every(({ inputs, outputs }) => Inputs.accepts(inputs) && Outputs.accepts(outputs)),
    ).to.equal(true)
  })

  it('reads a folder, by name, and splits by task', async () => {
    const folder = write('a1.json', task('a1')).replace(/a1\.json$/, '')
    for (let i = 2; i < 9; i++) write(`a${i}.json`, task(`a${i}`))
    const samples = await all(arcSamples(folder, { ask: 'both' }))
    expect([...new Set(samples.map(({ group }) => group))]).to.deep.equal(
      Array.from({ length: 8 }, (_, i) => `a${i + 1}`),
    )
    const { train, test } = arcSamples(folder, { ask: 'both' }).split({ train: 1, test: 1 }, 4)
    const [trained, tested] = [await train.collect(), await test.collect()]
    expect([trained.length % 3, tested.length % 3, trained.length + tested.length]).to.deep.equal([0, 0, 24])
    expect(trained.length).to.be.within(1, 23)
    expect(await all(arcSamples(folder, { tasks: ['a3'] }))).to.have.length(1)
  })

  it('says where a task is wrong', async () => {
    const wrong: [task: unknown, sentence: string][] = [
      ['{"train": [\n1,', ':2: must be JSON'],
      [[], ': a task must be a record'],
      [{ train: [pair(1)], test: [pair(1)], extra: 1 }, ': "extra" must be one of train, test, name'],
      [{ train: [], test: [pair(1)] }, ': train must be a list of 1 to 100 pairs'],
      [{ train: [pair(1)], test: [{ input: [[1]] }] }, ': test[0].output must be a grid of 1 to 30 rows'],
      [
        { train: [pair(10)], test: [pair(1)] },
        ': train[0].input must hold integers from 0 to 9: row 0 has 10 in 0',
      ],
      [{ train: [{ ...pair(1), output: [[1], [1, 2]] }], test: [pair(1)] }, 'row 1 has 2 cells, row 0 1'],
      [
        { train: [{ ...pair(1), output: [Array(31).fill(0)] }], test: [pair(1)] },
        'must have 1 to 30 cells in row 0',
      ],
    ]
    for (const [data, sentence] of wrong) {
      const file = write('wrong.json', typeof data === 'string' ? data : JSON.stringify(data))
      const error = await failureOf(arcSamples(file))
      expect(error).to.be.instanceOf(SourceError)
      expect(error.message).to.contain(`wrong.json${sentence.startsWith(':') ? sentence : ''}`)
      expect(error.message).to.contain(sentence)
    }
    expect((await failureOf(arcSamples('no-such-folder'))).message).to.contain(
      'no-such-folder: cannot be read',
    )
  })
})

describe('readArcTask', () => {
  const write = temporaryFiles()

  it('is the task in a file, named by it', async () => {
    const read = await readArcTask(write('b2.json', task('another name')))
    expect(read).to.deep.equal({ name: 'b2', train: [pair(1), pair(2)], test: [pair(3)] })
  })
})
