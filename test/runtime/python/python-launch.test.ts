import { expect } from 'chai'
import { Sandbox, type SandboxOptions } from '../../../src/runtime/index.ts'
import { readSettings } from '../../../src/runtime/options.ts'
import { planPythonLaunches } from '../../../src/runtime/python/python-launch.ts'
import { needsConfinedPython, needsPython } from './needs.ts'

describe('planPythonLaunches', () => {
  before(needsPython)

  const plan = (options: SandboxOptions) =>
    planPythonLaunches(readSettings({ language: 'python', ...options }))
  const levels = async (options: SandboxOptions) => (await plan(options)).launches.map(each => each.isolation)

  async function outcomeOf(options: SandboxOptions) {
    await using sandbox = new Sandbox({ language: 'python', ...options })
    return await sandbox.run('result = 1', null)
  }

  it('confines Python by the operating system, and uses nothing less unless it is told to', async function () {
    await needsConfinedPython.call(this)
    expect(await levels({})).to.deep.equal(['os'])
    expect(await levels({ isolation: 'os', allowUnsandboxedPython: true })).to.deep.equal(['os'])
    expect((await levels({ allowUnsandboxedPython: true })).slice(0, 2)).to.deep.equal(['os', 'process'])
    expect(await outcomeOf({ timeout: 5000 })).to.include({ ok: true, isolation: 'os' })
  })

  it('says why it does not run, and what would let it', async () => {
    const outcome = await outcomeOf({ isolation: 'process' })
    expect(outcome).to.include({ ok: false, kind: 'unavailable' })
    expect(outcome.ok ? '' : outcome.message).to.include(
      'Python runs only where the operating system confines it',
    )
    expect(outcome.ok ? '' : outcome.message).to.include('allowUnsandboxedPython: true')
    const missing = await outcomeOf({ pythonPath: '/no/such/python3' })
    expect(missing).to.include({ kind: 'unavailable' })
    expect(missing.ok ? '' : missing.message).to.include('set pythonPath')
  })

  it('runs without that when it is told to, under limits and filters all the same', async () => {
    const options = { isolation: 'process', allowUnsandboxedPython: true } as const
    const { launches } = await plan(options)
    expect(launches.every(each => each.isolation === 'process')).to.equal(true)
    expect(launches[0]?.locks).to.include('rlimits')
    expect(await outcomeOf({ ...options, timeout: 5000 })).to.include({ ok: true, isolation: 'process' })
  })

  it('gives a keeper an environment of three variables', async () => {
    const { launches } = await plan({ allowUnsandboxedPython: true, timeZone: 'Asia/Tokyo' })
    for (const { env } of launches) {
      expect(env).to.deep.equal({ TZ: 'Asia/Tokyo', PYTHONHASHSEED: '0', LC_ALL: 'C.UTF-8' })
    }
  })
})
