/** The hook of a class: when it is called, what it sees, and what its refusal says. */

import { expect } from 'chai'
import {
  FieldError,
  f,
  fromJson,
  MISSING,
  SymDict,
  SymError,
  SymList,
  SymObject,
} from '../../src/symbolic/index.ts'
import { leavesAlone, refusal } from '../support/refusal.ts'

const bound: string[] = []

class Watched extends SymObject.define('hook.Watched', {
  low: f.int().default(0),
  high: f.int().default(10),
  inner: f.any().default(null),
}) {
  onBound(): void {
    bound.push(`${this.low}..${this.high}`)
    if (this.low > this.high) throw new RangeError(`${this.low} is above ${this.high}`)
  }
}

const _list = (...values: unknown[]): SymList => SymList.from(values) as SymList

describe('onBound', () => {
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
    class Nosy extends SymObject.define('hook.Nosy', { list: f.list(f.int()), sum: f.int().default(0) }) {
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

describe('onBound: refusals', () => {
  class Leaf extends SymObject.define('hook.Leaf', { n: f.int() }) {
    onBound(): void {
      const problems = [{ path: 'n', message: `must not be negative, got ${this.n}` }]
      if (this.n < 0) throw FieldError.of('hook.Leaf', problems)
    }
  }
  class Top extends SymObject.define('hook.Top', { leaves: f.list(f.object(Leaf)) }) {}
  const top = new Top({ leaves: [new Leaf({ n: 1 }), new Leaf({ n: 2 })] })

  const refusals: [how: string, work: () => unknown][] = [
    ['one change', () => top.rebind([['leaves[1].n', -1]])],
    ['a batch', () => top.rebind({ 'leaves[0].n': 3, 'leaves[1].n': -1 })],
    ['a rule', () => top.transform((_, value) => (value === 2 ? -1 : value))],
    ['a patch', () => top.patch([{ op: 'replace', path: '/leaves/1/n', value: -1 }])],
    ['plain data', () => Top.from({ leaves: [{ n: 1 }, { n: -1 }] })],
    ['JSON', () => fromJson({ _type: 'hook.Top', leaves: [{ n: 1 }, { _type: 'hook.Leaf', n: -1 }] })],
  ]
  for (const [how, work] of refusals) {
    it(`name the place from the root, after ${how}`, () => {
      expect(work).to.throw(FieldError, 'hook.Top.leaves[1].n must not be negative, got -1')
      expect(work).to.throw().with.property('path', 'leaves[1].n')
    })
  }

  it('keep the class of the error', () => {
    class Odd extends SymError {
      override readonly name = 'Odd'
    }
    class Strange extends SymObject.define('hook.Strange', { n: f.int() }) {
      onBound(): void {
        if (this.n === 13) throw new Odd('n', 'thirteen brings bad luck')
      }
    }
    class Holder extends SymObject.define('hook.Holder', { part: f.object(Strange) }) {}
    const holder = new Holder({ part: new Strange({ n: 1 }) })
    expect(() => holder.rebind({ 'part.n': 13 })).to.throw(
      Odd,
      'hook.Holder.part.n: thirteen brings bad luck',
    )
  })

  it('wait while a stand-in holds a place inside', () => {
    class Later extends SymObject.define('hook.Later', { candidates: f.list(f.any()) }) {
      static standsFor(): null {
        return null
      }
    }
    const open = new Leaf({ n: new Later({ candidates: [-1, 1] }) as never })
    expect(open.n).to.be.instanceOf(Later)
    expect(open.rebind({ n: 1 }).n).to.equal(1)
    expect(() => open.rebind({ n: -1 })).to.throw(FieldError, 'hook.Leaf.n must not be negative')
  })
})
