/** The history: going on, back and forth, listeners and what they may do, and the steps as patches. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  f,
  History,
  type HistoryEvent,
  SymError,
  type SymList,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { Dense, type Model, smallModel } from '../../support/model.ts'
import { containerData, model, runs, untyped } from '../../support/random.ts'
import { refusal } from '../../support/refusal.ts'

class Counter extends SymObject.define('history.Counter', { count: f.int() }) {}

const counter = (): History<Counter> => new History(new Counter({ count: 0 }))
const count = (history: History<Counter>, value: number): Counter => history.rebind({ count: value })

describe('a history', () => {
  it('goes on in all the ways a tree does, and gives each version', () => {
    const history = new History(smallModel())
    const wider: Model = history.rebind({ 'head.units': 64 })
    expect(history.current).to.equal(wider)
    history.edit(draft => {
      draft.layers.push(new Dense({ units: 16 }))
    })
    history.transform((path, value) => (path.key === 'units' ? Number(value) * 2 : value))
    history.patch([{ op: 'replace', path: '/rate', value: 1 }])
    const { current } = history
    expect([current.head.units, current.layers.at(2)?.width, current.rate]).to.deep.equal([128, 32, 1])
    history.set(current.head.rebind({ units: 7 }).root as Model)
    expect(history.current.head.units).to.equal(7)
    expect(history.versions).to.have.length(6)
    expect(history.versions[1]).to.equal(wider)
  })

  it('is typed by its tree', () => {
    const history = counter()
    // @ts-expect-error there is no such field
    refusal(() => history.rebind({ counts: 1 }))
    // @ts-expect-error the values of the field are numbers
    refusal(() => history.rebind({ count: 'x' }))
    // @ts-expect-error a tree of another class
    history.set(smallModel())
  })

  it('stays as it is when nothing changes, or a change is refused', () => {
    const history = counter()
    const before = history.current
    expect(count(history, 0)).to.equal(before)
    expect(history.set(new Counter({ count: 0 }))).to.equal(before)
    refusal(() => history.rebind({ count: 'x' } as never))
    refusal(() => history.rebind({ count: 0 }, { raiseOnNoChange: true }), SymError, /nothing/)
    expect([history.current, history.canUndo, history.canRedo]).to.deep.equal([before, false, false])
  })

  it('takes a seal for a step', () => {
    const history = new History(smallModel())
    history.set(history.current.seal('head'))
    expect(history.current.head.isSealed).to.equal(true)
    expect(history.undo().head.isSealed).to.equal(false)
  })

  it('undoes and redoes, and forgets what was undone when it goes on', () => {
    const history = counter()
    for (const value of [1, 2, 3]) count(history, value)
    expect(history.undo().count).to.equal(2)
    expect(history.undo().count).to.equal(1)
    expect(history.redo().count).to.equal(2)
    expect([history.canUndo, history.canRedo]).to.deep.equal([true, true])
    count(history, 9)
    expect(history.canRedo).to.equal(false)
    expect(history.redo().count).to.equal(9)
    expect(
      [history.undo(), history.undo(), history.undo(), history.undo()].map(each => each.count),
    ).to.deep.equal([2, 1, 0, 0])
  })

  it('keeps as many steps as its limit says', () => {
    const history = new History(new Counter({ count: 0 }), { limit: 2 })
    for (const value of [1, 2, 3, 4]) count(history, value)
    expect(history.versions.map(each => each.count)).to.deep.equal([2, 3, 4])
    expect([history.undo(), history.undo(), history.undo()].map(each => each.count)).to.deep.equal([3, 2, 2])
    const none = new History(new Counter({ count: 0 }), { limit: 0 })
    expect(count(none, 1).count).to.equal(1)
    expect([none.canUndo, none.versions.length]).to.deep.equal([false, 1])
    for (const limit of [-1, 1.5, Number.NaN]) {
      refusal(() => new History(new Counter({ count: 0 }), { limit }), SymError, /limit of a history/)
    }
  })

  it('holds a root of its own', () => {
    const history = new History(smallModel().head)
    expect(history.current.parent).to.equal(null)
    expect(history.set(smallModel().head.rebind({ units: 3 })).parent).to.equal(null)
    refusal(() => new History('x' as never), SymError, /holds a tree, got 'x'/)
    refusal(() => history.set(undefined as never), SymError, /holds a tree, got nothing/)
  })

  it('keeps its steps as patches, there and back', () => {
    const history = counter()
    count(history, 1)
    count(history, 2)
    const forward = (value: number) => ({ op: 'replace', path: '/count', value })
    expect(history.patches).to.deep.equal([
      { forward: [forward(1)], inverse: [forward(0)] },
      { forward: [forward(2)], inverse: [forward(1)] },
    ])
    expect(history.patches[0]).to.equal(history.patches[0])
    history.undo()
    expect(history.patches).to.have.length(1)
    count(history, 5)
    expect(history.patches[1]?.forward).to.deep.equal([forward(5)])
  })

  it('obeys: undo brings back every version, redo too, and patches lead along them', () => {
    const steps = fc.oneof(
      fc.array(model({ number: fc.integer() }), { minLength: 1, maxLength: 5 }),
      fc.array(containerData({ number: fc.integer() }).map(untyped), { minLength: 1, maxLength: 5 }),
    )
    fc.assert(
      fc.property(steps, trees => {
        const [first, ...rest] = trees as SymList[]
        const history = new History(first as SymList)
        for (const tree of rest) history.set(tree)
        const { versions, patches } = history
        expect(patches).to.have.length(versions.length - 1)
        patches.forEach(({ forward, inverse }, i) => {
          expect(versions[i]?.patch(forward).equals(versions[i + 1])).to.equal(true)
          expect(versions[i + 1]?.patch(inverse).equals(versions[i])).to.equal(true)
        })
        for (let i = versions.length - 2; i >= 0; i--) expect(history.undo()).to.equal(versions[i])
        expect(history.canUndo).to.equal(false)
        for (let i = 1; i < versions.length; i++) expect(history.redo()).to.equal(versions[i])
        expect(history.canRedo).to.equal(false)
      }),
      { numRuns: runs(100) },
    )
  })
})

describe('the listeners of a history', () => {
  it('are told each step with what changed, until they leave', () => {
    const history = new History(smallModel())
    const told: string[] = []
    const leave = history.subscribe(({ kind, changes }) => {
      told.push(`${kind} ${changes.map(each => `${each.path}: ${each.before} -> ${each.after}`).join(', ')}`)
    })
    history.rebind({ rate: 1, 'head.units': 64 })
    history.rebind({ rate: 1 })
    history.undo()
    history.redo()
    leave()
    history.undo()
    expect(told).to.deep.equal([
      'change head.units: 10 -> 64, rate: 0.01 -> 1',
      'undo head.units: 64 -> 10, rate: 1 -> 0.01',
      'redo head.units: 10 -> 64, rate: 0.01 -> 1',
    ])
  })

  it('share one list of changes, made when it is asked for', () => {
    const history = counter()
    const events: HistoryEvent<Counter>[] = []
    history.subscribe(event => void events.push(event))
    history.subscribe(event => void events.push(event))
    count(history, 1)
    expect(events[0]).to.equal(events[1])
    expect(events[0]?.changes).to.equal(events[1]?.changes)
    expect([events[0]?.before.count, events[0]?.after.count]).to.deep.equal([0, 1])
  })

  it('do not stop each other or the change by throwing', () => {
    const errors: unknown[] = []
    const history = new History(new Counter({ count: 0 }), { onListenerError: error => errors.push(error) })
    const told: number[] = []
    history.subscribe(() => {
      throw new Error('first')
    })
    history.subscribe(({ after }) => void told.push(after.count))
    expect(count(history, 1).count).to.equal(1)
    expect(told).to.deep.equal([1])
    expect(String(errors[0])).to.equal('Error: first')
  })

  it('have their errors thrown later, on their own, when nobody takes them', async () => {
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    const caught: string[] = []
    process.on('uncaughtException', error => caught.push(error.message))
    try {
      const plain = counter()
      plain.subscribe(() => {
        throw new Error('alone')
      })
      expect(count(plain, 1).count).to.equal(1)
      const onListenerError = (): never => {
        throw new Error('in the handler')
      }
      const handled = new History(new Counter({ count: 0 }), { onListenerError })
      handled.subscribe(() => {
        throw new Error('lost')
      })
      expect(count(handled, 1).count).to.equal(1)
      await new Promise(resolve => setTimeout(resolve, 1))
    } finally {
      process.removeAllListeners('uncaughtException')
      for (const other of others) process.on('uncaughtException', other)
    }
    expect(caught).to.deep.equal(['alone', 'in the handler'])
  })

  it('may change the history: at once, and told to all after what they are being told', () => {
    const history = counter()
    const told: string[] = []
    history.subscribe(({ before, after }) => {
      told.push(`a ${before.count}-${after.count}, now ${history.current.count}`)
      if (after.count === 1) {
        expect(count(history, 2).count).to.equal(2)
        expect(history.current.count).to.equal(2)
      }
    })
    history.subscribe(({ before, after }) => void told.push(`b ${before.count}-${after.count}`))
    expect(count(history, 1).count).to.equal(1)
    expect(told).to.deep.equal(['a 0-1, now 1', 'b 0-1', 'a 1-2, now 2', 'b 1-2'])
    expect(history.versions.map(each => each.count)).to.deep.equal([0, 1, 2])
  })

  it('may undo what they are told of', () => {
    const history = counter()
    history.subscribe(({ kind, after }) => {
      if (kind === 'change' && after.count > 10) history.undo()
    })
    count(history, 5)
    count(history, 11)
    expect([history.current.count, history.canRedo]).to.deep.equal([5, true])
  })

  it('that answer each change with a change are stopped', () => {
    const errors: Error[] = []
    const history = new History(new Counter({ count: 0 }), {
      onListenerError: error => errors.push(error as Error),
    })
    history.subscribe(({ after }) => void count(history, after.count + 1))
    count(history, 1)
    expect(errors).to.have.length(1)
    expect(errors[0]?.message).to.match(/100 times in a row/)
    expect(history.current.count).to.equal(101)
    count(history, 0)
    expect(history.current.count).to.equal(100)
  })

  it('that come or go while others are told hear of what follows, or no more', () => {
    const history = counter()
    const told: string[] = []
    const leave: (() => void)[] = []
    history.subscribe(({ after }) => {
      told.push(`a ${after.count}`)
      if (after.count === 1) history.subscribe(event => void told.push(`c ${event.after.count}`))
      if (after.count === 2) leave[0]?.()
    })
    leave.push(history.subscribe(({ after }) => void told.push(`b ${after.count}`)))
    count(history, 1)
    count(history, 2)
    expect(told).to.deep.equal(['a 1', 'b 1', 'a 2', 'c 2'])
  })

  it('are no way around a recipe, rule or hook that is making the next version', () => {
    const history = counter()
    for (const change of [
      () => history.edit(() => void count(history, 1)),
      () => history.transform(() => history.undo()),
      () =>
        history.edit(draft => {
          draft.count = 1
          history.set(new Counter({ count: 2 }))
        }),
    ]) {
      refusal(change, SymError, /recipe, rule or hook/)
      expect(history.current.count).to.equal(0)
    }
    expect(count(history, 3).count).to.equal(3)
  })
})
