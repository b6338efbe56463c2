/** Rules applied in their order, and patchers by name: registering, asking by text, and what is refused. */

import { expect } from 'chai'
import {
  applyPatcher,
  applyRules,
  DefinitionError,
  FieldError,
  f,
  onKey,
  patcher,
  patcherNames,
  type Rules,
  SymDict,
  SymError,
  SymList,
} from '../../../src/symbolic/index.ts'
import { type Dense, Model, smallModel } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const widen = patcher(
  'patchers.widen',
  {
    by: f.int({ min: 2 }).default(2),
    only: f.enum('head', 'all').default('head'),
    tags: f.list(f.string()).orEmpty(),
  },
  (model: Model, { by, only, tags }) => [
    only === 'head' ? { 'head.units': model.head.units * by } : onKey('units', units => Number(units) * by),
    { tags: tags.length === 0 ? model.tags : tags },
  ],
)
patcher('patchers.rate', { rate: f.float(), note: f.string().optional() }, (model: Model, { rate, note }) =>
  model.rebind(note === undefined ? { rate } : { rate, note }),
)

describe('applyRules', () => {
  const dict = SymDict.from({ a: 1, b: 2 })

  it('takes updates, rules, functions, texts and lists, each over what the ones before have made', () => {
    const rules: Rules = [
      { a: 10 },
      new Map([['b', 20]]),
      onKey('a', n => Number(n) + 1),
      [(path, value) => (path.key === 'b' ? Number(value) * 2 : value), []],
    ]
    expect(applyRules(dict, rules).toJS()).to.deep.equal({ a: 11, b: 40 })
    expect(applyRules(dict, [])).to.equal(dict)
    const model: Model = applyRules(smallModel(), ['patchers.widen?by=3', 'patchers.rate?rate=0.5'])
    expect([model.head.units, model.rate]).to.deep.equal([30, 0.5])
  })

  it('gives the next version of a child in its tree', () => {
    const head: Dense = applyRules(smallModel().head, onKey('units', 3))
    expect((head.root as Model).head.units).to.equal(3)
  })

  it('refuses what is no rule, and changes nothing then', () => {
    for (const rule of [3, null, undefined, new Date(0), dict]) {
      refusal(
        () => applyRules(dict, [{ a: 2 }, rule as never]),
        SymError,
        /^a rule is made by onKey and its like/,
      )
    }
    expect(dict.toJS()).to.deep.equal({ a: 1, b: 2 })
  })
})

