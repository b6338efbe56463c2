// Attacks by way of tools: what a script might use to reach the host through a call, to call what it may not, or to
// have the call counted to another input. `found` collects whatever of another realm comes into a script's hands.
// At the end a child is played by a forger, since an escaped script could send frames of its own.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vm from 'node:vm'
import { expect } from 'chai'
import fc from 'fast-check'
import { type Json, Sandbox, type Tools } from '../../src/runtime/index.ts'

const PROBE = `
  const found = new Set(), { getPrototypeOf } = Object, roots = new Set([Object.prototype, null])
  let depth = 0
  const probe = thing => {
    if (thing === null || (typeof thing !== 'object' && typeof thing !== 'function') || depth > 0) return
    depth++
    try {
      let root = thing
      for (let up = thing; up !== null; up = getPrototypeOf(up)) root = up
      if (root !== thing && !roots.has(root)) found.add('foreign')
      try { if (thing.constructor.constructor('return process')()) found.add('process') } catch {}
      try { if (thing.constructor('return process')()) found.add('process') } catch {}
    } catch {}
    depth--
  }
  const attempt = action => { try { return action() } catch (error) { probe(error) } }
`

/** Each body may leave a value in `kept`; it runs inside an async function with `tools` and `probe`. */
const ATTACKS: Record<string, string> = {
  'the record of tools and its functions': `
    probe(tools); probe(tools.echo); probe(tools.echo.constructor); attempt(() => new tools.echo())
    for (const key of Reflect.ownKeys(tools.echo)) probe(attempt(() => tools.echo[key]))
    attempt(() => tools.echo.caller); attempt(() => tools.echo.arguments); attempt(() => tools.echo.call.call(tools.echo))`,
  'names of prototypes': `
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__lookupGetter__'])
      if (tools[name] !== undefined) found.add(name)`,
  'the promise of a call': `
    const promise = tools.echo(1); probe(promise); probe(promise.then); probe(promise.constructor); probe(await promise)`,
  'the answer, its parts and its prototype': `
    const answer = await tools.echo({ a: [{ b: 1 }] }); probe(answer); probe(answer.a); probe(answer.a[0])`,
  'the error of a tool': `
    try { await tools.fail() } catch (error) {
      probe(error); probe(error.stack); probe(error.cause); for (const key of Reflect.ownKeys(error)) probe(error[key])
      if (/\\.ts|file:|node_modules/.test(String(error.stack) + error.message)) found.add('stack')
    }`,
  'a changed Promise.prototype.then': `
    const then = Promise.prototype.then
    Promise.prototype.then = function (yes, no) { probe(this); probe(yes); probe(no); attempt(() => probe(arguments.callee.caller)); return then.call(this, yes, no) }
    await tools.echo(1); await Promise.all([tools.echo(2), tools.fail().catch(probe)])`,
  'a changed constructor and species of promises': `
    class Mine extends Promise {
      constructor(executor) { super((yes, no) => { probe(yes); probe(no); executor(yes, no) }); probe(executor) }
      static get [Symbol.species]() { return Mine }
    }
    Object.defineProperty(Promise, Symbol.species, { get: () => Mine, configurable: true })
    Promise.prototype.constructor = Mine
    probe(await tools.echo(1)); globalThis.Promise = Mine; probe(await tools.echo(2))`,
  'a then on Object.prototype, so that every answer is a thenable': `
    let times = 0
    Object.defineProperty(Object.prototype, 'then', { configurable: true, get() {
      probe(this); return times++ < 5 ? function (yes, no) { probe(yes); probe(no); probe(this); yes(1) } : undefined } })
    probe(await tools.echo({ a: 1 })); delete Object.prototype.then`,
  'getters and setters on Object.prototype and Array.prototype': `
    for (const key of ['0', '1', '2', 'name', 'text', 'tool', 'resolve', 'reject', 'get', 'set', 'value', 'writable', 'message', 'cause'])
      for (const home of [Object.prototype, Array.prototype])
        attempt(() => Object.defineProperty(home, key, { __proto__: null, configurable: true, get() { probe(this) }, set(value) { probe(this); probe(value) } }))
    probe(await attempt(() => tools.echo({ a: [1] }))); try { await tools.fail() } catch (error) { probe(error) }`,
  'getters in the input': `
    await tools.echo({ get a() { probe(this); attempt(() => probe(Object.getOwnPropertyDescriptor(this, 'a').get.caller)); return 1 } })
    try { await tools.echo({ get a() { throw globalThis } }) } catch (error) { probe(error) }`,
  'a toJSON that lies': `
    probe(await tools.echo({ toJSON(key) { probe(this); probe(key); probe(arguments); return { a: 2 } } }))
    let n = 0; const twice = { toJSON() { return n++ === 0 ? { a: null } : { process: 1 } } }
    probe(await tools.echo([twice, null]))`,
  'a proxy as the input': `
    const trap = () => new Proxy({}, { get(t, key, receiver) { probe(t); probe(receiver); return key === 'toJSON' ? undefined : 1 }, ownKeys: t => (probe(t), ['a']), getOwnPropertyDescriptor: t => ({ value: 1, enumerable: true, configurable: true }), getPrototypeOf: t => (probe(t), t) })
    try { probe(await tools.echo(trap())) } catch (error) { probe(error) }
    try { await tools.echo(new Proxy([], { get() { throw new Proxy({}, { get: probe }) } })) } catch (error) { probe(error) }`,
  'an input that calls tools while it is written': `
    await tools.echo({ toJSON() { probe(tools.echo(1)); return { get a() { probe(tools.fail().catch(probe)); return 1 } } } })`,
  'changed built-ins': `
    const steal = function (...all) { probe(this); all.forEach(probe); return '[0]' }
    JSON.parse = JSON.stringify = steal; Function.prototype.call = Function.prototype.apply = steal
    for (const key of Reflect.ownKeys(Reflect)) attempt(() => { Reflect[key] = steal })
    Object.freeze = Object.defineProperty = steal; WeakSet.prototype.has = WeakSet.prototype.add = steal
    Array.prototype[Symbol.iterator] = steal; globalThis.Error = steal
    probe(await tools.echo({ a: 1 })); try { await tools.fail() } catch (error) { probe(error) }`,
  'stacks of async calls': `
    attempt(() => { Error.stackTraceLimit = 50 }); attempt(() => { Error.prepareStackTrace = (e, frames) => (probe(frames), frames) })
    const deep = async () => { try { await tools.fail() } catch (error) { probe(error.stack); const held = {}; attempt(() => Error.captureStackTrace(held)); probe(held.stack); throw error } }
    try { await deep() } catch (error) { probe(error.stack) }`,
  'a stack overflow around a call': `
    const all = []
    const dive = () => { try { dive() } catch (error) { probe(error); all.push(tools.echo(1)) } }
    attempt(dive); const sink = n => { attempt(() => all.push(tools.echo({ toJSON: () => n > 0 ? sink(n - 1) : 1 }))); return n }; sink(200)
    for (const one of all) try { probe(await one) } catch (error) { probe(error) }`,
  'names that end a string': `
    probe(attempt(() => tools['x","y'])); probe(await tools.echo('"],["echo",2'));
    try { await tools.echo({ '"]],["fail': 1 }) } catch (error) { probe(error) }`,
  'a key __proto__': `
    try { await tools.merge(JSON.parse('{"__proto__":{"process":1},"a":1}')) } catch (error) { probe(error) }
    const answer = await tools.proto(); if (answer.process !== undefined || getPrototypeOf(answer) !== Object.prototype) found.add('proto')`,
  'calls with a deep, a huge and a circular input': `
    const circle = {}; circle.self = circle
    let deep = []; for (let i = 0; i < 2e5; i++) deep = [deep]
    for (const input of [circle, deep, 'x'.repeat(2e6), new Array(2e6), 1n, Symbol(), () => 1, new Map([[1, 2]])])
      try { await tools.echo(input); found.add('taken') } catch (error) { probe(error); if (error.name !== 'ToolError') found.add(error.message) }`,
}

