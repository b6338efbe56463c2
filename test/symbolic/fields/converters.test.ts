/** Converters: what they make of values that do not fit as they are, and when they are not asked. */

import { expect } from 'chai'
import {
  DefinitionError,
  f,
  fromJson,
  problemsOf,
  registerConverter,
  SymDict,
  SymList,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { refusal } from '../../support/refusal.ts'

class Point extends SymObject.define('converters.Point', { x: f.float(), y: f.float() }) {}
class Host extends SymObject.define('converters.Host', {
  n: f.int({ max: 9 }).default(0),
  at: f.object(Point).nullable().default(null),
  texts: f.list(f.string()).orEmpty(),
}) {}

const forgets: (() => void)[] = []
const register: typeof registerConverter = (from, to, convert) => {
  const forget = registerConverter(from, to, convert)
  forgets.push(forget)
  return forget
}

describe('converters', () => {
  afterEach(() => {
    for (const forget of forgets.splice(0)) forget()
  })

  it('help where a value does not fit as it is, until they are forgotten', () => {
    const forget = register('string', 'number', text => Number.parseInt(text, 10))
    expect(new Host({ n: '5' as never }).n).to.equal(5)
    expect(new Host().rebind([['n', '6']]).n).to.equal(6)
    refusal(() => new Host({ n: '10' as never }), undefined, /n must be an integer of at most 9, got '10'/)
    refusal(() => new Host({ n: 'x' as never }), undefined, /got 'x'/)
    expect(fromJson({ n: '7' }, Host).n).to.equal(7)
    forget()
    refusal(() => new Host({ n: '5' as never }), undefined, /n must be an integer/)
    forget()
  })

  it('lead from and to classes', () => {
    class Vector {
      values = [1, 2]
    }
    register(Vector, Point, ({ values: [x = 0, y = 0] }) => new Point({ x, y }))
    register(Point, 'string', point => `${point.x}/${point.y}`)
    register(Vector, Array, ({ values }) => values.map(String))
    const host = new Host({ at: new Vector() as never, texts: new Vector() as never })
    expect(host.at?.y).to.equal(2)
    expect(host.texts.toArray()).to.deep.equal(['1', '2'])
    expect(host.rebind([['texts[0]', host.at]]).texts.at(0)).to.equal('1/2')
    expect(host.rebind([['texts', SymList.from([host.at])]]).texts.at(0)).to.equal('1/2')
  })

  it('are not asked about what fits, what is null, or what nobody can use', () => {
    const asked: unknown[] = []
    register('string', 'number', text => {
      asked.push(text)
      return 1
    })
    const either = f.union(f.int(), f.string(), f.list(f.int()))
    class Union extends SymObject.define('converters.Union', { v: either, deep: f.list(either).orEmpty() }) {}
    expect(new Union({ v: 'x', deep: ['y'] }).v).to.equal('x')
    expect(fromJson({ v: 'x', deep: [['y']] }, Union).toJS()).to.deep.equal({ v: 'x', deep: [[1]] })
    expect(asked).to.deep.equal(['y'])
    expect(new Union({ v: ['x' as never] }).v.toString()).to.equal('[1]')
    expect(problemsOf(f.bool(), 'x')).to.have.length(1)
    expect(problemsOf(f.object(Point), 'x')).to.have.length(1)
    expect(problemsOf(f.enum(1), 'x')).to.have.length(0)
    expect(problemsOf(f.int().nullable(), null)).to.have.length(0)
    expect(problemsOf(f.int(), SymDict.empty)).to.have.length(1)
  })

  it('that throw count as none, and the next one is asked', () => {
    register('string', 'boolean', () => {
      throw new Error('no')
    })
    expect(problemsOf(f.bool(), 'yes')[0]?.message).to.equal(`must be a boolean, got 'yes'`)
    register('string', 'boolean', text => text === 'yes')
    expect(problemsOf(f.bool(), 'yes')).to.have.length(0)
  })

  it('do not build on each other', () => {
    register('string', 'number', text => text as never)
    refusal(() => new Host({ n: '5' as never }), undefined, /must be an integer/)
  })

  it('lead between types', () => {
    refusal(() => register('text' as never, 'number', () => 1), DefinitionError, /got 'text'/)
  })
})
