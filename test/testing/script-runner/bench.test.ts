import { expect } from 'chai'
import { Bench, short, values } from '../../../src/testing/script-runner/bench.ts'
import { FakeRunner } from '../../support/fake-runner.ts'
import { failsAs, gives, scripts } from './broken.ts'

const limits = { maxSource: 100, maxResult: 100, maxOutput: 100 }

describe('the bench of a suite', () => {
  it('makes one runner for all, when it is first needed', async () => {
    let made = 0
    const make = async () => {
      made++
      return new FakeRunner()
    }
    const bench = new Bench(make, scripts, limits)
    await bench.close()
    expect(made).to.equal(0)
    await Promise.all([bench.gives(1, 'result = 1'), bench.gives([2], 'result = [2]')])
    expect(made).to.equal(1)
    await bench.close()
    await bench.gives(2, 'result = inputs', 2)
    expect(made).to.equal(2)
  })

  it('says what a script gave and what it should have', async () => {
    const bench = new Bench(async () => new FakeRunner(), scripts, limits)
    const messageOf = (action: Promise<unknown>) =>
      action.then(
        () => '',
        (error: Error) => error.message,
      )
    expect(await messageOf(bench.gives(1, 'result = 2'))).to.include('result = 2')
    expect(await messageOf(bench.ends(['timeout'], 'result = 2'))).to.equal(
      'result = 2\nmust end as timeout, and gave 2',
    )
    expect(await messageOf(bench.ends(['timeout', 'crashed'], 'x.y'))).to.match(
      /^x\.y\nmust end as timeout or crashed, and was runtime: ReferenceError/,
    )
  })

  it('compares what matters of an outcome', () => {
    expect([gives(1), failsAs('crashed')].map(short)).to.deep.equal([{ value: 1 }, 'crashed'])
    expect(values([1, null])).to.deep.equal([{ value: 1 }, { value: null }])
  })
})