const tools: Tools = {
  echo: (input: Json) => input,
  fail: () => {
    throw new Error('no luck', { cause: process })
  },
  merge: (input: object) => Object.assign({}, input),
  proto: () => JSON.parse('{"__proto__":{"process":1}}'),
}

describe('attacks by way of tools', function () {
  this.timeout(20_000)
  const sandbox = new Sandbox({ size: 1, timeout: 5000, tools })
  after(() => sandbox.close())

  it('would work against tools that are functions of the host', async () => {
    const names = ['the record of tools and its functions', 'the promise of a call', 'the error of a tool']
    for (const name of names) {
      const context = vm.createContext({ tools: { echo: async (input: Json) => input, fail: tools.fail } })
      const script = `(async () => { ${PROBE} ${ATTACKS[name]!}\n; return [...found].join(' ') })()`
      expect(await vm.runInContext(script, context), name).to.include('process')
    }
  })

  for (const [name, body] of Object.entries(ATTACKS)) {
    it(`find nothing in ${name}`, async () => {
      const outcome = await sandbox.run(`${PROBE} await 0; ${body}\n; return [...found].join(' ')`, null)
      if (outcome.ok) expect(outcome.value).to.equal('')
      else expect(outcome.message).to.match(/^(Tool|Type|Range|Syntax)?Error/)
      expect(await sandbox.run('return await tools.echo({ clean: 1 })', null)).to.deep.include({
        value: { clean: 1 },
        toolCalls: 1,
      })
    })
  }

  it('cannot call a tool after the result was taken', async () => {
    const script = `
      globalThis.count = (globalThis.count ?? 0) + 1
      const ask = () => { tools.echo('stray').catch(error => { globalThis.said = error.message }); return 1 }
      if (inputs === 0) await 0, Promise.resolve().then(() => 0)
      return { get asked() { return ask() }, toJSON: inputs === 1 ? ask : undefined, said: globalThis.said }`
    const outcomes = await sandbox.runMany(script, [0, 1, 2], { context: 'script' })
    expect(outcomes.map(({ toolCalls }) => toolCalls)).to.deep.equal([0, 0, 0])
    expect(outcomes[2]).to.deep.include({
      value: { asked: 1, said: 'tools.echo: called after the script had ended' },
    })
  })

  it('cannot have a call counted to an earlier or a later input', async () => {
    const calls: [Json, number][] = []
    const note = (input: Json, { index }: { index: number }) => void calls.push([input, index])
    const script = `
      globalThis.kept ??= { call: tools.note, tools }
      if (inputs === 0) { tools.note('first'); globalThis.pending = tools.note('also first') }
      else { await kept.call(inputs); await pending; kept.tools.note(inputs).then(() => kept.call(inputs)) }
      return inputs`
    await sandbox.runMany(script, [0, 1, 2], { context: 'script', tools: { note } })
    expect(calls).to.deep.equal([
      ['first', 0],
      ['also first', 0],
      [1, 1],
      [1, 1],
      [1, 1],
      [2, 2],
      [2, 2],
      [2, 2],
    ])
  })

  it('cannot call tools by leaving the wrapper early', async () => {
    const script = "}),0]});tools.echo('out');(function(inputs){var result;return[(function(){"
    const outcome = await sandbox.run(script, null)
    expect(outcome).to.include({ ok: false, kind: 'syntax', toolCalls: 0 })
  })

  it('cannot see or send what the answer of a tool does not say, whatever pieces are put together', async () => {
    const pieces = Object.values(ATTACKS).map(body => `await (async () => { ${body} })()`)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 4 }), async chain => {
        const script = `${PROBE} for (const step of [${chain.map(piece => `async () => { ${piece} }`).join(',')}]) try { await step() } catch {}
          let text = ''; found.forEach(what => { text += what }); return text`
        const outcome = await sandbox.run(script, null)
        // Changed built-ins may make the probe itself fail or lie, but never find anything of the host.
        if (outcome.ok) expect(outcome.value).to.not.match(/process|foreign|stack|constructor/)
        expect((await sandbox.run('return await tools.echo(1)', null)).ok).to.equal(true)
      }),
      { numRuns: 25, seed: 5 },
    )
  })
})

