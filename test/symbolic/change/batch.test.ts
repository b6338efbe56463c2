/** Batches: all or nothing, in any order, and lists against a model of ten lines. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  FieldError,
  f,
  fromJson,
  insertion,
  KeyPath,
  MISSING,
  PathError,
  type Symbolic,
  SymDict,
  SymError,
  SymList,
  SymObject,
  same,
} from '../../../src/symbolic/index.ts'
import { Dense, smallModel } from '../../support/model.ts'
import { anyTree, pathsIn, runs } from '../../support/random.ts'
import { leavesAlone, refusal } from '../../support/refusal.ts'
import { find, show, tree } from '../../support/twig.ts'

class Sized extends SymObject.define('batch.Sized', {
  list: f.list(f.int(), { minSize: 1, maxSize: 3 }),
  dict: f.dict(f.int(), { minSize: 1, maxSize: 2 }),
}) {}

const _bound: string[] = []

const list = (...values: unknown[]): SymList => SymList.from(values) as SymList

describe('batches', () => {
  it('apply a pair below another inside the new value, whatever the order', () => {
    const pairs: [string, unknown][] = [
      ['notes.x.y', 9],
      ['notes.x', { y: 1, z: 2 }],
      ['head.units', 7],
      ['head', new Dense({ units: 3, name: 'new' })],
      ['tags[2]', 'c'],
      ['notes.list[2].p[0]', 'q'],
      ['notes.list[2]', { p: ['r'] }],
    ]
    const results = [pairs, [...pairs].reverse()].map(each => smallModel().rebind(each))
    for (const model of results) {
      expect(model.notes.toJS()).to.deep.equal({
        author: 'me',
        list: [1, { deep: true }, { p: ['q'] }],
        x: { y: 9, z: 2 },
      })
      expect(model.head.name).to.equal('new')
      expect(model.head.units).to.equal(7)
    }
    expect(results[0]?.equals(results[1])).to.equal(true)
  })

  it('do not write into the values they are given', () => {
    const given = new Dense({ units: 3 })
    const shared = list({ n: 1 })
    const result = smallModel().rebind([
      ['head', given],
      ['head.units', 7],
      ['notes.a', shared],
      ['notes.b', shared],
      ['notes.a[0].n', 2],
    ])
    expect(given.units).to.equal(3)
    expect(shared.toJS()).to.deep.equal([{ n: 1 }])
    expect(String(result.get('notes.b'))).to.equal('[{n: 1}]')
    expect(String(result.get('notes.a'))).to.equal('[{n: 2}]')
  })

  it('change one of two places of a shared part', () => {
    const part = SymDict.from({ n: 1, m: [1] })
    const both = SymDict.from({ a: part, b: part }) as SymDict
    expect(
      both
        .rebind([
          ['a.n', 2],
          ['a.m[0]', 3],
        ])
        .toString(),
    ).to.equal('{a: {n: 2, m: [3]}, b: {n: 1, m: [1]}}')
    expect(
      both
        .rebind([
          ['a.n', 2],
          ['b.n', 3],
        ])
        .toString(),
    ).to.equal('{a: {n: 2, m: [1]}, b: {n: 3, m: [1]}}')
  })

  it('swap parts', () => {
    const before = tree('a(b(c) d)')
    const after = before.rebind([
      ['twigs[0]', find(before, 'd')],
      ['twigs[1]', find(before, 'b')],
    ])
    expect(show(after)).to.equal('a(d b(c))')
    expect(same(find(after, 'b'), find(before, 'b'))).to.equal(true)
  })

  it('take records, maps, pairs, generators, paths and lists of keys alike', () => {
    const model = smallModel()
    const wanted = model.rebind({ 'head.units': 7, 'layers[0].name': 'x' })
    function* generated(): Generator<readonly [KeyPath, unknown]> {
      yield [KeyPath.parse('head.units'), 7]
      yield [KeyPath.of('layers', 0, 'name'), 'x']
    }
    const forms = [
      new Map<string, unknown>([
        ['head.units', 7],
        ['layers[0].name', 'x'],
      ]),
      [
        [['head', 'units'], 7],
        [['layers', -2, 'name'], 'x'],
      ] as [(string | number)[], unknown][],
      generated(),
    ]
    for (const form of forms) expect(model.rebind(form).equals(wanted)).to.equal(true)
  })

  it('are all or nothing: one bad pair at any position, in any order', () => {
    const good: [string, unknown][] = [
      ['head.units', 20],
      ['layers[0].name', 'first'],
      ['layers[0]', new Dense({ units: 5 })],
      ['tags[0]', MISSING],
      ['tags[7]', 'z'],
      ['tags[1]', insertion('i')],
      ['notes.author', MISSING],
      ['notes.more', [1, 2, 3]],
    ]
    const bad: [string, unknown][] = [
      ['head.units', -1],
      ['rate', 'fast'],
      ['nowhere', 1],
      ['layers[0].nothing', 1],
      ['tags[1]', 5],
      ['notes.author.x', 1],
      ['layers[-9].name', 'x'],
    ]
    for (const each of bad) {
      for (let i = 0; i <= good.length; i++) {
        const model = smallModel()
        leavesAlone(model, () => refusal(() => model.rebind(good.toSpliced(i, 0, each))))
        leavesAlone(model.head, () => refusal(() => model.rebind(good.toSpliced(i, 0, each))))
      }
    }
  })

  it('check sizes once, at the end', () => {
    const sized = new Sized({ list: [1, 2, 3], dict: { a: 1, b: 2 } })
    const moved = sized.rebind([
      ['list[3]', 4],
      ['list[0]', MISSING],
      ['dict.c', 3],
      ['dict.a', MISSING],
    ])
    expect(moved.toString()).to.equal('Sized(list=[2, 3, 4], dict={b: 2, c: 3})')
    const cases: [[string, unknown][], RegExp][] = [
      [[['list[3]', 4]], /list must have at most 3 elements, would have 4/],
      [[['list[0]', insertion(4)]], /at most 3 elements, would have 4/],
      [
        [
          ['list[0]', 1],
          ['list[3]', 4],
        ],
        /update\.Sized\.list must have at most 3 elements, would have 4/,
      ],
      [
        [
          ['list[0]', MISSING],
          ['list[1]', MISSING],
          ['list[2]', MISSING],
        ],
        /Sized\.list must have at least 1/,
      ],
      [
        [
          ['dict.a', MISSING],
          ['dict.b', MISSING],
        ],
        /Sized\.dict must have at least 1 entries, would have 0/,
      ],
      [[['dict.c', 3]], /Sized\.dict must have at most 2 entries, would have 3/],
      [[['list', []]], /Sized\.list must/],
    ]
    for (const [pairs, words] of cases) {
      leavesAlone(sized, () => refusal(() => sized.rebind(pairs), FieldError, words))
    }
    refusal(() => sized.list.rebind([['[3]', 4]]), FieldError, /at most 3/)
    refusal(
      () =>
        sized.dict.rebind([
          ['a', MISSING],
          ['b', MISSING],
        ]),
      FieldError,
      /at least 1/,
    )
  })

  it('give what was written, for random trees, places and values', () => {
    fc.assert(
      fc.property(anyTree(), fc.array(fc.tuple(fc.nat(), anyTree()), { maxLength: 6 }), (tree, writes) => {
        const places = pathsIn(tree).filter(path => !path.isRoot)
        if (places.length === 0) return
        const updates = new Map<string, [KeyPath, unknown]>()
        for (const [pick, value] of writes) {
          const path = places[pick % places.length] as KeyPath
          const clashes = [...updates.values()].some(
            ([other]) => other.startsWith(path) || path.startsWith(other),
          )
          if (!clashes) updates.set(path.toString(), [path, value])
        }
        const pairs = [...updates.values()]
        const result = leavesAlone(tree, () => tree.rebind(pairs)) as Symbolic
        if (result instanceof Error) return
        for (const [path, value] of pairs) expect((value as Symbolic).equals(result.get(path))).to.equal(true)
        for (const path of places) {
          const isTouched = pairs.some(([each]) => each.startsWith(path) || path.startsWith(each))
          if (!isTouched) expect(same(result.get(path), tree.get(path))).to.equal(true)
        }
        expect(tree.rebind([...pairs].reverse()).equals(result)).to.equal(true)
        const rebuilt = fromJson(result.toJSON())
        expect(rebuilt.hash()).to.equal(result.hash())
        expect(rebuilt.equals(result)).to.equal(true)
        expect(result.rebind(pairs)).to.equal(result)
      }),
      { numRuns: runs(300) },
    )
  })

  it('keep hashes right: asked before and after every step, as of a tree built anew', () => {
    const step = fc.tuple(
      fc.nat(),
      fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(MISSING), anyTree({ depth: 2 })),
    )
    fc.assert(
      fc.property(anyTree(), fc.array(step, { maxLength: 8 }), (start, steps) => {
        let tree = start
        for (const [pick, value] of steps) {
          tree.hash()
          const places = pathsIn(tree).filter(path => !path.isRoot)
          if (places.length === 0) break
          const path = places[pick % places.length] as KeyPath
          try {
            tree = tree.rebind([[path, value]])
          } catch (error) {
            if (!(error instanceof SymError)) throw error
          }
          const anew = fromJson(tree.toJSON())
          expect(anew.hash()).to.equal(tree.hash())
          expect(anew.equals(tree)).to.equal(true)
        }
      }),
      { numRuns: runs(200) },
    )
  })
})

type ListChange =
  | { readonly op: 'set' | 'insert'; readonly at: number; readonly value: number }
  | { readonly op: 'remove'; readonly at: number }

/** What a batch does to a list, or null where it is refused. */
function modelOf(before: readonly unknown[], changes: readonly ListChange[]): unknown[] | null {
  const now = before.map((value): { value: unknown } | null => ({ value }))
  const inserts = before.map((): unknown[] => [])
  const appends: { at: number; value: unknown }[] = []
  for (const change of changes) {
    const at = change.at < 0 ? before.length + change.at : change.at
    if (at < 0 || (change.op === 'remove' && at >= before.length)) return null
    if (change.op === 'remove') now[at] = null
    else if (at >= before.length) appends.push({ at, value: change.value })
    else if (change.op === 'insert') inserts[at]?.push(change.value)
    else now[at] = { value: change.value }
  }
  appends.sort((a, b) => a.at - b.at)
  const kept = now.flatMap((each, i) => [...(inserts[i] ?? []), ...(each === null ? [] : [each.value])])
  return [...kept, ...appends.map(each => each.value)]
}

