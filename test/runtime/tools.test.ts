// Reading the option `tools`, and what scripts make of tools: the contract, as a user of a sandbox sees it.

import { expect } from 'chai'
import {
  type Json,
  type Outcome,
  Sandbox,
  type ToolCallOptions,
  type Tools,
} from '../../src/runtime/index.ts'
import { Toolbox } from '../../src/runtime/tools.ts'
import { childrenOf } from './processes.ts'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
/** The children started since this was called. */
function newChildren(): () => number[] {
  const others = new Set(childrenOf(process.pid))
  return () => childrenOf(process.pid).filter(pid => !others.has(pid))
}
const short = (outcome: Outcome): Json => (outcome.ok ? outcome.value : `${outcome.kind}: ${outcome.message}`)

describe('the option tools', () => {
  const refusal = (tools: unknown) => () => new Toolbox(tools as Tools, 1000)

  it('takes functions, and records with a function', async () => {
    class Search {
      readonly answer = 'found'
      execute() {
        return this.answer
      }
    }
    const toolbox = new Toolbox(
      { plain: () => 1, search: new Search(), quick: { timeout: 5, execute: () => 2 } },
      1000,
    )
    expect(toolbox.names).to.deep.equal(['plain', 'search', 'quick'])
    expect(await toolbox.find('search')!.execute(null, {} as ToolCallOptions)).to.equal('found')
    expect(toolbox.find('plain')!.timeout).to.equal(1000)
    expect(toolbox.find('quick')!.timeout).to.equal(5)
  })

  it('knows its own tools alone', () => {
    const toolbox = new Toolbox({ plain: () => 1 }, 1000)
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', '']) {
      expect(toolbox.find(name)).to.equal(undefined)
    }
  })

  it('says what is no tool', () => {
    expect(refusal(null)).to.throw('tools must be a record of tools by name, got null')
    expect(refusal({ search: {} })).to.throw(
      'tools.search must be a function or have one as execute, got object',
    )
    expect(refusal({ search: null })).to.throw('tools.search must be a function or have one as execute')
    expect(refusal({ search: { execute: 5 } })).to.throw('must be a function or have one as execute, got 5')
    expect(refusal({ search: { timeout: 0, execute: () => 1 } })).to.throw(
      'tools.search.timeout must be a whole',
    )
    expect(refusal({ search: { inputSchema: 5, execute: () => 1 } })).to.throw(
      'tools.search.inputSchema must be',
    )
  })

  it('does not let a schema under its old name go unread', () => {
    const parameters = { type: 'object' }
    expect(refusal({ search: { parameters, execute: () => 1 } })).to.throw(
      'tools.search.parameters is not read; call the schema inputSchema',
    )
  })

  it('refuses names that mean something else', () => {
    for (const name of ['then', 'toJSON', 'constructor', 'toString', '__proto__']) {
      expect(refusal(JSON.parse(`{"${name}":1}`)), name).to.throw(/^tools(\.| has the name)/)
    }
    for (const name of ['', 'a b', '1', '"', 'a"],["b', 'a'.repeat(65)]) {
      expect(refusal({ [name]: () => 1 }), name).to.throw('names are letters, digits, _ and -')
    }
  })
})

