// The part of the prelude that records calls of tools and settles their promises, in a context of this process.

import vm from 'node:vm'
import { expect } from 'chai'
import { PRELUDE } from '../../src/runtime/child-prelude.ts'

interface Api {
  begin(maxResult: number, maxOutput: number, now: number, ...words: number[]): void
  offer(names: string, maxCalls: number): void
  load(maker: unknown, length: number, isAsync: boolean): boolean
  feed(text: string): void
  slice(ms: number): boolean
  takeCalls(): string
  takeAnswers(text: string): void
  settle(): void
  take(): string
}

/** Runs an async body to its end, and gives the batches it asked for and its answer. */
function play(
  body: string,
  answer: (call: unknown[]) => unknown[],
  { maxCalls = 100, inputs = [null] as unknown[] } = {},
) {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { microtaskMode: 'afterEvaluate' })
  const api = vm.runInContext(PRELUDE, context) as Api
  const code = `(function(inputs){var result;return[(async function(){${body}\n;return result}),function(){return result}]})`
  api.begin(1000, 1000, Number.NaN, 1, 2, 3, 4)
  api.offer('["echo","other-one"]', maxCalls)
  const maker: unknown = vm.runInContext(code, context)
  expect(api.load(maker, code.length - 2, true)).to.equal(true)
  api.feed(JSON.stringify(inputs))
  const batches: unknown[][] = []
  while (api.slice(0)) {
    vm.runInContext('0', context)
    for (let calls = api.takeCalls(); calls !== ''; calls = api.takeCalls()) {
      expect(calls).to.be.a('string')
      const batch = JSON.parse(calls) as unknown[][]
      batches.push(batch)
      api.takeAnswers(JSON.stringify(batch.map(answer)))
      vm.runInContext('0', context)
    }
    api.settle()
  }
  return { batches, items: JSON.parse(api.take()) as unknown[] }
}

const echo = ([, input]: unknown[]) => [0, input]

describe('tools inside a context', () => {
  it('are asked for in batches, in the order of the calls', () => {
    const { batches, items } = play(
      'const [a, b] = await Promise.all([tools.echo(1), tools["other-one"]({ x: 2 })]); return [a, b, await tools.echo()]',
      echo,
    )
    expect(batches).to.deep.equal([
      [
        ['echo', 1],
        ['other-one', { x: 2 }],
      ],
      [['echo', {}]],
    ])
    expect(items).to.deep.equal([{ v: [1, { x: 2 }, {}] }])
  })

  it('are a frozen record without a prototype', () => {
    const body = `
      tools.echo = tools.more = 1; delete tools.echo; globalThis.tools = {}
      return [Object.isFrozen(tools), Object.isFrozen(tools.echo), Object.getPrototypeOf(tools), typeof tools.echo,
        'toString' in tools, tools.__proto__ === undefined, await tools.echo(1)]`
    const { items } = play(body, echo)
    expect(items).to.deep.equal([{ v: [true, true, null, 'function', false, true, 1] }])
  })

  it('reject with an error of the context, late or not', () => {
    const caught =
      'try { await tools.echo() } catch (e) { return [e.name, e.message, e.tool, Object.keys(e), e instanceof Error] }'
    const error = ['ToolError', 'no', 'echo', [], true]
    expect(play(caught, () => [1, 'no']).items).to.deep.equal([{ v: error }])
    expect(play('await tools.echo()', () => [1, 'no']).items).to.deep.equal([
      { k: 'runtime', m: 'ToolError: no' },
    ])
    expect(play('await tools.echo()', () => [2, 'no']).items).to.deep.equal([
      { k: 'tool_timeout', m: 'ToolError: no' },
    ])
    expect(play('try { await tools.echo() } catch { throw 1 }', () => [2, 'no']).items).to.deep.equal([
      { k: 'runtime', m: 'threw 1' },
    ])
  })

  it('send a large batch in pieces', () => {
    const body =
      'return (await Promise.all(Array.from({ length: 900 }, (_, i) => tools.echo("x".repeat(900))))).length'
    const { batches, items } = play(body, echo, { maxCalls: 1000 })
    expect(items).to.deep.equal([{ v: 900 }])
    expect(batches.length).to.be.within(3, 5)
  })

  it('count what is called while an input is being written', () => {
    const body = `
      let n = 0
      const nest = { toJSON() { return n++ < 50 ? (tools.echo(nest), n) : n } }
      const answers = await Promise.allSettled([tools.echo(nest), tools.echo(0)])
      return answers.map(one => one.status)`
    const { batches, items } = play(body, echo, { maxCalls: 5 })
    expect(batches.flat()).to.have.length(5)
    expect(items).to.deep.equal([{ v: ['rejected', 'rejected'] }])
  })

  it('are closed once a script has ended', () => {
    const body = `
      return { toJSON() { tools.echo(1).catch(e => { globalThis.late = e.message }); return globalThis.late ?? 'none' } }`
    const { batches, items } = play(body, echo, { inputs: [1, 2] })
    expect(batches).to.deep.equal([])
    expect(items).to.deep.equal([{ v: 'none' }, { v: 'tools.echo: called after the script had ended' }])
  })

  it('work when everything they could have used was changed', () => {
    const body = `
      const all = Promise.all([tools.echo(1), tools.echo({ a: [2] })]), stringify = JSON.stringify
      const steal = () => { throw new Error('stolen') }
      for (const key of ['0', '1', '2', 'name', 'text', 'resolve', 'reject', 'get', 'set', 'value', 'writable', 'length']) {
        Object.defineProperty(Object.prototype, key, { __proto__: null, get: steal, set: steal, configurable: true })
        if (key < 3) Object.defineProperty(Array.prototype, key, { __proto__: null, get: steal, set: steal, configurable: true })
      }
      JSON.parse = JSON.stringify = Reflect.apply = Object.freeze = Object.defineProperty = steal
      Array.prototype[Symbol.iterator] = WeakSet.prototype.has = WeakSet.prototype.add = steal
      globalThis.Promise = steal; globalThis.WeakSet = steal
      try { await tools.echo('no') } catch (e) { return [await all, e.name, e.message] }`
    const answer = ([, input]: unknown[]) => (input === 'no' ? [2, 'late'] : [0, input])
    expect(play(body, answer).items).to.deep.equal([{ v: [[1, { a: [2] }], 'ToolError', 'late'] }])
  })
})