const pairOf = (change: ListChange): [(string | number)[], unknown] => [
  [change.at],
  change.op === 'remove' ? MISSING : change.op === 'insert' ? insertion(change.value) : change.value,
]

describe('batches: lists', () => {
  const picture = (before: unknown[], ...pairs: [string, unknown][]): string =>
    list(...before)
      .rebind(pairs)
      .toString()

  it('mean original positions, as in the table of PyGlove without its quirks', () => {
    const three = [1, 2, 3]
    expect(picture(three, ['[1]', 9])).to.equal('[1, 9, 3]')
    expect(picture(three, ['[99]', 9])).to.equal('[1, 2, 3, 9]')
    expect(picture(three, ['[3]', 'a'], ['[4]', 'b'])).to.equal(`[1, 2, 3, 'a', 'b']`)
    expect(picture(three, ['[4]', 'b'], ['[3]', 'a'])).to.equal(`[1, 2, 3, 'a', 'b']`)
    expect(picture(three, ['[99]', 'x'], ['[50]', 'y'])).to.equal(`[1, 2, 3, 'y', 'x']`)
    expect(picture(three, ['[0]', insertion('a')], ['[1]', insertion('b')])).to.equal(`['a', 1, 'b', 2, 3]`)
    expect(picture(three, ['[0]', insertion('a')], ['[2]', 'c'])).to.equal(`['a', 1, 2, 'c']`)
    expect(picture(three, ['[3]', insertion(9)])).to.equal('[1, 2, 3, 9]')
    expect(picture(three, ['[1]', MISSING])).to.equal('[1, 3]')
    expect(picture(three, ['[0]', MISSING], ['[2]', MISSING])).to.equal('[2]')
    expect(picture(three, ['[0]', MISSING], ['[1]', insertion(7)])).to.equal('[7, 2, 3]')
    expect(picture(three, ['[-1]', 9])).to.equal('[1, 2, 9]')
    expect(picture([{ a: 1 }, { b: 2 }], ['[0]', MISSING], ['[1].b', 5])).to.equal('[{b: 5}]')
    refusal(() => picture(three, ['[-4]', 9]), PathError, /has 3 elements/)
    refusal(() => picture(three, ['[9]', MISSING]), PathError, /nothing at '\[9\]'/)
    refusal(() => picture(three, ['a', 9]), PathError, /entered by index/)
    refusal(() => picture([{ a: 1 }], ['[0]', MISSING], ['[0].a', 9]), PathError, /nothing at '\[0\]'/)
    refusal(() => picture([{ a: 1 }], ['[0].a', 9], ['[0]', MISSING]), PathError, /nothing at '\[0\]'/)
  })

  it('agree with the model, for any batch on any list, small or big', () => {
    const change = fc.oneof<fc.Arbitrary<ListChange>[]>(
      fc.record({
        op: fc.constantFrom('set', 'insert'),
        at: fc.integer({ min: -6, max: 9 }),
        value: fc.nat(),
      }),
      fc.record({ op: fc.constant('remove'), at: fc.integer({ min: -6, max: 9 }) }),
    )
    const size = fc.oneof(fc.nat({ max: 5 }), fc.integer({ min: 253, max: 260 }))
    fc.assert(
      fc.property(size, fc.array(change, { maxLength: 8 }), (length, changes) => {
        const before = Array.from({ length }, (_, i) => i - 1000)
        const nodes = list(...before)
        nodes.hash()
        const expected = modelOf(before, changes)
        const result = leavesAlone(nodes, () => nodes.rebind(changes.map(pairOf)))
        if (expected === null) {
          expect(result).to.be.instanceOf(PathError)
          return
        }
        if (result instanceof Error) throw result
        expect((result as SymList).toJS()).to.deep.equal(expected)
        expect((result as SymList).hash()).to.equal(list(...expected).hash())
      }),
      { numRuns: runs(600) },
    )
  })
})
