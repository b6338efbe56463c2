import { expect } from 'chai'
import { describeHost, type Host, type LaunchOptions, planLaunches } from '../../src/runtime/launch.ts'

const linux: Host = {
  nodePath: '/node',
  version: '22.14.0',
  platform: 'linux',
  isRoot: true,
  setpriv: '/bin/setpriv',
  probe: { ok: false, reason: 'bubblewrap is not installed', isFinal: true },
}
const confined: Host = {
  ...linux,
  nodePath: process.execPath,
  probe: { ok: true, confinement: { bwrap: '/bwrap', processor: 'x86_64', user: 65534 } },
}
const options: LaunchOptions = { memory: 64, paranoid: false, isolation: 'auto' }
const flags = (version: string, more: Partial<LaunchOptions> = {}) =>
  planLaunches({ ...linux, version }, { ...options, ...more })[0]!.args.filter(arg => arg.startsWith('--'))

describe('planLaunches', () => {
  it('goes from the strongest to the weakest', () => {
    const locks = planLaunches(linux, options).map(launch => launch.locks)
    expect(locks).to.deep.equal([
      ['rlimits', 'parent-death', 'permissions', 'user'],
      ['rlimits', 'parent-death', 'permissions'],
      ['rlimits', 'parent-death'],
      [],
    ])
  })

  it('starts nobody as root', () => {
    expect(planLaunches(linux, options)[0]).to.include({ command: '/bin/sh', user: 65534 })
    expect(planLaunches({ ...linux, isRoot: false }, options)[0]!.user).to.equal(undefined)
  })

  it('asks the system for limits, and for a signal when the parent dies', () => {
    const [, limits, ...rest] = planLaunches(linux, options)[0]!.args
    expect(limits).to.match(
      /ulimit -c 0.*ulimit -f 0.*ulimit -n \d+.*ulimit -t \d+.*ulimit -v \d+.*exec "\$0" "\$@" 4<&-$/,
    )
    expect(rest.slice(0, 5)).to.deep.equal(['/bin/setpriv', '--no-new-privs', '--pdeathsig', 'KILL', '/node'])
  })

  it('knows the flags of each version', () => {
    expect(flags('20.19.0')).to.include.members(['--experimental-permission', '--no-expose-wasm'])
    expect(flags('22.12.0')).to.include.members(['--experimental-permission', '--no-experimental-sqlite'])
    expect(flags('22.14.0')).to.include.members(['--permission', '--disable-sigusr1', '--no-expose-wasm'])
    expect(flags('24.1.0')).to.include.members([
      '--permission',
      '--disable-sigusr1',
      '--no-experimental-sqlite',
    ])
    expect(flags('24.1.0')).to.not.include('--no-expose-wasm')
    expect(flags('20.19.0')).to.not.include('--no-experimental-sqlite')
  })

  it('keeps code generation off and the heap small to the last', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      for (const { args } of planLaunches({ ...linux, platform }, { ...options, memory: 48 })) {
        expect(args).to.include.members([
          '--disallow-code-generation-from-strings',
          '--max-old-space-size=48',
          '-e',
        ])
      }
    }
  })

  it('confines by the operating system first, where the probe has succeeded', () => {
    const all = planLaunches(confined, options)
    expect(all.map(launch => launch.isolation).join(' ')).to.equal('os os process process process process')
    expect(all[0]!.locks).to.include.members([
      'namespaces',
      'seccomp',
      'permissions',
      'rlimits',
      'parent-death',
    ])
    expect(all[0]!.filter).to.be.instanceOf(Buffer)
    expect(all[0]!.args).to.include.members(['/bwrap', '--permission', '--max-old-space-size=64'])
  })

  it('goes no further down than was allowed', () => {
    const levels = (host: Host, isolation: LaunchOptions['isolation']) =>
      new Set(planLaunches(host, { ...options, isolation }).map(launch => launch.isolation))
    expect(levels(confined, 'os')).to.have.keys('os')
    expect(levels(confined, 'process')).to.have.keys('process')
    expect(levels(linux, 'os').size).to.equal(0)
  })

  it('leaves out the compilers of the engine when asked', () => {
    expect(flags('22.14.0', { paranoid: true })).to.include('--jitless')
    expect(flags('22.14.0')).to.not.include('--jitless')
  })

  it('lets the child watch its own memory where the system has no limit for it', () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const [launch] = planLaunches({ ...linux, platform }, options)
      expect(launch!.locks).to.include('memory-watch')
      expect(launch!.args).to.include('--allow-worker')
    }
    expect(planLaunches(linux, options)[0]!.args).to.not.include('--allow-worker')
  })

  it('has a short command line, which Windows cuts at 32 KB', () => {
    for (const { args, program } of planLaunches({ ...linux, platform: 'win32' }, options)) {
      expect(args.join(' ')).to.have.length.below(8000)
      expect(program).to.include('memoryUsage')
    }
  })

  it('uses no shell on Windows', () => {
    expect(
      planLaunches({ ...linux, platform: 'win32' }, options).map(launch => launch.command),
    ).to.deep.equal(['/node', '/node'])
  })
})

describe('describeHost', () => {
  it('knows the running Node', async () => {
    const host = await describeHost(process.execPath)
    expect(host.probe).to.have.property('ok')
    expect(host).to.include({ version: process.versions.node, platform: process.platform })
  })

  it('does not try what is not wanted', async () => {
    const host = await describeHost(process.execPath, 'process')
    expect(host.probe).to.equal(undefined)
  })

  it('says so when a program is not Node', async () => {
    const error = await describeHost('/bin/echo').catch((reason: unknown) => reason)
    expect(String(error)).to.include('set nodePath to a Node.js program')
  })
})
