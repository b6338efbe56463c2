import { expect } from 'chai'
import * as bytecode from '../../../src/search/programs/bytecode.ts'
import { call, variable } from '../../../src/search/programs/expression.ts'
import { Assign, If, Program } from '../../../src/search/programs/program.ts'
import { giving, x, y } from './small-programs.ts'

const { ADD, CONSTANT, END, LESS, LOAD, SELECT, translate } = bytecode

describe('translate', () => {
  it('puts arguments before what is done with them', () => {
    const { code, constants, height, isStraight } = translate(
      giving(call('+', x, call('if', call('<', y, 5), y, 7))),
    )
    expect([...code]).to.eql([LOAD, 0, LOAD, 1, CONSTANT, 0, LESS, LOAD, 1, CONSTANT, 1, SELECT, ADD, END])
    expect([...constants]).to.eql([5, 7])
    expect(height).to.equal(4)
    expect(isStraight).to.equal(true)
  })

  it('gives each variable a place of its own, and knows when there are jumps', () => {
    const assigned = new Assign({ name: 'a', value: x })
    const branching = new If({ test: call('<', x, y), body: [assigned], otherwise: [assigned] })
    const program = new Program({ inputs: [x, y], body: [branching, assigned], result: variable('a') })
    const { variables, inputs, isStraight } = translate(program)
    expect({ variables, inputs, isStraight }).to.eql({ variables: 5, inputs: 2, isStraight: false })
  })
})
