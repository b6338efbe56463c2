/** Versions of classes: what an older program wrote keeps loading, and what a newer one wrote is refused in words. */

import { expect } from 'chai'
import { specOf } from '../../../src/symbolic/class-spec.ts'
import {
  DefinitionError,
  FieldError,
  f,
  fromJson,
  fromJsonString,
  JsonError,
  register,
  SymDict,
  SymObject,
  type SymType,
} from '../../../src/symbolic/index.ts'
import { versionOf } from '../../../src/symbolic/json/migrate.ts'
import { prototypeKeys, refusal } from '../../support/refusal.ts'

type Json = Record<string, unknown>

/** Version 1 had `size`, version 2 had `width`, version 3 has `units` and `activation`. */
class Dense extends SymObject.define('migrate.Dense', {
  units: f.int({ min: 1 }),
  activation: f.enum('relu', 'gelu').default('relu'),
  next: f.lazy((): SymType<Dense> => Dense).optional(),
}) {
  static version = 3

  static migrate(json: Json, from: number): Json {
    if (from < 2) {
      json.width = json.size
      delete json.size
    }
    if (from < 3) {
      json.units = json.width
      delete json.width
    }
    return json
  }
}

class Model extends SymObject.define('migrate.Model', {
  layers: f.list(f.object(Dense)).orEmpty(),
  extra: f.any().default(null),
  either: f.union(f.int(), f.object(Dense)).default(0),
}) {}

for (const type of [Dense, Model]) register(type)

