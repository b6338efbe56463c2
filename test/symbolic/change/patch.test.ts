/** JSON Patch (RFC 6902): ours and strangers' documents, the corners of the RFC, and that failures leave nothing. */

import { expect } from 'chai'
import fc from 'fast-check'
import jsonPatch, { type Operation } from 'fast-json-patch'
import {
  FieldError,
  f,
  PatchError,
  type PatchOperation,
  SealedError,
  type Symbolic,
  SymDict,
  SymList,
  SymObject,
  withSealed,
} from '../../../src/symbolic/index.ts'
import { Dense, smallModel } from '../../support/model.ts'
import { type Data, dictData, finite, model, runs, untyped } from '../../support/random.ts'
import { leavesAlone, prototypeKeys, refusal } from '../../support/refusal.ts'
import { tree } from '../../support/twig.ts'

class Guard extends SymObject.define('patch.Guard', { n: f.int() }) {
  onBound(): void {
    if (this.n > 5) throw new RangeError(`${this.n} is too much`)
  }
}

class Two extends SymObject.define('patch.Two', {
  a: f.list(f.int(), { minSize: 2 }),
  b: f.any().optional(),
  c: f.list(f.object(Guard)).orEmpty(),
  d: f.list(f.object(Guard)).optional(),
  e: f.list(f.object(Guard)).optional(),
}) {}

const doc = (data: Record<string, unknown>): SymDict => SymDict.from(data) as SymDict
const patched = (data: Record<string, unknown>, ...operations: unknown[]): unknown =>
  doc(data)
    .patch(operations as PatchOperation[])
    .toJS()

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

