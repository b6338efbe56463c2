// Ways out of `node:vm` that have worked against somebody, each tried against the sandbox.
// A script hands what it got hold of to `probe`, which looks for an object of another realm and for `process`.
// The first test runs the same list against a plain context, to show that the list has teeth.

import vm from 'node:vm'
import { expect } from 'chai'
import { Sandbox } from '../../src/runtime/index.ts'

/** Says what an object of the host gives away: the realm it comes from, and the process behind it. */
const PROBE = `
  let seen = '', depth = 0
  const { getPrototypeOf } = Object, top = Object.prototype
  const found = what => { seen += what + ' ' }
  const tryMaker = maker => {
    try { if (typeof maker('return process')().versions.node === 'string') found('process') } catch {}
    try { if (typeof maker.constructor('return process')().versions.node === 'string') found('process') } catch {}
  }
  const probe = thing => {
    if (thing === null || (typeof thing !== 'object' && typeof thing !== 'function') || depth > 0) return
    depth++
    try {
      let root = thing
      for (let up = thing; up !== null; up = getPrototypeOf(up)) root = up
      if (root !== thing && root !== top) found('foreign')
      tryMaker(thing.constructor)
      tryMaker(root.constructor)
    } catch {}
    depth--
  }
  const attempt = action => { try { return action() } catch (error) { probe(error); return error } }
`

