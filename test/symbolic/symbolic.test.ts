/** What every node can do: its place in the tree, and that it keeps no more alive than it should. */

import { inspect } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import {
  isSymbolic,
  PathError,
  SealedError,
  type Symbolic,
  SymDict,
  SymList,
  type SymObject,
  same,
} from '../../src/symbolic/index.ts'
import { Dense, Model, smallModel } from '../support/model.ts'
import { leavesAlone, refusal } from '../support/refusal.ts'
import { find, show, Twig, tree } from '../support/twig.ts'

describe('a node', () => {
  it('knows its parent, root and path', () => {
    const root = tree('a(b(c) d)')
    const c = find(root, 'b c')
    expect(c.path.toString()).to.equal('twigs[0].twigs[0]')
    expect(c.root).to.equal(root)
    expect(c.parent?.parent).to.equal(find(root, 'b'))
    expect(root.parent).to.equal(null)
    expect(root.path.isRoot).to.equal(true)
    expect(root.root).to.equal(root)
  })

  it('is one and the same however it is reached', () => {
    const model = smallModel()
    expect(model.get('layers[0]')).to.equal(model.layers.at(0))
    expect(model.get('layers[-2]')).to.equal(model.layers.at(0))
    expect([...model.layers][0]).to.equal(model.layers.at(-2))
    expect(model.get('')).to.equal(model)
    expect(model.get('head')).to.equal(model.head)
    expect(model.notes.get('list')).to.equal(model.get('notes.list'))
    expect(model.notes.entries().at(-1)?.[1]).to.equal(model.get('notes.list'))
    expect(model.query({ path: /^head$/ }).get('head')).to.equal(model.head)
    const big = SymList.from(Array.from({ length: 500 }, (_, i) => ({ i })))
    expect(big.at(400)).to.equal(big.get('[400]'))
    const negative = big.get('[-1]') as Symbolic
    expect(negative.path.toString()).to.equal('[499]')
  })

  it('finds the nearest ancestor that meets a condition', () => {
    const c = find(tree('a(b(c) d)'), 'b c')
    const isTwig = (node: Symbolic): node is Twig => node instanceof Twig
    expect(c.ancestor(isTwig)?.name).to.equal('b')
    expect(c.ancestor(node => isTwig(node) && node.name === 'a')).to.equal(c.root)
    expect(c.ancestor(() => false)).to.equal(null)
    expect(c.root.ancestor(() => true)).to.equal(null)
  })

  it('has places of its own in every tree that shares its content', () => {
    const part = tree('x(y)')
    const one = new Twig({ name: 'one', twigs: [part] })
    const two = new Twig({ name: 'two', twigs: [tree('z'), part, part] })
    expect(one.twigs.at(0)?.parent?.parent).to.equal(one)
    expect(two.twigs.at(1)?.path.toString()).to.equal('twigs[1]')
    expect(two.twigs.at(2)?.path.toString()).to.equal('twigs[2]')
    expect(part.parent).to.equal(null)
    expect(same(one.twigs.at(0), two.twigs.at(2))).to.equal(true)
    expect(one.twigs.at(0)).not.to.equal(two.twigs.at(1))
    const changed = two.twigs.at(1)?.rebind({ name: 'w' }) as Twig
    expect(show(changed.root as Twig)).to.equal('two(z w(y) x(y))')
    expect(show(one)).to.equal('one(x(y))')
  })

  it('rebinds to its own next version, whose root is the new root', () => {
    const before = tree('a(b(c) d)')
    const c = find(before, 'b c')
    const next = leavesAlone(c, () => c.rebind({ name: 'x' })) as Twig
    expect(next.name).to.equal('x')
    expect(next.path.toString()).to.equal('twigs[0].twigs[0]')
    expect(show(next.root as Twig)).to.equal('a(b(x) d)')
    expect(same(find(next.root as Twig, 'd'), find(before, 'd'))).to.equal(true)
    expect(next.root.get('twigs[0].twigs[0]' as never)).to.equal(next)
    expect(c.rebind({ name: 'c' })).to.equal(c)
    const item = smallModel().get('notes.list[1]') as Symbolic
    const changed = item.rebind([['deep', false]]).root
    expect(String(changed.get('notes.list' as never))).to.equal('[1, {deep: false}]')
    const big = SymDict.from(Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`k${i}`, { i: [i] }])))
    const deep = big.get('k300.i') as Symbolic
    expect(deep.rebind([['[0]', 'x']]).root.get('k300.i[0]' as never)).to.equal('x')
    expect(deep.rebind([['[0]', 'x']]).path.toString()).to.equal('k300.i')
  })

  it('cannot be assigned to', () => {
    const model = smallModel() as unknown as Record<string, unknown>
    for (const key of ['rate', 'head', 'path', 'parent', 'root', 'typeName', 'isSealed']) {
      expect(() => (model[key] = 1), key).to.throw(TypeError)
    }
    expect(() => ((model.layers as Record<string, unknown>).length = 0)).to.throw(TypeError)
    expect(smallModel().rate).to.equal(0.01)
  })

  it('has one detached node, the same in all versions', () => {
    const before = tree('a(b(c) d)')
    const after = before.rebind({ name: 'z' })
    const detached = find(before, 'b').detached()
    expect(find(after, 'b').detached()).to.equal(detached)
    expect(detached.detached()).to.equal(detached)
    expect(detached.parent).to.equal(null)
    expect(show(detached)).to.equal('b(c)')
    expect(detached.root).to.equal(detached)
    expect(same(detached, find(after, 'b'))).to.equal(true)
    const changed = before.rebind({ 'twigs[0].twigs': [] })
    expect(find(changed, 'b').detached()).not.to.equal(detached)
  })

  it('hands out no green: a token cannot be written to', () => {
    const before = tree('a(b)')
    expect(Array.isArray(before.token)).to.equal(false)
    expect(() => Object.assign(before.token, { name: 'x' })).to.throw(TypeError)
    expect(before.name).to.equal('a')
  })

  it('has a token that is the same for the same content', () => {
    const before = tree('a(b(c) d)')
    const after = before.rebind({ name: 'z' })
    expect(find(after, 'b').token).to.equal(find(before, 'b').token)
    expect(after.token).not.to.equal(before.token)
    const memo = new WeakMap<object, string>([[before.token, 'known']])
    expect(memo.get(before.clone().token)).to.equal('known')
    expect(memo.get(after.rebind({ name: 'a' }).token)).to.equal(undefined)
    expect(same(5, 5) && same(Number.NaN, Number.NaN)).to.equal(true)
    expect(same(5, '5') || same(before, {}) || same({}, before)).to.equal(false)
  })

  it('clones in no time, with or without changes, seals and all', () => {
    const model = smallModel().seal('head')
    const clone = model.head.clone()
    expect(clone.parent).to.equal(null)
    expect(clone.isSealed).to.equal(true)
    expect(same(clone, model.head)).to.equal(true)
    expect(model.clone({ rate: 5 }).rate).to.equal(5)
    leavesAlone(model, () => refusal(() => model.clone([['head.units', -1]] as never)))
    refusal(() => model.clone({ 'head.units': 1 }), SealedError)
    expect(model.tags.clone([['[0]', 'z']] as never).path.isRoot).to.equal(true)
  })

  it('tells whether it is one', () => {
    expect(isSymbolic(smallModel())).to.equal(true)
    expect(isSymbolic(SymList.empty)).to.equal(true)
    for (const other of [null, {}, [], Model, 'x']) expect(isSymbolic(other)).to.equal(false)
  })

  it('shows itself in words', () => {
    expect(String(tree('a(b)'))).to.equal(`Twig(name='a', twigs=[Twig(name='b', twigs=[])])`)
    expect(inspect(SymList.from([1, 'x']))).to.equal(`[1, 'x']`)
    expect(inspect(smallModel())).to.match(/^Model\(\n {2}layers = \[\n/)
    expect(`${smallModel().head.path}`).to.equal('head')
  })
})

