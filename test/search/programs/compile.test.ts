import { expect } from 'chai'
import { SpaceError } from '../../../src/search/index.ts'
import { compile, evaluate, StepsError } from '../../../src/search/programs/compile.ts'
import { call, variable } from '../../../src/search/programs/expression.ts'
import { primitiveOf } from '../../../src/search/programs/primitives.ts'
import { Assign, Program, Repeat } from '../../../src/search/programs/program.ts'
import { giving, PRIMITIVES, randomly, x, y } from './small-programs.ts'

const NUMBERS = [-2.5, -1, -0, 0, 0.5, 3, 1e300, Number.NaN, Number.POSITIVE_INFINITY]
const VALUES = { number: NUMBERS, boolean: [0, 1], any: [0, 1, Number.NaN] }

/** A loop of a billion turns, which do nothing but count. */
const endless = new Program({
  inputs: [x],
  body: [new Repeat({ times: call('+', x, 1e9), body: [new Assign({ name: 'x', value: call('+', x, 1) })] })],
  result: x,
})

describe('compile', () => {
  it('does with every primitive what the primitive does', () => {
    const names = ['a', 'b', 'c']
    for (const name of PRIMITIVES) {
      const { args, run } = primitiveOf(name)
      const inputs = args.map((type, i) => variable(names[i]!, type === 'any' ? 'number' : type))
      const compiled = compile(new Program({ inputs, result: call(name, ...inputs) }))
      for (const a of VALUES[args[0]!]) {
        for (const b of args[1] === undefined ? [0] : VALUES[args[1]]) {
          const row = [a, b, 7]
          const wanted = Number(run(...row.slice(0, args.length)))
          expect(compiled.run(row), `${name} of ${row}`).to.deep.equal(wanted)
          const columns = row.slice(0, args.length).map(value => Float64Array.of(value, value))
          expect([...compiled.runColumns(columns)], `${name} of columns of ${row}`).to.eql([wanted, wanted])
        }
      }
    }
  })

  it('gives the same by columns as row by row', () => {
    const columns = [Float64Array.of(-2.5, -0, 0.5, 3), Float64Array.of(3, Number.NaN, 1, -1)]
    let compared = 0
    for (let seed = 0; seed < 150; seed++) {
      const compiled = compile(randomly(seed), { maxSteps: 2000 })
      try {
        const rows = [0, 1, 2, 3].map(i => compiled.run([columns[0]![i]!, columns[1]![i]!]))
        expect([...compiled.runColumns(columns)], `program ${seed}`).to.eql(rows)
        compared++
      } catch (error) {
        if (!(error instanceof StepsError)) throw error
      }
    }
    expect(compared).to.be.greaterThan(100)
  })

  it('remembers nothing from one run to the next', () => {
    const program = giving(call('-', x, y))
    const compiled = compile(program)
    expect([compiled.run([5, 3]), compiled.run([1, 1]), compiled.run([5, 3])]).to.eql([2, 0, 2])
  })

  it('leaves what was assigned to inputs in a memory, when asked', () => {
    const program = new Program({
      inputs: [x, y],
      body: [new Assign({ name: 'x', value: call('+', x, y) })],
      result: call('*', x, 10),
    })
    const memory = Float64Array.of(1, 2)
    const compiled = compile(program)
    expect([compiled.runInPlace(memory), ...memory]).to.eql([30, 3, 2])
    expect([compiled.run(memory), ...memory]).to.eql([50, 3, 2])
  })

  it('ends loops that take too many steps', () => {
    expect(() => compile(endless, { maxSteps: 1000 }).run([0])).to.throw(StepsError, 'more than 1000 steps')
    expect(compile(endless).run([-1e9])).to.equal(-1e9)
    expect(compile(endless, { maxSteps: 1000 }).run([Number.NaN])).to.deep.equal(Number.NaN)
  })

  it('counts the steps of columns as those of a row', () => {
    const long = new Program({
      inputs: [x],
      body: Array.from({ length: 4 }, () => new Assign({ name: 'x', value: call('+', x, 1) })),
      result: x,
    })
    for (const maxSteps of [11, 12]) {
      const compiled = compile(long, { maxSteps })
      const ways = [() => compiled.run([0]), () => compiled.runColumns([Float64Array.of(0)])[0]]
      for (const way of ways) {
        if (maxSteps === 12) expect(way()).to.equal(4)
        else expect(way).to.throw(StepsError, 'more than 11 steps')
      }
    }
  })

  it('refuses columns that do not match the inputs', () => {
    expect(() => compile(giving(x)).runColumns([new Float64Array(1)])).to.throw(SpaceError, '2 inputs, got 1')
    expect(() => compile(giving(x), { maxSteps: 0 })).to.throw(SpaceError, 'maxSteps')
  })
})

describe('evaluate', () => {
  it('takes inputs by name, and gives booleans for booleans', () => {
    expect(evaluate(giving(call('-', x, y)), { y: 1, x: 3 })).to.equal(2)
    expect(evaluate(giving(call('<', x, y)), { y: 1, x: 3 })).to.equal(false)
    expect(() => evaluate(giving(x), { x: 1 })).to.throw(SpaceError, "the input 'y'")
    expect(() => evaluate(giving(x), Object.create({ x: 1, y: 2 }))).to.throw(SpaceError, "the input 'x'")
  })
})
