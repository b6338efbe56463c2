/** Key paths: their text and pointer forms for any keys, their order, and what cannot be read. */

import { inspect } from 'node:util'
import { expect } from 'chai'
import fc from 'fast-check'
import { type Key, KeyPath, PathError, SymDict, SymList } from '../../src/symbolic/index.ts'
import { compareKeys } from '../../src/symbolic/key-path.ts'
import { anyKey, runs } from '../support/random.ts'
import { refusal } from '../support/refusal.ts'

const anyKeys: fc.Arbitrary<Key[]> = fc.array(
  fc.oneof<fc.Arbitrary<Key>[]>(
    anyKey,
    fc.integer(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
  { maxLength: 5 },
)

describe('KeyPath', () => {
  it('reads and writes text', () => {
    const rows: [string, Key[]][] = [
      ['', []],
      ['a', ['a']],
      ['a.b[0]', ['a', 'b', 0]],
      ['a[x.y].b', ['a', 'x.y', 'b']],
      ['a.0', ['a', '0']],
      ['[0].a', [0, 'a']],
      ['[-1]', [-1]],
      ['[0][1]', [0, 1]],
      ['a[0][""].b', ['a', 0, '', 'b']],
      ['["a[0]"]', ['a[0]']],
      ['a["say \\"hi\\""]', ['a', 'say "hi"']],
      ['-1', ['-1']],
      ['a b.ä', ['a b', 'ä']],
      ['__proto__.constructor', ['__proto__', 'constructor']],
    ]
    for (const [text, keys] of rows) {
      expect(KeyPath.parse(text).keys).to.deep.equal(keys)
      expect(KeyPath.of(...keys).toString()).to.equal(text)
    }
  })

  it('reads some texts that it would write otherwise', () => {
    const rows: [string, Key[], string][] = [
      ['a[b]', ['a', 'b'], 'a.b'],
      ['a["b"]', ['a', 'b'], 'a.b'],
      ['a[ 1 ]', ['a', ' 1 '], 'a. 1 '],
      ['a[01]', ['a', '01'], 'a.01'],
      ['a[1.5]', ['a', '1.5'], 'a[1.5]'],
      ['a[--1]', ['a', '--1'], 'a.--1'],
      ['a[-0]', ['a', '-0'], 'a.-0'],
      ['a[x[0]].b', ['a', 'x[0]', 'b'], 'a["x[0]"].b'],
      ['[99999999999999999999]', ['99999999999999999999'], '99999999999999999999'],
    ]
    for (const [text, keys, written] of rows) {
      expect(KeyPath.parse(text).keys).to.deep.equal(keys)
      expect(KeyPath.of(...keys).toString()).to.equal(written)
    }
  })

  it('says where a text cannot be read, and why', () => {
    const rows: [string, number, RegExp][] = [
      ['a..b', 3, /a key is missing here/],
      ['a.', 3, /a key must follow the dot/],
      ['.a', 1, /a key is missing here/],
      ['a[]', 2, /an index or a key is missing between the brackets/],
      ['a.b[', 4, /this '\[' is never closed/],
      ['a[0', 2, /never closed/],
      ['a]', 2, /there is no '\[' for this '\]'/],
      ['a[0]b', 5, /expected '\.', '\[' or the end, got 'b'/],
      ['a[0].', 5, /a key must follow the dot/],
      ['a[0].[1]', 6, /write '\[' without a dot before it/],
      ['a.[1]', 3, /write '\[' without a dot before it/],
      ['a[0]..b', 6, /a key is missing here/],
      ['a["b', 2, /expected '"\]'/],
      ['a["b"', 2, /expected '"\]'/],
      ['a["b"x]', 2, /expected '"\]'/],
      ['a["\\q"]', 2, /not a JSON string/],
      ['a["\n"]', 2, /not a JSON string/],
      ['a[[x]', 2, /never closed/],
    ]
    for (const [text, column, why] of rows) {
      const error = refusal(() => KeyPath.parse(text), PathError, why)
      expect(error.message).to.include(`column ${column}:`)
      expect(error.path).to.equal(text)
    }
  })

  it('comes back from its text and its pointer, for any keys', () => {
    fc.assert(
      fc.property(anyKeys, keys => {
        const path = KeyPath.of(...keys)
        expect(path.keys).to.deep.equal(keys)
        expect(KeyPath.parse(path.toString()).keys).to.deep.equal(keys)
        expect(KeyPath.parse(path.toString()).equals(path)).to.equal(true)
        expect(KeyPath.fromPointer(path.toPointer()).keys).to.deep.equal(keys.map(String))
        expect(KeyPath.from(path)).to.equal(path)
        expect(KeyPath.from(keys).equals(path)).to.equal(true)
        expect(KeyPath.from(path.toString()).equals(path)).to.equal(true)
      }),
      { numRuns: runs(2000) },
    )
  })

  it('never fails on any text but with a PathError', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '0', '.', '[', ']', '"', '\\', '-', ' ') }),
        text => {
          try {
            const path = KeyPath.parse(text)
            expect(KeyPath.parse(path.toString()).equals(path)).to.equal(true)
          } catch (error) {
            expect(error).to.be.instanceOf(PathError)
          }
        },
      ),
      { numRuns: runs(3000) },
    )
  })

  it('has a total order: shorter first, indices by size and before keys', () => {
    const row = ['', '[-1]', '[2]', '[10]', '[10].a', 'a', 'a[2]', 'a[10]', 'a.0', 'a.b', 'b']
    row.forEach((a, i) => {
      row.forEach((b, j) => {
        expect(Math.sign(KeyPath.parse(a).compare(KeyPath.parse(b)))).to.equal(Math.sign(i - j))
      })
    })
    const path = anyKeys.map(keys => KeyPath.of(...keys))
    fc.assert(
      fc.property(path, path, path, (a, b, c) => {
        expect(a.compare(a)).to.equal(0)
        expect(Math.sign(a.compare(b)) + Math.sign(b.compare(a))).to.equal(0)
        expect(a.compare(b) === 0).to.equal(a.equals(b))
        if (a.compare(b) <= 0 && b.compare(c) <= 0) expect(a.compare(c)).to.be.at.most(0)
      }),
      { numRuns: runs(1000) },
    )
    expect(compareKeys(1, '1')).to.be.lessThan(0)
  })

  it('is joined, taken apart and compared', () => {
    const path = KeyPath.parse('a.b[0].c')
    expect(path.depth).to.equal(4)
    expect(path.key).to.equal('c')
    expect(path.parent?.toString()).to.equal('a.b[0]')
    expect(KeyPath.root.parent).to.equal(null)
    expect(KeyPath.root.isRoot).to.equal(true)
    expect(KeyPath.root.child('x').isRoot).to.equal(false)
    expect(KeyPath.parse('a.b').concat('[0].c').equals(path)).to.equal(true)
    expect(path.startsWith('a.b')).to.equal(true)
    expect(path.startsWith(path)).to.equal(true)
    expect(path.startsWith('')).to.equal(true)
    expect(path.startsWith('a.c')).to.equal(false)
    expect(KeyPath.parse('a').startsWith(path)).to.equal(false)
    expect(path.relativeTo('a.b').toString()).to.equal('[0].c')
    expect(path.relativeTo(path)).to.have.property('isRoot', true)
    refusal(() => path.relativeTo('a.c'), PathError, /'a\.b\[0\]\.c' does not stand below 'a\.c'/)
    refusal(() => KeyPath.parse('a').relativeTo(path), PathError)
    expect(KeyPath.of('0').equals([0])).to.equal(false)
    expect(KeyPath.of('a.b').equals(KeyPath.of('a', 'b'))).to.equal(false)
    expect(JSON.stringify({ path })).to.equal('{"path":"a.b[0].c"}')
    expect(inspect(path)).to.equal('KeyPath(a.b[0].c)')
  })

  it('reads pointers by RFC 6901', () => {
    const rows: [string, string[]][] = [
      ['', []],
      ['/', ['']],
      ['/a~1b', ['a/b']],
      ['/m~0n', ['m~n']],
      ['/~01', ['~1']],
      ['/0/-', ['0', '-']],
      ['/ ', [' ']],
      ['//', ['', '']],
    ]
    for (const [pointer, keys] of rows) {
      expect(KeyPath.fromPointer(pointer).keys).to.deep.equal(keys)
      expect(KeyPath.of(...keys).toPointer()).to.equal(pointer)
    }
    refusal(() => KeyPath.fromPointer('a'), PathError, /must be '' or start with '\/'/)
    refusal(() => KeyPath.fromPointer('/a~'), PathError, /'~' that is neither/)
    refusal(() => KeyPath.fromPointer('/~2'), PathError, /'~' that is neither/)
  })

  it('stands a path of a hundred thousand keys', () => {
    const keys = Array.from({ length: 200_000 }, (_, i) => (i % 2 === 0 ? 'a' : i))
    const path = KeyPath.from(keys)
    expect(path.depth).to.equal(200_000)
    expect(KeyPath.parse(path.toString()).equals(path)).to.equal(true)
    const long = 'a.'.repeat(200_000)
    refusal(() => SymDict.from({ a: 1 }).get(`${long}a` as string), PathError)
    refusal(() => SymDict.from({ a: 1 }).rebind([[`${long}a`, 1]]), PathError)
    refusal(() => SymList.from([1]).patch([{ op: 'remove', path: '/0'.repeat(200_000) }]))
  })

  it('knows the longest path that two start with', () => {
    const common = (a: string, b: string): string => KeyPath.parse(a).commonPrefix(b).toString()
    expect(common('a.b[0].c', 'a.b[1].c')).to.equal('a.b')
    expect(common('a.b', 'a.b.c')).to.equal('a.b')
    expect(common('a.b.c', 'a.b')).to.equal('a.b')
    expect(common('a.x', 'b.x')).to.equal('')
    expect(common('', 'a')).to.equal('')
    const few = fc
      .array(fc.constantFrom<Key>('a', 'b', 0, '0'), { maxLength: 4 })
      .map(keys => KeyPath.of(...keys))
    fc.assert(
      fc.property(few, few, (a, b) => {
        const prefix = a.commonPrefix(b)
        expect(a.startsWith(prefix) && b.startsWith(prefix)).to.equal(true)
        const next = a.keys[prefix.depth]
        if (next !== undefined) expect(b.startsWith(prefix.child(next))).to.equal(false)
        expect(prefix.equals(b.commonPrefix(a))).to.equal(true)
      }),
    )
  })
})
