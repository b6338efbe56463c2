/** Patch rules: which places each means, and what they become. */

import { expect } from 'chai'
import {
  applyRules,
  DefinitionError,
  FieldError,
  f,
  KeyPath,
  MISSING,
  onKey,
  onMember,
  onPath,
  onType,
  onValue,
  type Rules,
  SymDict,
  SymError,
  SymList,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { Dense, Drop, Layer, type Model, smallModel } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const dict = SymDict.from({ rate: 1, units: 2, deep: { units: 3, list: [4, 'x', { rate: 5 }] } })
const patched = (rules: Rules): string => String(applyRules(dict, rules))

describe('a patch rule', () => {
  it('means the places with a key', () => {
    expect(patched(onKey('units', 0))).to.equal(
      "{rate: 1, units: 0, deep: {units: 0, list: [4, 'x', {rate: 5}]}}",
    )
    expect(patched(onKey(/^(?:rate|units)$/g, n => Number(n) * 10))).to.equal(
      "{rate: 10, units: 20, deep: {units: 30, list: [4, 'x', {rate: 50}]}}",
    )
    expect(patched(onKey(1, MISSING))).to.equal('{rate: 1, units: 2, deep: {units: 3, list: [4, {rate: 5}]}}')
    expect(applyRules(dict, onKey('', 0))).to.equal(dict)
  })

  it('means one path, or the paths that a pattern matches', () => {
    expect(patched(onPath('deep.list[0]', 0))).to.contain('[0, ')
    expect(patched(onPath(KeyPath.of('rate'), 0))).to.match(/^{rate: 0, units: 2/)
    expect(patched(onPath(/^deep\..*rate$/, 0))).to.match(/^{rate: 1,.*{rate: 0}]}}$/)
  })

  it('means the places where a value stands', () => {
    expect(patched(onValue(3, n => n + 0.5))).to.contain('units: 3.5')
    expect(patched(onValue({ rate: 5 }, MISSING))).to.contain("[4, 'x']")
    expect(patched(onValue(SymList.from([4, 'x', { rate: 5 }]), []))).to.contain('list: []')
    expect(applyRules(dict, onValue('1', 0))).to.equal(dict)
    expect(applyRules(dict, onValue(undefined, 0))).to.equal(dict)
  })

  it('means the values of a type', () => {
    expect(patched(onType(String, text => text.toUpperCase()))).to.contain("'X'")
    expect(patched(onType(Number, n => -n))).to.equal(
      "{rate: -1, units: -2, deep: {units: -3, list: [-4, 'x', {rate: -5}]}}",
    )
    const model = smallModel()
    const wider: Model = applyRules(
      model,
      onType(Dense, dense => dense.rebind({ units: dense.units * 2 })),
    )
    expect([wider.layers.at(0)?.width, wider.head.units]).to.deep.equal([64, 20])
    const dropped = applyRules(
      model.layers,
      onType(Layer, (_, path) => (path.key === 0 ? new Drop({}) : MISSING)),
    )
    expect(String(dropped)).to.equal("[Drop(name='', rate=0.5)]")
    expect(
      applyRules(SymDict.from({ a: true, b: 2n }), [onType(Boolean, !1), onType(BigInt, n => n + 1n)]).toJS(),
    ).to.deep.equal({ a: false, b: 3n })
  })

  it('means some fields of a class', () => {
    const model = smallModel()
    expect(
      applyRules(
        model,
        onMember(Dense, 'units', units => units + 1),
      ).head.units,
    ).to.equal(11)
    const named = applyRules(model, onMember(Layer, 'name', 'all'))
    expect([named.head.name, named.layers.at(1)?.name]).to.deep.equal(['all', 'all'])
    const both = applyRules(
      model,
      onMember(Dense, ['name', 'activation'], value => (value === 'relu' ? 'gelu' : value)),
    )
    expect([both.head.activation, both.head.name, both.layers.at(1)?.name]).to.deep.equal([
      'gelu',
      'head',
      '',
    ])
    const words = /^'unit' is not a field of support\.Dense; did you mean 'units'\?$/
    refusal(() => onMember(Dense, 'unit' as never, 1), DefinitionError, words)
  })

  it('hands the path and the parent to the function', () => {
    const seen: string[] = []
    applyRules(
      dict,
      onKey('units', (value, path, parent) => {
        seen.push(`${path} ${parent?.path}`)
        return value
      }),
    )
    expect(seen).to.deep.equal(['units ', 'deep.units deep'])
  })

  it('leaves alone what it has put there', () => {
    class Box extends SymObject.define('rules.Box', { inner: f.any() }) {}
    const box = new Box({ inner: 1 })
    expect(
      String(
        applyRules(
          box,
          onKey('inner', () => new Box({ inner: 2 })),
        ),
      ),
    ).to.equal('Box(inner=Box(inner=2))')
  })

  it('is all or nothing, and checked by the fields', () => {
    const model = smallModel()
    refusal(() => applyRules(model, onKey('units', 0)), FieldError, /units must be/)
    expect(
      applyRules(
        model,
        onKey('units', value => value),
      ),
    ).to.equal(model)
  })

  it('reads as it is written', () => {
    expect(String(onKey('a', 1))).to.equal("onKey('a')")
    expect(String(onPath('a[0]', 1))).to.equal("onPath('a[0]')")
    expect(String(onPath(/a/, 1))).to.equal('onPath(/a/)')
    expect(String(onValue(3, 1))).to.equal('onValue(3)')
    expect(String(onType(Number, 1))).to.equal('onType(Number)')
    expect(String(onMember(Dense, 'units', 1))).to.equal('onMember(support.Dense, units)')
    refusal(() => onType('Dense' as never, 1), SymError, /a type is a class, got 'Dense'/)
  })
})
