/** Batches of changes: what they do, that they are all or nothing, and lists against a model of ten lines. */

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
  SealedError,
  type Symbolic,
  SymDict,
  SymError,
  SymList,
  SymObject,
  same,
} from '../../src/symbolic/index.ts'
import { Dense, Drop, Model, smallModel } from '../support/model.ts'
import { anyTree, pathsIn, runs } from '../support/random.ts'
import { leavesAlone, refusal } from '../support/refusal.ts'
import { find, show, tree } from '../support/twig.ts'

class Sized extends SymObject.define('update.Sized', {
  list: f.list(f.int(), { minSize: 1, maxSize: 3 }),
  dict: f.dict(f.int(), { minSize: 1, maxSize: 2 }),
}) {}

class Fixed extends SymObject.define('update.Fixed', {
  kind: f.string().frozen('fixed'),
  parts: f.list(f.any()).frozen([1, { a: [2] }]),
  size: f.int().default(1),
  hint: f.string().optional(),
}) {}

const bound: string[] = []

class Watched extends SymObject.define('update.Watched', {
  low: f.int().default(0),
  high: f.int().default(10),
  inner: f.any().default(null),
}) {
  onBound(): void {
    bound.push(`${this.low}..${this.high}`)
    if (this.low > this.high) throw new RangeError(`${this.low} is above ${this.high}`)
  }
}

const list = (...values: unknown[]): SymList => SymList.from(values) as SymList

