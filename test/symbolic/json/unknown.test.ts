/** Objects of types that nobody registered: kept on request, passed on as they were, and honest about what they are. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  FieldError,
  f,
  fromJson,
  fromJsonString,
  JsonError,
  SealedError,
  type Symbolic,
  SymDict,
  SymObject,
  same,
  UnknownObject,
} from '../../../src/symbolic/index.ts'
import { Dense, Model, smallModel } from '../../support/model.ts'
import { containerData, runs } from '../../support/random.ts'
import { refusal } from '../../support/refusal.ts'

const KEEP = { unknown: 'keep' } as const
const attention = {
  _type: 'nn.Attention',
  _version: 4,
  heads: 8,
  inner: { _type: 'support.Dense', units: 3 },
}
const model = {
  _type: 'support.Model',
  layers: [{ _type: 'support.Dense', units: 1 }, attention],
  head: { _type: 'support.Dense', units: 2 },
}

describe('unknown objects', () => {
  it('are errors unless they are to be kept', () => {
    for (const options of [undefined, {}, { unknown: 'error' }] as const) {
      const error = refusal(
        () => fromJson({ a: [attention] }, options),
        JsonError,
        /'nn\.Attention' is not registered/,
      )
      expect(error.path).to.equal('a[0]')
    }
  })

  it('show their type and their data, with what is known inside brought to life', () => {
    const kept = fromJson(attention, KEEP) as UnknownObject
    expect(kept).to.be.instanceOf(UnknownObject)
    expect(kept.isUnknown).to.equal(true)
    expect(kept.typeName).to.equal('nn.Attention')
    expect(kept.at('heads')).to.equal(8)
    expect(kept.get('data.inner.units')).to.equal(3)
    expect(kept.at('inner')).to.be.instanceOf(Dense)
    expect((kept.at('inner') as Dense).path.toString()).to.equal('data.inner')
  })

  it('are saved as they were read', () => {
    expect((fromJson(attention, KEEP) as Symbolic).toJSON()).to.deep.equal({
      ...attention,
      inner: { _type: 'support.Dense', name: '', units: 3, activation: 'relu' },
    })
    for (const text of [
      '{"_type":"a.B"}',
      '{"_type":""}',
      '{"_type":"espalier.FromTheFuture","value":[1,{"_type":"a.B","x":null}]}',
      '{"_type":"a.B","__proto__":{"x":1},"constructor":2,"data":{"type":"c"},"type":"d"}',
      '{"_type":"a.B","list":[{"_type":"espalier.Number","value":"NaN"}]}',
      '[{"_type":"espalier.Sealed","value":{"_type":"a.B","x":1}}]',
    ]) {
      expect(fromJsonString(text, KEEP).toJsonString()).to.equal(text)
    }
  })

  it('keep their seals', () => {
    const kept = fromJson({ a: attention }, KEEP)
    for (const path of ['', 'a', 'a.data', 'a.data.inner']) {
      const sealed = kept.seal(path)
      const read = fromJson(sealed.toJSON(), KEEP)
      expect(read.toJsonString()).to.equal(sealed.toJsonString())
      refusal(() => read.rebind([['a.data.inner.units', 9]]), SealedError)
    }
  })

  it('nest as deep as other objects do', () => {
    const nest = (levels: number): string => `${'{"_type":"x.Y","a":'.repeat(levels)}1${'}'.repeat(levels)}`
    const deep = fromJsonString(nest(1000), KEEP)
    expect(deep.toJsonString()).to.equal(nest(1000))
    expect(fromJsonString(deep.toJsonString(), KEEP).equals(deep)).to.equal(true)
    refusal(() => fromJsonString(nest(1002), KEEP), undefined, /nested deeper than 1000 levels/)
  })

  it('survive any data', () => {
    fc.assert(
      fc.property(containerData(), fc.string({ maxLength: 8 }), (data, name) => {
        const inside = SymDict.from({ data: data as never }).toJSON() as object
        const text = JSON.stringify({ _type: `unknown-test.${name}`, ...inside })
        const kept = fromJsonString(text, KEEP)
        expect(kept.toJsonString()).to.equal(text)
        expect(fromJsonString(text, KEEP).equals(kept)).to.equal(true)
        expect(fromJsonString(text, KEEP).hash()).to.equal(kept.hash())
      }),
      { numRuns: runs(200) },
    )
  })

  it('stand where a field takes objects, and nowhere else', () => {
    const kept = fromJson(model, Model, KEEP)
    expect(kept.layers.at(1)).to.be.instanceOf(UnknownObject)
    expect(fromJson(kept.toJSON(), Model, KEEP).equals(kept)).to.equal(true)
    const turned = kept.rebind({ layers: [...kept.layers].reverse() })
    expect(turned.layers.at(0)).to.be.instanceOf(UnknownObject)
    expect(kept.rebind([['layers[1].data.heads', 9]]).get('layers[1].data.heads' as never)).to.equal(9)
    expect(fromJson({ ...model, either: attention }, Model, KEEP).either).to.be.instanceOf(UnknownObject)
    for (const [key, words] of [
      ['rate', /rate must be a number, got a nn\.Attention/],
      ['tags', /tags must be a list of strings, got a nn\.Attention/],
      ['scores', /scores must be a dict of numbers, got a nn\.Attention/],
    ] as const) {
      refusal(() => fromJson({ ...model, [key]: attention }, Model, KEEP), FieldError, words)
    }
    const loose = kept.layers.at(1) as unknown
    refusal(
      () => smallModel().rebind([['rate', loose]]),
      FieldError,
      /rate must be a number, got an unknown nn\.Attention/,
    )
    refusal(
      () => fromJson(attention, Model, KEEP),
      JsonError,
      /expected the JSON of support\.Model, got that of the unknown nn\.Attention/,
    )
  })

  it('keep the hooks of what holds them waiting', () => {
    class Hooked extends SymObject.define('unknown-test.Hooked', { part: f.object(Dense) }) {
      onBound(): void {
        if (this.part.width > 5) throw new Error('too wide')
      }
    }
    const held = fromJson({ part: { _type: 'unknown-test.Narrow' } }, Hooked, KEEP)
    expect(held.rebind({ part: new Dense({ units: 3 }) }).part.width).to.equal(3)
    expect(() => held.rebind({ part: new Dense({ units: 9 }) })).to.throw('too wide')
  })

  it('are compared, hashed, diffed and patched like other objects', () => {
    const a = fromJson({ x: attention, y: 1 }, KEEP)
    const b = fromJson({ x: { ...attention, heads: 9 }, y: 1 }, KEEP)
    expect(a.equals(b)).to.equal(false)
    expect(a.equals(fromJson({ y: 1, x: { ...attention } }, KEEP))).to.equal(true)
    expect(a.diff(b)).to.deep.equal([{ op: 'replace', path: '/x/data/heads', value: 9 }])
    expect(a.patch(a.diff(b)).equals(b)).to.equal(true)
    const c = fromJson({ x: { ...attention, _type: 'nn.Other' }, y: 1 }, KEEP)
    expect(a.equals(c)).to.equal(false)
    expect(a.patch(a.diff(c), KEEP).equals(c)).to.equal(true)
    const without = SymDict.from({ y: 1 }) as Symbolic
    refusal(() => without.patch(without.diff(a)), undefined, /'nn\.Attention' is not registered/)
    expect(without.patch(without.diff(a), KEEP).equals(a)).to.equal(true)
    expect(same(a.patch([], KEEP), a)).to.equal(true)
    const root = [{ op: 'replace', path: '', value: attention }] as never
    expect(a.patch(root, KEEP)).to.be.instanceOf(UnknownObject)
  })

  it('cannot pretend to be something else', () => {
    const kept = fromJson(attention, KEEP) as UnknownObject
    refusal(
      () => kept.rebind([[['data', '_type'], 'nn.Dense']]),
      FieldError,
      /_type cannot be a key of an unknown object/,
    )
    refusal(() => kept.rebind([['type', 'espalier.Dict']]), FieldError, /type cannot be 'espalier\.Dict'/)
    expect(kept.rebind([['type', 'nn.Renamed']]).toJSON()).to.have.property('_type', 'nn.Renamed')
    const disguised = { _type: 'espalier.Unknown', type: 'support.Dense', data: { units: 0 } }
    refusal(() => fromJson(disguised), JsonError, /not registered/)
    expect((fromJson(disguised, KEEP) as UnknownObject).typeName).to.equal('espalier.Unknown')
  })

  it('name all that is wrong inside them', () => {
    const error = refusal(
      () => fromJson({ a: { _type: 'x.Y', b: { _type: 'support.Dense' }, c: [{ _type: 5 }] } }, KEEP),
      FieldError,
    )
    expect(error.problems.map(each => each.path)).to.deep.equal(['a.b.units', 'a.c[0]'])
  })
})