describe('a patcher', () => {
  it('is asked by text, with arguments that its fields read', () => {
    const model = smallModel()
    expect(applyPatcher(model, 'patchers.widen').head.units).to.equal(20)
    expect(applyPatcher(model, 'patchers.widen?by=5').head.units).to.equal(50)
    const all = applyPatcher(model, 'patchers.widen?only=all&tags=x,y%2Cz&by=3')
    expect([all.head.units, all.layers.at(0)?.width, all.tags.toArray()]).to.deep.equal([
      30,
      96,
      ['x', 'y,z'],
    ])
    expect(applyPatcher(model, 'patchers.widen?3&all').layers.at(0)?.width).to.equal(96)
    expect(applyPatcher(model, 'patchers.rate?rate=1e-3&note=a%20b').note).to.equal('a b')
    expect(applyPatcher(model, 'patchers.rate?rate=0.01')).to.equal(model)
  })

  it('is applied in code, and written as text', () => {
    const model = smallModel()
    expect(widen.apply(model).head.units).to.equal(20)
    expect(widen.apply(model, { by: 4, tags: ['t'] }).tags.toArray()).to.deep.equal(['t'])
    expect(applyRules(model, widen.rule({ by: 4 })).head.units).to.equal(40)
    expect(widen.text()).to.equal('patchers.widen')
    const text = widen.text({ by: 4, tags: ['a&b', 'c'] })
    expect(text).to.equal('patchers.widen?by=4&tags=a%26b,c')
    expect(applyPatcher(model, text).equals(widen.apply(model, { by: 4, tags: ['a&b', 'c'] }))).to.equal(true)
    expect(String(widen.rule({ only: 'all' }))).to.equal('patchers.widen?only=all')
  })

  it('is known by its name', () => {
    expect(patcherNames()).to.include.members(['patchers.rate', 'patchers.widen'])
    expect(patcherNames()).to.deep.equal(patcherNames().toSorted())
    refusal(
      () => applyPatcher(smallModel(), 'patchers.widn'),
      SymError,
      /^there is no patcher 'patchers\.widn'; did you mean 'patchers\.widen'\?$/,
    )
    refusal(
      () => applyPatcher(smallModel(), 'q'),
      SymError,
      /there is no patcher 'q'; there are .*patchers\.rate/,
    )
    refusal(() => applyPatcher(smallModel(), 'constructor'), SymError, /there is no patcher 'constructor'/)
  })

  it('says everything that is wrong with its arguments', () => {
    const said = (text: string): string =>
      refusal(() => applyPatcher(smallModel(), text), FieldError).message.replaceAll('patchers.', '')
    expect(said('patchers.widen?by=x')).to.equal("widen.by must be an integer of at least 2, got 'x'")
    expect(said('patchers.widen?by=1')).to.equal('widen.by must be an integer of at least 2, got 1')
    expect(said('patchers.widen?bye=3')).to.equal(
      "widen.bye is not an argument of this patcher; did you mean 'by'?",
    )
    expect(said('patchers.rate')).to.equal('rate.rate is required: a number')
    expect(said('patchers.rate?1&a&b')).to.equal("rate takes 2 arguments, got 'b' as one more")
    expect(said('patchers.rate?1&rate=2')).to.equal('rate.rate is given twice')
    expect(said('patchers.widen?by=x&only=z').split('\n')).to.deep.equal([
      '2 problems:',
      "  widen.by must be an integer of at least 2, got 'x'",
      "  widen.only must be one of 'head', 'all', got 'z'",
    ])
    expect(said('patchers.widen?__proto__=1')).to.match(/__proto__ is not an argument/)
    refusal(() => widen.apply(smallModel(), { by: 0 }), FieldError, /patchers\.widen\.by must be/)
    refusal(
      () => widen.apply(smallModel(), { tags: ['a', 3] as never }),
      FieldError,
      /patchers\.widen\.tags\[1\] must be/,
    )
  })

  it('cannot be registered with a bad name or argument, nor twice', () => {
    const body = (): Rules => ({})
    refusal(() => patcher('a b', {}, body), DefinitionError, /'a b' cannot be the name/)
    refusal(() => patcher('patchers.widen', {}, body), DefinitionError, /is taken; say \{ replace: true \}/)
    refusal(() => patcher('patchers.bad', { 'a b': f.int() }, body), DefinitionError, /argument named 'a b'/)
    refusal(
      () => patcher('patchers.bad', { a: f.dict() }, body),
      DefinitionError,
      /'a' of 'patchers\.bad' cannot be written as text/,
    )
    expect(patcherNames()).not.to.include('patchers.bad')
    patcher('patchers.twice', {}, () => ({ a: 1 }))
    patcher('patchers.twice', {}, () => ({ a: 2 }), { replace: true })
    expect(applyPatcher(SymDict.from({}), 'patchers.twice').toJS()).to.deep.equal({ a: 2 })
    refusal(() => applyPatcher(SymDict.from({}), 'patchers.twice?x=1'), FieldError, /it has none/)
  })

  it('may be for one class, and may refuse its result', () => {
    const strict = patcher(
      'patchers.strict',
      { units: f.int() },
      (_, { units }) => ({ 'head.units': units }),
      {
        on: Model,
        validate: (after, before) => {
          if (after.head.units < before.head.units) throw new SymError('head.units', 'may only grow')
        },
      },
    )
    expect(strict.apply(smallModel(), { units: 11 }).head.units).to.equal(11)
    refusal(() => applyPatcher(smallModel(), 'patchers.strict?9'), SymError, /may only grow/)
    refusal(
      () => applyPatcher(SymList.empty, 'patchers.strict?9'),
      SymError,
      /'patchers\.strict' is for Model, got \[\]/,
    )
  })

  it('must give back something, and may not ask for itself', () => {
    patcher('patchers.nothing', {}, () => undefined as never)
    refusal(() => applyPatcher(smallModel(), 'patchers.nothing'), SymError, /got nothing/)
    patcher('patchers.self', {}, () => 'patchers.self')
    refusal(() => applyPatcher(smallModel(), 'patchers.self'), SymError, /ask for each other 100 times/)
    expect(applyPatcher(smallModel(), 'patchers.widen').head.units).to.equal(20)
  })
})