describe('patch', () => {
  it('knows all six operations', () => {
    expect(patched({ a: 1 }, { op: 'add', path: '/b', value: [1] })).to.deep.equal({ a: 1, b: [1] })
    expect(patched({ a: 1, b: 2 }, { op: 'remove', path: '/a' })).to.deep.equal({ b: 2 })
    expect(patched({ a: 1 }, { op: 'replace', path: '/a', value: 2 })).to.deep.equal({ a: 2 })
    expect(patched({ a: { b: 1 }, c: {} }, { op: 'move', from: '/a/b', path: '/c/d' })).to.deep.equal({
      a: {},
      c: { d: 1 },
    })
    expect(patched({ a: [1] }, { op: 'copy', from: '/a', path: '/b' })).to.deep.equal({ a: [1], b: [1] })
    expect(patched({ a: [1] }, { op: 'test', path: '/a', value: [1] })).to.deep.equal({ a: [1] })
  })

  it('knows the corners of the RFC', () => {
    const add = (path: string, value: unknown): unknown => ({ op: 'add', path, value })
    expect(patched({ a: [1, 2] }, add('/a/-', 3))).to.deep.equal({ a: [1, 2, 3] })
    expect(patched({ a: [1, 2] }, add('/a/2', 3))).to.deep.equal({ a: [1, 2, 3] })
    expect(patched({ a: [1, 2] }, add('/a/1', 3))).to.deep.equal({ a: [1, 3, 2] })
    expect(patched({ a: 1 }, add('', { b: 2 }))).to.deep.equal({ b: 2 })
    expect(patched({ a: 1 }, { op: 'replace', path: '', value: { b: 2 } })).to.deep.equal({ b: 2 })
    expect(patched({}, add('/', 1))).to.deep.equal({ '': 1 })
    expect(patched({}, add('/a~1b', 1), add('/m~0n', 2), add('/~01', 3))).to.deep.equal({
      'a/b': 1,
      'm~n': 2,
      '~1': 3,
    })
    expect(patched({ a: {} }, add('/a/0', 1), add('/a/-', 2))).to.deep.equal({ a: { 0: 1, '-': 2 } })
    expect(patched({ a: 1 }, add('/a', 2))).to.deep.equal({ a: 2 })
    expect(patched({ a: 1 }, { op: 'test', path: '/a', value: 1, extra: true })).to.deep.equal({ a: 1 })
    expect(patched({ a: [1, 2, 3] }, { op: 'move', from: '/a/0', path: '/a/2' })).to.deep.equal({
      a: [2, 3, 1],
    })
    expect(patched({ a: [1, 2, 3] }, { op: 'move', from: '/a/0', path: '/a/-' })).to.deep.equal({
      a: [2, 3, 1],
    })
    expect(patched({ a: 1, b: 2 }, { op: 'move', from: '/a', path: '/b' })).to.deep.equal({ b: 1 })
    expect(patched({ a: 1 }, { op: 'move', from: '/a', path: '/a' })).to.deep.equal({ a: 1 })
    expect(patched({ a: { b: 1 } }, { op: 'move', from: '/a/b', path: '/a' })).to.deep.equal({ a: 1 })
    expect(patched({ a: { x: 1 } }, { op: 'copy', from: '', path: '/b' })).to.deep.equal({
      a: { x: 1 },
      b: { a: { x: 1 } },
    })
    expect(patched({ a: { x: 1 } }, { op: 'copy', from: '/a', path: '/a/y' })).to.deep.equal({
      a: { x: 1, y: { x: 1 } },
    })
    expect(patched({ a: { b: 1, c: [2] } }, { op: 'test', path: '/a', value: { c: [2], b: 1 } })).to.be.an(
      'object',
    )
  })

  it('refuses with the operation, the place and the reason, and leaves everything alone', () => {
    const cases: [unknown, RegExp][] = [
      [{ op: 'add', path: '/x/y', value: 1 }, /nothing at/],
      [{ op: 'add', path: '/a/4', value: 1 }, /index 4 is past the end of a list of 3 elements/],
      [{ op: 'add', path: '/a/01', value: 1 }, /'01' is not an index/],
      [{ op: 'add', path: '/a/-1', value: 1 }, /'-1' is not an index/],
      [{ op: 'add', path: '/a/1e0', value: 1 }, /'1e0' is not an index/],
      [{ op: 'add', path: '/a/x', value: 1 }, /not an index/],
      [{ op: 'add', path: 'a', value: 1 }, /must be '' or start with '\/'/],
      [{ op: 'add', path: '/a~2', value: 1 }, /'~' that is neither/],
      [{ op: 'add', path: '/n' }, /'value' is missing/],
      [{ op: 'add', value: 1 }, /'path' must be a JSON pointer, got nothing/],
      [{ op: 'add', path: '', value: 5 }, /root can only become a tree|holds only/],
      [{ op: 'add', path: '/d/e/f', value: 1 }, /no parts|nothing at/],
      [{ op: 'remove', path: '/x' }, /nothing at '\/x'/],
      [{ op: 'remove', path: '/a/3' }, /nothing at/],
      [{ op: 'remove', path: '/a/-' }, /nothing at/],
      [{ op: 'remove', path: '' }, /root cannot be removed/],
      [{ op: 'replace', path: '/x', value: 1 }, /nothing at '\/x'/],
      [{ op: 'replace', path: '/a/-', value: 1 }, /nothing at/],
      [{ op: 'move', path: '/x' }, /'from' must be a JSON pointer/],
      [{ op: 'move', from: '/x', path: '/y' }, /nothing at '\/x'/],
      [{ op: 'move', from: '/x', path: '/x' }, /nothing at '\/x'/],
      [{ op: 'move', from: '/d', path: '/d/e' }, /cannot be moved into itself/],
      [{ op: 'move', from: '', path: '/d' }, /moved into itself/],
      [{ op: 'copy', from: '/x', path: '/y' }, /nothing at '\/x'/],
      [{ op: 'test', path: '/a', value: [1, 2] }, /the test failed/],
      [{ op: 'test', path: '/d/e', value: '1' }, /the test failed: '\/d\/e' is 1, not '1'/],
      [{ op: 'test', path: '/d', value: { e: 1, x: 1 } }, /the test failed/],
      [{ op: 'test', path: '/d', value: [] }, /the test failed/],
      [{ op: 'test', path: '/none', value: null }, /nothing at/],
      [{ op: 'increase', path: '/a' }, /'increase' is not one of add, remove/],
      [{ path: '/a' }, /is not one of/],
      [null, /an operation is an object/],
      ['add', /an operation is an object/],
      [{ op: 'add', path: '/x', value: { _type: 'patch.Gard' } }, /did you mean 'patch\.Guard'/],
      [{ op: 'add', path: '/g/n', value: 'x' }, /must be an integer, got 'x'/],
      [{ op: 'add', path: '/g/m', value: 1 }, /not a field of patch\.Guard/],
      [{ op: 'remove', path: '/g/n' }, /cannot be left out/],
      [{ op: 'add', path: '/g/n', value: undefined }, /integer, got nothing/],
    ]
    const good: PatchOperation[] = [
      { op: 'replace', path: '/d/e', value: 1 },
      { op: 'add', path: '/new', value: { x: 1 } },
    ]
    for (const [bad, words] of cases) {
      const before = doc({ a: [1, 2, 3], d: { e: 1 }, g: new Guard({ n: 1 }) })
      for (const operations of [[bad], [...good, bad], [bad, ...good]] as PatchOperation[][]) {
        const error = leavesAlone(before, () => refusal(() => before.patch(operations), PatchError, words))
        expect(error.message).to.match(/^operation [02] \(/)
      }
    }
    refusal(() => doc({}).patch({} as never), PatchError, /a patch is a list of operations/)
    refusal(() => doc({}).patch(null as never), PatchError, /a patch is a list of operations/)
  })

  it('checks hooks and sizes of everything the result holds, copies included', () => {
    const guarded = doc({ a: new Guard({ n: 1 }) })
    const high: PatchOperation = { op: 'replace', path: '/a/n', value: 9 }
    const low: PatchOperation = { op: 'replace', path: '/a/n', value: 2 }
    const copy: PatchOperation = { op: 'copy', from: '/a', path: '/b' }
    const refuse = (...operations: PatchOperation[]): unknown =>
      leavesAlone(guarded, () => refusal(() => guarded.patch(operations), RangeError as never, /too much/))
    refuse(high)
    refuse(high, copy, low)
    refuse(low, copy, high)
    expect(guarded.patch([high, low, copy]).toString()).to.equal('{a: Guard(n=2), b: Guard(n=2)}')
    expect(guarded.patch([low, copy, { op: 'replace', path: '/b/n', value: 3 }]).toString()).to.equal(
      '{a: Guard(n=2), b: Guard(n=3)}',
    )
    expect(guarded.patch([high, { op: 'remove', path: '/a' }]).toString()).to.equal('{}')

    const two = new Two({ a: [1, 2] })
    const shrink: PatchOperation = { op: 'remove', path: '/a/0' }
    const regrow: PatchOperation = { op: 'add', path: '/a/0', value: 3 }
    expect(two.patch([shrink, regrow]).a.toString()).to.equal('[3, 2]')
    refusal(
      () => two.patch([shrink]),
      FieldError,
      /patch\.Two\.a must have at least 2 elements, would have 1/,
    )
    refusal(
      () => two.patch([shrink, { op: 'copy', from: '/a', path: '/b' }, regrow]),
      FieldError,
      /Two\.b must have/,
    )
  })

  it('does not tie copies of changed parts together', () => {
    const two = new Two({ a: [1, 2], d: [new Guard({ n: 1 })] })
    const result = two.patch([
      { op: 'replace', path: '/d/0/n', value: 2 },
      { op: 'move', from: '/d', path: '/c' },
      { op: 'copy', from: '/c', path: '/e' },
      { op: 'replace', path: '/c/0/n', value: 3 },
    ])
    expect(result.toString()).to.equal('Two(a=[1, 2], c=[Guard(n=3)], e=[Guard(n=2)])')
  })

  it('gives the same node when nothing changes', () => {
    const before = smallModel()
    expect(before.patch([])).to.equal(before)
    expect(before.patch([{ op: 'test', path: '/head/units', value: 10 }])).to.equal(before)
    expect(before.patch([{ op: 'replace', path: '/head/units', value: 10 }])).to.equal(before)
    expect(before.patch([{ op: 'replace', path: '', value: before.toJSON() }])).to.equal(before)
  })

  it('patches a child in place', () => {
    const head = smallModel().head.patch([{ op: 'replace', path: '/units', value: 11 }])
    expect(head.path.toString()).to.equal('head')
    expect((head.root as ReturnType<typeof smallModel>).head.units).to.equal(11)
    refusal(
      () => smallModel().head.patch([{ op: 'replace', path: '', value: { _type: 'support.Drop' } }]),
      FieldError,
    )
  })

  it('stops at seals', () => {
    const sealed = tree('a(b!(c))')
    const rename = (path: string): PatchOperation => ({ op: 'replace', path, value: 'x' })
    refusal(() => sealed.patch([rename('/twigs/0/name')]), PatchError, /is sealed/)
    refusal(() => sealed.patch([rename('/twigs/0/twigs/0/name')]), PatchError, /is sealed/)
    refusal(() => tree('a!').patch([{ op: 'replace', path: '', value: { a: 1 } }]), PatchError, /is sealed/)
    expect(refusal(() => sealed.patch([rename('/twigs/0/name')]), PatchError).cause).to.be.instanceOf(
      SealedError,
    )
    expect(withSealed(false, () => sealed.patch([rename('/twigs/0/name')])).get('twigs[0].name')).to.equal(
      'x',
    )
    expect(sealed.patch([{ op: 'remove', path: '/twigs/0' }]).twigs.length).to.equal(0)
  })

  it('takes no way into prototypes', () => {
    const before = prototypeKeys()
    for (const path of ['/__proto__/x', '/constructor/prototype/x', '/a/__proto__/x', '/a/constructor/x']) {
      for (const tree of [doc({ a: [1] }), SymList.from([{ a: {} }]), smallModel()] as Symbolic[]) {
        refusal(() => tree.patch([{ op: 'add', path, value: 1 }]), PatchError)
      }
    }
    const own = doc({}).patch([
      { op: 'add', path: '/__proto__', value: {} },
      { op: 'add', path: '/__proto__/x', value: 1 },
    ])
    expect(own.keys()).to.deep.equal(['__proto__'])
    expect(JSON.stringify(own)).to.equal('{"__proto__":{"x":1}}')
    expect(prototypeKeys()).to.deep.equal(before)
  })

  it('does what fast-json-patch does, for its own differences', () => {
    const options = {
      number: finite,
      key: fc.constantFrom('a', 'b', '0', 'a/b', '~', ''),
      text: fc.constantFrom('', 'x'),
    }
    fc.assert(
      fc.property(dictData(options), dictData(options), (a, b) => {
        const operations = jsonPatch.compare(a, b) as PatchOperation[]
        expect(untyped(a).patch(operations).toJS()).to.deep.equal(b)
      }),
      { numRuns: runs(300) },
    )
    fc.assert(
      fc.property(model(options), model(options), (a, b) => {
        const operations = jsonPatch.compare(a.toJSON() as object, b.toJSON() as object) as PatchOperation[]
        // A class cannot be changed by its tag alone, as a JSON document can.
        if (operations.some(each => each.path.endsWith('/_type'))) return
        expect(a.patch(operations).equals(b)).to.equal(true)
      }),
      { numRuns: runs(200) },
    )
  })

  it('does what fast-json-patch does with random operations, or both refuse', () => {
    const places =
      '/a /a/0 /a/1 /a/1/b /a/2 /a/2/0 /a/3 /b /b/a /b/a/c /b/a/d /b/b /b/b/0 /c /c/x /d /a/- /b/b/- /a/2/-'
    const path = fc.constantFrom(...places.split(' '))
    const value = fc.oneof<fc.Arbitrary<Data>[]>(fc.nat({ max: 3 }), fc.constantFrom({ a: 1 }, [1], [], null))
    const operation = fc.oneof(
      fc.record({ op: fc.constantFrom('add', 'replace', 'test'), path, value }),
      fc.record({ op: fc.constant('remove'), path }),
      fc.record({ op: fc.constantFrom('move', 'copy'), from: path, path }),
    )
    const start = { a: [1, { b: 2 }, [3]], b: { a: { c: 1 }, b: [] }, c: 5 }
    const attempt = (action: () => unknown): unknown => {
      try {
        return { done: action() }
      } catch (error) {
        // It also lets `move` and `copy` write past the end of a list.
        return /past the end/.test(String(error)) ? 'past the end' : 'refused'
      }
    }
    let agreed = 0
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 4 }), operations => {
        // Where fast-json-patch is laxer than the RFC, or the root stops being a tree, there is nothing to compare.
        const isLax = operations.some(
          each =>
            (each.op === 'move' && 'from' in each && each.path.startsWith(`${parentOf(each.from)}/`)) ||
            ('from' in each && (each.from === '' || `${each.path}/`.startsWith(`${each.from}/`))) ||
            /-./.test(each.path) ||
            ('from' in each && each.from.includes('-')) ||
            (each.op !== 'add' && each.path.includes('-')),
        )
        if (isLax) return
        const theirs = attempt(
          () =>
            jsonPatch.applyPatch(
              structuredClone(start),
              JSON.parse(JSON.stringify(operations)) as Operation[],
              true,
              true,
              true,
            ).newDocument,
        )
        const before = doc(start)
        const ours = leavesAlone(before, () =>
          attempt(() => before.patch(operations as PatchOperation[]).toJS()),
        )
        if (ours !== 'past the end') expect(ours).to.deep.equal(theirs)
        if (theirs !== 'refused') agreed++
      }),
      { numRuns: runs(1500) },
    )
    expect(agreed).to.be.greaterThan(100)
  })

  it('holds its own under a run of hostile documents', () => {
    const before = prototypeKeys()
    const hostile = fc.oneof(
      fc.record({
        op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x', 5, null),
        path: fc.constantFrom(
          '',
          '/',
          '/a',
          '/a/0',
          '/head/units',
          '/layers/-',
          '/__proto__',
          '/~',
          'x',
          5,
          null,
          '/notes/x',
        ),
        from: fc.constantFrom('', '/a', '/layers', '/layers/0', '/head', '/notes', null),
        value: fc.constantFrom(
          null,
          -1,
          {},
          [],
          { _type: 'support.Dense', units: 5 },
          { _type: 'support.Dense', units: -5 },
          { _type: 'Object' },
          { _type: 5 },
          JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{}}}') as Data,
          new Dense({ units: 3 }).toJSON(),
        ),
      }),
      fc.anything(),
    )
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), operations => {
        const tree = smallModel()
        const result = leavesAlone(tree, () => tree.patch(operations as PatchOperation[]))
        if (result instanceof Error) expect(result).to.be.instanceOf(PatchError)
        else expect(result.patch(result.diff(tree)).equals(tree)).to.equal(true)
      }),
      { numRuns: runs(3000), seed: 7 },
    )
    expect(prototypeKeys()).to.deep.equal(before)
  })

  it('does not grow a tree beyond what could ever be written', () => {
    const copies: PatchOperation[] = Array.from({ length: 60 }, (_, i) => ({
      op: 'copy',
      from: '',
      path: `/${i % 2}`,
    }))
    const before = SymDict.from({ x: 1 })
    expect(() => before.patch(copies)).to.throw(
      PatchError,
      'would make a tree of more than 10,000,000 values',
    )
    expect(before.patch(copies.slice(0, 10)).get('0.1.0.x' as string)).to.equal(1)
  })
})
