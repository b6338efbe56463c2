import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { SpaceError } from '../../../src/search/index.ts'
import { compile, StepsError } from '../../../src/search/programs/compile.ts'
import { call, variable } from '../../../src/search/programs/expression.ts'
import { definePrimitive } from '../../../src/search/programs/primitives.ts'
import { Assign, If, Program, Repeat } from '../../../src/search/programs/program.ts'
import { expressionText, toJavaScript } from '../../../src/search/programs/render.ts'
import { randomly, x, y } from './small-programs.ts'

describe('toJavaScript', () => {
  it('writes parentheses only where they are needed', () => {
    const texts = [
      call('-', x, call('-', y, 1)),
      call('-', call('-', x, y), 1),
      call('*', call('+', x, 1), y),
      call('negate', call('negate', x)),
      call('-', x, -2),
      call('negate', -2),
      call('if', call('<', x, y), call('if', call('=', x, 1), 1, 2), 3),
      call('+', call('if', call('not', call('<', x, y)), x, y), 1),
      call('and', call('or', call('<', x, 1), call('<', y, 1)), call('<=', x, y)),
      call('min', call('/', x, y), call('square', x)),
    ].map(expressionText)
    expect(texts).to.eql([
      'x - (y - 1)',
      'x - y - 1',
      '(x + 1) * y',
      '-(-x)',
      'x - -2',
      '-(-2)',
      'x < y ? x === 1 ? 1 : 2 : 3',
      '(!(x < y) ? x : y) + 1',
      '(x < 1 || y < 1) && x <= y',
      'Math.min(x / y, square(x))',
    ])
  })

  it('writes statements with the scopes of let, and other names for the words of JavaScript', () => {
    const [sum, index] = [variable('sum'), variable('if')]
    const program = new Program({
      inputs: [x],
      body: [
        new Assign({ name: 'sum', value: call('square', x) }),
        new Repeat({
          times: call('+', x, 3),
          index: 'if',
          body: [new Assign({ name: 'sum', value: call('+', sum, index) })],
        }),
        new If({
          test: call('<', x, 0),
          body: [
            new Assign({ name: 'last', value: x }),
            new Assign({ name: 'sum', value: variable('last') }),
          ],
          otherwise: [new Assign({ name: 'sum', value: call('+', sum, 1) })],
        }),
      ],
      result: sum,
    })
    expect(toJavaScript(program, 'f')).to.equal(
      [
        'function f(x) {',
        '  const square = x => x * x',
        '  let sum = square(x)',
        '  for (let $0 = 0, $0end = Math.floor(x + 3); $0 < $0end; $0++) {',
        '    let $if = $0',
        '    sum = sum + $if',
        '  }',
        '  if (x < 0) {',
        '    let last = x',
        '    sum = last',
        '  } else {',
        '    sum = sum + 1',
        '  }',
        '  return sum',
        '}',
      ].join('\n'),
    )
  })

  it('gives way to the names that primitives are called by', () => {
    const double = definePrimitive('test.render.double', {
      args: ['number'],
      run: value => 2 * value,
      javascript: 'twice.of',
    })
    const twice = variable('twice')
    const program = new Program({
      inputs: [twice],
      body: [new Repeat({ times: twice, body: [new Assign({ name: 'twice', value: call(double, twice) })] })],
      result: call(double, twice),
    })
    const text = toJavaScript(program)
    const written = runInNewContext(`(${text})`, { twice: { of: (value: number) => 2 * value } })
    expect(written(3), text).to.equal(compile(program).run([3]))
    expect(() => toJavaScript(program, 'twice')).to.throw(SpaceError, "calls 'twice' cannot have that name")
  })

  it('writes what calculates the same, bit for bit', () => {
    let compared = 0
    for (let seed = 0; seed < 150; seed++) {
      const program = randomly(seed)
      const compiled = compile(program, { maxSteps: 2000 })
      const written = runInNewContext(`(${toJavaScript(program)})`)
      for (const row of [
        [-3, 0.1],
        [0, 7],
        [2.5, -0.5],
        [6, 1],
      ]) {
        const given = resultOf(() => compiled.run(row))
        if (given === null) continue
        expect(given, `${toJavaScript(program)}\nof ${row}`).to.deep.equal(Number(written(...row)))
        compared++
      }
    }
    expect(compared).to.be.greaterThan(500)
  })
})

/** Null for a program that takes too many steps. */
function resultOf(run: () => number): number | null {
  try {
    return run()
  } catch (error) {
    if (error instanceof StepsError) return null
    throw error
  }
}
