import { expect } from 'chai'
import { SpaceError } from '../../../src/search/index.ts'
import { compile } from '../../../src/search/programs/compile.ts'
import { call } from '../../../src/search/programs/expression.ts'
import { definePrimitive, primitiveOf } from '../../../src/search/programs/primitives.ts'
import { toJavaScript } from '../../../src/search/programs/render.ts'
import { giving, x, y } from './small-programs.ts'

describe('primitives', () => {
  it('may be the user’s own, and are called by their name', () => {
    const clamp = definePrimitive('test.clamp', {
      args: ['number'],
      run: value => Math.min(1, Math.max(0, value)),
      javascript: 'clamp',
    })
    const program = giving(call('+', call(clamp, x), y))
    expect(compile(program).run([7, 2])).to.equal(3)
    expect([...compile(program).runColumns([Float64Array.of(-1, 0.5), Float64Array.of(1, 1)])]).to.eql([
      1, 1.5,
    ])
    expect(toJavaScript(program)).to.contain('return clamp(x) + y')
  })

  it('give 1 and 0 for booleans, whatever the user’s own gives', () => {
    definePrimitive('test.far', {
      args: ['number', 'number'],
      result: 'boolean',
      run: (a, b) => Math.abs(a - b) > 5,
    })
    const program = giving(call('if', call('test.far', x, y), 1, 2))
    expect(compile(program).run([0, 9])).to.equal(1)
    expect(compile(program).run([0, 1])).to.equal(2)
    expect(compile(giving(call('test.far', x, y))).run([0, 9])).to.equal(1)
  })

  it('are refused without a name of their own, or with arguments that the machine has no call for', () => {
    const run = (): number => 0
    expect(() => definePrimitive('+', { args: ['number'], run })).to.throw(
      SpaceError,
      "a primitive '+' already",
    )
    expect(() => definePrimitive('test.none', { args: [], run })).to.throw(
      SpaceError,
      "the primitive 'test.none' must have one to three arguments",
    )
    expect(() => definePrimitive('test.square', { args: ['number'], run, javascript: 'square' })).to.throw(
      SpaceError,
      "cannot be 'square' in JavaScript",
    )
    expect(() => primitiveOf('test.nowhere')).to.throw(
      SpaceError,
      "no primitive 'test.nowhere' is registered",
    )
  })
})
