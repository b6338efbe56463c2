import { expect } from 'chai'
import { SpaceError } from '../../../src/search/index.ts'
import { compile } from '../../../src/search/programs/compile.ts'
import {
  argumentsOf,
  Constant,
  call,
  factsOf,
  partsOf,
  variable,
} from '../../../src/search/programs/expression.ts'
import { fold } from '../../../src/search/programs/fold.ts'
import { Program } from '../../../src/search/programs/program.ts'
import { expressionText } from '../../../src/search/programs/render.ts'
import { FieldError, fromJson, fromJsonString } from '../../../src/symbolic/index.ts'
import { giving, x, y } from './small-programs.ts'

describe('expressions', () => {
  it('know their type, size, depth and variables', () => {
    const facts = factsOf(call('if', call('<', x, 3), call('*', x, y), 0))
    expect(facts).to.include({ type: 'number', size: 8, depth: 3 })
    expect([...facts.variables]).to.eql([
      ['x', 'number'],
      ['y', 'number'],
    ])
  })

  it('take numbers and booleans for constants', () => {
    const [one, other] = argumentsOf(call('and', true, call('=', x, 2)))
    expect(one).to.be.instanceOf(Constant)
    expect(partsOf(other!).length).to.equal(3)
  })

  it('do not tell -0 from 0, as JSON does not', () => {
    const program = giving(call('/', 1, -0))
    const loaded = fromJson(JSON.parse(program.toJsonString()), Program)
    expect([program, loaded].map(each => compile(each).run([0, 0]))).to.eql([1 / 0, 1 / 0])
    expect(expressionText(program.result)).to.equal('1 / 0')
    expect(program.constants).to.deep.equal([1, 0])
    expect(factsOf(fold(call('*', 0, -1))).size).to.equal(3)
  })

  it('cannot be made ill-typed', () => {
    expect(() => call('+', x, call('<', x, y))).to.throw(
      FieldError,
      "args[1] must be a number for '+', got a boolean",
    )
    expect(() => call('if', x, 1, 2)).to.throw(FieldError, "args[0] must be a boolean for 'if', got a number")
    expect(() => call('if', true, 1, false)).to.throw(
      FieldError,
      "args[2] must be a number for 'if', got a boolean",
    )
    expect(() => call('sin', x, y)).to.throw(FieldError, "args must be 1 for 'sin', got 2")
    expect(() => call('+', x, call('if', variable('x', 'boolean'), 1, 2))).to.throw(
      FieldError,
      "takes the variable 'x' for a boolean, elsewhere it is a number",
    )
    expect(() => call('frobnicate', x)).to.throw(SpaceError, "no primitive 'frobnicate'")
  })

  it('cannot be changed or read into ill-typed ones', () => {
    const sum = call('+', x, 1)
    expect(() => sum.rebind({ 'args[1]': new Constant({ value: true }) })).to.throw(FieldError)
    expect(() => fromJsonString(sum.toJsonString().replace('"+"', '"not"'))).to.throw(Error, 'args')
    expect(fromJsonString(sum.toJsonString()).equals(sum)).to.equal(true)
  })

  it('are names that JavaScript can read', () => {
    expect(() => variable('a-b')).to.throw(FieldError)
  })
})
