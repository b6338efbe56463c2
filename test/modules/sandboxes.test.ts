import { expect } from 'chai'
import { Sandboxes } from '../../src/modules/index.ts'
import { runnerFor } from '../../src/modules/sandboxes.ts'
import { Sandbox } from '../../src/runtime/index.ts'
import { needsConfinedPython } from '../runtime/python/needs.ts'
import { FakeRunner } from '../support/fake-runner.ts'

describe('Sandboxes', () => {
  it('runs JavaScript, and TypeScript when asked for it', async () => {
    await using sandboxes = new Sandboxes()
    expect(await sandboxes.run('result = inputs + 1', 1)).to.include({ ok: true, value: 2 })
    const [first, second] = await sandboxes.runMany('result = inputs * 2', [1, 2])
    expect([first, second].map(each => each?.ok && each.value)).to.deep.equal([2, 4])
    const typed = sandboxes.of('typescript')
    expect(await typed.run('const x: number = inputs; result = x', 3)).to.include({ value: 3 })
    expect(sandboxes.of('typescript')).to.equal(typed)
  })

  it('takes runners for some languages, and leaves them to their owner', async () => {
    const own = new FakeRunner()
    await using outer = new Sandbox()
    const sandboxes = new Sandboxes({ javascript: outer, python: own })
    expect(sandboxes.of('python')).to.equal(own)
    expect(sandboxes.of('javascript')).to.equal(outer)
    await sandboxes.close()
    expect(await outer.run('result = 1', null)).to.include({ value: 1 })
    expect(() => sandboxes.of('typescript')).to.throw('the sandboxes are closed')
  })

  it('passes options on, and the seed to all that have none of their own', async () => {
    const draw = 'result = Math.random()'
    const first = async (sandboxes: Sandboxes) => {
      await using open = sandboxes
      const outcome = await open.run(draw, null)
      return outcome.ok && outcome.value
    }
    const seeded = await first(new Sandboxes({ seed: 5 }))
    expect(await first(new Sandboxes({ seed: 1, javascript: { seed: 5 } }))).to.equal(seeded)
    expect(await first(new Sandboxes({ seed: 1 }))).not.to.equal(seeded)
  })

  it('refuses options that do not exist', async () => {
    expect(() => new Sandboxes({ ruby: {} } as never)).to.throw(TypeError, 'ruby is no option of Sandboxes')
    await using wrong = new Sandboxes({ python: { timeout: -1 } })
    expect(() => wrong.of('python')).to.throw(RangeError, 'timeout')
  })
})

describe('Sandboxes with Python', function () {
  this.timeout(20_000)
  before(needsConfinedPython)

  it('starts Python when there is Python to run', async () => {
    await using sandboxes = new Sandboxes()
    expect(await sandboxes.of('python').run('result = inputs ** 2', 5)).to.include({ ok: true, value: 25 })
  })
})

describe('runnerFor', () => {
  it('is the runner itself for JavaScript, and for nothing else', async () => {
    const runner = new FakeRunner()
    expect(runnerFor(runner, 'javascript')).to.equal(runner)
    const [outcome] = await runnerFor(runner, 'python').runMany('result = 1', [null])
    expect(outcome).to.include({ ok: false, kind: 'unavailable' })
    expect(outcome).to.have.property('message').that.includes('new Sandboxes({ python: … })')
  })
})
