/** Seals: set, lifted, kept through copies, and above all: held. */

import { expect } from 'chai'
import {
  fromJson,
  PathError,
  SealedError,
  type Symbolic,
  SymDict,
  SymList,
} from '../../../src/symbolic/index.ts'
import { smallModel } from '../../support/model.ts'
import { leavesAlone, refusal } from '../../support/refusal.ts'
import { find, show, tree } from '../../support/twig.ts'

describe('seal', () => {
  it('marks a place, and unseal takes the mark off', () => {
    const root = tree('a(b(c) d)')
    expect(show(root.seal())).to.equal('a!(b(c) d)')
    expect(show(root.seal('twigs[0]'))).to.equal('a(b!(c) d)')
    expect(show(root.seal('twigs[0]').unseal('twigs[0]'))).to.equal('a(b(c) d)')
    expect(show(root.seal('twigs[-1]'))).to.equal('a(b(c) d!)')
    expect(show(find(root, 'b').seal().root as never)).to.equal('a(b!(c) d)')
    expect(find(root, 'b').seal().path.toString()).to.equal('twigs[0]')
    expect(root.seal('twigs').twigs.isSealed).to.equal(true)
    expect(show(root)).to.equal('a(b(c) d)')
  })

  it('gives the same node when the place is as wished already', () => {
    const root = tree('a(b!)')
    expect(root.seal('twigs[0]')).to.equal(root)
    expect(root.unseal()).to.equal(root)
    expect(find(root, 'b').seal()).to.equal(find(root, 'b'))
  })

  it('works for nodes of all kinds, small and big, and leaves content and hash alone', () => {
    const nodes: Symbolic[] = [
      smallModel(),
      SymList.from([1, 2]),
      SymList.from([]),
      SymDict.from({ a: 1 }),
      SymDict.from({}),
      SymList.from(Array.from({ length: 300 }, (_, i) => i)),
      SymDict.from(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i]))),
    ]
    for (const node of nodes) {
      const sealed = node.seal()
      expect(sealed.isSealed).to.equal(true)
      expect(node.isSealed).to.equal(false)
      expect(sealed.equals(node)).to.equal(true)
      expect(sealed.hash()).to.equal(node.hash())
      expect(sealed.toString()).to.equal(node.toString())
      expect(sealed.clone().isSealed).to.equal(true)
      expect(sealed.detached().isSealed).to.equal(true)
      expect(fromJson(sealed.toJSON()).isSealed).to.equal(true)
      expect(sealed.unseal().isSealed).to.equal(false)
      const holder = SymDict.from({ x: [node] }).seal('x[0]')
      expect((holder.get('x[0]') as Symbolic).isSealed).to.equal(true)
      expect(fromJson(holder.toJSON()).toJsonString()).to.equal(holder.toJsonString())
    }
    expect(SymList.from([]).isSealed).to.equal(false)
    expect(SymDict.from({}).isSealed).to.equal(false)
  })

  it('holds against every way of deriving, at its place and below', () => {
    const root = tree('a(b!(c(e)) d)')
    const b = find(root, 'b')
    const e = find(root, 'b c e')
    const ways: (() => unknown)[] = [
      () => root.rebind({ 'twigs[0].name': 'x' }),
      () =>
        root.rebind([
          ['name', 'x'],
          ['twigs[0].twigs[0].name', 'x'],
        ]),
      () => root.transform((path, value) => (path.toString() === 'twigs[0].twigs[0].name' ? 'x' : value)),
      () => root.transform((path, value) => (path.toString() === 'twigs[0].name' ? 'x' : value)),
      () => root.edit(draft => void ((draft.twigs[0] as { name: string }).name = 'x')),
      () => root.patch([{ op: 'replace', path: '/twigs/0/name', value: 'x' }]),
      () => root.patch([{ op: 'remove', path: '/twigs/0/twigs/0' }]),
      () => root.seal('twigs[0].twigs[0]'),
      () => b.rebind({ name: 'x' }),
      () => b.rebind({ 'twigs[0].name': 'x' }),
      () => b.rebind({ '': tree('x') }),
      () => b.clone({ name: 'x' }),
      () => b.edit(draft => void (draft.name = 'x')),
      () => b.transform((path, value) => (path.isRoot ? tree('x') : value)),
      () => b.twigs.rebind({ '[0].name': 'x' }),
      () => e.rebind({ name: 'x' }),
      () => e.seal(),
      () => e.edit(draft => void (draft.name = 'x')),
      () => e.patch([{ op: 'replace', path: '/name', value: 'x' }]),
      () => e.parent?.rebind([['[0]', tree('x')]]),
    ]
    for (const way of ways) {
      const error = leavesAlone(root, () => refusal(way))
      const cause = error instanceof SealedError ? error : error.cause
      expect(cause, way.toString()).to.be.instanceOf(SealedError)
    }
  })

  it('lets the unsealed parent replace or remove what is sealed', () => {
    const root = tree('a(b!(c) d)')
    expect(show(root.rebind({ 'twigs[0]': tree('x!(y)') }))).to.equal('a(x!(y) d)')
    expect(show(root.twigs.rebind({ '[0]': tree('x') }).root as never)).to.equal('a(x d)')
    expect(
      show(root.transform((path, value) => (path.toString() === 'twigs[0]' ? tree('x') : value))),
    ).to.equal('a(x d)')
    expect(show(root.patch([{ op: 'move', from: '/twigs/0', path: '/twigs/1' }]))).to.equal('a(d b!(c))')
    expect(show(root.unseal('twigs[0]').rebind({ 'twigs[0].name': 'x' }))).to.equal('a(x(c) d)')
  })

  it('says what is sealed, from which tree, and what to do', () => {
    const root = smallModel().seal('head')
    const error = refusal(
      () => root.rebind({ 'head.units': 1 }),
      SealedError,
      /^support\.Model\.head is sealed; call unseal\('head'\) for a copy that can change$/,
    )
    expect(error.code).to.equal('sealed')
    expect(error.path).to.equal('head')
    refusal(() => root.seal().rebind({ rate: 1 }), SealedError, /^support\.Model is sealed; call unseal\(\)/)
    refusal(
      () =>
        root
          .seal('layers')
          .get('layers[0]')
          .rebind([['name', 'x']]),
      SealedError,
      /^support\.Model\.layers is sealed/,
    )
  })

  it('is for objects, lists and dicts', () => {
    refusal(() => smallModel().seal('rate'), PathError, /only objects, lists and dicts can be sealed/)
    refusal(() => smallModel().seal('nothing'), PathError, /can be sealed/)
    refusal(() => smallModel().seal('tags[9]'), PathError)
  })
})
