import { expect } from 'chai'
import fc from 'fast-check'
import { constantOf, factsOf, Item } from '../../../src/modules/grammar/expression.ts'
import { Grammar, pick } from '../../../src/modules/grammar/grammar.ts'
import { fits } from '../../../src/modules/grammar/types.ts'
import { a, call, drawsOf, grammarOf, integerRule, item, TASKS, xs } from './support.ts'

const integers = new Grammar({ a: 'integer', b: 'integer' }, { y: 'integer' })
const lists = new Grammar({ xs: 'integers' }, { ys: 'integers' })
const top = { wanted: 'integer', item: null } as const

describe('Grammar', () => {
  it('grows expressions of the wanted type and height', () => {
    fc.assert(
      fc.property(
        fc.nat(TASKS.length - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 6 }),
        (task, seed, height) => {
          const grammar = grammarOf(task)
          for (const wanted of grammar.types) {
            const facts = factsOf(grammar.grow(drawsOf(seed), { wanted, item: null }, height))
            expect(fits(facts.type, wanted)).to.equal(true)
            // A type without inputs of its own takes one call more to be made from them.
            expect(facts.height).to.be.at.most(height + 1)
            expect(facts.item).to.equal(null)
          }
        },
      ),
      { numRuns: 200, seed: 3 },
    )
  })

  it('grows bodies that make no lists', () => {
    for (let seed = 0; seed < 200; seed++) {
      const facts = factsOf(lists.grow(drawsOf(seed), { wanted: 'integer', item: 'integer' }, 4))
      expect(facts.isBulky).to.equal(false)
    }
  })

  it('has the types that the task needs, and no others', () => {
    expect([...integers.types]).to.deep.equal(['boolean', 'integer'])
    expect([...new Grammar({ s: 'string' }, { ok: 'boolean' }).types]).to.have.members([
      'boolean',
      'string',
      'integer',
    ])
    expect([...new Grammar({ xs: 'numbers' }, { y: 'number' }).types]).to.have.members([
      'boolean',
      'numbers',
      'number',
      'integer',
    ])
  })

  it('uses operators for those who ask only when they are asked for', () => {
    const names = (grammar: Grammar) =>
      new Set(
        Array.from(
          { length: 500 },
          (_, seed) => grammar.production(drawsOf(seed), { wanted: 'number', item: null })?.op,
        ),
      )
    const types = [{ x: 'number' }, { y: 'number' }] as const
    expect(names(new Grammar(...types))).not.to.include('sin')
    expect([...names(new Grammar(...types, { operators: ['sin', 'add'] }))]).to.have.members(['sin', 'add'])
  })

  it('draws constants that the task is known to need', () => {
    const grammar = new Grammar({ s: 'string' }, { t: 'string' }, { constants: ['large'] })
    const drawn = Array.from({ length: 50 }, (_, seed) => grammar.constant(drawsOf(seed), 'string')?.value)
    expect(drawn).to.include('large')
  })

  it('refuses operators and constants it does not know', () => {
    const make = (options: object) => () => new Grammar({ s: 'string' }, { t: 'string' }, options)
    expect(make({ operators: ['add', 'pow'] })).to.throw(/^operators\[1\] must be one of add, .*, got 'pow'$/)
    expect(make({ constants: [{ a: 1 }] })).to.throw(
      'constants[0] must be a boolean, a number, a string, or a list of one of these, got {"a":1}',
    )
  })

  it('says what the arguments of a call may be', () => {
    const slots = (expression: ReturnType<typeof call>, wanted: 'integer' | 'integers' | 'boolean') =>
      lists.slots(expression, { wanted, item: null })
    expect(slots(call('at', xs, 0), 'integer').map(slot => slot.wanted)).to.deep.equal([
      'integers',
      'integer',
    ])
    expect(slots(call('equal', xs, xs), 'boolean').map(slot => slot.wanted)).to.deep.equal([
      'integers',
      'integers',
    ])
    expect(slots(call('map', xs, item), 'integers')).to.deep.equal([
      { wanted: 'integers', item: null },
      { wanted: 'integer', item: 'integer', total: null },
    ])
  })

  it('wants no wider list than the body takes', () => {
    const grammar = new Grammar({ xs: 'integers', ys: 'numbers' }, { y: 'boolean' })
    const wantedFor = (body: Item) =>
      grammar.slots(call('every', xs, call('less', body, 0)), { wanted: 'boolean', item: null })[0]?.wanted
    expect(wantedFor(item)).to.equal('integers')
    expect(wantedFor(new Item({ type: 'number' }))).to.equal('numbers')
  })

  it('knows the operators that may be exchanged', () => {
    const ops = integers.alike(call('add', a, 1), top).map(production => production.op)
    expect(ops).to.include.members(['subtract', 'min', 'max']).and.not.include('add').and.not.include('less')
  })

  it('knows its rules', () => {
    expect(integers.isFor(integerRule(a))).to.equal(true)
    expect(lists.isFor(integerRule(a))).to.equal(false)
  })

  it('grows the same from the same draws', () => {
    expect(integers.grow(drawsOf(5), top, 5).equals(integers.grow(drawsOf(5), top, 5))).to.equal(true)
  })
})

describe('pick', () => {
  it('takes each of the values', () => {
    const values = [1, 2, 3].map(value => constantOf(value))
    const random = drawsOf(1)
    expect(new Set(Array.from({ length: 50 }, () => pick(random, values))).size).to.equal(3)
  })
})
