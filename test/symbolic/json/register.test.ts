/** Who may come to life from JSON: registering, taking back, renaming, and scopes for text that nobody vouches for. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  classNamed,
  DefinitionError,
  type Field,
  FieldError,
  type FieldMap,
  f,
  fromJson,
  JsonError,
  load,
  moduleAlias,
  register,
  type Symbolic,
  SymDict,
  SymObject,
  type SymType,
  unregister,
  withTypes,
} from '../../../src/symbolic/index.ts'
import { refusal } from '../../support/refusal.ts'

class Leaf extends SymObject.define('register.Leaf', { n: f.int().default(0) }) {}
class Other extends SymObject.define('register.Other', { any: f.any().default(null) }) {}
class Part extends SymObject.define('register.Part', {}) {}
class Whole extends SymObject.define('register.Whole', {
  parts: f.list(f.object(Part)).orEmpty(),
  either: f.union(f.int(), f.dict(f.object(Leaf))).default(0),
  self: f.lazy((): SymType<Whole> => Whole).optional(),
  any: f.any().default(null),
}) {}

abstract class Shape extends SymObject.define('register.Shape', { name: f.string().default('') }) {
  static readonly isAbstract = true
}
class Circle extends Shape.define('register.Circle', { radius: f.float({ min: 0 }) }) {}
class Drawing extends SymObject.define('register.Drawing', { shapes: f.list(f.object(Shape)) }) {}

before(() => {
  for (const type of [Leaf, Other, Part, Whole, Circle, Drawing]) register(type)
})

describe('unregister', () => {
  it('takes a class out, with all its names, and frees its type name', () => {
    class First extends SymObject.define('register.First', { n: f.int().default(1) }) {}
    register(First, 'register.Uno')
    const tree = new First()
    expect(unregister(First)).to.equal(true)
    expect(unregister(First)).to.equal(false)
    for (const _type of ['register.First', 'register.Uno'])
      refusal(() => fromJson({ _type }), JsonError, /not registered/)
    expect(tree.rebind({ n: 2 }).toJSON()).to.deep.equal({ _type: 'register.First', n: 2 })
    class Again extends SymObject.define('register.First', { m: f.int().default(1) }) {}
    register(Again)
    expect(fromJson({ _type: 'register.First', m: 3 })).to.be.instanceOf(Again)
    refusal(() => register(First), DefinitionError, /taken by another class/)
  })

  it('takes single further names out', () => {
    register(Leaf, 'register.Uno', 'register.Dos')
    expect(unregister(Leaf, 'register.Uno', 'register.Nothing')).to.equal(true)
    expect(unregister(Leaf, 'register.Uno')).to.equal(false)
    expect(unregister(Leaf, 'register.Part')).to.equal(false)
    expect(fromJson({ _type: 'register.Dos' })).to.be.instanceOf(Leaf)
    refusal(() => fromJson({ _type: 'register.Uno' }), JsonError)
  })
})

describe('moduleAlias', () => {
  it('lets a renamed package load', () => {
    const undo = moduleAlias('register.legacy.pkg', 'register')
    const read = fromJson({ _type: 'register.legacy.pkg.Leaf', n: 2 })
    expect(read.toJSON()).to.deep.equal({ _type: 'register.Leaf', n: 2 })
    undo()
    refusal(() => fromJson({ _type: 'register.legacy.pkg.Leaf' }), JsonError)
  })

  it('is undone to what was before, and wants prefixes', () => {
    const first = moduleAlias('register.p', 'register.q')
    const second = moduleAlias('register.p', 'register')
    expect(fromJson({ _type: 'register.p.Leaf' })).to.be.instanceOf(Leaf)
    second()
    refusal(() => fromJson({ _type: 'register.p.Leaf' }), JsonError)
    first()
    for (const [from, to] of [
      ['', 'a'],
      ['a.', 'b'],
      ['a', 'b c'],
      ['a', 'a'],
      ['a', 'a.b'],
    ] as const) {
      refusal(() => moduleAlias(from, to), DefinitionError)
    }
  })
})

describe('classNamed', () => {
  it('gives the class of a name, an alias, and of nothing', () => {
    expect(classNamed('register.Leaf')).to.equal(Leaf)
    register(Leaf, 'register.Alias')
    expect(classNamed('register.Alias')).to.equal(Leaf)
    for (const name of ['register.None', '', 'constructor', '__proto__'])
      expect(classNamed(name)).to.equal(null)
    SymObject.define('register.Unmet', {})
    refusal(() => classNamed('register.Unmet'), JsonError, /has not been used yet/)
  })
})

describe('withTypes', () => {
  const text = (..._types: string[]): unknown => _types.map(_type => ({ _type }))

  it('lets only the given classes load, and what their fields name', () => {
    const read = withTypes([Whole], () =>
      fromJson({
        _type: 'register.Whole',
        parts: [{}, { _type: 'register.Part' }],
        either: { a: { _type: 'register.Leaf' } },
        self: { any: [{ _type: 'register.Whole' }] },
      }),
    )
    expect(read).to.be.instanceOf(Whole)
    refusal(
      () => withTypes([Leaf, Part], () => fromJson(text('register.Leaf', 'register.Part', 'register.Other'))),
      JsonError,
      /^JSON\[2\]: the type 'register\.Other' may not come to life here; give its class to withTypes/,
    )
    refusal(() => withTypes([], () => fromJson({ _type: 'register.None' })), JsonError, /not registered/)
    expect(fromJson({ _type: 'register.Other' })).to.be.instanceOf(Other)
  })

  it('holds inside any value, in patches, and under other names', () => {
    register(Leaf, 'register.Blatt')
    expect(withTypes([Leaf], () => fromJson({ _type: 'register.Blatt' }))).to.be.instanceOf(Leaf)
    refusal(() => withTypes([Whole], () => fromJson({ any: { _type: 'register.Other' } }, Whole)), JsonError)
    const dict = SymDict.from({ a: 1 } as Record<string, unknown>)
    const patch = [{ op: 'add', path: '/b', value: { _type: 'register.Other' } }] as const
    refusal(() => withTypes([Leaf], () => dict.patch(patch)), undefined, /may not come to life here/)
    expect(dict.patch(patch).at('b')).to.be.instanceOf(Other)
  })

  it('keeps others as unknown objects where that is asked for', () => {
    const kept = withTypes([Leaf], () =>
      fromJson(text('register.Leaf', 'register.Other'), { unknown: 'keep' }),
    )
    expect(kept.toString()).to.equal("[Leaf(n=0), Unknown(type='register.Other', data={})]")
  })

  it('brings classes in that are not registered otherwise', () => {
    class Hidden extends SymObject.define('register.Hidden', {}) {}
    unregister(Hidden)
    refusal(() => fromJson({ _type: 'register.Hidden' }), JsonError)
    expect(withTypes([Hidden], () => fromJson({ _type: 'register.Hidden' }))).to.be.instanceOf(Hidden)
  })

  it('nests, the innermost deciding, and holds for work that goes on later', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'espalier-register-'))
    const file = join(folder, 'tree.json')
    await writeFile(file, '{"_type":"register.Other"}')
    const loading = withTypes([Leaf], () => load(file)).catch(cause => cause)
    const other = withTypes([Leaf], () => withTypes([Other], () => load(file)))
    expect(await other).to.be.instanceOf(Other)
    expect(await loading).to.be.instanceOf(JsonError)
    expect(await load(file)).to.be.instanceOf(Other)
    await rm(folder, { recursive: true })
  })

  it('looks for classes in fields of every kind', () => {
    const make = (name: string, fields: FieldMap): (new (values?: object) => Symbolic) => {
      const Base = SymObject.define(`register.kinds.${name}`, fields)
      return class extends (Base as new (values?: object) => Symbolic) {}
    }
    const fields: Record<string, Field> = {
      list: f.list(f.list(f.object(Leaf))),
      tuple: f.tuple([f.int(), f.object(Leaf)]),
      tuples: f.tuple(f.object(Leaf)),
      struct: f.struct({ a: f.object(Leaf) }),
      union: f.union(f.int(), f.dict(f.object(Leaf))),
      lazy: f.lazy(() => Leaf),
    }
    for (const [name, field] of Object.entries(fields)) {
      const One = make(name, { [name]: field, any: f.any().default(null) })
      const data = { a: { _type: 'register.Leaf' } }
      expect(withTypes([One as never], () => fromJson(data)).get('a' as never)).to.be.instanceOf(Leaf)
      refusal(() => withTypes([One as never], () => fromJson({ a: { _type: 'register.Part' } })), JsonError)
    }
  })

  it('wants classes of ours', () => {
    refusal(() => withTypes([Object as never], () => 1), DefinitionError, /not made by SymObject\.define/)
  })
})

describe('abstract classes', () => {
  it('have no instances of their own: not by new, and not from JSON', () => {
    const words = /must be of a class on top of register\.Shape, which is abstract/
    refusal(() => new (Shape as never as new (values: object) => Shape)({}), FieldError, words)
    refusal(() => new (Shape as never as new (values: object) => Shape)({ bad: 1 }), FieldError, words)
    refusal(() => fromJson({ _type: 'register.Shape' }), FieldError, words)
    refusal(() => fromJson({ name: 'x' }, Shape), FieldError, words)
    const error = refusal(
      () =>
        fromJson(
          { shapes: [{ _type: 'register.Circle', radius: 1 }, { _type: 'register.Shape' }, {}] },
          Drawing,
        ),
      FieldError,
    )
    expect(error.problems.map(each => each.path)).to.deep.equal(['shapes[1]', 'shapes[2]'])
    expect(error.message).to.match(words)
  })

  it('do not make the classes on top of them abstract', () => {
    const circle = new Circle({ radius: 2 })
    expect(circle.rebind({ radius: 3 }).radius).to.equal(3)
    expect(fromJson(circle.toJSON(), Shape).equals(circle)).to.equal(true)
    expect(new Drawing({ shapes: [circle] }).rebind({ 'shapes[0].name': 'c' }).shapes.length).to.equal(1)
  })

  it('may have hooks all the same', () => {
    let count = 0
    abstract class Base extends SymObject.define('register.HookedBase', {}) {
      static readonly isAbstract = true
      onBound(): void {
        count++
      }
    }
    class Top extends Base.define('register.HookedTop', {}) {}
    new Top()
    expect(count).to.equal(1)
  })
})
