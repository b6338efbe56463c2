import { expect } from 'chai'
import { Rng } from '../../../src/search/index.ts'
import { Constant, call, variable } from '../../../src/search/programs/expression.ts'
import { Language, type LanguageOptions } from '../../../src/search/programs/language.ts'
import { Assign, Program } from '../../../src/search/programs/program.ts'
import { toJavaScript } from '../../../src/search/programs/render.ts'
import { varyStatements } from '../../../src/search/programs/vary-statements.ts'
import { everything, giving, x } from './small-programs.ts'

const two = new Program({
  inputs: [x],
  body: [
    new Assign({ name: 'a', value: call('+', x, 1) }),
    new Assign({ name: 'b', value: call('*', variable('x'), 2) }),
  ],
  result: variable('b'),
})

const children = (program: Program, count: number, language = everything): Program[] =>
  Array.from({ length: count }, (_, seed) => varyStatements(program, language, Rng.from(seed))).filter(
    child => child !== null,
  )

describe('varyStatements', () => {
  it('adds assignments, branches and loops to a program that has none', () => {
    const texts = children(giving(x), 200).map(child => toJavaScript(child))
    expect(texts.some(text => /let v1 = /.test(text))).to.equal(true)
    expect(texts.some(text => text.includes('if ('))).to.equal(true)
    expect(texts.some(text => text.includes('for ('))).to.equal(true)
  })

  it('adds only what the language has, and branches only where something can be tested', () => {
    const numbers = (statements: LanguageOptions['statements']): string => {
      const language = new Language({ primitives: ['+', '*'], ...(statements ? { statements } : {}) })
      return children(giving(x), 60, language)
        .map(child => toJavaScript(child))
        .join('\n')
    }
    expect(numbers(['assign']))
      .to.match(/let v1/)
      .and.not.match(/if |for /)
    expect(numbers(true)).to.match(/for /).and.not.match(/if /)
    expect(numbers(['repeat']))
      .to.match(/^ {2}for /m)
      .and.not.match(/^ {2}let /m)
  })

  it('makes assignments in which the variable itself is a part, as in a sum', () => {
    const language = new Language({ primitives: ['+'], constants: [], statements: ['assign'] })
    const texts = children(giving(new Constant({ value: 0 })), 60, language).map(child => toJavaScript(child))
    expect(texts.filter(text => /x = x \+ |y = y \+ /.test(text)).length).to.be.within(10, 30)
  })

  it('removes statements, and changes their order, where nothing that is read gets lost', () => {
    const bodies = children(two, 200).map(child =>
      child.body.map(statement => (statement as Assign).name).join(),
    )
    expect(bodies).to.include('b').and.include('b,a')
    // Without b there is nothing for the result to read.
    expect(bodies).not.to.include('a')
  })
})
