/** Recipes: what immer does with plain data, ours does with trees; and what only trees have. */

import { expect } from 'chai'
import fc from 'fast-check'
import { produce } from 'immer'
import {
  FieldError,
  recipe,
  SealedError,
  type Symbolic,
  SymDict,
  SymError,
  SymList,
  same,
} from '../../../src/symbolic/index.ts'
import { Dense, Drop, smallModel } from '../../support/model.ts'
import { runs } from '../../support/random.ts'
import { leavesAlone, refusal } from '../../support/refusal.ts'
import { find, show, tree } from '../../support/twig.ts'

// biome-ignore lint/suspicious/noExplicitAny: recipes over plain data are untyped on purpose.
type Any = any

const dict = (record: object): SymDict => SymDict.from(record as Record<string, unknown>) as SymDict

const start = (): Any => ({
  list: [{ n: 0 }, { n: 1, sub: [10, 11] }, { n: 2 }, 3],
  nums: [5, 3, 9, 1],
  dict: { a: { x: 1 }, b: { y: { z: [1] } } },
  leaf: 1,
})

/** Runs one recipe here and in immer, and gives what both make of it. */
function both(body: (draft: Any) => void): { ours: unknown; theirs: unknown } {
  const before = dict(start())
  const ours = leavesAlone(before, () => before.edit(body as never))
  if (ours instanceof Error) throw ours
  return { ours: (ours as Symbolic).toJS(), theirs: produce(start(), body) }
}

function agree(body: (draft: Any) => void): void {
  const { ours, theirs } = both(body)
  expect(ours).to.deep.equal(theirs)
}

