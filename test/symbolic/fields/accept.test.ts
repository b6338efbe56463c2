/** How values join a tree: what becomes a list or dict, what stays as it is, and what is never let in. */

import { expect } from 'chai'
import { INVALID } from '../../../src/symbolic/change/missing.ts'
import { accept, isInitial, isRecord, isStored, MAX_DEPTH } from '../../../src/symbolic/fields/accept.ts'
import {
  type Bytes,
  FieldError,
  f,
  fromJson,
  insertion,
  MISSING,
  type Symbolic,
  SymDict,
  SymList,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { refusal } from '../../support/refusal.ts'

/** Stands in for any number: a small hyper value. */
class Choice extends SymObject.define('accept.Choice', { options: f.list(f.any()) }) {
  static standsFor(node: Symbolic, field: { readonly tag: number }): string | null {
    const options = (node as Choice).options.toArray()
    return options.every(each => accept(field as never, each, null, 0) !== INVALID)
      ? null
      : 'has an option that does not fit'
  }
}

class Host extends SymObject.define('accept.Host', {
  n: f.int({ min: 0 }),
  list: f.list(f.int()).orEmpty(),
  any: f.any().default(null),
}) {}

describe('accept', () => {
  it('makes lists of arrays and dicts of records, and leaves other values alone', () => {
    class Custom {
      x = 1
    }
    const custom = new Custom()
    const date = new Date(0)
    const bytes = Uint8Array.of(1, 2)
    const list = SymList.from<unknown>([[1], { a: 1 }, custom, date, 5n, bytes])
    expect(list.at(0)).to.be.instanceOf(SymList)
    expect(list.at(1)).to.be.instanceOf(SymDict)
    expect(list.at(2)).to.equal(custom)
    // Dates and bytes are values: a copy is kept that nobody can write to.
    date.setTime(7)
    bytes[0] = 9
    expect((list.at(3) as Date).getTime()).to.equal(0)
    expect([...(list.at(5) as Bytes)]).to.deep.equal([1, 2])
    expect(list.at(4)).to.equal(5n)
    class Sub extends Array<number> {}
    expect(SymList.from<unknown>([Sub.from([1])]).at(0)).to.be.instanceOf(SymList)
  })

  it('never stores the words of updates', () => {
    for (const word of [MISSING, insertion(1), INVALID, undefined]) {
      refusal(() => SymList.from<unknown>([word]), FieldError)
      refusal(() => SymDict.from<unknown>({ a: word }), FieldError)
      refusal(() => new Host({ n: 1, any: { deep: [word] } }), FieldError)
      refusal(() => SymList.from<unknown>([1]).rebind([['[0]', [word]]]), FieldError)
      refusal(
        () => SymList.from<unknown>([1]).transform((path, value) => (path.isRoot ? value : [word])),
        FieldError,
      )
    }
    refusal(
      () => SymList.from<unknown>([1]).transform((path, value) => (path.isRoot ? value : insertion(1))),
      FieldError,
    )
  })

  it('is bounded in depth', () => {
    let deep: unknown = 1
    for (let i = 0; i < MAX_DEPTH - 1; i++) deep = [deep]
    expect(SymList.from([deep]).length).to.equal(1)
    for (let i = 0; i < 5; i++) deep = [deep]
    refusal(() => SymList.from([deep]), FieldError, /nested deeper than 1000 levels/)
  })

  it('lets stand-ins stand where they say they fit, in words of their own where not', () => {
    const host = new Host({
      n: new Choice({ options: [1, 2] }) as never,
      list: [3, new Choice({ options: [4] }) as never],
    })
    expect(host.n).to.be.instanceOf(Choice)
    expect(host.list.at(1)).to.be.instanceOf(Choice)
    refusal(
      () => new Host({ n: new Choice({ options: [1, -2] }) as never }),
      FieldError,
      /n has an option that does not fit/,
    )
    refusal(
      () => host.rebind([['n', new Choice({ options: ['x'] })]]),
      FieldError,
      /n has an option that does not fit/,
    )
    expect(host.rebind({ n: 5 }).n).to.equal(5)
    expect(host.seal('n').get('n')).to.have.property('isSealed', true)
  })

  it('knows plain records from other objects, and greens from arrays', () => {
    for (const yes of [{}, Object.create(null), JSON.parse('{"__proto__":1}')])
      expect(isRecord(yes)).to.equal(true)
    for (const no of [null, [], new Date(), new Map(), 5, 'x', () => 1, Object.create({}), SymDict.empty]) {
      expect(isRecord(no)).to.equal(false)
    }
    expect(isStored(SymList.empty._g)).to.equal(true)
    for (const no of [[], [1], [{ kind: 0 }], {}, null]) expect(isStored(no)).to.equal(false)
  })

  it('holds elements and entries to what is frozen, given at once or one by one', () => {
    class Fixed extends SymObject.define('accept.Fixed', {
      list: f.list(f.int().frozen(3)),
      dict: f.dict(f.int().frozen(3)),
    }) {}
    const fixed = new Fixed({ list: [3, 3], dict: { a: 3 } })
    refusal(() => new Fixed({ list: [3, 4], dict: {} }), FieldError, /list\[1\] is frozen at 3, got 4/)
    refusal(() => new Fixed({ list: [], dict: { a: 4 } }), FieldError, /dict\.a is frozen at 3, got 4/)
    refusal(() => fixed.rebind({ 'list[0]': 4 }), FieldError, /frozen at 3/)
    refusal(() => fixed.rebind({ list: SymList.from([4]) }), FieldError, /frozen at 3/)
    refusal(() => fromJson({ list: [4], dict: {} }, Fixed), FieldError, /frozen at 3/)
    const many = Array.from({ length: 300 }, (_, i) => (i === 299 ? 4 : 3))
    refusal(() => new Fixed({ list: many, dict: {} }), FieldError, /list\[299\] is frozen/)
  })

  it('compares frozen values by content, long ones and nulls included', () => {
    const long = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? null : { i }))
    const field = f.list(f.any()).frozen(long)
    expect(isInitial(field, SymList.from(long)._g)).to.equal(true)
    expect(isInitial(field, SymList.from([...long, 1])._g)).to.equal(false)
    expect(isInitial(f.any().frozen({ a: 1, b: 2 }), SymDict.from({ b: 2, a: 1 })._g)).to.equal(true)
    expect(isInitial(f.float().frozen(0), -0)).to.equal(true)
    expect(isInitial(f.float().frozen(Number.NaN), Number.NaN)).to.equal(true)
  })

  it('asks a stand-in again when it was changed inside', () => {
    const choice = new Choice({ options: [1, 2] })
    const host = new Host({ n: choice as never, list: [choice as never] })
    const wrong: (() => unknown)[] = [
      () => host.rebind([['n.options[0]', 'x']]),
      () => host.rebind([['list[0].options[0]', 'x']]),
      () =>
        host.rebind([
          ['n.options[0]', 3],
          ['list[0].options[1]', 'x'],
        ]),
      () => (host.n as unknown as Choice).options.rebind({ '[0]': 'x' }),
      () => host.transform((_, value) => (value === 2 ? 'x' : value)),
      () => host.patch([{ op: 'replace', path: '/n/options/0', value: 'x' }]),
    ]
    for (const work of wrong)
      refusal(work, FieldError, /accept\.Host\.(n|list\[0\]) has an option that does not fit/)
    expect(host.rebind([['n.options[0]', 9]]).get('n.options[0]' as string)).to.equal(9)
  })
})