const ESCAPES: Record<string, string> = {
  'this and its constructors': 'probe(this); probe(this.constructor); probe(globalThis)',
  'the inputs': 'probe(inputs); probe(inputs.list); probe(inputs.list[0])',
  'globals by name':
    'for (const name of ["process", "require", "module", "Buffer", "setTimeout", "fetch", "global", "__filename", "gc"]) if (name in globalThis) found(name)',
  'all own globals': 'for (const key of Reflect.ownKeys(globalThis)) probe(attempt(() => globalThis[key]))',
  'the console': 'probe(console); for (const key of Reflect.ownKeys(console)) probe(console[key])',
  'console arguments with an inspect hook':
    'console.log({ [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) { probe(depth); probe(options); probe(inspect) } })',
  'console arguments with toString and toPrimitive':
    'console.log({ toString() { probe(arguments); probe(arguments.callee.caller) }, [Symbol.toPrimitive](hint) { probe(hint) } })',
  'console arguments with toJSON': 'console.log({ toJSON() { probe(arguments.callee.caller); return 1 } })',
  'callee and caller':
    'probe(arguments); probe(arguments.callee); probe(arguments.callee.caller); (function f() { probe(f.caller); probe(f.caller && f.caller.caller) })()',
  'caller through a getter of the result':
    'globalThis.kept = seen; return { get a() { probe(Object.getOwnPropertyDescriptor(this, "a").get.caller); return seen } }',
  'eval and Function':
    'probe(attempt(() => eval("this"))); probe(attempt(() => Function("return this")())); probe(attempt(() => (async () => {}).constructor("return 1")()))',
  'errors of the engine':
    'for (const action of [() => null.x, () => undefinedName, () => 1n + 1, () => new Array(-1), () => JSON.parse("{"), () => "".repeat(-1), () => decodeURI("%"), () => new RegExp("("), () => Symbol() + "", () => BigInt(0.5)]) attempt(action)',
  prepareStackTrace:
    'attempt(() => { Error.prepareStackTrace = (error, frames) => { probe(frames); probe(frames[0]); for (const frame of frames) { probe(frame.getThis()); probe(frame.getFunction()) } return "" } }); probe(new Error().stack); attempt(() => null.x)',
  'prepareStackTrace by definition and by a new Error':
    'attempt(() => Object.defineProperty(Error, "prepareStackTrace", { value: (e, frames) => (probe(frames), frames) })); attempt(() => { globalThis.Error = { prepareStackTrace: (e, frames) => (probe(frames), frames) } }); probe(attempt(() => new TypeError().stack)); attempt(() => null.x)',
  'captureStackTrace and its limit':
    'attempt(() => { Error.stackTraceLimit = 100 }); const held = {}; attempt(() => Error.captureStackTrace(held)); probe(held.stack); attempt(() => Object.defineProperty(Error, "stackTraceLimit", { value: 9 })); attempt(() => Error.captureStackTrace(held)); probe(held.stack)',
  'an error with a Symbol as its name':
    'const error = new Error(); error.name = Symbol(); probe(attempt(() => error.stack)); attempt(() => { throw error }); attempt(() => { const e = new RangeError(); e.name = Symbol(); return e.stack })',
  'a Symbol name and a stack overflow':
    'const deep = () => { try { deep() } catch (error) { probe(error); error.name = Symbol(); probe(attempt(() => error.stack)) } }; attempt(deep)',
  'a stack overflow at each depth':
    'for (let spare = 0; spare < 40; spare++) { let left = spare; const dive = () => { try { dive() } catch (error) { if (left-- > 0) throw error; if (left === -1) { probe(error); const e = new Error(); e.name = { toString() { throw 1 } }; probe(attempt(() => e.stack)); probe(attempt(() => null.x)) } } }; attempt(dive) }',
  'a stack overflow in a built-in':
    'const twist = () => [1].sort(twist) && JSON.stringify({ toJSON: twist }) && "a".replace(/a/, twist); attempt(twist); const bind = () => new Proxy({}, { get: bind }).x; attempt(bind)',
  'dynamic import by other words':
    'const word = "imp" + "ort"; probe(attempt(() => eval(word + "(1)"))); probe(attempt(() => Function("return " + word + "(1)")()))',
  'promises and their reactions':
    'const p = (async () => 1)(); probe(p); probe(p.then); probe(p.constructor); Promise.prototype.then = function (...all) { all.forEach(probe); return this }; attempt(() => p.then(() => {}))',
  'a changed Promise seen by await':
    'const then = Promise.prototype.then; Promise.prototype.then = function (yes, no) { probe(yes); probe(no); probe(arguments.callee.caller); return then.call(this, yes, no) }; Promise.prototype.constructor = function (executor) { probe(executor); executor(probe, probe) }; await { then(yes, no) { probe(yes); probe(no); yes() } }; await Promise.resolve()',
  'species and iterators':
    'class Mine extends Promise { static get [Symbol.species]() { return function (executor) { probe(executor); executor(probe, probe) } } } attempt(() => Mine.resolve().then()); Array.prototype[Symbol.iterator] = function* () { probe(this); probe(arguments.callee && arguments.callee.caller) }; attempt(() => [...[1]])',
  'a thenable as the result of an async script':
    'if (await 0) return; globalThis.kept = seen; const answer = { seen, then(yes, no) { probe(yes); probe(no); yes(seen) } }; return answer',
  'rejections nobody handles':
    'Promise.reject({ get name() { probe(this); return 1 }, get stack() { probe(arguments.callee.caller) } }); await 0; Promise.reject(new Proxy({}, { get: (t, key, receiver) => probe(receiver), getPrototypeOf: t => (probe(t), null) }))',
  'getters on prototypes that catch what the runtime reads':
    'for (const key of ["0", "1", "length", "get", "set", "value", "then", "toJSON", "name", "message", "stack", "constructor", "parts", "filename"]) { try { Object.defineProperty(Object.prototype, key, { configurable: true, get() { probe(this); return undefined }, set(value) { probe(this); probe(value) } }) } catch {} }',
  'setters on indices of arrays':
    'for (let index = 0; index < 20; index++) Object.defineProperty(Array.prototype, index, { configurable: true, set(value) { probe(value); probe(this) }, get() { probe(this) } })',
  'a changed JSON, call, apply and Reflect':
    'const steal = function (...all) { probe(this); all.forEach(probe); return "0" }; JSON.stringify = JSON.parse = steal; Function.prototype.call = Function.prototype.apply = Function.prototype.bind = steal; for (const key of Reflect.ownKeys(Reflect)) attempt(() => { Reflect[key] = steal }); String.prototype.slice = steal; Object.keys = Object.freeze = steal; Array.isArray = () => false',
  'a Proxy as the result':
    'return new Proxy([], { get(target, key, receiver) { probe(receiver); if (key === "length") return 1; if (key === "0") return seen; return target[key] }, getPrototypeOf(t) { probe(t); return Array.prototype } })',
  'toJSON of the result': 'return { toJSON(key) { probe(this); probe(key); probe(arguments); return seen } }',
  'a Proxy thrown':
    'if (inputs.again) throw new Proxy({}, { get(t, key, receiver) { probe(receiver); return undefined }, getPrototypeOf: t => (probe(t), t), has: () => true })',
  'proxies around what is there':
    'attempt(() => new Proxy(globalThis, {}).constructor); const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); attempt(() => proxy.x); attempt(() => Array.isArray(proxy)); attempt(() => Object.prototype.toString.call(proxy))',
  'AggregateError, cause and Array.fromAsync':
    'probe(attempt(() => new AggregateError([new Error()], "m", { cause: globalThis }))); try { await Promise.any([Promise.reject(1)]) } catch (error) { probe(error); probe(error.errors) } if (Array.fromAsync) try { await Array.fromAsync({ get [Symbol.asyncIterator]() { throw new Error() } }) } catch (error) { probe(error) }',
  'generators and async generators':
    'const g = (function* () { yield 1 })(); probe(g); probe(g.constructor); const ag = (async function* () { yield 1 })(); probe(ag); probe(ag.next()); probe(attempt(() => g.constructor.constructor("return this")()))',
  'shared memory, WebAssembly and realms':
    'for (const name of ["WebAssembly", "SharedArrayBuffer", "Atomics", "ShadowRealm", "FinalizationRegistry", "WeakRef"]) if (name in globalThis) found(name); probe(attempt(() => new WebAssembly.Memory({ initial: 1 }).buffer))',
  'registered symbols':
    'for (const name of ["nodejs.util.inspect.custom", "nodejs.util.promisify.custom", "nodejs.rejection", "nodejs.dispose"]) { const symbol = Symbol.for(name); probe(Object.prototype[symbol]); probe(globalThis[symbol]); probe(Function.prototype[symbol]) }',
  '__proto__ and the old accessors':
    'probe(this.__proto__); probe(({}).__proto__); probe(attempt(() => this.__lookupGetter__("console"))); probe(attempt(() => globalThis.__proto__.__proto__)); probe(attempt(() => Object.getOwnPropertyDescriptor(Object.prototype, "__proto__").get.call(globalThis)))',
  'RegExp leftovers and templates':
    '/(.)/.exec("a"); probe(RegExp.$1); probe(RegExp.input); probe((x => x)`a`); probe(attempt(() => "".match(/x/)))',
  'Intl, sort comparators and replacers':
    'attempt(() => probe(new Intl.NumberFormat())); attempt(() => [2, 1].sort(function () { probe(arguments.callee.caller); return 0 })); attempt(() => "a".replace("a", function () { probe(arguments.callee.caller); return "" }))',
  'a label, a directive and a sloppy function': '"use strict"; probe(this); (() => probe(this))()',
}