describe('update: one pair', () => {
  it('copies the spine and shares the rest', () => {
    const before = tree('a(b(c) d(e))')
    const after = before.rebind({ 'twigs[0].twigs[0]': tree('x(y)') })
    expect(show(after)).to.equal('a(b(x(y)) d(e))')
    expect(show(before)).to.equal('a(b(c) d(e))')
    expect(same(find(after, 'd'), find(before, 'd'))).to.equal(true)
    expect(same(find(after, 'b'), find(before, 'b'))).to.equal(false)
  })

  it('gives the same node back when nothing changes', () => {
    const model = smallModel()
    const same = [
      model.rebind({ 'head.units': 10 }),
      model.rebind([
        ['layers[1].rate', 0.5],
        ['head.name', 'head'],
      ]),
      model.rebind({ head: new Dense({ units: 10, name: 'head' }) }),
      model.rebind({ notes: { list: [1, { deep: true }], author: 'me' } }),
      model.rebind({ rate: MISSING }),
      model.rebind({ notes: { ...(model.notes.toJS() as object) } }),
      model.rebind([['notes.absent', MISSING]]),
      model.rebind({}),
      model.rebind([]),
      model.rebind(new Map()),
      model.rebind({ '': model }),
      model.rebind({ '': model.clone() }),
    ]
    for (const each of same) expect(each).to.equal(model)
  })

  it('says so when asked: raiseOnNoChange', () => {
    const model = smallModel()
    refusal(() => model.rebind({ 'head.units': 10 }, { raiseOnNoChange: true }), SymError, /change nothing/)
    expect(model.rebind({ 'head.units': 11 }, { raiseOnNoChange: true }).head.units).to.equal(11)
  })

  it('takes NaN and -0 for what they are', () => {
    const numbers = list(Number.NaN, 0)
    expect(numbers.rebind([['[0]', Number.NaN]])).to.equal(numbers)
    expect(numbers.rebind([['[1]', -0]])).to.equal(numbers)
    expect(numbers.rebind([['[0]', 1]])).not.to.equal(numbers)
  })

  it('resets fields, empties optional ones, deletes keys and elements', () => {
    const model = smallModel().rebind({ rate: 5, note: 'n', 'notes.author': MISSING, 'tags[0]': MISSING })
    const reset = model.rebind({ rate: MISSING, note: MISSING })
    expect(reset.rate).to.equal(0.01)
    expect(reset.note).to.equal(undefined)
    expect(reset.notes.keys()).to.deep.equal(['list'])
    expect(reset.tags.toArray()).to.deep.equal(['b'])
    refusal(() => model.rebind([['head', MISSING]]), FieldError, /support\.Model\.head cannot be left out/)
  })

  it('reads undefined as "the default", as constructors do', () => {
    class Both extends SymObject.define('update.Both', { n: f.int().optional().default(5) }) {}
    const both = new Both({ n: 7 }).rebind({ n: undefined })
    expect(both.n).to.equal(5)
    expect(fromJson(both.toJSON()).equals(both)).to.equal(true)
  })

  it('keeps the seals of a value that is equal to what stands there', () => {
    const before = SymDict.from({ list: [{ a: 1 }] }) as SymDict
    const locked = before.seal('list[0]')
    expect((before.rebind([['list', locked.at('list')]]).get('list[0]') as Symbolic).isSealed).to.equal(true)
    expect((before.rebind([['', locked]]).get('list[0]') as Symbolic).isSealed).to.equal(true)
    expect(locked.rebind([['list', before.at('list')]]).has('list[0]')).to.equal(true)
    expect((locked.rebind([['list', before.at('list')]]).get('list[0]') as Symbolic).isSealed).to.equal(false)
  })

  it('leaves frozen fields at their value', () => {
    const fixed = new Fixed({})
    expect(fixed.rebind({ kind: 'fixed' })).to.equal(fixed)
    expect(fixed.rebind([['parts', [1, { a: [2] }]]])).to.equal(fixed)
    expect(fixed.rebind({ kind: MISSING })).to.equal(fixed)
    refusal(() => fixed.rebind({ kind: 'other' }), FieldError, /kind is frozen at 'fixed', got 'other'/)
    refusal(
      () =>
        fixed.rebind([
          ['kind', 'x'],
          ['size', 2],
        ]),
      FieldError,
      /frozen/,
    )
    refusal(() => fixed.rebind([['parts[1].a[0]', 3]]), FieldError, /frozen/)
    refusal(
      () =>
        fixed.rebind([
          ['parts[1].a[0]', 3],
          ['size', 2],
        ]),
      FieldError,
      /frozen/,
    )
    refusal(() => fixed.parts.rebind([['[0]', 3]]), FieldError, /frozen/)
    refusal(() => new Fixed({ kind: 'other' }), FieldError, /frozen/)
  })

  it('replaces the whole tree at the empty path', () => {
    expect(show(tree('a(b)').rebind({ '': tree('x') }))).to.equal('x')
    expect(show(find(tree('a(b c)'), 'b').rebind({ '': tree('x(y)') }).root as never)).to.equal('a(x(y) c)')
    refusal(() => tree('a').rebind([['', 5]]), FieldError, /can only become another tree, got 5/)
  })

  it('does not let a child become what its place forbids', () => {
    const model = smallModel()
    refusal(() => model.head.rebind([['', new Drop({})]]), FieldError, /head must be a support\.Dense/)
    refusal(() => model.tags.rebind([['', [1, 2]]]), FieldError, /tags\[0\] must be a string/)
    const layer = model.get('layers[0]') as Dense
    expect(layer.rebind([['', new Drop({})]]).root.get('layers[0]' as never)).to.be.instanceOf(Drop)
  })

  it('says what is wrong with a path or a value', () => {
    const model = smallModel()
    const cases: [unknown, unknown, RegExp][] = [
      ['head.unit', 1, /'head\.unit' is not a field of support\.Dense; did you mean 'units'\?/],
      ['head.units', 0, /support\.Model\.head\.units must be an integer of at least 1, got 0/],
      ['head.units.x', 0, /nothing at 'head\.units\.x': at 'head\.units' stands 10, which has no parts/],
      ['layers.x', 0, /a list is entered by index/],
      ['notes[0]', 0, /a dict is entered by key/],
      ['[0]', 0, /'\[0\]' is not a field/],
      ['layers[-3]', new Drop({}), /has no element \[-3\] at 'layers': the list has 2 elements/],
      ['layers[9].name', '', /nothing at 'layers\[9\]'/],
      ['layers[9]', MISSING, /nothing at 'layers\[9\]'/],
      ['notes.x.y', 1, /nothing at 'notes\.x'/],
      ['rate', insertion(1), /has no list at ''/],
      ['extra', undefined, /extra must be a value, got nothing/],
      ['extra', insertion(insertion(1)), /no list/],
      ['a..b', 1, /cannot read the key path 'a\.\.b' at column 3/],
      [[0.5], 1, /must be an integer, got 0\.5/],
      [[Number.NaN], 1, /must be an integer, got NaN/],
      [5, 1, /a key path is text/],
      [undefined, 1, /a key path is text/],
    ]
    for (const [path, value, words] of cases) {
      leavesAlone(model, () => refusal(() => model.rebind([[path as string, value]]), SymError, words))
      refusal(
        () =>
          model.rebind([
            ['rate', 3],
            [path as string, value],
          ]),
        SymError,
        words,
      )
    }
  })

  it('wants updates to be updates', () => {
    for (const wrong of [null, undefined, 5, 'text', [1], [null], new Set([1])]) {
      refusal(() => smallModel().rebind(wrong as never), SymError, /updates are a record, a Map or pairs/)
    }
  })
})