describe('get and has', () => {
  it('say what stands at a path', () => {
    const model = smallModel()
    const dynamic = (path: string): unknown => model.get(path)
    expect(dynamic('head.units')).to.equal(10)
    expect(dynamic('layers[-1].rate')).to.equal(0.5)
    expect(dynamic('notes.list[1].deep')).to.equal(true)
    expect(dynamic('note')).to.equal(undefined)
    expect(model.get('head.nothing' as string, 7)).to.equal(7)
    expect(model.get('head.units', 7)).to.equal(10)
    expect(model.get('notes.nothing' as string, undefined)).to.equal(undefined)
    for (const path of ['', 'note', 'extra', 'tags[1]', 'notes.list']) expect(model.has(path)).to.equal(true)
    for (const path of [
      'x',
      'tags[2]',
      'tags[-3]',
      'tags.0',
      'notes[0]',
      'head.units.x',
      'notes.author[0]',
      '[0]',
    ]) {
      expect(model.has(path), path).to.equal(false)
      expect(model.get(path as string, 'none')).to.equal('none')
    }
  })

  it('say how far a path leads, where it leads nowhere', () => {
    const rows: [string, RegExp][] = [
      [
        'head.unit',
        /nothing at 'head\.unit': 'head\.unit' is not a field of support\.Dense; did you mean 'units'/,
      ],
      ['layers[7].units', /nothing at 'layers\[7\]': 'layers' is a list of 2 elements/],
      ['notes.nobody', /'notes' has no key 'nobody'/],
      ['rate.x', /nothing at 'rate\.x': 'rate' is 0\.01/],
      ['[0]', /support\.Model has nothing at '\[0\]'/],
      ['tags.length', /nothing at 'tags\.length'/],
      ['a[', /cannot read the key path/],
    ]
    for (const [path, words] of rows) refusal(() => smallModel().get(path as string), PathError, words)
  })
})

describe('memory', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void

  /** Whether a version is let go when only what `keep` takes from it is held. */
  async function isLetGo(keep: (version: Model) => object): Promise<boolean> {
    const kept: object[] = []
    const ref = ((): WeakRef<SymObject> => {
      const version = new Model({
        layers: Array.from({ length: 50 }, (_, i) => new Dense({ units: i + 1 })),
        head: new Dense({ units: 1 }),
      })
      kept.push(keep(version))
      return new WeakRef(version)
    })()
    for (let i = 0; i < 5; i++) {
      await new Promise(resolve => setTimeout(resolve, 1))
      collect()
    }
    expect(kept).to.have.length(1)
    return ref.deref() === undefined
  }

  it('a kept child keeps its version alive', async () => {
    expect(await isLetGo(version => version.head)).to.equal(false)
  })

  it('a kept clone, detached node, token or next version does not', async () => {
    expect(await isLetGo(version => version.head.clone())).to.equal(true)
    expect(await isLetGo(version => version.head.detached())).to.equal(true)
    expect(await isLetGo(version => version.head.token)).to.equal(true)
    expect(await isLetGo(version => version.rebind({ rate: 5 }))).to.equal(true)
    expect(await isLetGo(version => version.head.rebind({ units: 5 }))).to.equal(true)
  })
})
