/** Scopes in which seals do not hold, or everything is sealed: the innermost wins, also across awaits. */

import { expect } from 'chai'
import { SealedError, SymDict, SymList, withSealed } from '../../../src/symbolic/index.ts'
import { smallModel } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'
import { find, show, tree } from '../../support/twig.ts'

const root = tree('a(b!(c) d)')
const changeSealed = (): string => show(root.rebind({ 'twigs[0].name': 'x' }))
const changeOpen = (): string => show(root.rebind({ name: 'x' }))

describe('withSealed', () => {
  it('lifts seals with false', () => {
    expect(withSealed(false, changeSealed)).to.equal('a(x!(c) d)')
    expect(withSealed(false, () => show(find(root, 'b c').rebind({ name: 'y' }).root as never))).to.equal(
      'a(b!(y) d)',
    )
    expect(withSealed(false, () => root.seal().rebind({ '': tree('z') }).name)).to.equal('z')
    refusal(changeSealed, SealedError)
  })

  it('seals everything with true', () => {
    withSealed(true, () => {
      const ways: (() => unknown)[] = [
        changeOpen,
        changeSealed,
        () => find(root, 'd').rebind({ name: 'x' }),
        () => SymList.from([1]).rebind([['[0]', 2]]),
        () =>
          SymDict.from({ a: 1 }).rebind([
            ['a', 2],
            ['b', 3],
          ]),
        () => root.edit(draft => void (draft.name = 'x')),
        () => root.transform((path, value) => (path.key === 'name' ? 'x' : value)),
        () => root.patch([{ op: 'replace', path: '/name', value: 'x' }]),
        () => root.rebind({ '': tree('x') }),
      ]
      for (const way of ways) expect(() => way(), way.toString()).to.throw(/is sealed/)
      // Making new trees derives nothing.
      expect(smallModel().rate).to.equal(0.01)
      expect(show(tree('x(y)'))).to.equal('x(y)')
      expect(root.seal().isSealed).to.equal(true)
    })
    expect(changeOpen()).to.equal('x(b!(c) d)')
  })

  it('nests: the innermost counts, and null means the trees themselves', () => {
    withSealed(false, () => {
      withSealed(true, () => refusal(changeOpen, SealedError))
      withSealed(null, () => {
        refusal(changeSealed, SealedError)
        expect(changeOpen()).to.equal('x(b!(c) d)')
        withSealed(false, changeSealed)
      })
      changeSealed()
    })
    withSealed(true, () => {
      withSealed(null, changeOpen)
      withSealed(false, changeSealed)
      refusal(changeOpen, SealedError)
    })
  })

  it('gives the result back, and ends when its body throws', () => {
    expect(withSealed(false, () => 5)).to.equal(5)
    expect(() =>
      withSealed(true, () => {
        throw new RangeError('out')
      }),
    ).to.throw(RangeError)
    changeOpen()
    refusal(changeSealed, SealedError)
  })

  it('goes with asynchronous work, and not beside it', async () => {
    const pause = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 2))
    const inside = withSealed(false, async () => {
      await pause()
      return changeSealed()
    })
    const sealing = withSealed(true, async () => {
      await pause()
      refusal(changeOpen, SealedError)
      await withSealed(false, async () => {
        await pause()
        changeSealed()
      })
      refusal(changeOpen, SealedError)
    })
    refusal(changeSealed, SealedError)
    changeOpen()
    await pause()
    refusal(changeSealed, SealedError)
    expect(await inside).to.equal('a(x!(c) d)')
    await sealing
  })
})
