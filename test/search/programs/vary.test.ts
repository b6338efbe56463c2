import { expect } from 'chai'
import { Rng } from '../../../src/search/index.ts'
import { call } from '../../../src/search/programs/expression.ts'
import { Language } from '../../../src/search/programs/language.ts'
import { expressionText } from '../../../src/search/programs/render.ts'
import { cross, mutate, randomProgram, spotsOf } from '../../../src/search/programs/vary.ts'
import { same } from '../../../src/symbolic/index.ts'
import { everything, giving, PRIMITIVES, randomly, x, y } from './small-programs.ts'

const start = giving(call('negate', call('-', y, x)))
const expressions = new Language({ primitives: PRIMITIVES, maxSize: 25, maxDepth: 8 })

describe('mutate', () => {
  it('gives another program within the limits, of the same inputs and type', () => {
    const rng = Rng.from(1)
    let program = start
    for (let step = 0; step < 500; step++) {
      const next = mutate(program, expressions, rng)
      expect(next.equals(program)).to.equal(false)
      expect(next.size).to.be.at.most(25)
      expect(next.depth).to.be.at.most(8)
      expect(next.type).to.equal('number')
      expect(next.inputs.equals(program.inputs)).to.equal(true)
      program = next
    }
  })

  it('leaves what it does not touch shared with the parent', () => {
    const program = giving(call('+', call('*', x, y), call('sin', x)))
    const children = Array.from({ length: 50 }, (_, seed) => mutate(program, expressions, Rng.from(seed)))
    const sharing = children.filter(({ result }) =>
      ['args[0]', 'args[1]'].some(path => {
        const part = result.get(path as never, null as never) as never
        return part !== null && same(part, program.result.get(path as never))
      }),
    )
    expect(sharing.length).to.be.greaterThan(20)
  })

  it('depends on the generator alone', () => {
    const texts = (seed: number): string[] =>
      Array.from({ length: 20 }, (_, i) =>
        expressionText(mutate(start, expressions, Rng.from(seed).split(i)).result),
      )
    expect(texts(1)).to.eql(texts(1))
    expect(texts(1)).not.to.eql(texts(2))
  })

  it('finds its way from any program', () => {
    for (let seed = 0; seed < 40; seed++) {
      const program = randomly(seed, 20)
      expect(program.size).to.be.at.most(everything.maxSize)
    }
  })
})

describe('cross', () => {
  it('puts a part of one program into another', () => {
    const other = giving(call('sin', call('cos', x)))
    const texts = Array.from({ length: 30 }, (_, seed) =>
      expressionText(cross(start, other, expressions, Rng.from(seed)).result),
    )
    expect(texts).to.include('-(y - Math.cos(x))')
    expect(texts).to.include('Math.sin(Math.cos(x))')
  })

  it('takes only what may be read where it goes', () => {
    for (let seed = 0; seed < 60; seed++) {
      const child = cross(randomly(seed), randomly(seed + 1000), everything, Rng.from(seed))
      expect(child.size).to.be.at.most(everything.maxSize)
    }
  })

  it('gives the program itself where nothing fits', () => {
    const boolean = giving(call('<', x, y))
    const language = new Language({ primitives: ['+'], maxSize: 2 })
    expect(cross(giving(x), giving(x), language, Rng.from(1)).equals(giving(x))).to.equal(true)
    expect(cross(boolean, boolean, language, Rng.from(1)).type).to.equal('boolean')
  })
})

describe('randomProgram', () => {
  it('keeps inputs, type and limits, and nothing else', () => {
    const tiny = new Language({ primitives: PRIMITIVES, maxSize: 5, maxDepth: 3 })
    for (let seed = 0; seed < 50; seed++) {
      const program = randomProgram(start, tiny, Rng.from(seed))
      expect(program.size).to.be.at.most(5)
      expect(program.inputs.equals(start.inputs)).to.equal(true)
    }
  })
})

describe('spotsOf', () => {
  it('lists every expression with where it stands', () => {
    const spots = spotsOf(start).map(({ keys, depth, type }) => `${keys.join('.')} ${depth} ${type}`)
    expect(spots).to.eql([
      'result 0 number',
      'result.args.0 1 number',
      'result.args.0.args.0 2 number',
      'result.args.0.args.1 2 number',
    ])
  })
})
