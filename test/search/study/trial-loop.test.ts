import { expect } from 'chai'
import type { Trial } from '../../../src/search/study/trial.ts'
import { Group, loopOver } from '../../../src/search/study/trial-loop.ts'

type Fake = Trial<string> & { state: string }
const fake = (id: number): Fake => ({ id, state: 'open' }) as Fake

/** Gives trials 1 to n. */
function source(count: number): { next: () => Promise<Trial<string> | null>; given: Fake[] } {
  const given: Fake[] = []
  const next = async (): Promise<Trial<string> | null> => {
    if (given.length === count) return null
    given.push(fake(given.length + 1))
    return given.at(-1) ?? null
  }
  return { next, given }
}

describe('a loop over trials', () => {
  it('ends with them, and insists on answers', async () => {
    const { next } = source(2)
    const seen: number[] = []
    for await (const trial of loopOver(next)) {
      seen.push(trial.id)
      trial.state = 'answered'
    }
    expect(seen).to.deep.equal([1, 2])
    const loop = loopOver(source(2).next)
    await loop.next()
    const error = await loop.next().catch(thrown => thrown)
    expect(error.message).to.contain('trial 1 was left without an answer')
  })
})

describe('a group of loops', () => {
  it('asks once for all', async () => {
    const { next, given } = source(2)
    const group = new Group(next)
    const [a, b] = [group.loop(), group.loop()]
    const [first, second] = await Promise.all([a.next(), b.next()])
    expect(first.value).to.equal(second.value)
    const waiting = b.next()
    ;(given[0] as Fake).state = 'answered'
    group.settled()
    expect((await waiting).value).to.equal(given[1])
    expect((await a.next()).value).to.equal(given[1])
    ;(given[1] as Fake).state = 'dropped'
    expect((await a.next()).done).to.equal(true)
    expect([(await b.next()).done, group.isEmpty]).to.deep.equal([true, true])
  })

  it('lets errors through, and goes on when they are over', async () => {
    let isBroken = true
    const { next } = source(1)
    const group = new Group(() => (isBroken ? Promise.reject(new Error('no disk')) : next()))
    expect(
      (
        await group
          .loop()
          .next()
          .catch(thrown => thrown)
      ).message,
    ).to.equal('no disk')
    isBroken = false
    expect((await group.loop().next()).value).to.include({ id: 1 })
  })
})
