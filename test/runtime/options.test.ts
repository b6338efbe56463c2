import { expect } from 'chai'
import {
  type RunOptions,
  randomState,
  readRunSettings,
  readSettings,
  type SandboxOptions,
} from '../../src/runtime/options.ts'

describe('options', () => {
  it('have defaults', () => {
    const settings = readSettings()
    expect(settings).to.include({ timeout: 1000, memory: 64, spare: 1, seed: 0, nodePath: process.execPath })
    expect(settings.size).to.be.at.least(1)
    expect(readRunSettings({}, settings)).to.include({ timeout: 1000, now: undefined, signal: undefined })
  })

  it('of a run come before those of the sandbox', () => {
    const settings = readSettings({ timeout: 5, now: 1 })
    expect(readRunSettings({ timeout: 7, now: 0.5 }, settings)).to.include({ timeout: 7, now: 0 })
  })

  it('of a run may put other tools in place of those of the sandbox', () => {
    const settings = readSettings({ tools: { search: () => [] } })
    expect(readRunSettings({}, settings).tools?.names).to.deep.equal(['search'])
    expect(readRunSettings({ tools: { fetch: () => '' } }, settings).tools?.names).to.deep.equal(['fetch'])
    expect(readRunSettings({ tools: {} }, settings).tools).to.equal(undefined)
  })

  it('say what was expected and what came', () => {
    const cases: [object, string][] = [
      [{ timeout: 0 }, 'timeout must be a whole number from 1 to 300000, got 0'],
      [{ memory: '64' }, "memory must be a whole number from 16 to 4096, got '64'"],
      [{ size: 1.5 }, 'size must be a whole number from 1 to 256, got 1.5'],
      [{ seed: Number.NaN }, 'seed must be a finite number or a string, got NaN'],
      [{ now: Number.POSITIVE_INFINITY }, 'now must be a time in milliseconds since 1970, got Infinity'],
      [{ isolation: 'vm' }, "isolation must be 'auto', 'os' or 'process', got 'vm'"],
      [{ paranoid: 1 }, 'paranoid must be true or false, got 1'],
      [{ toolTimeout: 0 }, 'toolTimeout must be a whole number from 1 to 86400000, got 0'],
      [{ maxToolCalls: 1.5 }, 'maxToolCalls must be a whole number from 1 to 1000000, got 1.5'],
      [{ maxToolTime: '1' }, "maxToolTime must be a whole number from 1 to 86400000, got '1'"],
      [{ lines: 'auto' }, "lines must be true or false, got 'auto'"],
      [{ language: 'ruby' }, "language must be 'javascript', 'typescript' or 'python', got 'ruby'"],
      [{ timeZone: 'Mars' }, "timeZone must be a name like 'Europe/Berlin', got 'Mars'"],
      [{ tools: [] }, 'tools must be a record of tools by name, got a list'],
      [{ nodePath: '' }, "nodePath must be the path of a Node.js program, got ''"],
    ]
    for (const [options, message] of cases) {
      expect(() => readSettings(options as SandboxOptions)).to.throw(message)
    }
    expect(() => readSettings(null as unknown as SandboxOptions)).to.throw(
      'options must be a record, got null',
    )
    const signal = {} as AbortSignal
    expect(() => readRunSettings({ signal }, readSettings())).to.throw('signal must be an AbortSignal')
  })
})

describe('options of no meaning', () => {
  it('are refused, with those that there are', () => {
    const sandbox = { isolaton: 'os' } as SandboxOptions
    expect(() => readSettings(sandbox)).to.throw(
      'isolaton is no option of a sandbox; its options are timeout, memory',
    )
    const run = { memory: 128 } as RunOptions
    expect(() => readRunSettings(run, readSettings())).to.throw(
      'memory is no option of a run; its options are timeout, signal, seed, now, tools, caller, context',
    )
  })
})

describe('randomState', () => {
  it('is the same for the same seed, and recorded', () => {
    expect(randomState(0)).to.deep.equal(randomState(0))
    expect(randomState('a run')).to.deep.equal([1228319818, 427415435, -130381809, 1912250883])
  })

  it('tells seeds apart', () => {
    const seeds = [0, 1, -1, 0.5, '0', '1', '', 'a', 'b', 'ab']
    const states = new Set(seeds.map(seed => randomState(seed).join()))
    expect(states.size).to.equal(seeds.length)
  })
})
