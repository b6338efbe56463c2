/** Tuples: a field for each position, or one for all of any number. */

import { expect } from 'chai'
import fc from 'fast-check'
import { tightened } from '../../../src/symbolic/fields/tighten.ts'
import {
  DefinitionError,
  type Field,
  FieldError,
  f,
  fromJson,
  fromJsonString,
  insertion,
  MISSING,
  PathError,
  problemsOf,
  SymDict,
  SymError,
  SymList,
  SymObject,
  SymTuple,
} from '../../../src/symbolic/index.ts'
import { Dense, Layer } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

class Host extends SymObject.define('tuple.Host', {
  pair: f.tuple([f.int({ min: 0 }), f.string().default('x')]),
  row: f.tuple(f.float(), { maxSize: 3 }).orEmpty(),
  deep: f
    .tuple([f.object(Dense), f.tuple([f.bool()])])
    .nullable()
    .default(null),
}) {}

const words = (field: Field, value: unknown): string =>
  problemsOf(field, value)
    .map(each => `${each.path}: ${each.message}`)
    .join('; ')

describe('f.tuple', () => {
  it('takes arrays, tuples and lists with the right value at each position', () => {
    const pair = f.tuple([f.int(), f.string()])
    for (const value of [[1, 'a'], SymTuple.from([1, 'a']), SymList.from([1, 'a'])]) {
      expect(words(pair, value)).to.equal('')
    }
    expect(words(pair, ['a', 1])).to.equal(`[0]: must be an integer, got 'a'; [1]: must be a string, got 1`)
    expect(words(pair, [1])).to.equal(': must have 2 elements, got 1')
    expect(words(pair, [1, 'a', 2])).to.equal(': must have 2 elements, got 3')
    expect(words(pair, SymTuple.from(['a', 'b']))).to.equal(`[0]: must be an integer, got 'a'`)
    expect(words(pair, 5)).to.equal(': must be a tuple of (integer, string), got 5')
    expect(words(pair, SymDict.empty)).to.match(/must be a tuple/)
    expect(words(pair, null)).to.match(/must be a tuple/)
    expect(words(f.tuple(f.int(), { minSize: 1, maxSize: 2 }), [])).to.equal(
      ': must have 1 to 2 elements, got 0',
    )
    expect(words(f.tuple(f.int(), { minSize: 1 }), 5)).to.match(
      /a tuple of at least 1 elements of integer, got 5/,
    )
    expect(words(f.tuple(f.int(), { maxSize: 1 }), [1, 2])).to.match(/at most 1 elements/)
    expect(words(f.tuple([]), [])).to.equal('')
    expect(words(f.list(f.int()), SymTuple.from([1]))).to.match(/must be a list of integers, got \(1\)/)
    expect(() => f.tuple([f.int().optional()])).to.throw(DefinitionError, 'cannot be optional')
    expect(words(f.tuple([f.int().frozen(3)]), [4])).to.not.equal('')
  })

  it('reads like a list', () => {
    const host = new Host({ pair: [1, 'a'], deep: [new Dense({ units: 2 }), [true]] })
    expect(host.pair).to.be.instanceOf(SymTuple).and.instanceOf(SymList)
    expect([host.pair.length, host.pair.at(0), host.pair.at(-1), ...host.pair]).to.deep.equal([
      2,
      1,
      'a',
      1,
      'a',
    ])
    expect(host.get('deep[0].units')).to.equal(2)
    expect(host.deep?.at(1).at(0)).to.equal(true)
    expect(host.toString()).to.equal(
      `Host(pair=(1, 'a'), row=(), deep=(Dense(name='', units=2, activation='relu'), (true)))`,
    )
    expect(host.toJS()).to.deep.include({ pair: [1, 'a'], row: [] })
  })

  it('keeps its positions when they are fixed', () => {
    const host = new Host({ pair: [1, 'a'], row: [1, 2] })
    expect(host.rebind({ 'pair[0]': 5, 'pair[1]': 'b' }).pair.toArray()).to.deep.equal([5, 'b'])
    expect(host.rebind({ 'pair[-1]': 'b' }).pair.at(1)).to.equal('b')
    expect(host.rebind({ 'pair[1]': MISSING }).pair.at(1)).to.equal('x')
    expect(host.rebind({ pair: [1, 'a'] })).to.equal(host)
    refusal(
      () => host.rebind({ 'pair[0]': -1 }),
      FieldError,
      /pair\[0\] must be an integer of at least 0, got -1/,
    )
    refusal(() => host.rebind([['pair[1]', 5]]), FieldError, /pair\[1\] must be a string, got 5/)
    refusal(() => host.rebind({ 'pair[0]': MISSING }), FieldError, /pair\[0\] cannot be left out/)
    for (const updates of [[['pair[2]', 1]], [['pair[0]', insertion(1)]]] as [string, unknown][][]) {
      refusal(() => host.rebind(updates), PathError, /positions of the tuple are fixed/)
      refusal(() => host.rebind([...updates, ['row[0]', 9]]), PathError, /positions of the tuple are fixed/)
    }
    refusal(() => host.transform((path, value) => (path.key === 0 ? 'x' : value)), FieldError, /pair\[0\]/)
    expect(host.transform((path, value) => (path.key === 0 ? 7 : value)).pair.at(0)).to.equal(7)
    expect(host.edit(draft => void (draft.pair[0] = 3)).pair.at(0)).to.equal(3)
    refusal(() => host.edit(draft => void (draft.pair as unknown[]).push(1)), PathError, /fixed/)
    expect(host.patch([{ op: 'replace', path: '/pair/0', value: 4 }]).pair.at(0)).to.equal(4)
    refusal(() => host.patch([{ op: 'add', path: '/pair/0', value: 4 }]), SymError, /fixed/)
    expect(host.pair.rebind([['[0]', 8]]).root.get('pair[0]')).to.equal(8)
  })

  it('changes like a list when it has any number', () => {
    const host = new Host({ pair: [1, 'a'], row: [1, 2] })
    expect(host.rebind({ 'row[2]': 3, 'row[0]': MISSING }).row.toArray()).to.deep.equal([2, 3])
    expect(host.rebind({ 'row[0]': insertion(0) }).row).to.be.instanceOf(SymTuple)
    refusal(() => host.rebind({ 'row[2]': 3, 'row[3]': 4 }), FieldError, /row must have at most 3 elements/)
    const long = SymTuple.from(Array.from({ length: 300 }, (_, i) => i) as unknown[])
    expect(fromJsonString(long.toJsonString()).equals(long)).to.equal(true)
    expect(long.at(299)).to.equal(299)
  })

  it('is written as PyGlove writes it', () => {
    const host = new Host({ pair: [1, 'a'], deep: [new Dense({ units: 2 }), [true]] })
    expect(host.toJSON()).to.deep.include({ pair: ['__tuple__', 1, 'a'], row: ['__tuple__'] })
    expect(fromJson(host.toJSON(), Host).equals(host)).to.equal(true)
    expect(fromJson({ pair: [1, 'a'], deep: [{ units: 2 }, [true]] }, Host).equals(host)).to.equal(true)
    expect(fromJson({ pair: ['__tuple__', 1, 'a'] }, Host).pair.at(1)).to.equal('a')
    refusal(
      () => fromJson({ pair: ['__tuple__', 'b', 'a'] }, Host),
      undefined,
      /pair\[0\] must be an integer/,
    )
    const sealed = host.seal('pair')
    expect(fromJson(sealed.toJSON(), Host).pair.isSealed).to.equal(true)
    refusal(
      () => fromJson({ list: ['__tuple__', 1] }, ListHost),
      undefined,
      /list must be a list of integers/,
    )
    const free = fromJson(['__tuple__', 1, ['__tuple__']]) as SymTuple
    expect(free).to.be.instanceOf(SymTuple)
    expect(free.toJSON()).to.deep.equal(['__tuple__', 1, ['__tuple__']])
    const list = SymList.from(['__tuple__', 1])
    expect((fromJson(list.toJSON()) as SymList).equals(list)).to.equal(true)
  })

  it('comes back from JSON whatever it holds', () => {
    const value = fc.letrec(tie => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.integer(),
        fc.string(),
        fc.constant('__tuple__'),
        tie('tuple'),
        tie('list'),
      ),
      tuple: fc.array(tie('any'), { maxLength: 3 }).map(values => SymTuple.from(values)),
      list: fc.array(tie('any'), { maxLength: 3 }),
    })).any
    fc.assert(
      fc.property(value, each => {
        const tree = SymDict.from<unknown>({ each })
        const again = fromJsonString(tree.toJsonString())
        expect(again.equals(tree)).to.equal(true)
        expect(again.compare(tree)).to.equal(0)
        expect(again.hash()).to.equal(tree.hash())
      }),
    )
  })

  it('is diffed position by position, and replaced by a list as a whole', () => {
    const four = f.tuple([f.int(), f.int(), f.int(), f.int()])
    class Four extends SymObject.define('tuple.Four', { four }) {}
    const before = new Four({ four: [1, 2, 3, 4] })
    const after = new Four({ four: [9, 1, 2, 3] })
    const patch = before.diff(after)
    expect(patch.map(each => `${each.op} ${each.path}`)).to.deep.equal(
      [0, 1, 2, 3].map(i => `replace /four/${i}`),
    )
    expect(before.patch(patch).equals(after)).to.equal(true)
    const tuple = SymDict.from<unknown>({ v: SymTuple.from([1, 2]) })
    const list = SymDict.from<unknown>({ v: [1, 2] })
    expect(tuple.diff(list)).to.deep.equal([{ op: 'replace', path: '/v', value: [1, 2] }])
    expect(tuple.patch(tuple.diff(list)).equals(list)).to.equal(true)
    expect(list.patch(list.diff(tuple)).equals(tuple)).to.equal(true)
  })

  it('comes after lists and before dicts', () => {
    expect(SymTuple.from([1]).compare(SymList.from([9]))).to.be.greaterThan(0)
    expect(SymTuple.from([9]).compare(SymDict.empty)).to.be.lessThan(0)
    expect(SymTuple.from([1]).compare(SymTuple.from([1, 0]))).to.be.lessThan(0)
  })

  it('is tightened position by position', () => {
    const over = (field: Field, base: Field): Field => tightened('Sub.x', field, base)
    expect(
      words(
        over(f.tuple([f.int(), f.object(Dense)]), f.tuple([f.float({ min: 0 }), f.object(Layer)])),
        [-1, 0],
      ),
    ).to.match(/\[0\]: must be an integer of at least 0/)
    expect(words(over(f.tuple([f.int()]), f.tuple(f.int({ min: 0 }), { maxSize: 2 })), [-1])).to.match(
      /at least 0/,
    )
    expect(words(over(f.tuple(f.int(), { minSize: 1 }), f.tuple(f.any(), { maxSize: 2 })), [])).to.match(
      /1 to 2/,
    )
    refusal(
      () => over(f.tuple([f.any()]), f.tuple([f.int()])),
      DefinitionError,
      /at position 0, it takes a value/,
    )
    refusal(
      () => over(f.tuple([f.int(), f.int()]), f.tuple([f.int()])),
      DefinitionError,
      /2 entries, where the base has at most 1/,
    )
    refusal(() => over(f.tuple(f.int()), f.tuple([f.int()])), DefinitionError, /any number of positions/)
    refusal(
      () => over(f.tuple(f.any()), f.tuple(f.int())),
      DefinitionError,
      /in its elements, it takes anything/,
    )
    refusal(() => over(f.list(f.int()), f.tuple(f.int())), DefinitionError, /it takes a list of integers/)
  })
})

class ListHost extends SymObject.define('tuple.ListHost', { list: f.list(f.int()) }) {}