describe('a script with tools', () => {
  const log: [string, number][] = []
  const tools: Tools = {
    echo: input => input,
    note: (input, { index }) => void log.push([JSON.stringify(input), index]),
    fail: () => {
      throw new RangeError('no luck')
    },
    slow: { timeout: 60, execute: () => new Promise(() => {}) },
    pause: (ms: number) => pause(ms).then(() => ms),
    add: {
      description: 'Adds numbers',
      inputSchema: { properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'] },
      outputSchema: { type: 'number', maximum: 100 },
      execute: ({ a, b }: { a: number; b: number }) => a + b,
    },
  }
  const sandbox = new Sandbox({ size: 1, timeout: 2000, tools })
  after(() => sandbox.close())
  beforeEach(() => log.splice(0))

  const run = async (script: string, inputs: Json = null) => short(await sandbox.run(script, inputs))

  it('calls them with JSON and gets JSON', async () => {
    const value = { text: 'ü\u2028"', list: [1, null, true], deep: { a: [{}] } }
    expect(await run('result = await tools.echo(inputs)', value)).to.deep.equal(value)
    expect(await run('return await tools.echo()')).to.deep.equal({})
    expect(await run('return [await tools.note(1)]')).to.deep.equal([null])
    expect(await run('return Object.keys(tools)')).to.include.members(['echo', 'add'])
    for (const value of [0, '', false, null]) {
      expect(await run('result = await tools.echo(inputs)', value)).to.equal(value)
    }
  })

  it('can catch what goes wrong, with the name of the tool', async () => {
    const script = (call: string) =>
      `try { await ${call} } catch (e) { return [e.name, e.message, e.tool, Object.keys(e), e instanceof Error] }`
    const caught = (call: string) => run(script(call))
    const error = (tool: string, message: string) => ['ToolError', `tools.${tool}${message}`, tool, [], true]
    expect(await caught('tools.fail()')).to.deep.equal(error('fail', ': no luck'))
    expect(await caught('tools.slow()')).to.deep.equal(error('slow', ' took over 60 ms'))
    expect(await caught('tools.add({ a: 1 })')).to.deep.equal(error('add', ': input.b is required'))
    expect(await caught('tools.add({ a: "1", b: 2 })')).to.deep.equal(
      error('add', ': input.a must be number, got "1"'),
    )
    expect(await caught('tools.add({ a: 99, b: 2 })')).to.deep.equal(
      error('add', ': output must be <= 100, got 101'),
    )
    expect(await caught('tools.echo(1, 2)')).to.deep.equal(error('echo', ': takes one input, got 2'))
    expect(await caught('tools.echo({ a: [NaN] })')).to.deep.equal(
      error('echo', ': input.a[0] is NaN, which JSON cannot hold'),
    )
    expect(await run('await tools.nothing()')).to.match(
      /^runtime: TypeError: tools.nothing is not a function; there are .*echo/,
    )
  })

  it('ends with what it does not catch', async () => {
    expect(await run('await tools.fail()')).to.equal('runtime: ToolError: tools.fail: no luck')
    expect(await run('await tools.slow()')).to.equal('tool_timeout: ToolError: tools.slow took over 60 ms')
    expect(await run('try { await tools.slow() } catch { throw new Error("mine") }')).to.equal(
      'runtime: Error: mine',
    )
    expect(await sandbox.run('const a = 1\n\nawait tools.fail(a)\n', null)).to.include({
      line: 3,
      column: 13,
    })
    expect(await sandbox.run('\nawait tools.add({})', null)).to.include({ line: 2 })
  })

  it('sends what it calls together as one batch, performed side by side and answered in order', async () => {
    let now = 0
    let most = 0
    const counted = async (ms: number) => {
      most = Math.max(most, ++now)
      await pause(ms)
      now--
      return ms
    }
    const script = 'return await Promise.all(inputs.map(ms => tools.counted(ms)))'
    const outcome = await sandbox.run(script, [30, 10, 30, 20], { tools: { counted } })
    expect(short(outcome)).to.deep.equal([30, 10, 30, 20])
    expect(most).to.equal(4)
    expect(await run('return await Promise.race([tools.pause(30), tools.pause(1)])')).to.equal(30)
  })

  it('may call a thousand at once, in frames of bounded size', async () => {
    const script = `
      const all = await Promise.all(Array.from({ length: 1000 }, (_, i) => tools.echo({ i, text: 'x'.repeat(900) })))
      return all.every(({ i, text }, at) => i === at && text.length === 900)`
    expect(await run(script)).to.equal(true)
  })

  it('is answered when the calls it did not wait for are made, too', async () => {
    expect(await run('tools.note(1); result = "now"')).to.equal('now')
    expect(await run('tools.note(2); throw new Error("now")')).to.equal('runtime: Error: now')
    expect(await run('tools.note(3).then(() => tools.note(4)); await 0; return "now"')).to.equal('now')
    expect(await run('tools.echo("then").then(value => { result = value })')).to.equal('then')
    expect(log.map(([text]) => text)).to.deep.equal(['1', '2', '3', '4'])
  })

  it('has no tools in a sandbox or a run without', async () => {
    expect(short(await sandbox.run('return typeof tools', null, { tools: {} }))).to.equal('undefined')
    const other = await sandbox.run('return await tools.other(2)', null, {
      tools: { other: (n: number) => n * 2 },
    })
    expect(other).to.include({ value: 4, toolCalls: 1 })
    await using plain = new Sandbox({ size: 1 })
    expect(await plain.run('return typeof tools', null)).to.not.have.property('toolCalls')
  })

  it('tells how many calls it made, whatever became of it', async () => {
    const calls = async (script: string) => (await sandbox.run(script, null, { timeout: 400 })).toolCalls
    expect(await calls('result = 1')).to.equal(0)
    expect(await calls('await tools.echo(); await Promise.all([tools.echo(), tools.fail()])')).to.equal(3)
    expect(await calls('await tools.echo(); for (;;);')).to.equal(1)
    expect(await calls('await tools.slow()')).to.equal(1)
    expect(await calls('let')).to.equal(0)
    expect(await calls('await tools.echo(() => 1)')).to.equal(0)
  })

  it('may make only so many calls, for each input', async () => {
    const script = 'let n = 0; try { for (;; n++) await tools.echo(n) } catch (e) { return [n, e.message] }'
    const few = new Sandbox({ size: 1, tools, maxToolCalls: 5 })
    const outcomes = await few.runMany(script, [0, 0], { context: 'script' })
    const message = 'tools.echo: a script may call tools 5 times at most (maxToolCalls)'
    for (const outcome of outcomes) expect(outcome).to.deep.include({ value: [5, message], toolCalls: 5 })
    await few.close()
  })

  it('may send and get only so much', async () => {
    const big = { ...tools, big: (length: number) => 'x'.repeat(length) }
    await using small = new Sandbox({ size: 1, tools: big, maxResult: 1000 })
    const message = async (script: string) => short(await small.run(script, null))
    expect(await message('await tools.echo("x".repeat(1000))')).to.include(
      'the input has more than 1000 characters',
    )
    expect(await message('await tools.big(1000)')).to.include(
      'tools.big: output has over 1000 characters of JSON',
    )
    const script = `
      const all = await Promise.allSettled(Array.from({ length: 40 }, () => tools.big(990)))
      return [all.filter(one => one.status === 'fulfilled').length > 4, all.at(-1).reason.message]`
    expect(await message(script)).to.deep.equal([
      true,
      'tools.big: calls made together were answered with over 8000 characters',
    ])
  })

  it('does not pay for the time its tools take', async () => {
    const script = 'for (let i = 0; i < 3; i++) await tools.pause(300); return 1'
    const outcome = await sandbox.run(script, null, { timeout: 600 })
    expect(outcome).to.include({ ok: true, value: 1 })
    expect(outcome.ms).to.be.below(600)
  })

  it('pays for its own time on both sides of a call', async () => {
    const busy = 'const end = Date.now() + 300; while (Date.now() < end);'
    const script = `{ ${busy} } await tools.pause(10); { ${busy} } return 1`
    expect((await sandbox.run(script, null, { timeout: 450 })).ok).to.equal(false)
    expect(await run(script)).to.equal(1)
    const [first, second] = await sandbox.runMany(script, [1, 2], { context: 'script', timeout: 1100 })
    expect([first!.ok, second!.ok]).to.deep.equal([true, true])
  })

  it('is ended when it waits for its tools too long in all', async () => {
    await using hasty = new Sandbox({ size: 1, tools, maxToolTime: 600 })
    const outcome = await hasty.run('for (;;) try { await tools.pause(40) } catch {}', null)
    expect(short(outcome)).to.equal('tool_timeout: the script waited over 600 ms for its tools (maxToolTime)')
    expect(outcome.toolCalls).to.be.within(1, 16)
    expect(short(await hasty.run('return await tools.pause(40)', null))).to.equal(40)
  })

  it('calls for the input it runs on', async () => {
    const script = 'await tools.note(inputs); return inputs'
    for (const context of ['input', 'script'] as const) {
      log.splice(0)
      await sandbox.runMany(script, ['a', 'b', 'c'], { context })
      expect(log).to.deep.equal([
        ['"a"', 0],
        ['"b"', 1],
        ['"c"', 2],
      ])
    }
  })

  it('is never run again once it has called a tool', async () => {
    const runs: Json[] = []
    const children = newChildren()
    const kill = () => {
      for (const pid of children()) process.kill(pid, 'SIGKILL')
      return new Promise(() => {})
    }
    await using single = new Sandbox({
      size: 1,
      spare: 0,
      tools: { note: (input: Json) => runs.push(input), kill },
    })
    const script = 'await tools.note(inputs); if (inputs === 2) await tools.kill(); return inputs'
    for (const context of ['input', 'script'] as const) {
      runs.splice(0)
      const outcomes = await single.runMany(script, [1, 2, 3], { context })
      expect(runs).to.deep.equal([1, 2, 3])
      expect(outcomes.map(each => each.ok)).to.deep.equal([true, false, true])
      expect(outcomes[1]).to.include({ kind: 'crashed', toolCalls: 2 })
      expect(short(outcomes[1]!)).to.match(/^crashed: the process ended after 2 calls of tools: SIGKILL/)
    }
  })

  it('makes no call twice and loses none, while children are killed at random', async () => {
    const made = new Map<string, number>()
    const note = (key: string) => {
      made.set(key, (made.get(key) ?? 0) + 1)
      return pause(key.length % 3)
    }
    const children = newChildren()
    await using busy = new Sandbox({ size: 2, timeout: 150, tools: { note } })
    const script = `
      for (let step = 0; step < inputs.steps; step++) {
        await Promise.all([tools.note(inputs.id + ':' + step + ':a'), tools.note(inputs.id + ':' + step + ':bb')])
        if (step === inputs.loopAt) for (;;);
      }
      return inputs.id`
    const inputs = Array.from({ length: 120 }, (_, id) => ({
      id,
      steps: id % 5,
      loopAt: id % 17 === 3 ? 1 : -1,
    }))
    let at = 0
    const killer = setInterval(() => {
      const pids = children()
      const pid = pids[at++ % Math.max(1, pids.length)]
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    }, 150)
    const outcomes = await busy.runMany(script, inputs)
    clearInterval(killer)
    expect([...made.values()].every(count => count === 1)).to.equal(true)
    outcomes.forEach((outcome, id) => {
      const calls = [...made.keys()].filter(key => key.startsWith(`${id}:`))
      expect(outcome.toolCalls).to.equal(calls.length)
      if (outcome.ok) expect([outcome.value, outcome.toolCalls]).to.deep.equal([id, inputs[id]!.steps * 2])
      else expect(outcome.kind).to.be.oneOf(['crashed', 'timeout'])
    })
    expect(outcomes.filter(each => each.ok).length).to.be.above(60)
  })

  it('takes the tools under way with it when it is cancelled', async () => {
    const reasons: string[] = []
    let begun = 0
    const hasBegun = async (count: number) => {
      while (begun < count) await pause(5)
    }
    const wait = (_: Json, { abortSignal }: ToolCallOptions) =>
      new Promise(resolve => {
        begun++
        abortSignal.addEventListener('abort', () => {
          reasons.push(`${abortSignal.reason.name}: ${abortSignal.reason.message}`)
          resolve(1)
        })
      })
    const controller = new AbortController()
    const late = { timeout: 20, execute: wait }
    const single = new Sandbox({ size: 1, tools: { wait, late } })
    const running = single.run('await Promise.all([tools.wait(), tools.wait()])', null, {
      signal: controller.signal,
    })
    await hasBegun(2)
    controller.abort(new Error('enough'))
    expect(await running).to.include({ kind: 'cancelled', toolCalls: 2 })
    const ended = 'AbortError: the script was ended'
    expect(reasons).to.deep.equal([ended, ended])

    expect(short(await single.run('await tools.late()', null))).to.include('tool_timeout')
    expect(reasons.at(-1)).to.equal('TimeoutError: tools.late took over 20 ms')

    const closing = single.run('await tools.wait()', null)
    await hasBegun(4)
    await single.close()
    expect(await closing).to.include({ kind: 'cancelled', toolCalls: 1 })
    expect(reasons).to.have.length(4)
  })
})
