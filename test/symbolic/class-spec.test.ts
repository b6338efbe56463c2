/** The registry of types: names are taken once, and what is not a class of ours is told so. */

import { expect } from 'chai'
import { specOf } from '../../src/symbolic/class-spec.ts'
import {
  DefinitionError,
  f,
  fromJson,
  JsonError,
  register,
  registeredTypes,
  SymObject,
} from '../../src/symbolic/index.ts'
import { nearestType, specNamed } from '../../src/symbolic/json/registry.ts'
import { refusal } from '../support/refusal.ts'

class First extends SymObject.define('class-spec.First', { n: f.int().default(0) }) {}

describe('define', () => {
  it('takes a name once', () => {
    refusal(() => SymObject.define('class-spec.First', {}), DefinitionError, /'class-spec\.First' is taken/)
    register(First, 'class-spec.Alias')
    refusal(() => SymObject.define('class-spec.Alias', {}), DefinitionError, /'class-spec\.Alias' is taken/)
    for (const name of ['espalier.Dict', 'espalier.List', 'espalier.Sealed', 'espalier.Number']) {
      refusal(() => SymObject.define(name, {}), DefinitionError, /is taken/)
    }
  })

  it('wants names that look like names', () => {
    for (const name of ['', ' ', 'a b', 'a.', '.a', 'a..b', '1a', 'a"b', '__proto__ x', 'a.b\n']) {
      refusal(() => SymObject.define(name, {}), DefinitionError, /cannot be a type name/)
    }
    for (const name of ['class-spec.ok', 'class-spec.A1/b-c', 'class_spec$']) {
      expect(() => SymObject.define(name, {})).not.to.throw()
    }
  })

  it('refuses fields that would hide what nodes can do', () => {
    for (const key of [
      'path',
      'rebind',
      'parent',
      'hash',
      'toJSON',
      'constructor',
      '_g',
      '~x',
      '0',
      '',
      '__proto__',
      'toString',
    ]) {
      const fields = Object.fromEntries([[key, f.int()]])
      refusal(
        () => SymObject.define(`class-spec.Bad${key.length}`, fields),
        DefinitionError,
        /cannot have a field named/,
      )
    }
    class Method extends First.define('class-spec.Method', {}) {
      size(): number {
        return 1
      }
    }
    new Method()
    refusal(
      () => Method.define('class-spec.Hides', { size: f.int() }),
      DefinitionError,
      /a member of that name/,
    )
    expect(specNamed('class-spec.Bad4')).to.equal(null)
  })

  it('wants a name of its own from every class', () => {
    class Unnamed extends First {}
    new First()
    refusal(
      () => new Unnamed(),
      DefinitionError,
      /extends the class of 'class-spec\.First' without a name of its own/,
    )
    expect(new First().n).to.equal(0)
  })
})

describe('register', () => {
  it('makes classes known to JSON, also under older names', () => {
    class Late extends SymObject.define('class-spec.Late', { n: f.int().default(1) }) {}
    register(Late, 'class-spec.Older', 'class-spec.Oldest')
    for (const type of ['class-spec.Late', 'class-spec.Older', 'class-spec.Oldest']) {
      const read = fromJson({ _type: type, n: 2 })
      expect(read).to.be.instanceOf(Late)
      expect(read.toJSON()).to.deep.equal({ _type: 'class-spec.Late', n: 2 })
    }
    register(Late, 'class-spec.Older', 'class-spec.Late')
    expect(registeredTypes()).to.include('class-spec.Late')
    expect(registeredTypes()).to.deep.equal([...registeredTypes()].sort())
  })

  it('gives no name away twice, and nothing when one of the names is taken', () => {
    class Greedy extends SymObject.define('class-spec.Greedy', {}) {}
    refusal(
      () => register(Greedy, 'class-spec.Free', 'class-spec.First'),
      DefinitionError,
      /is taken by another class/,
    )
    refusal(() => fromJson({ _type: 'class-spec.Free' }), JsonError, /not registered/)
  })

  it('wants classes of ours', () => {
    for (const wrong of [Object, class {}, () => 1]) {
      refusal(() => register(wrong as never), DefinitionError, /not made by SymObject\.define/)
    }
    refusal(
      () => register('x' as never),
      DefinitionError,
      /expected a class made by SymObject\.define, got string/,
    )
    expect(specOf(First).name).to.equal('class-spec.First')
  })

  it('finds the nearest name, aliases included', () => {
    expect(nearestType('class-spec.Frist')).to.equal('class-spec.First')
    expect(nearestType('class-spec.Oldestt')).to.equal('class-spec.Oldest')
    expect(nearestType('completely different')).to.equal(null)
  })
})
