import { expect } from 'chai'
import { checkFitOptions } from '../../src/modules/fit-options.ts'
import { exactMatch } from '../../src/modules/index.ts'

const check = (more: object) => () =>
  checkFitOptions({ reward: exactMatch(), budget: { generations: 1 }, ...more })

describe('checkFitOptions', () => {
  it('asks for at least one limit, and sensible ones', () => {
    for (const budget of [{}, undefined, { seconds: -1 }, { generations: Number.NaN }])
      expect(check({ budget })).to.throw(RangeError, 'fit needs a budget, like { generations: 50 }')
    expect(check({ budget: { seconds: 0.5, evaluations: 0 } })).not.to.throw()
  })

  it('asks for whole numbers where something is counted', () => {
    for (const name of ['patience', 'batchSize', 'finalists', 'concurrency']) {
      expect(check({ [name]: 0 })).to.throw(RangeError, `${name} must be a whole number of at least 1, got 0`)
      expect(check({ [name]: 1.5 })).to.throw(RangeError)
      expect(check({ [name]: 2 })).not.to.throw()
    }
    expect(check({ target: Number.NaN })).to.throw(RangeError)
  })

  it('takes limits on language models as a budget', () => {
    for (const budget of [{ calls: 1 }, { tokens: 0 }, { money: 0.5 }])
      expect(check({ budget })).not.to.throw()
    expect(check({ budget: { money: -1 } })).to.throw(RangeError, 'fit needs a budget')
  })

  it('checks what is neither a count nor a limit', () => {
    expect(check({ minDelta: -0.1 })).to.throw(RangeError, 'minDelta must be a number from 0 to 1, got -0.1')
    expect(check({ sampleTimeout: 0 })).to.throw(RangeError, 'sampleTimeout must be a number of milliseconds')
    expect(check({ onFailure: 'skip' })).to.throw(
      RangeError,
      `onFailure must be 'score' or 'throw', got "skip"`,
    )
    expect(check({ csv: '' })).to.throw(RangeError, "csv must be the name of a file, got ''")
  })
})
