import { expect } from 'chai'
import { describeHost, type Host, planLaunches } from '../../src/runtime/launch.ts'

const linux: Host = {
  nodePath: '/node',
  version: '20.20.2',
  platform: 'linux',
  isRoot: true,
  setpriv: '/bin/setpriv',
}
const flags = (version: string) =>
  planLaunches({ ...linux, version }, 64)[0]!.args.filter(arg => arg.startsWith('--'))

describe('planLaunches', () => {
  it('goes from the strongest to the weakest', () => {
    const locks = planLaunches(linux, 64).map(launch => launch.locks)
    expect(locks).to.deep.equal([
      ['permissions', 'rlimits', 'user', 'parent-death'],
      ['permissions', 'rlimits'],
      ['rlimits'],
      [],
    ])
  })

  it('starts nobody as root', () => {
    expect(planLaunches(linux, 64)[0]).to.include({ command: '/bin/sh', user: 65534 })
    expect(planLaunches({ ...linux, isRoot: false }, 64)[0]!.user).to.equal(undefined)
  })

  it('asks the system for limits, and for a signal when the parent dies', () => {
    const [, limits, ...rest] = planLaunches(linux, 64)[0]!.args
    expect(limits).to.match(
      /ulimit -c 0.*ulimit -f 0.*ulimit -n \d+.*ulimit -t \d+.*ulimit -v \d+.*exec "\$0" "\$@"$/,
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
      for (const { args } of planLaunches({ ...linux, platform }, 48)) {
        expect(args).to.include.members([
          '--disallow-code-generation-from-strings',
          '--max-old-space-size=48',
          '-e',
        ])
      }
    }
  })

  it('uses no shell on Windows', () => {
    expect(planLaunches({ ...linux, platform: 'win32' }, 64).map(launch => launch.command)).to.deep.equal([
      '/node',
      '/node',
    ])
  })
})

describe('describeHost', () => {
  it('knows the running Node', async () => {
    const host = await describeHost(process.execPath)
    expect(host).to.include({ version: process.versions.node, platform: process.platform })
  })

  it('says so when a program is not Node', async () => {
    const error = await describeHost('/bin/echo').catch((reason: unknown) => reason)
    expect(String(error)).to.include('set nodePath to a Node.js program')
  })
})
