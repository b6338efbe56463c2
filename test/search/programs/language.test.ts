/** What a language draws, and what it refuses. */

import { expect } from 'chai'
import { Rng, SpaceError } from '../../../src/search/index.ts'
import { Constant, factsOf, partsOf } from '../../../src/search/programs/expression.ts'
import { Language } from '../../../src/search/programs/language.ts'
import { primitiveOf, type Type } from '../../../src/search/programs/primitives.ts'
import { everything } from './small-programs.ts'

const scope = new Map<string, Type>([['x', 'number']])

describe('a language', () => {
  it('grows expressions of the type that is wanted, from what can be read', () => {
    const rng = Rng.from(1)
    for (let i = 0; i < 300; i++) {
      const type = i % 2 === 0 ? 'number' : 'boolean'
      const { type: grown, depth, variables } = factsOf(everything.grow(rng, type, scope, 4))
      expect(grown).to.equal(type)
      expect(depth).to.be.at.most(6)
      expect([...variables.keys()].every(name => name === 'x')).to.equal(true)
    }
  })

  it('grows full trees when asked', () => {
    const rng = Rng.from(1)
    const full = new Language({ primitives: ['+', '*'] })
    for (let i = 0; i < 20; i++) expect(factsOf(full.grow(rng, 'number', scope, 4, true)).size).to.equal(15)
  })

  it('uses its own primitives and constants only', () => {
    const rng = Rng.from(1)
    const small = new Language({ primitives: ['+', 'sin'], constants: [1, 2] })
    for (let i = 0; i < 50; i++) {
      for (const part of partsOf(small.grow(rng, 'number', scope, 5))) {
        if (part instanceof Constant) expect(part.value).to.be.oneOf([1, 2])
        else expect(String(part)).to.match(/op='(\+|sin)'|name='x'/)
      }
    }
    const none = new Language({ primitives: ['+'], constants: [] })
    expect(none.constant(rng)).to.equal(null)
  })

  it('draws constants from all of a range, more of them near 0', () => {
    const rng = Rng.from(1)
    const wide = new Language({ primitives: ['+'], constants: { min: -100, max: 50 } })
    const drawn = Array.from({ length: 2000 }, () => wide.constant(rng)?.value as number)
    expect(Math.min(...drawn)).to.be.within(-100, -95)
    expect(Math.max(...drawn)).to.be.within(47, 50)
    expect(drawn.filter(value => Math.abs(value) < 5).length).to.be.within(300, 700)
  })

  it('shortens no constant to one that is out of range', () => {
    const rng = Rng.from(1)
    const [min, max] = [0.123451, 0.123459]
    const narrow = new Language({ primitives: ['+'], constants: { min, max } })
    for (let i = 0; i < 100; i++) expect(narrow.constant(rng)?.value).to.be.within(min, max)
  })

  it('knows what may stand for a primitive, and around what', () => {
    const names = everything.alike(primitiveOf('+')).map(({ name }) => name)
    expect(names).to.eql(['-', '*', '/', '%', 'min', 'max'])
    expect(everything.around('boolean').map(({ name }) => name)).to.eql(['and', 'or', 'not', 'if'])
  })

  it('says when nothing in it fits a place', () => {
    const rng = Rng.from(1)
    const none = new Language({ primitives: ['+'], constants: [] })
    expect(() => none.grow(rng, 'boolean', scope, 3)).to.throw(
      SpaceError,
      'nothing in the language gives a boolean',
    )
    expect(() => none.grow(rng, 'number', new Map(), 3)).to.throw(
      SpaceError,
      'where only nothing can be read',
    )
  })

  it('refuses limits and constants that make no sense, and primitives that are not there', () => {
    expect(() => new Language({ primitives: ['+'], maxSize: 1 })).to.throw(SpaceError, 'maxSize')
    expect(() => new Language({ primitives: ['+'], constants: { min: 1, max: 0 } })).to.throw(
      SpaceError,
      'constants',
    )
    expect(() => new Language({ primitives: ['+'], constants: [1, Number.NaN] })).to.throw(
      SpaceError,
      'constants must be finite numbers, got 1, NaN',
    )
    const statements = ['assign', 'while'] as never
    expect(() => new Language({ primitives: ['+'], statements })).to.throw(SpaceError, "got 'while'")
    expect(() => new Language({ primitives: ['plus'] })).to.throw(SpaceError, "'plus'")
  })
})