describe('versions of classes', () => {
  it('are written beside the type, from the second on', () => {
    expect(new Dense({ units: 3 }).toJsonString()).to.equal(
      '{"_type":"migrate.Dense","_version":3,"units":3,"activation":"relu"}',
    )
    expect(new Model({}).toJsonString()).to.not.include('_version')
    expect([versionOf(specOf(Dense)), versionOf(specOf(Model))]).to.deep.equal([3, 1])
  })

  it('lead older JSON to the current fields, from any version', () => {
    for (const old of [
      { _type: 'migrate.Dense', size: 3 },
      { _type: 'migrate.Dense', _version: 1, size: 3 },
      { _type: 'migrate.Dense', _version: 2, width: 3 },
      { _version: 3, _type: 'migrate.Dense', units: 3 },
    ]) {
      expect(fromJson(old).equals(new Dense({ units: 3 })), JSON.stringify(old)).to.equal(true)
      expect(fromJson(old, Dense).units).to.equal(3)
    }
  })

  it('hold for every object of a document by itself', () => {
    const read = fromJson({
      _type: 'migrate.Model',
      layers: [
        { _type: 'migrate.Dense', size: 1, next: { _type: 'migrate.Dense', _version: 2, width: 2 } },
        { _type: 'migrate.Dense', _version: 3, units: 3, next: { _type: 'migrate.Dense', size: 4 } },
        { units: 5 },
        { _version: 2, width: 6 },
      ],
      extra: { deep: [{ _type: 'migrate.Dense', size: 7 }] },
      either: { _type: 'migrate.Dense', size: 8 },
    }) as Model
    const units: unknown[] = []
    read.walk((path, value) => {
      if (path.key === 'units') units.push(value)
    })
    expect(units).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8])
    expect(fromJson(read.toJSON()).equals(read)).to.equal(true)
  })

  it('take data without a type for current, unless it says its version', () => {
    expect(Dense.from({ units: 3 }).units).to.equal(3)
    expect(Dense.from({ _version: 1, size: 3 }).units).to.equal(3)
    refusal(() => Dense.from({ size: 3 }), FieldError, /size is not a field/)
  })

  it('hold for patches too', () => {
    const model = new Model({ layers: [new Dense({ units: 1 })] })
    const added = { op: 'add', path: '/layers/-', value: { _type: 'migrate.Dense', size: 2 } } as const
    expect(model.patch([added]).layers.at(1)?.units).to.equal(2)
  })

  it('leave the data alone that was given: a migration has a copy of its own', () => {
    const data = { _type: 'migrate.Dense', size: 1, next: { _type: 'migrate.Dense', size: 2 } }
    const text = JSON.stringify(data)
    Object.freeze(data)
    Object.freeze(data.next)
    expect(fromJson(data).equals(fromJson(data))).to.equal(true)
    expect(JSON.stringify(data)).to.equal(text)
    const node = new Dense({ units: 9 })
    expect((fromJson({ _type: 'migrate.Dense', size: 1, next: node }) as Dense).next?.units).to.equal(9)
  })

  it('refuse what a newer program wrote, and say where', () => {
    const newer = { _type: 'migrate.Dense', _version: 7, units: 3 }
    refusal(
      () => fromJson(newer),
      JsonError,
      /written by a newer program: it is of version 7, known here is 3/,
    )
    const error = refusal(() => fromJson({ a: [newer] }), JsonError, /^JSON\.a\[0\]: this migrate\.Dense/)
    expect(error.path).to.equal('a[0]')
    refusal(() => fromJson({ _type: 'migrate.Model', _version: 2 }), JsonError, /version 2, known here is 1/)
    expect(fromJson({ _type: 'migrate.Model', _version: 1 })).to.be.instanceOf(Model)
    for (const wrong of [0, -1, 1.5, '2', null, {}, Number.NaN]) {
      for (const _type of ['migrate.Dense', 'migrate.Model']) {
        refusal(
          () => fromJson({ a: { _type, _version: wrong } }),
          JsonError,
          /'_version' must be a positive integer/,
        )
      }
    }
  })

  it('tell what is wrong with what a migration has made', () => {
    const error = refusal(
      () =>
        fromJson({
          _type: 'migrate.Model',
          layers: [
            { _type: 'migrate.Dense', size: 0 },
            {
              _type: 'migrate.Dense',
              size: 1,
              next: { _type: 'migrate.Dense', _version: 2, width: 'x', b: 1 },
            },
            { _type: 'migrate.Dense', _version: 9 },
          ],
        }),
      FieldError,
    )
    expect(error.problems.map(each => `${each.path}: ${each.message}`)).to.deep.equal([
      'layers[0].units: must be an integer of at least 1, got 0',
      'layers[1].next.b: is not a field of migrate.Dense; its fields are units, activation, next',
      "layers[1].next.units: must be an integer of at least 1, got 'x'",
      'layers[2]: this migrate.Dense was written by a newer program: it is of version 9, known here is 3',
    ])
  })

  it('name the place of a migration that fails, or that gives back nonsense', () => {
    const failing = (name: string, migrate?: (json: Json, from: number) => unknown): void => {
      class Failing extends SymObject.define(name, { n: f.int().default(0) }) {
        static version = 2
        static migrate = migrate
      }
      register(Failing)
    }
    failing('migrate.Throws', () => {
      throw new Error('what is this?')
    })
    failing('migrate.Nothing', () => undefined)
    failing('migrate.Promise', async () => ({}))
    failing('migrate.Other', json => ({ ...json, _type: 'migrate.Dense' }))
    failing('migrate.None')
    const rows: [string, RegExp][] = [
      ['migrate.Throws', /version 1 could not be migrated to version 2: what is this\?$/],
      ['migrate.Nothing', /migrate must give back the JSON of an object, got nothing$/],
      ['migrate.Promise', /migrate must give back the JSON of an object, got/],
      ['migrate.Other', /migrate may not change '_type' to 'migrate\.Dense'$/],
      ['migrate.None', /cannot be read: migrate\.None has no static migrate\(json, from\)$/],
    ]
    for (const [_type, words] of rows) {
      const error = refusal(() => fromJson({ a: { b: [{ _type }] } }), JsonError, words)
      expect(error.path).to.equal('a.b[0]')
      expect(fromJson({ _type, _version: 2, n: 1 }).toJSON()).to.deep.equal({ _type, _version: 2, n: 1 })
    }
  })

  it('fail inside of older objects as anywhere', () => {
    class Failing extends SymObject.define('migrate.FailsInside', { n: f.int().default(0) }) {
      static version = 2
      static migrate(): never {
        throw new Error('no')
      }
    }
    register(Failing)
    const data = { _type: 'migrate.Wrapping', deep: [{ _type: 'migrate.FailsInside' }] }
    class Wrapping extends SymObject.define('migrate.Wrapping', { deep: f.any() }) {
      static version = 2
      static migrate(json: Json): Json {
        return json
      }
    }
    register(Wrapping)
    for (let i = 0; i < 2; i++) {
      const error = refusal(() => fromJson({ a: data }), JsonError, /could not be migrated to version 2: no$/)
      expect(error.path).to.equal('a.deep[0]')
    }
  })

  it('are inherited, as statics are', () => {
    class Wide extends Dense.define('migrate.Wide', { bias: f.bool().default(true) }) {}
    class Wider extends Dense.define('migrate.Wider', { bias: f.bool().default(true) }) {
      static version = 4
      static migrate(json: Json, from: number): Json {
        if (from < 3) Dense.migrate(json, from)
        if (from < 4) json.bias = false
        return json
      }
    }
    for (const type of [Wide, Wider]) register(type)
    expect(fromJson({ _type: 'migrate.Wide', size: 2 }, Wide).units).to.equal(2)
    const read = fromJson({ _type: 'migrate.Wider', size: 2 }, Wider)
    expect([read.units, read.bias, read.toJSON()]).to.deep.include.members([2, false])
  })

  it('must be positive integers', () => {
    class Textual extends SymObject.define('migrate.Textual', {}) {
      static version = '1.2.3'
    }
    refusal(
      () => new Textual().toJsonString(),
      DefinitionError,
      /Textual\.version must be a positive integer/,
    )
  })

  it('do not touch dicts: a key `_version` is a key', () => {
    for (const record of [
      { _version: 9 },
      { _type: 'migrate.Dense', _version: 9 },
      { _version: 'x', a: [] },
    ]) {
      const dict = SymDict.from<unknown>(record)
      expect(fromJson(dict.toJSON()).equals(dict)).to.equal(true)
    }
  })

  it('copy a chain of old objects once, not once for each of them', () => {
    let data: Json = { _type: 'migrate.Dense', size: 1 }
    for (let i = 0; i < 900; i++) data = { _type: 'migrate.Dense', size: 1, next: data }
    const started = performance.now()
    expect((fromJson(data) as Dense).next?.units).to.equal(1)
    expect(performance.now() - started).to.be.lessThan(1000)
    const loop: Json = { _type: 'migrate.Dense', size: 1 }
    loop.next = loop
    refusal(() => fromJson(loop), JsonError, /nested deeper than 1000 levels, or in a cycle/)
    loop.others = [loop, loop]
    refusal(() => fromJson(loop), JsonError, /in a cycle/)
  })

  it('give no way into prototypes', () => {
    const before = prototypeKeys()
    const text = '{"_type":"migrate.Dense","__proto__":{"size":1},"constructor":{"prototype":{"y":2}}}'
    const error = refusal(() => fromJsonString(text), FieldError, /__proto__ is not a field/)
    expect(error.problems.map(each => each.path)).to.include('constructor')
    expect(prototypeKeys()).to.deep.equal(before)
  })
})
