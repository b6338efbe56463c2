import { expect } from 'chai'
import { compile, StepsError } from '../../../src/search/programs/compile.ts'
import { call } from '../../../src/search/programs/expression.ts'
import { fold, foldProgram } from '../../../src/search/programs/fold.ts'
import { expressionText } from '../../../src/search/programs/render.ts'
import { giving, randomly, x, y } from './small-programs.ts'

describe('fold', () => {
  it('works out what does not depend on inputs', () => {
    const texts = [
      call('+', x, call('*', 2, call('-', 5, 1))),
      call('if', call('<', 1, 2), x, y),
      call('if', call('<', 2, 1), x, y),
      call('if', call('<', x, y), x, x),
      call('/', 1, 0),
      call('<', 1, 2),
    ].map(expression => expressionText(fold(expression)))
    expect(texts).to.eql(['x + 8', 'x', 'y', 'x', '1 / 0', 'true'])
  })

  it('gives back what there is nothing to fold in', () => {
    const program = giving(call('+', x, call('*', 2, y)))
    expect(foldProgram(program)).to.equal(program)
  })

  it('changes nothing that a program gives', () => {
    for (let seed = 0; seed < 100; seed++) {
      const program = randomly(seed)
      const folded = foldProgram(program)
      expect(folded.size).to.be.at.most(program.size)
      for (const row of [
        [1, 2],
        [-3, 0.5],
      ]) {
        try {
          const wanted = compile(program, { maxSteps: 1000 }).run(row)
          expect(compile(folded, { maxSteps: 1000 }).run(row), `program ${seed}`).to.deep.equal(wanted)
        } catch (error) {
          if (!(error instanceof StepsError)) throw error
        }
      }
    }
  })
})
