/** Programs that become smaller as long as someone agrees. */

import { expect } from 'chai'
import { compile } from '../../../src/search/programs/compile.ts'
import { call, type Expression, variable } from '../../../src/search/programs/expression.ts'
import { Assign, If, Program } from '../../../src/search/programs/program.ts'
import { expressionText, toJavaScript } from '../../../src/search/programs/render.ts'
import { simplify } from '../../../src/search/programs/simplify.ts'
import { giving, x, y } from './small-programs.ts'

const rows = [
  [1, 5],
  [2, -3],
  [0, 0],
  [7, 7],
]
const outputs = (program: Program): string => rows.map(row => compile(program).run(row)).join()

describe('simplify', () => {
  it('takes out what does not matter to who is asked', () => {
    const bloated = giving(call('+', call('*', call('-', x, y), 1), call('if', call('<', x, x), y, 0)))
    const small = simplify(bloated, candidate => outputs(candidate) === outputs(bloated))
    expect(expressionText(small.result)).to.equal('x - y')
  })

  it('leaves out statements that nobody needs', () => {
    const assign = (name: string, value: Expression): Assign => new Assign({ name, value })
    const body = [
      assign('a', call('*', x, 2)),
      assign('b', call('+', variable('a'), 1)),
      new If({ test: call('<', x, y), body: [assign('b', y)] }),
    ]
    const long = new Program({ inputs: [x, y], body, result: variable('a') })
    const small = simplify(long, candidate => outputs(candidate) === outputs(long))
    expect(toJavaScript(small)).to.equal('function program(x, y) {\n  let a = x * 2\n  return a\n}')
  })

  it('asks about each candidate once, and leaves what is needed', () => {
    const asked: string[] = []
    const needed = giving(call('-', x, y))
    const same = simplify(needed, candidate => {
      asked.push(expressionText(candidate.result))
      return false
    })
    expect(same).to.equal(needed)
    expect(asked).to.have.members([...new Set(asked)])
    expect(asked).to.include('x').and.include('y').and.include('0')
  })
})