describe('update: batches', () => {
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

describe('update: lists', () => {
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

describe('update: onBound', () => {
  beforeEach(() => {
    bound.length = 0
  })

  it('is called once for each new instance', () => {
    const start = new Watched({ low: 1, inner: new Watched({ low: 2 }) })
    expect(bound).to.deep.equal(['2..10', '1..10'])
    bound.length = 0
    const next = start.rebind([
      ['low', 3],
      ['high', 30],
      ['inner.low', 4],
    ])
    expect(bound.sort()).to.deep.equal(['3..30', '4..10'])
    bound.length = 0
    next.rebind({ low: 5 })
    expect(bound).to.deep.equal(['5..30'])
    bound.length = 0
    next.rebind([['inner.low', 6]])
    expect(bound).to.deep.equal(['6..10', '3..30'])
  })

  it('is not called when nothing is new, nor by clones and reads', () => {
    const start = new Watched({ low: 1, inner: new Watched({}) })
    const holder = SymDict.from({ start }) as SymDict
    bound.length = 0
    start.rebind({ low: 1 })
    start.rebind([
      ['low', 1],
      ['high', 10],
    ])
    start.clone()
    start.seal()
    holder.rebind([['other', 1]])
    holder.get('start.inner')
    holder.at('start')
    expect(bound).to.deep.equal([])
  })

  it('is called with the whole batch in, and can refuse it', () => {
    const start = new Watched({ low: 1, high: 2 })
    expect(
      start.rebind([
        ['low', 5],
        ['high', 6],
      ]).low,
    ).to.equal(5)
    for (const pairs of [
      [['low', 5]],
      [
        ['low', 5],
        ['high', 4],
      ],
    ] as [string, unknown][][]) {
      leavesAlone(start, () => refusal(() => start.rebind(pairs), RangeError as never, /is above/))
    }
    const holder = SymDict.from({ start, list: [1] }) as SymDict
    leavesAlone(holder, () =>
      refusal(
        () =>
          holder.rebind([
            ['list[0]', MISSING],
            ['start.low', 9],
          ]),
        RangeError as never,
        /above/,
      ),
    )
    const child = holder.at('start') as Watched
    leavesAlone(child, () => refusal(() => child.rebind({ low: 9 }), RangeError as never, /above/))
  })

  it('sees finished trees only, and may use them', () => {
    const seen: string[] = []
    class Nosy extends SymObject.define('update.Nosy', { list: f.list(f.int()), sum: f.int().default(0) }) {
      onBound(): void {
        const next = this.list.clone().rebind([
          ['[0]', 100],
          ['[9]', 1],
        ])
        seen.push(`${this.list.toString()} ${next.toString()} ${this.hash() === this.clone().hash()}`)
      }
    }
    const nosy = new Nosy({ list: [1, 2] }).rebind([
      ['list[2]', 3],
      ['list[0]', MISSING],
      ['sum', 5],
    ])
    expect(nosy.list.toString()).to.equal('[2, 3]')
    expect(seen).to.deep.equal(['[1, 2] [100, 2, 1] true', '[2, 3] [100, 3, 1] true'])
    expect(fromJson(nosy.toJSON()).hash()).to.equal(nosy.hash())
  })
})

describe('update: seals', () => {
  it('hold at and below their place, and give way to the unsealed parent', () => {
    const sealed = tree('a(b!(c) d)')
    refusal(
      () => sealed.rebind({ 'twigs[0].name': 'x' }),
      SealedError,
      /twigs\[0\] is sealed; call unseal\('twigs\[0\]'\)/,
    )
    refusal(() => sealed.rebind({ 'twigs[0].twigs[0].name': 'x' }), SealedError)
    refusal(() => find(sealed, 'b c').rebind({ name: 'x' }), SealedError)
    refusal(() => find(sealed, 'b').rebind({ '': tree('x') }), SealedError)
    expect(show(sealed.rebind({ 'twigs[0]': tree('x') }))).to.equal('a(x d)')
    expect(show(sealed.rebind({ name: 'z' }))).to.equal('z(b!(c) d)')
    expect(show(sealed.rebind([['twigs[0]', MISSING]]))).to.equal('a(d)')
    refusal(() => tree('a!').rebind({ '': tree('b') }), SealedError)
    expect(
      new Model({ ...smallModel().fieldValues(), head: smallModel().head.seal() } as never).head.isSealed,
    ).to.equal(true)
  })
})
