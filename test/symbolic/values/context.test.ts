/** Values from the context: which of several is taken, how far a scope reaches, and what is said when there is none. */

import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import {
  contextValue,
  contextValues,
  FieldError,
  f,
  fromJson,
  InferenceError,
  inContext,
  SymDict,
  SymObject,
  withContext,
} from '../../../src/symbolic/index.ts'

class Step extends SymObject.define('context.Step', {
  heat: f.float({ max: 9 }).contextual(),
  name: f.string().default('step').contextual(),
}) {}
class Chain extends SymObject.define('context.Chain', {
  heat: f.float().contextual(),
  steps: f.list(f.object(Step)).orEmpty(),
}) {}

const chain = new Chain({ steps: [new Step(), new Step({ heat: 2 })] })
const heats = (of: Chain): number[] => of.steps.map(step => step.heat)

describe('a contextual field', () => {
  it('has its own value before that of the objects around it', () => {
    const warm = chain.rebind({ heat: 5 })
    expect(heats(warm)).to.deep.equal([5, 2])
    expect(warm.get('steps[0].heat')).to.equal(5)
    expect(warm.getSymbolic('steps[0].heat')).to.equal(undefined)
  })

  it('may stand in a class whose base requires a value', () => {
    class Oven extends SymObject.define('context.Oven', { heat: f.float() }) {}
    class Tray extends Oven.define('context.Tray', { heat: f.float({ max: 9 }).contextual() }) {}
    class Kitchen extends SymObject.define('context.Kitchen', { heat: f.float(), oven: f.object(Oven) }) {}
    const kitchen = new Kitchen({ heat: 5, oven: new Tray() })
    expect(kitchen.oven.heat).to.equal(5)
    expect(kitchen.rebind({ 'oven.heat': 2 }).oven.heat).to.equal(2)
    expect(() => new Tray().heat).to.throw(InferenceError)
    expect(() => new Kitchen({ heat: 5, oven: {} as never })).to.throw(FieldError)
  })

  it('skips dicts, and objects that have no value themselves', () => {
    const tree = SymDict.from({ heat: 7, inner: new Chain({ heat: 3, steps: [new Step()] }) })
    expect(tree.get('inner.steps[0].heat')).to.equal(3)
    expect(() => SymDict.from({ heat: 7, step: new Step() }).get('step.heat')).to.throw(InferenceError)
  })

  it('takes the context after what is around, and before its default', () => {
    withContext({ heat: 4, name: 'x' }, () => {
      expect(heats(chain)).to.deep.equal([4, 2])
      expect(chain.heat).to.equal(4)
      expect(heats(chain.rebind({ heat: 5 }))).to.deep.equal([5, 2])
      expect(chain.get('steps[0].name')).to.equal('x')
    })
    expect(chain.steps.at(0)?.name).to.equal('step')
    const late = f.string().contextual().default('late')
    class Late extends SymObject.define('context.Late', { name: late }) {}
    expect([new Late().name, withContext({ name: 'y' }, () => new Late().name)]).to.deep.equal(['late', 'y'])
  })

  it('gives way to a context that overrides', () => {
    withContext(
      { heat: 1 },
      () => {
        expect(heats(chain.rebind({ heat: 5 }))).to.deep.equal([1, 1])
        expect(chain.get('steps[1].heat')).to.equal(1)
      },
      { override: true },
    )
    expect(chain.get('steps[1].heat')).to.equal(2)
  })

  it('says which places and contexts have no value', () => {
    expect(() => withContext({ cold: 1 }, () => heats(chain))).to.throw(
      InferenceError,
      'context.Chain.steps[0].heat cannot be inferred: it has no value of its own, nor in ' +
        'steps[0] (context.Step), steps (list), the root context.Chain; the context gives cold',
    )
    expect(() => new Step().heat).to.throw(InferenceError, 'no context is given')
    expect(new Step().get('heat', 6)).to.equal(6)
    class Maybe extends SymObject.define('context.Maybe', { heat: f.float().optional().contextual() }) {}
    expect(new Maybe().heat).to.equal(undefined)
  })

  it('is checked by its field', () => {
    const words = "context.Step.heat must be a number of at most 9, got 'x' (from withContext)"
    expect(() => withContext({ heat: 'x' }, () => new Step().heat)).to.throw(FieldError, words)
    const hot = chain.rebind({ heat: 100 })
    expect(() => hot.steps.at(0)?.heat).to.throw(FieldError, 'at most 9, got 100 (from the root)')
    expect(() => new Step({ heat: 100 })).to.throw(FieldError)
  })

  it('is no part of JSON, equality or diffs while it has no value of its own', () => {
    const step = new Step()
    expect(step.toJSON()).to.deep.equal({ _type: 'context.Step' })
    expect(fromJson(step.toJSON()).equals(step)).to.equal(true)
    const own = step.rebind({ heat: 1 })
    expect(step.diff(own)).to.deep.equal([{ op: 'add', path: '/heat', value: 1 }])
    expect(own.patch(own.diff(step)).equals(step)).to.equal(true)
  })

  it('may hold objects', () => {
    class Lamp extends SymObject.define('context.Lamp', { watts: f.int() }) {}
    class Room extends SymObject.define('context.Room', { lamp: f.object(Lamp).contextual() }) {}
    const lamp = new Lamp({ watts: 40 })
    withContext({ lamp }, () => expect(new Room().get('lamp.watts')).to.equal(40))
    expect(new Room({ lamp }).lamp.watts).to.equal(40)
    expect(new Room({ lamp }).get('lamp.watts')).to.equal(40)
    class House extends SymObject.define('context.House', { lamp: f.object(Lamp), room: f.object(Room) }) {}
    expect(new House({ lamp, room: new Room() }).room.lamp.path.toString()).to.equal('lamp')
  })
})

describe('withContext', () => {
  it('nests: the inner scope wins, unless the outer cascades', () => {
    const inner = (): number => withContext({ heat: 2 }, () => new Step().heat)
    expect(withContext({ heat: 1 }, inner)).to.equal(2)
    expect(withContext({ heat: 1 }, inner, { cascade: true })).to.equal(1)
    withContext({ heat: 1 }, () =>
      withContext({ name: 'n' }, () =>
        expect(Object.fromEntries(contextValues())).to.deep.equal({ heat: 1, name: 'n' }),
      ),
    )
  })

  it('follows asynchronous work, each its own', async () => {
    const read = (heat: number): Promise<number> =>
      withContext({ heat }, async () => {
        await wait(heat)
        return new Step().heat
      })
    expect(await Promise.all([read(3), read(1), read(2)])).to.deep.equal([3, 1, 2])
    expect(contextValues().size).to.equal(0)
  })

  it('is carried to where a function is called later', () => {
    const later = withContext({ heat: 8 }, () => inContext((add: number) => new Step().heat + add))
    expect(later(1)).to.equal(9)
    expect(inContext(() => contextValue('heat', 0))()).to.equal(0)
  })

  it('is read by name', () => {
    expect(withContext({ a: 1 }, () => contextValue('a'))).to.equal(1)
    expect(contextValue('a', 2)).to.equal(2)
    expect(() => contextValue('a')).to.throw(InferenceError, "has no value for 'a'; no context is given")
  })
})
