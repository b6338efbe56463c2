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
})
