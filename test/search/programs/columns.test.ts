import { expect } from 'chai'
import { translate } from '../../../src/search/programs/bytecode.ts'
import { runColumns } from '../../../src/search/programs/columns.ts'
import { call, variable } from '../../../src/search/programs/expression.ts'
import { Assign, Program } from '../../../src/search/programs/program.ts'
import { giving, x, y } from './small-programs.ts'

const [a, b] = [Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 30)]

function results(program: Program): number[] {
  const out = new Float64Array(3)
  runColumns(translate(program), [a, b], out)
  return [...out]
}

describe('runColumns', () => {
  it('leaves the inputs alone', () => {
    expect(results(giving(call('+', call('negate', x), y)))).to.eql([9, 18, 27])
    expect(results(giving(x))).to.eql([1, 2, 3])
    expect([...a, ...b]).to.eql([1, 2, 3, 10, 20, 30])
  })

  it('keeps what was assigned while other things are worked out', () => {
    const program = new Program({
      inputs: [x, y],
      body: [
        new Assign({ name: 'sum', value: call('+', x, y) }),
        new Assign({ name: 'difference', value: call('-', y, x) }),
      ],
      result: call('*', variable('sum'), variable('difference')),
    })
    expect(results(program)).to.eql([99, 396, 891])
  })
})
