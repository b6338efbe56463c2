/** What the room throws: a code to test, a path, all problems as data, and a sentence. */

import { expect } from 'chai'
import { place } from '../../src/symbolic/errors.ts'
import {
  DefinitionError,
  FieldError,
  f,
  fromJson,
  JsonError,
  PatchError,
  PathError,
  SealedError,
  SymDict,
  SymError,
  SymObject,
} from '../../src/symbolic/index.ts'
import { refusal } from '../support/refusal.ts'

describe('errors', () => {
  it('have one base, a name and a code', () => {
    const cause = new Error('why')
    const rows: [SymError, string, string][] = [
      [new SymError('a', 'm', { cause }), 'SymError', 'sym'],
      [FieldError.of('X', [{ path: 'a', message: 'is wrong' }], cause), 'FieldError', 'field'],
      [new PathError('a', 'm', { cause }), 'PathError', 'path'],
      [new JsonError('a', 'm', { cause }), 'JsonError', 'json'],
      [new PatchError('a', 'm', { cause }), 'PatchError', 'patch'],
      [new DefinitionError('a', 'm', { cause }), 'DefinitionError', 'definition'],
    ]
    for (const [error, name, code] of rows) {
      expect(error).to.be.instanceOf(SymError)
      expect(error).to.be.instanceOf(Error)
      expect(error.name).to.equal(name)
      expect(error.code).to.equal(code)
      expect(error.path).to.equal('a')
      expect(error.cause).to.equal(cause)
      expect(error.problems).to.have.length(1)
      expect(String(error)).to.equal(`${name}: ${error.message}`)
    }
    expect('cause' in new SymError('', 'm')).to.equal(false)
  })

  it('say one problem in a line and several in a list', () => {
    const one = FieldError.of('nn.Model', [{ path: '[0].units', message: 'must be at least 1, got 0' }])
    expect(one.message).to.equal('nn.Model[0].units must be at least 1, got 0')
    const two = FieldError.of('nn.Model', [
      { path: '', message: 'is odd' },
      { path: 'a', message: 'is even' },
    ])
    expect(two.message).to.equal('2 problems:\n  nn.Model is odd\n  nn.Model.a is even')
  })

  it('of users keep their class and what they know, and learn their place', () => {
    class Wrong extends SymError {
      readonly what: string
      constructor(what: string) {
        super('', `wrong: ${what}`)
        this.what = what
      }
    }
    class Picky extends SymObject.define('errors.Picky', { n: f.int().default(0) }) {
      onBound(): void {
        if (this.n > 5) throw new Wrong('n')
      }
    }
    const tree = SymDict.from<unknown>({ picky: new Picky(), other: 1 })
    const ways: [() => unknown, string][] = [
      [() => new Picky({ n: 6 }), 'wrong: n'],
      [() => tree.rebind([['picky.n', 6]]), 'dict.picky: wrong: n'],
      [
        () =>
          tree.rebind([
            ['picky.n', 6],
            ['other', 2],
          ]),
        'dict.picky: wrong: n',
      ],
      [() => tree.transform((path, value) => (path.key === 'n' ? 6 : value)), 'dict.picky: wrong: n'],
      [() => fromJson({ a: [{ _type: 'errors.Picky', n: 6 }] }), 'JSON.a[0]: wrong: n'],
    ]
    for (const [way, message] of ways) {
      const error = refusal(way, Wrong)
      expect(error.message).to.equal(message)
      expect(error.what).to.equal('n')
    }
  })

  it('say what is sealed and how to go on', () => {
    expect(SealedError.at('nn.Model', 'head').message).to.equal(
      "nn.Model.head is sealed; call unseal('head') for a copy that can change",
    )
    expect(SealedError.at('list', '').message).to.equal(
      'list is sealed; call unseal() for a copy that can change',
    )
  })

  it('join names and paths as one would type them', () => {
    expect(place('a.B', '')).to.equal('a.B')
    expect(place('list', '[0].x')).to.equal('list[0].x')
    expect(place('a.B', 'c')).to.equal('a.B.c')
  })
})
