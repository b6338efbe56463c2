import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ExamplesError, LIMITS, parseExamples, readExamplesFile } from '../../src/cli/examples-file.ts'

const doubles = (count: number) =>
  Array.from({ length: count }, (_, x) => ({ inputs: { x }, outputs: { y: 2 * x } }))
const parse = (data: unknown, seed = 1) => parseExamples(JSON.stringify(data), { file: 'double.json', seed })

function problemsOf(text: string): string[] {
  try {
    parseExamples(text, { file: 'double.json' })
  } catch (error) {
    expect(error).to.be.instanceOf(ExamplesError)
    return (error as ExamplesError).problems.map(({ path, message }) => `${path} ${message}`.trim())
  }
  throw new Error('the file was taken')
}
const problemsIn = (data: unknown): string[] => problemsOf(JSON.stringify(data))

describe('parseExamples', () => {
  it('makes a task of examples alone', () => {
    const task = parse({ examples: doubles(20) })
    expect(task).to.deep.include({
      name: 'double',
      description: 'A problem given by examples.',
      seedScript: 'result = {"y":0}',
      defaultReturnValue: { y: 0 },
    })
    expect(task.outputSchema).to.deep.equal({
      type: 'object',
      properties: { y: { type: 'integer' } },
      required: ['y'],
      additionalProperties: false,
    })
  })

  it('keeps what the file says of itself', () => {
    const task = parse({
      name: 'twice',
      description: 'Twice the number.',
      inputs: { x: { type: 'number' } },
      outputs: { y: { type: 'number', minimum: 0 } },
      seedScript: 'result = { y: inputs.x }',
      examples: doubles(5),
    })
    expect(task).to.deep.include({
      name: 'twice',
      description: 'Twice the number.',
      seedScript: 'result = { y: inputs.x }',
    })
    expect(task.outputSchema).to.have.nested.property('properties.y.minimum', 0)
  })

  it('finds the narrowest types that all examples fit', () => {
    const values = [
      [1, 'a', true, []],
      [0.5, 'b', false, [1]],
      [2, 'c', true, [0.5]],
      [3, '', true, []],
      [4, 'd', true, []],
    ]
    const examples = values.map(([n, s, b, xs]) => ({ inputs: { n, s, b, xs }, outputs: { y: 1 } }))
    expect(parse({ examples }).inputSchema)
      .to.have.property('properties')
      .that.deep.equals({
        n: { type: 'number' },
        s: { type: 'string' },
        b: { type: 'boolean' },
        xs: { type: 'array', items: { type: 'number' } },
      })
  })

  it('parts the examples by seed, each in one part', () => {
    const { train, validation, test } = parse({ examples: doubles(50) })
    expect([train, validation, test].map(part => part.length)).to.deep.equal([30, 10, 10])
    expect(new Set([...train, ...validation, ...test].map(one => JSON.stringify(one))).size).to.equal(50)
    expect(parse({ examples: doubles(50) }).test).to.deep.equal(test)
    expect(parse({ examples: doubles(50) }, 2).test).not.to.deep.equal(test)
  })

  it('counts a repeated example once', () => {
    const { train, validation, test } = parse({ examples: [...doubles(10), ...doubles(10)] })
    expect(train.length + validation.length + test.length).to.equal(10)
  })

  it('says everything that is wrong at once', () => {
    const data = {
      name: '../evil',
      seedscript: 'x',
      seedScript: 7,
      inputs: { x: { type: 'integer' } },
      examples: [
        { inputs: { x: 1 }, outputs: { y: null } },
        { inputs: { x: [1, 'a'] }, outputs: {}, note: 1 },
        'text',
      ],
    }
    expect(problemsIn(data)).to.deep.equal([
      'seedscript is not a known key',
      'name must be letters, digits, spaces, dots and dashes, since it names a file, got "../evil"',
      'examples[0].outputs.y must be a boolean, a number, a string or a list of numbers, got null',
      'examples[1].note is not a known key',
      'examples[1].inputs.x[1] must be a number, got "a"',
      'examples[1].outputs must be a record of 1 to 50 values, got 0',
      'examples[2] must be a record, got "text"',
      'seedScript must be text of 1 to 100000 characters, got 7',
    ])
  })

  it('puts all of it in one message, under the name of the file', () => {
    expect(() => parse([])).to.throw('double.json: must be a record, got []')
    expect(() => parse({ name: 1, examples: 2 })).to.throw(
      /^double\.json: 2 problems\n {2}name must be text of 1 to 100 characters, got 1\n {2}examples must be a list/,
    )
  })

  it('refuses keys that could reach a prototype, wherever they stand', () => {
    const example = '{ "inputs": { "__proto__": 1 }, "outputs": { "constructor": 2 } }'
    expect(
      problemsOf(`{ "__proto__": {}, "examples": [${example}], "inputs": { "prototype": {} } }`),
    ).to.deep.equal([
      '__proto__ is not allowed as a key',
      'examples[0].inputs.__proto__ is not allowed as a key',
      'examples[0].outputs.constructor is not allowed as a key',
      'inputs.prototype is not allowed as a key',
      'inputs must be a record of 1 to 50 schemas, got 0',
    ])
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined)
  })

  it('holds examples to the schemas given', () => {
    const outputs = { y: { type: 'integer', maximum: 6 } }
    const [first, ...others] = problemsIn({ outputs, examples: doubles(5) })
    expect(first).to.match(/^examples\[4\]\.outputs\.y must be <= 6/)
    expect(others).to.deep.equal([])
    expect(problemsIn({ inputs: { z: { type: 'integer' } }, examples: doubles(5) })[0]).to.match(
      /^examples\[0\]\.inputs/,
    )
  })

  it('refuses schemas of other kinds, naming them', () => {
    const kinds =
      'must be { "type": … } of boolean, integer, number, string, or array with items of integer or number'
    expect(problemsIn({ inputs: { x: { type: 'object' }, z: 3 }, examples: doubles(5) })).to.deep.equal([
      `inputs.x ${kinds}, got {"type":"object"}`,
      `inputs.z ${kinds}, got 3`,
    ])
  })

  it('refuses examples that contradict each other, or change type', () => {
    expect(problemsIn({ examples: [...doubles(5), { inputs: { x: 1 }, outputs: { y: 3 } }] })).to.deep.equal([
      'examples[5].outputs must be the outputs of examples[1], which has the same inputs, got {"y":3}',
    ])
    expect(
      problemsIn({ examples: [...doubles(5), { inputs: { x: 'a' }, outputs: { y: 3 } }] }),
    ).to.deep.equal([
      'examples[5].inputs.x must be of type {"type":"integer"}, as in the examples before, got "a"',
    ])
    const gap = [...doubles(5), { inputs: { x: 9, z: 1 }, outputs: { y: 3 } }]
    expect(problemsIn({ examples: gap })[0]).to.match(/^examples\[0\]\.inputs/)
  })

  it('asks for enough examples', () => {
    expect(problemsIn({ examples: doubles(4) })).to.deep.equal([
      'examples must be at least 5 different examples, got 4',
    ])
    expect(problemsIn({ examples: [] })).to.deep.equal([
      'examples must be at least 5 different examples, got 0',
    ])
    expect(problemsIn({})).to.deep.equal([
      'examples must be a list of examples, each with inputs and outputs, got nothing',
    ])
  })

  it('keeps to its limits', () => {
    const one = (x: unknown) => problemsIn({ examples: [{ inputs: { x }, outputs: { y: 1 } }] })[0]
    expect(one('a'.repeat(LIMITS.textLength + 1))).to.equal(
      'examples[0].inputs.x must be at most 10000 characters, got 10001',
    )
    expect(one(Array(LIMITS.listLength + 1).fill(0))).to.equal(
      'examples[0].inputs.x must be at most 10000 elements, got 10001',
    )
    expect(problemsOf('{"examples":[{"inputs":{"x":1e999},"outputs":{"y":1}}]}')[0]).to.match(
      /^examples\[0\]\.inputs\.x must be a boolean/,
    )
    expect(problemsIn({ examples: Array(LIMITS.examples + 1).fill(0) })[0]).to.equal(
      'examples must be at most 10000 examples, got 10001',
    )
  })

  it('says where JSON is broken', () => {
    expect(problemsOf('{"examples": [}')[0]).to.match(/^must be JSON: ./)
  })
})

describe('readExamplesFile', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'espalier-examples-'))
  })
  after(() => rm(folder, { recursive: true }))

  it('reads a file and names the task after it', async () => {
    const file = join(folder, 'my doubles.json')
    await writeFile(file, JSON.stringify({ examples: doubles(10) }))
    const task = await readExamplesFile(file, { seed: 1 })
    expect(task.name).to.equal('my doubles')
    expect(task.train).to.have.length(6)
  })

  it('says when a file cannot be read, or is too large', async () => {
    const failure = async (file: string) => {
      try {
        await readExamplesFile(file)
      } catch (error) {
        return error as Error
      }
      throw new Error('the file was taken')
    }
    expect(await failure(join(folder, 'none.json'))).to.be.instanceOf(ExamplesError)
    expect((await failure(join(folder, 'none.json'))).message).to.match(/none\.json: cannot be read: ENOENT/)
    const large = join(folder, 'large.json')
    await writeFile(large, ' '.repeat(LIMITS.bytes + 1))
    expect((await failure(large)).message).to.match(
      /large\.json: must be at most 16777216 bytes, got 16777217/,
    )
  })
})
