/** The spec of partial objects: one beside that of the class, made when it is first asked for. */

import { expect } from 'chai'
import { MISSING } from '../../../src/symbolic/change/missing.ts'
import { ownSpec, specOf } from '../../../src/symbolic/class-spec.ts'
import { looseSpec } from '../../../src/symbolic/greens/loose.ts'
import { isKindOf, type Spec } from '../../../src/symbolic/greens/spec.ts'
import {
  complete,
  f,
  fromJson,
  isPartial,
  missing,
  nonDefault,
  SymObject,
} from '../../../src/symbolic/index.ts'

class Leaf extends SymObject.define('loose.Leaf', { n: f.int() }) {}
class Wide extends Leaf.define('loose.Wide', {
  parts: f.dict(f.list(f.union(f.object(Leaf), f.int()))).orEmpty(),
  plain: f.list(f.int()).orEmpty(),
}) {}

describe('looseSpec', () => {
  it('is one for each class, with the same name, fields and bases', () => {
    const loose = looseSpec(specOf(Wide))
    expect(looseSpec(specOf(Wide))).to.equal(loose)
    expect([loose.name, loose.whole, loose.names]).to.deep.equal([
      'loose.Wide',
      specOf(Wide),
      ['n', 'parts', 'plain'],
    ])
    expect(isKindOf(loose, looseSpec(specOf(Leaf)))).to.equal(true)
    expect(isKindOf(loose, specOf(Leaf))).to.equal(false)
    expect(loose.template?.[2]).to.equal(MISSING)
  })

  it('changes only fields that hold objects', () => {
    const [, parts, plain] = looseSpec(specOf(Wide)).fields
    expect(plain).to.equal(specOf(Wide).fields[2])
    expect(parts).not.to.equal(specOf(Wide).fields[1])
  })

  it('lets partial objects stand deep inside', () => {
    const wide = Wide.partial({ parts: { a: [Leaf.partial(), 1] } })
    expect(
      wide
        .rebind({ 'parts.a[0].n': 3, n: 1 })
        .equals(new Wide({ n: 1, parts: { a: [new Leaf({ n: 3 }), 1] } })),
    ).to.equal(true)
    expect(wide.rebind({ 'parts.b': [Leaf.partial()] }).get('parts.b[0]')).to.be.instanceOf(Leaf)
  })

  it('keeps the defaults of its class, in places that may be partial', () => {
    class Holder extends SymObject.define('loose.Holder', {
      one: f.object(Leaf).default(new Leaf({ n: 1 })),
      more: f.list(f.object(Leaf)).default([new Leaf({ n: 2 })]),
      some: f.union(f.int(), f.object(Leaf)).default(new Leaf({ n: 3 })),
      rest: f.tuple(f.int()),
    }) {}
    const holder = Holder.partial()
    expect(holder.toString()).to.equal(
      'Holder(one=Leaf(n=1), more=[Leaf(n=2)], some=Leaf(n=3), rest=MISSING)',
    )
    const next = holder.rebind({ 'more[1]': Leaf.partial(), some: Leaf.partial() })
    expect(missing(next)).to.have.all.keys('more[1].n', 'some.n', 'rest')
    expect(next.rebind({ more: MISSING, some: MISSING }).equals(holder)).to.equal(true)
  })

  it('may be asked for before its class is met', () => {
    const Base = SymObject.define('loose.Base', { n: f.int() })
    class Top extends Base.define('loose.Top', { m: f.int() }) {}
    expect(Top.partial({ n: 1 }).toString()).to.equal('Top(n=1, m=MISSING)')
    const Late = SymObject.define('loose.Late', { n: f.int() })
    const loose = looseSpec(ownSpec(Late) as Spec)
    expect(loose.Handle).to.equal(null)
    class Met extends Late {}
    expect(Met.partial().toString()).to.equal('Late(n=MISSING)')
    expect(loose.Handle).not.to.equal(null)
  })

  it('reaches into tuples and structs, whose keys may be missing, too', () => {
    class Deep extends SymObject.define('loose.Deep', {
      pair: f.tuple([f.int(), f.object(Leaf)]),
      many: f.tuple(f.object(Leaf)),
      opts: f.struct(
        { p: f.int().default(0), q: f.string(), leaf: f.object(Leaf) },
        { rest: f.object(Leaf) },
      ),
    }) {}
    const start = Deep.partial({
      pair: [1, Leaf.partial()],
      many: [Leaf.partial()],
      opts: { x: Leaf.partial() },
    } as never)
    expect(missing(start)).to.deep.equal({
      'pair[1].n': 'integer',
      'many[0].n': 'integer',
      'opts.q': 'string',
      'opts.leaf': 'loose.Leaf',
      'opts.x.n': 'integer',
    })
    expect(nonDefault(start)).to.deep.equal({ 'pair[0]': 1 })
    const whole = complete(
      start.rebind([
        ['pair[1].n', 1],
        ['many[0].n', 2],
        ['opts.q', 's'],
        ['opts.leaf', new Leaf({ n: 3 })],
        ['opts.x.n', 4],
      ]),
    )
    const leaf = (n: number): Leaf => new Leaf({ n })
    const opts = { q: 's', leaf: leaf(3), x: leaf(4) }
    expect(whole.equals(new Deep({ pair: [1, leaf(1)], many: [leaf(2)], opts }))).to.equal(true)
    expect(() => whole.rebind([['opts.q', MISSING]])).to.throw()
    expect(
      isPartial(
        start.rebind([
          ['opts', opts],
          ['opts.q', MISSING],
        ]),
      ),
    ).to.equal(true)
    expect(fromJson(start.toJSON(), Deep, { partial: true }).equals(start)).to.equal(true)
  })
})
