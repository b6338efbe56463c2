/** One change at a time: what it does, what it leaves alone, and what it refuses. */

import { expect } from 'chai'
import {
  FieldError,
  f,
  fromJson,
  insertion,
  MISSING,
  SealedError,
  type Symbolic,
  SymDict,
  SymError,
  SymList,
  SymObject,
  same,
} from '../../../src/symbolic/index.ts'
import { Dense, Drop, Model, smallModel } from '../../support/model.ts'
import { leavesAlone, refusal } from '../../support/refusal.ts'
import { find, show, tree } from '../../support/twig.ts'

class Fixed extends SymObject.define('update.Fixed', {
  kind: f.string().frozen('fixed'),
  parts: f.list(f.any()).frozen([1, { a: [2] }]),
  size: f.int().default(1),
  hint: f.string().optional(),
}) {}

const _bound: string[] = []

const list = (...values: unknown[]): SymList => SymList.from(values) as SymList

describe('update', () => {
  it('copies the spine and shares the rest', () => {
    const before = tree('a(b(c) d(e))')
    const after = before.rebind({ 'twigs[0].twigs[0]': tree('x(y)') })
    expect(show(after)).to.equal('a(b(x(y)) d(e))')
    expect(show(before)).to.equal('a(b(c) d(e))')
    expect(same(find(after, 'd'), find(before, 'd'))).to.equal(true)
    expect(same(find(after, 'b'), find(before, 'b'))).to.equal(false)
  })

  it('gives the same node back when nothing changes', () => {
    const model = smallModel()
    const same = [
      model.rebind({ 'head.units': 10 }),
      model.rebind([
        ['layers[1].rate', 0.5],
        ['head.name', 'head'],
      ]),
      model.rebind({ head: new Dense({ units: 10, name: 'head' }) }),
      model.rebind({ notes: { list: [1, { deep: true }], author: 'me' } }),
      model.rebind({ rate: MISSING }),
      model.rebind({ notes: { ...(model.notes.toJS() as object) } }),
      model.rebind([['notes.absent', MISSING]]),
      model.rebind({}),
      model.rebind([]),
      model.rebind(new Map()),
      model.rebind({ '': model }),
      model.rebind({ '': model.clone() }),
    ]
    for (const each of same) expect(each).to.equal(model)
  })

  it('says so when asked: raiseOnNoChange', () => {
    const model = smallModel()
    refusal(() => model.rebind({ 'head.units': 10 }, { raiseOnNoChange: true }), SymError, /change nothing/)
    expect(model.rebind({ 'head.units': 11 }, { raiseOnNoChange: true }).head.units).to.equal(11)
  })

  it('takes NaN and -0 for what they are', () => {
    const numbers = list(Number.NaN, 0)
    expect(numbers.rebind([['[0]', Number.NaN]])).to.equal(numbers)
    expect(numbers.rebind([['[1]', -0]])).to.equal(numbers)
    expect(numbers.rebind([['[0]', 1]])).not.to.equal(numbers)
  })

  it('resets fields, empties optional ones, deletes keys and elements', () => {
    const model = smallModel().rebind({ rate: 5, note: 'n', 'notes.author': MISSING, 'tags[0]': MISSING })
    const reset = model.rebind({ rate: MISSING, note: MISSING })
    expect(reset.rate).to.equal(0.01)
    expect(reset.note).to.equal(undefined)
    expect(reset.notes.keys()).to.deep.equal(['list'])
    expect(reset.tags.toArray()).to.deep.equal(['b'])
    refusal(() => model.rebind([['head', MISSING]]), FieldError, /support\.Model\.head cannot be left out/)
  })

  it('reads undefined as "the default", as constructors do', () => {
    class Both extends SymObject.define('update.Both', { n: f.int().optional().default(5) }) {}
    const both = new Both({ n: 7 }).rebind({ n: undefined })
    expect(both.n).to.equal(5)
    expect(fromJson(both.toJSON()).equals(both)).to.equal(true)
  })

  it('keeps the seals of a value that is equal to what stands there', () => {
    const before = SymDict.from({ list: [{ a: 1 }] }) as SymDict
    const locked = before.seal('list[0]')
    expect((before.rebind([['list', locked.at('list')]]).get('list[0]') as Symbolic).isSealed).to.equal(true)
    expect((before.rebind([['', locked]]).get('list[0]') as Symbolic).isSealed).to.equal(true)
    expect(locked.rebind([['list', before.at('list')]]).has('list[0]')).to.equal(true)
    expect((locked.rebind([['list', before.at('list')]]).get('list[0]') as Symbolic).isSealed).to.equal(false)
  })

  it('leaves frozen fields at their value', () => {
    const fixed = new Fixed({})
    expect(fixed.rebind({ kind: 'fixed' })).to.equal(fixed)
    expect(fixed.rebind([['parts', [1, { a: [2] }]]])).to.equal(fixed)
    expect(fixed.rebind({ kind: MISSING })).to.equal(fixed)
    refusal(() => fixed.rebind({ kind: 'other' }), FieldError, /kind is frozen at 'fixed', got 'other'/)
    refusal(
      () =>
        fixed.rebind([
          ['kind', 'x'],
          ['size', 2],
        ]),
      FieldError,
      /frozen/,
    )
    refusal(() => fixed.rebind([['parts[1].a[0]', 3]]), FieldError, /frozen/)
    refusal(
      () =>
        fixed.rebind([
          ['parts[1].a[0]', 3],
          ['size', 2],
        ]),
      FieldError,
      /frozen/,
    )
    refusal(() => fixed.parts.rebind([['[0]', 3]]), FieldError, /frozen/)
    refusal(() => new Fixed({ kind: 'other' }), FieldError, /frozen/)
  })

  it('replaces the whole tree at the empty path', () => {
    expect(show(tree('a(b)').rebind({ '': tree('x') }))).to.equal('x')
    expect(show(find(tree('a(b c)'), 'b').rebind({ '': tree('x(y)') }).root as never)).to.equal('a(x(y) c)')
    refusal(() => tree('a').rebind([['', 5]]), FieldError, /can only become another tree, got 5/)
  })

  it('does not let a child become what its place forbids', () => {
    const model = smallModel()
    refusal(() => model.head.rebind([['', new Drop({})]]), FieldError, /head must be a support\.Dense/)
    refusal(() => model.tags.rebind([['', [1, 2]]]), FieldError, /tags\[0\] must be a string/)
    const layer = model.get('layers[0]') as Dense
    expect(layer.rebind([['', new Drop({})]]).root.get('layers[0]' as never)).to.be.instanceOf(Drop)
  })

  it('says what is wrong with a path or a value', () => {
    const model = smallModel()
    const cases: [unknown, unknown, RegExp][] = [
      ['head.unit', 1, /'head\.unit' is not a field of support\.Dense; did you mean 'units'\?/],
      ['head.units', 0, /support\.Model\.head\.units must be an integer of at least 1, got 0/],
      ['head.units.x', 0, /nothing at 'head\.units\.x': at 'head\.units' stands 10, which has no parts/],
      ['layers.x', 0, /a list is entered by index/],
      ['notes[0]', 0, /a dict is entered by key/],
      ['[0]', 0, /'\[0\]' is not a field/],
      ['layers[-3]', new Drop({}), /has no element \[-3\] at 'layers': the list has 2 elements/],
      ['layers[9].name', '', /nothing at 'layers\[9\]'/],
      ['layers[9]', MISSING, /nothing at 'layers\[9\]'/],
      ['notes.x.y', 1, /nothing at 'notes\.x'/],
      ['rate', insertion(1), /has no list at ''/],
      ['extra', undefined, /extra must be a value, got nothing/],
      ['extra', insertion(insertion(1)), /no list/],
      ['a..b', 1, /cannot read the key path 'a\.\.b' at column 3/],
      [[0.5], 1, /must be an integer, got 0\.5/],
      [[Number.NaN], 1, /must be an integer, got NaN/],
      [5, 1, /a key path is text/],
      [undefined, 1, /a key path is text/],
    ]
    for (const [path, value, words] of cases) {
      leavesAlone(model, () => refusal(() => model.rebind([[path as string, value]]), SymError, words))
      refusal(
        () =>
          model.rebind([
            ['rate', 3],
            [path as string, value],
          ]),
        SymError,
        words,
      )
    }
  })

  it('wants updates to be updates', () => {
    for (const wrong of [null, undefined, 5, 'text', [1], [null], new Set([1])]) {
      refusal(() => smallModel().rebind(wrong as never), SymError, /updates are a record, a Map or pairs/)
    }
  })
})

describe('update: seals', () => {
  it('hold at and below their place, and give way to the unsealed parent', () => {
    const sealed = tree('a(b!(c) d)')
    refusal(
      () => sealed.rebind({ 'twigs[0].name': 'x' }),
      SealedError,
      /twigs\[0\] is sealed; call unseal\('twigs\[0\]'\)/,
    )
    refusal(() => sealed.rebind({ 'twigs[0].twigs[0].name': 'x' }), SealedError)
    refusal(() => find(sealed, 'b c').rebind({ name: 'x' }), SealedError)
    refusal(() => find(sealed, 'b').rebind({ '': tree('x') }), SealedError)
    expect(show(sealed.rebind({ 'twigs[0]': tree('x') }))).to.equal('a(x d)')
    expect(show(sealed.rebind({ name: 'z' }))).to.equal('z(b!(c) d)')
    expect(show(sealed.rebind([['twigs[0]', MISSING]]))).to.equal('a(d)')
    refusal(() => tree('a!').rebind({ '': tree('b') }), SealedError)
    expect(
      new Model({ ...smallModel().fieldValues(), head: smallModel().head.seal() } as never).head.isSealed,
    ).to.equal(true)
  })
})
