import { expect } from 'chai'
import { Named } from '../../../src/search/hyper/named.ts'
import { SpaceError } from '../../../src/search/index.ts'

describe('what is registered under names', () => {
  it('is found again, and a name means one thing for good', () => {
    const rules = new Named<number>('rule')
    rules.add('one', 1)
    rules.add('__proto__', 2)
    expect([rules.get('one'), rules.get('__proto__')]).to.deep.equal([1, 2])
    expect(() => rules.add('one', 3)).to.throw(SpaceError, "there is a rule 'one' already")
    expect(() => rules.add('', 3)).to.throw(SpaceError, 'a rule needs a name, got ""')
    expect(() => rules.add(undefined as never, 3)).to.throw(SpaceError, 'needs a name')
  })

  it('is told when a name is unknown', () => {
    const rules = new Named<number>('rule')
    expect(() => rules.get('constructor')).to.throw(
      SpaceError,
      "no rule 'constructor' is registered; known are none",
    )
    rules.add('one', 1)
    expect(() => rules.get('two')).to.throw(SpaceError, "known are 'one'")
  })
})