describe('edit', () => {
  it('does as immer does', () => {
    const recipes: ((draft: Any) => void)[] = [
      d => void (d.leaf = 2),
      d => void delete d.leaf,
      d => void (d.dict.a.x = 5),
      d => void (d.dict.c = { new: [1, { two: 2 }] }),
      d => void delete d.dict.b.y,
      d => void d.list.push({ n: 4 }, 5),
      d => void d.list.pop(),
      d => void d.list.shift(),
      d => void d.list.unshift('first', { n: -1 }),
      d => void d.list.splice(1, 2, 'x'),
      d => void d.list.splice(0, 0, 'x', 'y'),
      d => void d.list.reverse(),
      d => void d.nums.sort(),
      d => void d.nums.sort((a: number, b: number) => b - a),
      d => void (d.list.length = 1),
      d => void d.nums.fill(0, 1, 3),
      d => void d.nums.copyWithin(0, 2),
      d => void d.list.sort((a: Any, b: Any) => (b.n ?? 0) - (a.n ?? 0)),
      d => void (d.list = d.list.filter((each: Any) => each.n !== 1)),
      d => void (d.nums = d.nums.map((n: number) => n * 2)),
      d => void (d.list[1].sub[0] = d.list[0]),
      d => void (d.dict.moved = d.list[1]),
      d => {
        d.dict.moved = d.dict.b
        delete d.dict.b
        d.dict.moved.y.z.push(2)
      },
      d => {
        d.dict.one = d.dict.a
        d.dict.two = d.dict.a
        d.dict.one.x = 9
      },
      d => void (d.wrapped = [d.list, { a: d.dict.a }]),
      d => {
        d.wrapped = [d.list[0]]
        d.list[0].n = 100
      },
      d => {
        const [first] = d.list
        d.list.shift()
        first.n = 50
        d.list.push(first)
      },
      d => {
        const [a, b] = d.list
        d.list[0] = b
        d.list[1] = a
        d.list[0].n = 'swapped'
      },
      d => {
        d.list.reverse()
        d.list[0] = 0
        d.list[1].n = 22
        d.list.reverse()
      },
      d => {
        d.dict.a.x = 2
        d.dict.a = { x: d.dict.a.x + 1 }
      },
      d => {
        d.leaf = 2
        d.leaf = 1
      },
      d => {
        d.dict.a.x = 7
        Object.assign(d.dict, { a: d.dict.a })
      },
      d => {
        for (const each of d.list) if (typeof each === 'object') each.n++
      },
      d => {
        for (const key of Object.keys(d.dict)) d.dict[key].seen = true
      },
      d => {
        for (const [key, each] of Object.entries<Any>(d.dict)) d.dict[key] = { ...each, seen: key }
      },
      d => void Object.assign(d.dict.a, { x: 3, more: [1] }),
      d => void (d.copy = JSON.parse(JSON.stringify(d.list))),
      d => void (d.found = d.list.find((each: Any) => each.n === 1)?.sub.length),
      d => void (d.has = ['leaf' in d, 'none' in d, d.list.includes(3), d.nums.indexOf(9)]),
      d => void (d.sum = d.nums.reduce((a: number, b: number) => a + b)),
      d => void (d.joined = d.nums.concat(d.list[1].sub).join('-')),
      d => void (d.last = d.list.at(-1)),
      d => void (d.slice = d.list.slice(1, 3)),
      d => {
        d.fresh = { deep: { er: [] } }
        d.fresh.deep.er.push(d.list[0])
        d.fresh.deep.er[0].n = 'through'
      },
    ]
    recipes.forEach(agree)
  })

  it('does as immer does, for random recipes', () => {
    interface Act {
      readonly op: number
      readonly a: number
      readonly b: number
    }
    /** All containers that can be reached in a draft now. */
    const reach = (draft: Any): Any[] => {
      const found: Any[] = []
      const visit = (value: Any): void => {
        if (typeof value !== 'object' || value === null || found.includes(value) || found.length > 40) return
        found.push(value)
        for (const key of Object.keys(value)) visit(value[key])
      }
      visit(draft)
      return found
    }
    const perform = (draft: Any, { op, a, b }: Act): void => {
      const places = reach(draft)
      const place = places[a % places.length]
      const other = places[b % places.length]
      // Nothing may be put into itself; a fresh container is free of that.
      const value = b % 3 === 0 ? { v: b } : b % 3 === 1 ? b : reach(other).includes(place) ? [b] : other
      const keys = Object.keys(place)
      if (Array.isArray(place)) {
        const index = place.length === 0 ? 0 : b % place.length
        const acts: (() => void)[] = [
          () => place.push(value),
          () => place.pop(),
          () => place.shift(),
          () => place.unshift(value),
          () => place.splice(index, a % 3, value),
          () => place.splice(index, 1),
          () => place.reverse(),
          () => place.sort((x, y) => JSON.stringify(x).length - JSON.stringify(y).length),
          () => void (place[index] = value),
          () => void (place.length = index),
        ]
        acts[op % acts.length]?.()
      } else if (op % 4 === 0 && keys.length > 0) delete place[keys[b % keys.length] as string]
      else if (op % 4 === 1 && keys.length > 0) place[keys[b % keys.length] as string] = value
      else place[`k${op % 5}`] = value
    }
    const act = fc.record({ op: fc.nat({ max: 19 }), a: fc.nat({ max: 30 }), b: fc.nat({ max: 30 }) })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 10 }), acts => {
        agree(draft => {
          for (const each of acts) perform(draft, each)
        })
      }),
      { numRuns: runs(800) },
    )
  })

  it('keeps what was not touched, and moves what was moved', () => {
    const before = tree('a(b(c) d e)')
    const after = before.edit(draft => {
      const [first] = draft.twigs
      draft.twigs.shift()
      draft.twigs.push(first as never)
    })
    expect(show(after)).to.equal('a(d e b(c))')
    for (const name of ['b', 'd', 'e']) expect(same(find(after, name), find(before, name))).to.equal(true)
  })

  it('gives the same node when nothing changed', () => {
    const model = smallModel()
    const idle: ((draft: Any) => unknown)[] = [
      () => undefined,
      draft => draft,
      draft => void draft.layers.map((each: Any) => each.name),
      draft => void (draft.rate = 0.01),
      draft => {
        draft.rate = 3
        draft.rate = 0.01
      },
      draft => {
        draft.tags.push('x')
        draft.tags.pop()
      },
      draft => void Object.assign(draft, { head: draft.head }),
      draft => void (draft.tags = ['a', 'b']),
      draft => void delete draft.note,
    ]
    for (const body of idle) expect(model.edit(body)).to.equal(model)
  })

  it('writes typed fields, resets deleted ones, and checks everything', () => {
    const model = smallModel()
    const next = model.edit(draft => {
      draft.head.units = 20
      draft.layers.push(new Dense({ units: 7 }))
      draft.notes.more = { list: [1] }
      draft.scores.a = Number.NaN
      draft.extra = { free: [1] }
    })
    expect(next.head.units).to.equal(20)
    expect(next.layers.length).to.equal(3)
    expect(next.notes.get('more.list[0]')).to.equal(1)
    expect(String(next.extra)).to.equal('{free: [1]}')
    const reset = next.edit((draft: Any) => {
      delete draft.extra
      delete draft.notes.more
    })
    expect(reset.extra).to.equal(null)
    expect(reset.notes.has('more')).to.equal(false)
    const wrong: [(draft: Any) => void, RegExp][] = [
      [d => void (d.head.units = 0), /head\.units must be an integer of at least 1, got 0/],
      [d => void (d.head = new Drop({})), /head must be a support\.Dense/],
      [d => void (d.unknown = 1), /not a field of support\.Model/],
      [d => void delete d.head, /head cannot be left out/],
      [d => void d.layers.push('x'), /must be a support\.Layer, got 'x'/],
      [d => void (d.tags[0] = 5), /tags\[0\] must be a string/],
      [d => void d.tags.sort(() => 0).push(5), /must be a string/],
    ]
    for (const [body, words] of wrong) {
      leavesAlone(model, () => refusal(() => model.edit(body), SymError, words))
    }
  })

  it('leaves nothing behind when the recipe throws', () => {
    const model = smallModel()
    const error = leavesAlone(model, () =>
      model.edit(draft => {
        draft.head.units = 5
        draft.tags.push('x')
        throw new RangeError('no')
      }),
    )
    expect(error).to.be.instanceOf(RangeError)
  })

  it('revokes its drafts', () => {
    const kept: Any[] = []
    const config = dict(start())
    config.edit((draft: Any) => void kept.push(draft, draft.list, draft.list[0]))
    expect(() =>
      config.edit((draft: Any) => {
        kept.push(draft)
        throw new Error('out')
      }),
    ).to.throw('out')
    for (const draft of kept) expect(() => draft.n).to.throw(TypeError)
    for (const draft of kept) expect(() => (draft.n = 1)).to.throw(TypeError)
  })

  it('refuses asynchronous recipes, and what they do later', async () => {
    const config = dict(start())
    const late: unknown[] = []
    leavesAlone(config, () =>
      refusal(
        () =>
          config.edit(async (draft: Any) => {
            draft.leaf = 2
            await null
            try {
              draft.leaf = 3
            } catch (error) {
              late.push(error)
            }
            throw new Error('nobody hears this')
          }),
        SymError,
        /must be synchronous/,
      ),
    )
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(late[0]).to.be.instanceOf(TypeError)
  })

  it('may return a new tree instead of changing its draft, but not both', () => {
    const config = dict(start())
    expect(config.edit(() => dict({ x: 1 })).toString()).to.equal('{x: 1}')
    expect(config.edit(() => ({ x: [1] })).toString()).to.equal('{x: [1]}')
    expect(config.edit((draft: Any) => draft.dict).toString()).to.equal('{a: {x: 1}, b: {y: {z: [1]}}}')
    expect(config.edit((draft: Any) => [draft.leaf, draft.dict.a]).toString()).to.equal('[1, {x: 1}]')
    refusal(() => config.edit((draft: Any) => (draft.leaf = 5)), SymError, /not both/)
    refusal(() => config.edit((draft: Any) => draft.nums.push(1)), SymError, /not both/)
    refusal(() => config.edit(() => 5), FieldError, /can only become another tree/)
    expect(() => produce(start(), (draft: Any) => (draft.leaf = 5))).to.throw()
  })

  it('cannot tie a knot', () => {
    const config = dict(start())
    const knots: ((draft: Any) => void)[] = [
      d => void (d.dict.a.x = d),
      d => void (d.dict.self = d.dict),
      d => void d.list.push(d.list),
      d => void (d.dict.a.x = [{ deep: d.dict }]),
      d => {
        const loop: Any = {}
        loop.loop = [loop]
        d.leaf = loop
      },
      d => {
        d.dict.a.to = d.dict.b
        d.dict.b.to = d.dict.a
      },
    ]
    for (const knot of knots) leavesAlone(config, () => refusal(() => config.edit(knot), SymError))
  })

  it('edits a child in its tree', () => {
    const head = smallModel().head.edit(draft => {
      draft.units = 12
    })
    expect(head.path.toString()).to.equal('head')
    expect(head.root.get('head.units' as never)).to.equal(12)
  })

  it('stops at seals', () => {
    const sealed = tree('a(b!(c) d)')
    const renamed = (index: number) => () =>
      sealed.edit(draft => {
        ;(draft.twigs[index] as Any).name = 'x'
      })
    refusal(renamed(0), SealedError)
    expect(show(renamed(1)())).to.equal('a(b!(c) x)')
    const moved = sealed.edit(draft => {
      draft.twigs.reverse()
    })
    expect(show(moved)).to.equal('a(d b!(c))')
    refusal(() => tree('a!').edit(() => tree('b')), SealedError)
  })

  it('edits long lists and dicts', () => {
    const numbers = Array.from({ length: 1000 }, (_, i) => i)
    const long = SymList.from(numbers).edit(draft => {
      draft.splice(500, 2, -1)
      draft.unshift(-2)
      draft[999] = -3
    })
    const wanted = numbers.slice()
    wanted.splice(500, 2, -1)
    wanted.unshift(-2)
    wanted[999] = -3
    expect(long.toJS()).to.deep.equal(wanted)
    const record = Object.fromEntries(numbers.map(i => [`k${i}`, { i }]))
    const wide = dict(record).edit((draft: Any) => {
      delete draft.k3
      draft.k5.i = -5
      draft.extra = 1
    })
    expect(wide.size).to.equal(1000)
    expect(wide.get('k5.i')).to.equal(-5)
  })

  it('takes as many changes as there are', () => {
    const next = dict({ list: Array.from({ length: 150_000 }, (_, i) => i) }).edit((draft: Any) => {
      for (let i = 0; i < draft.list.length; i++) draft.list[i] = -i
      for (let i = 0; i < 150_000; i++) draft.list.push('new')
    })
    expect((next.at('list') as SymList).length).to.equal(300_000)
    expect(next.get('list[149999]')).to.equal(-149_999)
  })

  it('takes hostile keys for keys', () => {
    const hostile = dict(JSON.parse('{"__proto__":{"a":1},"constructor":{"b":1}}')).edit((draft: Any) => {
      const proto = '__proto__'
      draft[proto].a = 2
      draft.constructor.b = 2
      draft.toString = 'mine'
    })
    expect(hostile.toJsonString()).to.equal('{"__proto__":{"a":2},"constructor":{"b":2},"toString":"mine"}')
    expect(({} as Any).a).to.equal(undefined)
  })
})

describe('recipe', () => {
  it('gives the batch that the edit amounts to', () => {
    const model = smallModel()
    const body = (draft: Any): void => {
      draft.head.units = 20
      draft.layers.unshift(new Drop({}))
      draft.tags.pop()
      delete draft.notes.author
    }
    const pairs = recipe(model, body)
    expect(pairs.map(([path]) => path.toString())).to.deep.equal([
      'layers[0]',
      'head.units',
      'tags[1]',
      'notes.author',
    ])
    expect(model.rebind(pairs).equals(model.edit(body))).to.equal(true)
  })
})