describe('a child that forges calls of tools', function () {
  this.timeout(20_000)
  const folder = mkdtempSync(join(tmpdir(), 'espalier-forger-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** A sandbox whose children answer a job `id` with the frames that `frames` makes of it. */
  function forged(frames: string, calls: string[]): Sandbox {
    const program = join(folder, 'forger.cjs')
    const nodePath = join(folder, 'node')
    writeFileSync(
      program,
      `const fs = require('fs')
      const send = (header, text = '') => {
        const head = Buffer.from(JSON.stringify(header)), body = Buffer.from(text), sizes = Buffer.alloc(8)
        sizes.writeUInt32LE(head.length, 0); sizes.writeUInt32LE(body.length, 4)
        fs.writeSync(3, Buffer.concat([sizes, head, body]))
      }
      send({ ready: true, version: process.versions.node })
      // The first frame is the program of an honest child.
      let hear = () => { hear = ({ id }) => { ${frames} } }
      let data = Buffer.alloc(0)
      process.stdin.on('data', chunk => {
        data = Buffer.concat([data, chunk])
        while (data.length >= 8) {
          const from = 8 + data.readUInt32LE(0), to = from + data.readUInt32LE(4)
          if (data.length < to) return
          const [head, text] = [data.toString('utf8', 8, from), data.toString('utf8', from, to)]
          data = data.subarray(to)
          hear(JSON.parse(head), text)
        }
      })`,
    )
    writeFileSync(
      nodePath,
      `#!/bin/sh\n[ "$1" = --version ] && echo v20.20.2 || exec ${process.execPath} ${program}\n`,
    )
    chmodSync(folder, 0o755)
    chmodSync(nodePath, 0o755)
    const log = (input: Json) => {
      calls.push(JSON.stringify(input))
      return new Promise(resolve => setTimeout(resolve, 300))
    }
    return new Sandbox({
      size: 1,
      spare: 0,
      nodePath,
      isolation: 'process',
      maxToolCalls: 3,
      tools: { log },
      timeout: 1500,
    })
  }

  const FORGERIES: Record<string, [string, string[]]> = {
    'calls of another job': [`send({ id: id + 1, calls: true }, '[["log",1]]')`, []],
    'calls that are no JSON': [`send({ id, calls: true }, 'x')`, []],
    'no calls at all': [`send({ id, calls: true }, '[]')`, []],
    'more calls than are allowed': [
      `send({ id, calls: true }, '[["log",1],["log",1],["log",1],["log",1]]')`,
      [],
    ],
    'calls while it waits': [
      `send({ id, calls: true }, '[["log",1]]'); send({ id, calls: true }, '[["log",2]]')`,
      ['1'],
    ],
    'an answer while it waits': [
      `send({ id, calls: true }, '[["log",1]]'); send({ id, count: 1, ms: 1, rss: 1 }, '[{"v":1}]')`,
      ['1'],
    ],
  }

  for (const [name, [frames, expected]] of Object.entries(FORGERIES)) {
    it(`is ended by ${name}`, async () => {
      const calls: string[] = []
      await using sandbox = forged(frames, calls)
      const outcome = await sandbox.run('result = 1', null)
      expect(outcome).to.include({ ok: false, kind: 'crashed', toolCalls: expected.length })
      expect(calls).to.deep.equal(expected)
    })
  }

  it('is told that a tool does not exist, and no more', async () => {
    const frames = `send({ id, calls: true }, '[["constructor",1]]'); hear = (_, v) =>
      send({ id, count: 1, ms: 1, rss: 1 }, JSON.stringify([{ v }]))`
    await using sandbox = forged(frames, [])
    expect(await sandbox.run('result = 1', null)).to.include({
      value: '[[1,"tools.constructor: there is no such tool"]]',
      toolCalls: 1,
    })
  })
})
