/** Partial trees: objects that lack values, what is said about them, and how they become whole. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  complete,
  FieldError,
  f,
  fromJson,
  fromJsonString,
  insertion,
  isAbstract,
  isDeterministic,
  isPartial,
  isPureSymbolic,
  MISSING,
  missing,
  nonDefault,
  type PartialOf,
  PathError,
  SymDict,
  SymList,
  SymObject,
  type SymType,
} from '../../../src/symbolic/index.ts'

class Dense extends SymObject.define('partial.Dense', {
  units: f.int({ min: 1 }),
  activation: f.enum('relu', 'gelu').default('relu'),
  note: f.string().optional(),
}) {
  get width(): number {
    return this.units
  }
}
class Model extends SymObject.define('partial.Model', {
  head: f.object(Dense),
  layers: f.list(f.object(Dense)).orEmpty(),
  extra: f.any().default(null),
}) {}
class Tree extends SymObject.define('partial.Tree', {
  value: f.int(),
  children: f.list(f.lazy((): SymType<Tree> => Tree)).orEmpty(),
}) {}

describe('Class.partial', () => {
  it('has what was given and defaults, and reads as undefined what is missing', () => {
    const dense = Dense.partial({ note: 'x' })
    expect(dense).to.be.instanceOf(Dense)
    expect([dense.units, dense.activation, dense.note]).to.deep.equal([undefined, 'relu', 'x'])
    expect(dense.toString()).to.equal("Dense(units=MISSING, activation='relu', note='x')")
    expect(dense.has('units')).to.equal(false)
    expect(dense.get('units', 7)).to.equal(7)
    expect(() => dense.get('units')).to.throw(PathError, "nothing at 'units': it is missing")
    expect(dense.toJS()).to.deep.equal({ activation: 'relu', note: 'x' })
    expect(JSON.stringify(Dense.partial())).to.equal('{"_type":"partial.Dense","activation":"relu"}')
  })

  it('checks what is given', () => {
    expect(() => Dense.partial({ units: 0 })).to.throw(FieldError, 'partial.Dense.units must be an integer')
    expect(() => Dense.partial({ unit: 1 } as never)).to.throw(FieldError, "did you mean 'units'?")
  })

  it('is not what a whole instance is, to the compiler', () => {
    const dense = Dense.partial()
    const units: number | undefined = dense.units
    expect(units).to.equal(undefined)
    // @ts-expect-error a partial object is no Dense
    const wrong: Dense = dense
    expect(wrong).to.equal(dense)
    const whole: Dense = complete(dense.rebind({ units: 3 }))
    expect(whole.width).to.equal(3)
  })

  it('shows visitors and rules nothing of what is missing', () => {
    const seen: string[] = []
    Model.partial({ head: Dense.partial() }).walk(path => void seen.push(path.toString()))
    expect(seen).to.deep.equal(['', 'head', 'head.activation', 'head.note', 'layers', 'extra'])
    const dense = Dense.partial()
    const rule = (_: unknown, value: unknown): unknown => (value === 'relu' ? 'gelu' : value)
    expect(dense.transform(rule).toString()).to.equal("Dense(units=MISSING, activation='gelu')")
    expect(dense.transform((path, value) => (path.key === 'units' ? 5 : value)).units).to.equal(5)
    const edited = dense.edit(draft => {
      expect(Object.keys(draft)).to.deep.equal(['activation'])
      ;(draft as { units: number }).units = 4
    })
    expect(edited.units).to.equal(4)
  })
})

describe('partial objects', () => {
  it('are completed by rebind, step by step', () => {
    const start = Model.partial({ head: Dense.partial() })
    expect(isPartial(start)).to.equal(true)
    const next = start.rebind({ 'head.units': 3 })
    expect([isPartial(start), isPartial(next)]).to.deep.equal([true, false])
    const whole = new Model({ head: new Dense({ units: 3 }) })
    expect(next.equals(whole) && whole.equals(next)).to.equal(true)
    expect(next.hash()).to.equal(whole.hash())
    expect(next.compare(whole)).to.equal(0)
    expect(complete(next).rebind({ 'head.units': 4 }).head.width).to.equal(4)
    expect(complete(whole)).to.equal(whole)
    expect(isPartial(next.rebind({ 'head.units': MISSING }))).to.equal(true)
  })

  it('are patched, and say what leads from one to the other', () => {
    const start = Dense.partial()
    const next = start.rebind({ units: 3 })
    expect(start.diff(next)).to.deep.equal([{ op: 'add', path: '/units', value: 3 }])
    expect(next.diff(start)).to.deep.equal([{ op: 'remove', path: '/units' }])
    expect(start.patch(start.diff(next)).equals(next)).to.equal(true)
    expect(next.patch(next.diff(start)).equals(start)).to.equal(true)
    const model = Model.partial({ head: Dense.partial() })
    const more = model.rebind({ layers: [Dense.partial()], extra: { a: Dense.partial() } })
    expect(model.patch(model.diff(more)).equals(more)).to.equal(true)
    const refused = [{ op: 'add', path: '/extra', value: { _type: 'partial.Dense' } }] as const
    expect(() => new Model({ head: new Dense({ units: 1 }) }).patch(refused)).to.throw(/units is required/)
  })

  it('stand in typed places of partial parents only, until they are complete', () => {
    const part = Dense.partial()
    const words = 'head must be complete, got a partial partial.Dense without units'
    expect(() => new Model({ head: part as never })).to.throw(FieldError, words)
    const model = new Model({ head: new Dense({ units: 1 }) })
    expect(() => model.rebind([['head', part]])).to.throw(FieldError, words)
    expect(() => model.rebind([['layers[0]', part]])).to.throw(FieldError, 'layers[0] must be complete')
    expect(() => model.rebind([['layers', [part]]])).to.throw(FieldError, 'layers[0] must be complete')
    const loose = Model.partial({ layers: [part, new Dense({ units: 2 })] }).rebind({ 'layers[5]': part })
    expect(loose.layers?.map(layer => layer.units)).to.deep.equal([undefined, 2, undefined])
    expect(loose.rebind({ 'layers[0]': insertion(part) }).layers?.length).to.equal(4)
    const filled = part.rebind({ units: 8 })
    const whole = model.rebind([['head', filled]])
    expect(whole.head.width).to.equal(8)
    expect(isPartial(whole)).to.equal(false)
    expect(() => whole.rebind([['head.units', MISSING]])).to.throw(FieldError)
    expect(() => Model.partial({ head: new Tree({ value: 1 }) as never })).to.throw(FieldError)
  })

  it('stand in untyped places, and count there, too', () => {
    const model = new Model({ head: new Dense({ units: 1 }), extra: [Dense.partial()] })
    expect(isPartial(model)).to.equal(true)
    expect(missing(model)).to.deep.equal({ 'extra[0].units': 'integer of at least 1' })
    expect(isPartial(SymDict.from({ a: Dense.partial() }))).to.equal(true)
    expect(isPartial(1)).to.equal(false)
  })

  it('may be sealed', () => {
    const sealed = Dense.partial().seal()
    expect(sealed.units).to.equal(undefined)
    expect(isPartial(sealed)).to.equal(true)
    const whole = complete(sealed.unseal().rebind({ units: 1 }).seal())
    expect([whole.isSealed, whole.width]).to.deep.equal([true, 1])
  })

  it('may contain themselves', () => {
    const tree = Tree.partial({ children: [Tree.partial({ value: 1 }), new Tree({ value: 2 })] })
    expect(missing(tree)).to.deep.equal({ value: 'integer' })
    const next = tree.rebind({ 'children[1].children[0]': new Tree({ value: 3 }), value: 0 })
    expect(complete(next).children.at(1)?.children.at(0)?.value).to.equal(3)
  })

  it('run the hook of their class when they are complete', () => {
    class Span extends SymObject.define('partial.Span', { low: f.int(), high: f.int() }) {
      onBound(): void {
        if (this.low > this.high) throw new RangeError(`${this.low} is above ${this.high}`)
      }
    }
    const span = Span.partial({ low: 3 })
    expect(complete(span.rebind({ high: 4 }))).to.be.instanceOf(Span)
    expect(() => complete(span.rebind({ high: 2 }))).to.throw(RangeError, '3 is above 2')
  })
})

describe('JSON of partial objects', () => {
  const model = Model.partial({
    layers: [Dense.partial({ note: 'x' }), new Dense({ units: 2 })],
    extra: { any: Dense.partial() },
  })

  it('leaves out what is missing, and is read back on request', () => {
    const data = model.toJSON()
    expect(() => fromJson(data)).to.throw(FieldError, 'head is required')
    const loaded = fromJson(data, Model, { partial: true })
    expect(loaded.equals(model)).to.equal(true)
    expect(isPartial(loaded)).to.equal(true)
    expect(missing(loaded)).to.deep.equal(missing(model))
    const next = (loaded as PartialOf<Model>).rebind({ 'layers[0].units': 1, head: new Dense({ units: 9 }) })
    expect(
      next.rebind({ extra: null }).equals(fromJson(complete(next.rebind({ extra: null })).toJSON())),
    ).to.equal(true)
    expect(fromJsonString(JSON.stringify(data), Model, { partial: true }).equals(model)).to.equal(true)
    expect(fromJson(model.seal('layers[0]').toJSON(), { partial: true }).equals(model)).to.equal(true)
  })

  it('gives whole objects where nothing is missing', () => {
    const whole = new Model({ head: new Dense({ units: 3 }), layers: [new Dense({ units: 1 })] })
    const loaded = complete(fromJson(whole.toJSON(), Model, { partial: true }))
    expect(loaded.equals(whole)).to.equal(true)
    expect(loaded.layers.at(0)?.width).to.equal(1)
    expect(() => loaded.rebind([['layers[0].units', MISSING]])).to.throw(FieldError)
  })

  it('is still checked', () => {
    const data = { _type: 'partial.Model', layers: [{ units: 0 }], heads: 1 }
    expect(() => fromJson(data, { partial: true })).to.throw(
      FieldError,
      /2 problems.*layers\[0\].units.*heads/s,
    )
  })
})

describe('complete', () => {
  it('lists everything that is missing, and where', () => {
    const model = Model.partial({ layers: [Dense.partial(), new Dense({ units: 1 })] })
    expect(() => complete(model))
      .to.throw(
        FieldError,
        /2 problems:\s+partial.Model.head is missing: partial.Dense\s+partial.Model.layers\[0\]/,
      )
      .with.property('problems')
      .with.length(2)
  })
})

describe('missing', () => {
  it('says what is wanted, by path or nested', () => {
    const model = Model.partial({ layers: [Dense.partial()] })
    expect(missing(model)).to.deep.equal({
      head: 'partial.Dense',
      'layers[0].units': 'integer of at least 1',
    })
    expect(missing(model, { flat: false })).to.deep.equal({
      head: 'partial.Dense',
      layers: { 0: { units: 'integer of at least 1' } },
    })
    expect(missing(new Dense({ units: 1 }))).to.deep.equal({})
  })
})

describe('nonDefault', () => {
  it('gives the leaves that differ from defaults, by path or nested', () => {
    const model = new Model({ head: new Dense({ units: 3 }), layers: [new Dense({ units: 1, note: 'x' })] })
    expect(nonDefault(model)).to.deep.equal({
      'head.units': 3,
      'layers[0].units': 1,
      'layers[0].note': 'x',
    })
    expect(nonDefault(model, { flat: false })).to.deep.equal({
      head: { units: 3 },
      layers: { 0: { units: 1, note: 'x' } },
    })
    expect(nonDefault(SymDict.from({ a: 1, b: { c: [2] } }))).to.deep.equal({ a: 1, 'b.c[0]': 2 })
    expect(nonDefault(Dense.partial())).to.deep.equal({})
  })

  it('lets what is empty stand for itself, and takes any key', () => {
    class Plain extends SymObject.define('partial.Plain', { n: f.int().default(1) }) {}
    const tree = SymList.from([new Plain(), []])
    expect(nonDefault(tree)).to.have.all.keys('[0]', '[1]')
    const dict = SymDict.from(JSON.parse('{"__proto__": {"x": 1}}') as Record<string, unknown>)
    const found = nonDefault(dict, { flat: false })
    expect(Object.getPrototypeOf(found)).to.equal(Object.prototype)
    expect(Object.keys(found)).to.deep.equal(['__proto__'])
  })
})

describe('summaries', () => {
  class Later extends SymObject.define('partial.Later', { of: f.any() }) {
    static standsFor(): null {
      return null
    }
  }
  class Dice extends SymObject.define('partial.Dice', { sides: f.int().default(6) }) {
    static readonly isDeterministic: boolean = false
  }

  it('tell partial, pure symbolic, abstract and deterministic apart', () => {
    const ask = (value: unknown): boolean[] =>
      [isPartial, isPureSymbolic, isAbstract, isDeterministic].map(question => question(value))
    expect(ask(new Dense({ units: 1 }))).to.deep.equal([false, false, false, true])
    expect(ask(Dense.partial())).to.deep.equal([true, false, true, true])
    expect(ask(new Dense({ units: new Later({ of: 1 }) as never }))).to.deep.equal([false, true, true, false])
    expect(ask(SymList.from([new Dice()]))).to.deep.equal([false, false, false, false])
    expect(ask(3)).to.deep.equal([false, false, false, true])
  })
})

describe('laws of partial objects', () => {
  const values = fc.record(
    { units: fc.integer({ min: 1, max: 9 }), activation: fc.constantFrom('relu' as const, 'gelu' as const) },
    { requiredKeys: [] },
  )
  const model = fc.record({ head: values, layers: fc.array(values, { maxLength: 4 }) }, { requiredKeys: [] })
  const made = ({ head, layers }: { head?: object; layers?: object[] }): PartialOf<Model> =>
    Model.partial({
      ...(head === undefined ? {} : { head: Dense.partial(head) }),
      ...(layers === undefined ? {} : { layers: layers.map(each => Dense.partial(each)) }),
    })

  it('completing what is missing gives the whole object, and JSON reads back', () => {
    fc.assert(
      fc.property(model, init => {
        const partial = made(init)
        const paths = Object.keys(missing(partial))
        expect(isPartial(partial)).to.equal(paths.length > 0)
        expect(fromJson(partial.toJSON(), Model, { partial: true }).equals(partial)).to.equal(true)
        const filled = partial.rebind(
          paths.map(path => [path, path === 'head' ? new Dense({ units: 1 }) : 1] as const),
        )
        const whole = complete(filled)
        expect(isPartial(whole)).to.equal(false)
        expect(whole.equals(filled) && fromJson(whole.toJSON()).equals(whole)).to.equal(true)
        expect(whole.hash()).to.equal(filled.hash())
        expect(partial.patch(partial.diff(filled)).equals(filled)).to.equal(true)
        expect(filled.rebind(paths.map(path => [path, MISSING] as const)).equals(partial)).to.equal(true)
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  it('what differs from defaults builds the object again', () => {
    fc.assert(
      fc.property(model, init => {
        const partial = made(init)
        const sizes = (partial.layers?.toArray() ?? []).map(() => Dense.partial())
        const bare = Model.partial({
          head: partial.head === undefined ? undefined : Dense.partial(),
          layers: sizes,
        })
        expect(bare.rebind(Object.entries(nonDefault(partial))).equals(partial)).to.equal(true)
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})