/** The script of a case; what it saw is its result, unless the case gave one itself. */
function scriptOf(body: string): string {
  return `${PROBE}${body}\nreturn seen`
}

describe('escapes', () => {
  const sandbox = new Sandbox({ timeout: 5000 })
  after(() => sandbox.close())

  it('would work against a plain context', () => {
    const names = ['the inputs', 'the console', 'this and its constructors', 'all own globals']
    const found = names.map(name => {
      const context = vm.createContext({ inputs: { list: [{}] }, console: { log() {} } })
      return String(vm.runInContext(`(function () {${scriptOf(ESCAPES[name]!)}})()`, context))
    })
    for (const text of found) expect(text).to.include('process')
  })

  for (const [name, body] of Object.entries(ESCAPES)) {
    it(`finds nothing by way of ${name}`, async () => {
      for (const inputs of [{ list: [{}] }, { list: [{}], again: true }]) {
        const outcome = await sandbox.run(scriptOf(body), inputs)
        const text = JSON.stringify(outcome.ok ? outcome.value : outcome.message)
        expect(text).to.not.match(/process|foreign|require|WebAssembly|Atomics|WeakRef/)
        if (!outcome.ok) expect(outcome.kind).to.be.oneOf(['runtime', 'bad_result'])
      }
      expect((await sandbox.run('return 1 + 1', null)).ok).to.equal(true)
    })
  }

  it('finds nothing through microtasks that run after a script has ended', async () => {
    const script = `${PROBE} Promise.resolve().then(() => { probe(attempt(() => null.x)); result = seen })`
    expect(await sandbox.run(script, null)).to.include({ ok: true, value: '' })
  })

  it('finds nothing after locking every global against the runtime', async () => {
    const script = `${PROBE} Object.freeze(globalThis); Object.freeze(Object.prototype); Object.preventExtensions(Array.prototype); result = seen`
    expect(await sandbox.run(script, null)).to.include({ ok: true, value: '' })
    expect(await sandbox.runMany(`${script} + inputs`, [1, 2], { context: 'script' })).to.have.length(2)
  })
})
