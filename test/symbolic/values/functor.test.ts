/** Functors: what is bound early and late, what a call refuses, and how they are saved. */

import { expect } from 'chai'
import {
  DefinitionError,
  FieldError,
  Functor,
  f,
  fromJson,
  fromParents,
  functor,
  functorArgs,
  isPartial,
  SymDict,
  type SymList,
  SymObject,
  withContext,
} from '../../../src/symbolic/index.ts'

const Add = functor('functor.Add', { a: f.int(), b: f.int().default(1) }, ({ a, b }) => a + b)
const Two = functor('functor.Two', { x: f.int({ min: 0 }), y: f.int().default(2) }, ({ x, y }) => [x, y])

describe('a functor', () => {
  it('is called with what is bound and what is given', () => {
    expect(new Add({ a: 1 }).call()).to.equal(2)
    expect(new Add().call({ a: 1, b: 5 })).to.equal(6)
    expect(new Add({ a: 1 }).call({ b: 2 })).to.equal(3)
    expect(new Add().rebind({ a: 4 }).call()).to.equal(5)
    expect(new Add().bind({ a: 4 }).call()).to.equal(5)
    const result: number = new Add({ a: 1 }).call()
    expect(result).to.equal(2)
  })

  it('says which arguments are missing, unknown or wrong', () => {
    expect(() => new Add().call()).to.throw(FieldError, 'functor.Add.a is not bound: integer')
    expect(() => new Add().call({ a: 'x' } as never)).to.throw(
      FieldError,
      "functor.Add.a must be an integer, got 'x'",
    )
    expect(() => new Add().call({ c: 1 } as never)).to.throw(FieldError, 'c is not a field of functor.Add')
    expect(new Add().call({ a: 1, c: 1 } as never, { ignoreExtra: true })).to.equal(2)
    expect(() => new Two({ x: -1 })).to.throw(FieldError, 'at least 0')
  })

  it('takes another value for what is bound only when told to', () => {
    const one = new Add({ a: 1 })
    const words = 'functor.Add.a is bound to 1 already, got 9; call with { override: true } to replace it'
    expect(() => one.call({ a: 9 })).to.throw(FieldError, words)
    expect(() => one.bind({ a: 9 })).to.throw(FieldError, 'already')
    expect([one.call({ a: 9 }, { override: true }), one.call({ a: 1 }), one.call()]).to.deep.equal([10, 2, 2])
    expect(one.bind({ a: 9 }, { override: true }).a).to.equal(9)
  })

  it('knows how its arguments stand', () => {
    expect(functorArgs(new Two())).to.deep.equal({
      specified: [],
      default: ['y'],
      bound: ['y'],
      unbound: ['x'],
    })
    expect(functorArgs(new Two({ x: 3 }))).to.deep.equal({
      specified: ['x'],
      default: ['y'],
      bound: ['x', 'y'],
      unbound: [],
    })
    expect(isPartial(new Two())).to.equal(false)
  })

  it('takes positional arguments in the order of its fields', () => {
    expect(new Two().apply(1, 5)).to.deep.equal([1, 5])
    expect(new Two({ x: 1 }).apply(5)).to.deep.equal([1, 5])
    expect(() => new Two().apply(1, 2, 3)).to.throw(FieldError, 'takes 2 more arguments, got 3')
    const Sum = functor(
      'functor.Sum',
      { start: f.int(), rest: f.list(f.int()).orEmpty() },
      ({ start, rest }) => rest.reduce((sum, each) => sum + each, start),
      { variadic: 'rest' },
    )
    expect([new Sum().apply(1), new Sum().apply(1, 2, 3), new Sum({ start: 9 }).apply(1)]).to.deep.equal([
      1, 6, 10,
    ])
    expect(() => new Sum().apply(1, 'x')).to.throw(FieldError, 'functor.Sum.rest[0] must be an integer')
    expect(() => functor('functor.Odd', { a: f.int() }, () => 0, { variadic: 'a' })).to.throw(DefinitionError)
  })

  it('has its result checked', async () => {
    const returns = f.list(f.int({ max: 9 }))
    const List = functor('functor.List', { n: f.int() }, ({ n }) => [n], { returns })
    const list: SymList<number, number> = new List().call({ n: 1 })
    expect([...list]).to.deep.equal([1])
    expect(() => new List({ n: 10 }).call()).to.throw(
      FieldError,
      'functor.List.returns[0] must be an integer of at most 9',
    )
    const Later = functor('functor.Later', { n: f.int() }, async ({ n }) => n, { returns: f.int({ max: 9 }) })
    expect(await new Later().call({ n: 3 })).to.equal(3)
    let error: unknown
    await new Later().call({ n: 10 }).catch(reason => void (error = reason))
    expect(error).to.be.instanceOf(FieldError)
  })

  it('is a tree like any other, and is saved by name', () => {
    const tree = SymDict.from({ a: 7, work: new Add({ a: fromParents() }), more: [new Add()] })
    expect((tree.at('work') as InstanceType<typeof Add>).call()).to.equal(8)
    const loaded = fromJson(tree.toJSON())
    expect(loaded.equals(tree)).to.equal(true)
    expect((loaded.get('more[0]') as InstanceType<typeof Add>).call({ a: 1 })).to.equal(2)
    expect(new Add({ a: 1 }).toJSON()).to.deep.equal({ _type: 'functor.Add', a: 1, b: 1 })
    expect(tree.rebind({ 'work.a': 0 }).get('work.a')).to.equal(0)
  })

  it('takes arguments from the context', () => {
    const Hot = functor('functor.Hot', { heat: f.float().contextual() }, ({ heat }) => heat * 2)
    expect(withContext({ heat: 2 }, () => new Hot().call())).to.equal(4)
    expect(new Hot().call({ heat: 3 })).to.equal(6)
    expect(() => new Hot().call()).to.throw('heat')
  })

  it('may be built upon, and sees itself', () => {
    class Scaled extends Add.define('functor.Scaled', { by: f.int().default(10) }) {
      twice(): number {
        return this.call() * 2
      }
    }
    expect(new Scaled({ a: 1 }).twice()).to.equal(4)
    const Self = functor('functor.Self', { n: f.int() }, (_, self) => self.typeName)
    expect(new Self({ n: 1 }).call()).to.equal('functor.Self')
    class Bare extends Functor.define('functor.Bare', {}) {}
    expect(() => new Bare().call()).to.throw(DefinitionError, 'functor.Bare has nothing to call')
  })
})

describe('f.functor', () => {
  class Holder extends SymObject.define('functor.Holder', {
    work: f.functor<InstanceType<typeof Add>>({ args: ['a', 'b'] }),
    react: f.callable<(n: number) => number>().optional(),
  }) {}

  it('takes functors with the arguments wanted, and f.callable functions', () => {
    const holder = new Holder({ work: new Add({ a: 1 }), react: n => n + 1 })
    expect([holder.work.call(), holder.react?.(1)]).to.deep.equal([2, 2])
    const wrong = 'work must be a functor that takes a, b, got Two'
    expect(() => new Holder({ work: new Two({ x: 1 }) as never })).to.throw(FieldError, wrong)
    expect(() => new Holder({ work: (() => 1) as never })).to.throw(FieldError, 'must be a functor')
    expect(() => new Holder({ work: new Add(), react: 3 as never })).to.throw(
      FieldError,
      'must be a function, got 3',
    )
    expect(fromJson(new Holder({ work: new Add() }).toJSON(), Holder).work.call({ a: 1 })).to.equal(2)
  })
})
