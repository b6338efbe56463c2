import { expect } from 'chai'
import { call, variable } from '../../../src/search/programs/expression.ts'
import { Assign, eachPlace, If, Program, Repeat } from '../../../src/search/programs/program.ts'
import { FieldError, fromJson } from '../../../src/symbolic/index.ts'
import { giving, randomly, x, y } from './small-programs.ts'

const total = variable('total')
const sumOfSquares = new Program({
  inputs: [x],
  body: [
    new Assign({ name: 'total', value: call('+', 0, 0) }),
    new Repeat({
      times: x,
      index: 'i',
      body: [new Assign({ name: 'total', value: call('+', total, call('square', variable('i'))) })],
    }),
  ],
  result: total,
})

describe('programs', () => {
  it('answer what can be asked without running them', () => {
    expect(sumOfSquares.size).to.equal(12)
    expect(sumOfSquares.depth).to.equal(5)
    expect(sumOfSquares.type).to.equal('number')
    expect(sumOfSquares.inputsUsed).to.eql(['x'])
    expect(sumOfSquares.constants).to.eql([0, 0])
    expect(giving(y).inputsUsed).to.eql(['y'])
  })

  it('know an index of a loop from an input by the same name', () => {
    const [i, n] = [variable('i'), variable('n')]
    const body = [new Assign({ name: 'n', value: call('+', n, i) })]
    const loop = new Repeat({ times: n, index: 'i', body })
    expect(new Program({ inputs: [i, n], body: [loop], result: n }).inputsUsed).to.eql(['n'])
    expect(new Program({ inputs: [i, n], body: [loop], result: i }).inputsUsed).to.eql(['i', 'n'])
    const outside = new Repeat({ times: i, index: 'i', body })
    expect(new Program({ inputs: [i, n], body: [outside], result: n }).inputsUsed).to.eql(['i', 'n'])
  })

  it('are trees like all others: saved, loaded, compared', () => {
    for (let seed = 0; seed < 20; seed++) {
      const program = randomly(seed)
      expect(fromJson(program.toJSON(), Program).equals(program)).to.equal(true)
    }
  })

  it('show the places of expressions with what can be read there', () => {
    const seen: string[] = []
    eachPlace(sumOfSquares, ({ keys, expression, scope }) => {
      if (expression !== null) seen.push(`${keys.join('.')}: ${[...scope.keys()].join(' ')}`)
    })
    expect(seen).to.eql([
      'body.0.value: x',
      'body.1.times: x total',
      'body.1.body.0.value: x total i',
      'result: x total',
    ])
  })

  it('read only what is in sight', () => {
    expect(() => new Program({ inputs: [x], result: y })).to.throw(
      FieldError,
      "result reads 'y' as a number, and what can be read there is x: number",
    )
    const inside = new If({ test: call('<', x, 1), body: [new Assign({ name: 'a', value: x })] })
    expect(() => new Program({ inputs: [x], body: [inside], result: variable('a') })).to.throw(
      FieldError,
      "'a'",
    )
    const early = [new Assign({ name: 'a', value: variable('b') }), new Assign({ name: 'b', value: x })]
    expect(() => new Program({ inputs: [x], body: early, result: x })).to.throw(FieldError, 'body[0].value')
  })

  it('keep the type of a variable', () => {
    const body = [new Assign({ name: 'x', value: call('<', x, 1) })]
    expect(() => new Program({ inputs: [x], body, result: x })).to.throw(
      FieldError,
      'body[0].value must be a number, got a boolean',
    )
    const test = new If({ test: x, body: [] })
    expect(() => new Program({ inputs: [x], body: [test], result: x })).to.throw(
      FieldError,
      'test must be a boolean',
    )
  })

  it('name their inputs differently', () => {
    expect(() => new Program({ inputs: [x, x], result: x })).to.throw(FieldError, "got 'x' twice")
  })
})
