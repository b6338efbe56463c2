import { expect } from 'chai'
import { failure, readOutcomes } from '../../src/runtime/outcome.ts'

const conditions = { ms: 1.5, isolation: 'os', memory: 64, maxOutput: 100 } as const
const common = { stdout: '', stderr: '', ms: 1.5, isolation: 'process' }

describe('readOutcomes', () => {
  it('reads values, failures and outputs', () => {
    const text = '[{"v":0},{"v":null,"o":"out"},{"k":"runtime","m":"Error: no","l":2,"c":3,"e":"err"}]'
    expect(readOutcomes(text, 3, conditions)).to.deep.equal([
      { ok: true, value: 0, ...common, isolation: 'os' },
      { ok: true, value: null, ...common, isolation: 'os', stdout: 'out' },
      {
        ok: false,
        kind: 'runtime',
        message: 'Error: no',
        line: 2,
        column: 3,
        ...common,
        isolation: 'os',
        stderr: 'err',
      },
    ])
  })

  it('says the limit when memory is out', () => {
    const text = '[{"k":"out_of_memory","m":"RangeError: no"}]'
    const [outcome] = readOutcomes(text, 1, conditions)!
    expect(outcome).to.have.property('message', 'RangeError: no (the limit is 64 MB: memory)')
  })

  it('takes large numbers, and texts that only look like larger ones', () => {
    for (const value of [1.7976931348623157e308, -1e-300, 'x1e999', { '1e999': '9'.repeat(400) }])
      expect(readOutcomes(JSON.stringify([{ v: value }]), 1, conditions)![0]).to.deep.include({ value })
  })

  it('cuts a message that is longer than anybody reads', () => {
    const [outcome] = readOutcomes(JSON.stringify([{ k: 'runtime', m: 'x'.repeat(9000) }]), 1, conditions)!
    expect(outcome).to.have.property('message').that.has.length(4001)
  })

  it('takes nothing that is not exactly an answer', () => {
    const forged = [
      '',
      '{"v":1}',
      '[]',
      '[{"v":1},{"v":2}]',
      '[1]',
      '[null]',
      '[{}]',
      '[{"k":"runtime"}]',
      '[{"k":"cancelled","m":"the child does not say this"}]',
      '[{"k":"toString","m":""}]',
      '[{"v":1,"k":"runtime","m":""}]',
      '[{"v":1,"o":5}]',
      '[{"v":1,"o":{"length":1}}]',
      `[{"v":1,"e":"${'x'.repeat(400)}"}]`,
      '[{"__proto__":{"v":1}}]',
      '[{"k":"constructor","m":""}]',
      '[{"k":"runtime","m":"","l":0}]',
      '[{"k":"runtime","m":"","l":1e999,"c":1}]',
      '[{"k":"runtime","m":"","l":1,"c":1.5}]',
      '[{"k":"runtime","m":"","c":1}]',
      '[{"k":"runtime","m":5}]',
      '[{"v":1e999}]',
      '[{"v":{"a":[1,-1E+400]}}]',
      `[{"v":[${'9'.repeat(310)}]}]`,
      `[{"v":${'9'.repeat(290)}e20}]`,
      '['.repeat(100_000),
    ]
    for (const text of forged) expect(readOutcomes(text, 1, conditions), text).to.equal(undefined)
  })
})

describe('failure', () => {
  it('has written nothing', () => {
    const place = { line: 1, column: 2 }
    expect(failure('syntax', 'no', 1.5, place)).to.deep.equal({
      ok: false,
      kind: 'syntax',
      message: 'no',
      ...place,
      ...common,
    })
  })
})
