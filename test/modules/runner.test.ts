import { expect } from 'chai'
import { closeShared, withRunner } from '../../src/modules/runner.ts'
import type { ScriptRunner } from '../../src/runtime/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'

const itself = async (runner: ScriptRunner) => runner

describe('withRunner', () => {
  afterEach(closeShared)

  it('uses the runner given', async () => {
    const own = new FakeRunner()
    expect(await withRunner(own, itself)).to.equal(own)
  })

  it('shares one sandbox otherwise, and makes another after that was closed', async () => {
    const one = await withRunner(undefined, itself)
    expect(await withRunner(undefined, itself)).to.equal(one)
    await closeShared()
    expect(await withRunner(undefined, itself)).not.to.equal(one)
  })

  it('does not close it under anybody', async () => {
    await withRunner(undefined, async runner => {
      await closeShared()
      const outcome = await runner.run('result = 1', null)
      expect(outcome).to.include({ ok: true, value: 1 })
    })
  })

  it('gives back what was thrown', async () => {
    const failed = await withRunner(undefined, () => Promise.reject(new Error('mine'))).catch(String)
    expect(failed).to.equal('Error: mine')
  })
})
