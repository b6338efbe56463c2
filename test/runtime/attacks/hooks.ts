/** Hooks: code of the script that runs when somebody else reads, calls or awaits something, in the hope that it is the host. */

import type { AttackClasses } from './attack.ts'

const ALL_TRAPS = `{ get(t, key, receiver) { probe(t); probe(receiver); return t[key] }, set: steal, has(t, key) { probe(t); return key in t }, ownKeys(t) { probe(t); return ownKeys(t) },
  getOwnPropertyDescriptor(t, key) { probe(t); return getOwnPropertyDescriptor(t, key) }, getPrototypeOf(t) { probe(t); return getPrototypeOf(t) }, apply: steal, construct(t, all, target) { probe(all); probe(target); return {} },
  defineProperty(t, key, slot) { probe(slot); return true }, deleteProperty: steal, isExtensible: t => (probe(t), true), preventExtensions: steal }`

export const hooks: AttackClasses = {
  'hooks on what is thrown': {
    'a proxy': `throw new Proxy({ name: 'a', message: 'b' }, ${ALL_TRAPS})`,
    'a proxy around an error': `throw new Proxy(new Error('a'), ${ALL_TRAPS})`,
    'a function':
      'throw Object.defineProperties(function () { probe(this) }, { name: { get: steal }, message: { get: steal }, toString: { value: steal } })',
    'a thenable': 'throw { then(yes, no) { steal.apply(this, arguments); yes(1) } }',
    'an inherited getter':
      'class A { get name() { return probe(this), "A" } get message() { return probe(new Error().stack), "m" } } throw new A()',
    'nothing, and symbols':
      'attempt(() => { throw undefined }); attempt(() => { throw null }); throw Symbol("process")',
    'a revoked proxy':
      'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); attempt(() => { throw proxy }); throw proxy',
    'a rejection':
      'await Promise.reject(new Proxy({}, { get(t, key, receiver) { probe(receiver); return key === "then" ? undefined : "x" } }))',
    'rejections nobody handles':
      'for (let i = 0; i < 20; i++) Promise.reject({ get name() { probe(this); return 1 }, get stack() { return steal() }, toString: steal }); await 0; (async () => { throw new Proxy({}, { get: steal }) })()',
  },

  'hooks on what is logged': {
    inspection:
      "console.log({ [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) { probe(depth); probe(options); probe(inspect); return '' }, inspect: steal })",
    'conversion to text':
      'console.log({ toString: steal, [Symbol.toPrimitive]: steal, toJSON: steal, valueOf: steal }); console.error(...[{ get [Symbol.toStringTag]() { return steal() } }])',
    'a proxy': `console.log(new Proxy({ a: 1 }, ${ALL_TRAPS})); console.table(new Proxy([], ${ALL_TRAPS})); console.dir(new Proxy(function () {}, ${ALL_TRAPS}))`,
    formats: "console.log('%o %O %s %d %j %c', globalThis, { toString: steal }, Symbol(), {}, {}, {})",
    'an iterator of arguments':
      'Array.prototype[Symbol.iterator] = steal; console.log(...{ [Symbol.iterator]: function* () { yield probe(this) } }); console.log.apply(console, { length: 2, get 0() { return steal() } })',
    'the console itself':
      'attempt(() => { console.log = steal }); attempt(() => Object.setPrototypeOf(console, { _stdout: 1 })); attempt(() => console.log.call(globalThis, 1)); attempt(() => new console.log()); for (const key of ownKeys(console)) attempt(() => console[key](globalThis))',
    'an error with hooks':
      'const e = new Error("a"); Object.defineProperty(e, "name", { get: steal }); e[Symbol.toStringTag] = "Error"; console.log(e); console.error(e)',
  },

  'hooks on the result': {
    toJSON: 'return { toJSON(key) { probe(this); probe(key); probe(arguments); return { toJSON: steal } } }',
    getters:
      'return { get a() { return steal.call(this), 1 }, get [Symbol.toPrimitive]() { return steal }, b: [{ get c() { return probe(this), 2 } }] }',
    'a proxy of a list':
      "return new Proxy([1], { get(t, key, receiver) { probe(receiver); return key === 'length' ? 1 : key === '0' ? 'clean' : t[key] }, getPrototypeOf(t) { probe(t); return Array.prototype } })",
    'a proxy that lies about its keys':
      "return new Proxy({}, { ownKeys: () => ['a', 'a2'], getOwnPropertyDescriptor: (t, key) => ({ value: steal, enumerable: true, configurable: true }), get: (t, key, receiver) => (probe(receiver), key === 'toJSON' ? undefined : 'x') })",
    'a list whose length grows':
      'const list = [1, 2, 3]; Object.defineProperty(list, 1, { get() { if (list.length < 50) list.push(probe(this)[0]); return null } }); return list',
    'a thenable': 'return { then(yes, no) { probe(yes); probe(no); probe(this); yes("clean") } }',
    'a thenable after an await': 'await 0; return { get then() { return probe(this), undefined }, a: 1 }',
    'a thenable that settles twice':
      'return { then(yes, no) { yes({ then(a, b) { probe(a); probe(b); b(1) } }); no(2); yes(3); throw 4 } }',
    'something else the second time':
      'let n = 0; return { get a() { return n++ === 0 ? null : steal }, toJSON: undefined, b: {} }',
    'a Date, a boxed text and a Map with toJSON':
      'const d = new Date(0); d.toJSON = steal; const m = new Map(); m.toJSON = steal; return [d, Object("a"), Object(1n) && 1, m, Object(true)]',
    'a prototype with a toJSON':
      'Object.prototype.toJSON = String.prototype.toJSON = Number.prototype.toJSON = function (key) { probe(this); probe(arguments); attempt(() => arguments.callee.caller); return this.valueOf() }; return { a: "b", c: [1] }',
    'a key that is __proto__':
      'return JSON.parse(\'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}\')',
    'a function that is an object': 'return Object.assign(() => {}, { toJSON: () => probe("clean") })',
  },

  'intrinsics that were tampered with': {
    JSON: "JSON.stringify = JSON.parse = steal; JSON[Symbol.toStringTag] = { toString: steal }; globalThis.JSON = new Proxy(JSON, { get: steal }); return { a: 'clean' }",
    'call, apply, bind and Reflect':
      'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = Function.prototype.toString = steal; for (const key of ownKeys(Reflect)) attempt(() => { Reflect[key] = steal }); Function.prototype[Symbol.hasInstance] = steal',
    'String, Array and Object methods':
      'for (const home of [String.prototype, Array.prototype, Object, Array, Number.prototype]) for (const key of ownKeys(home)) if (typeof home[key] === "function" && key !== "constructor") attempt(() => { home[key] = steal }); return { a: ["clean"] }',
    'setters on indices of lists':
      'for (let i = 0; i < 20; i++) Object.defineProperty(Array.prototype, i, { configurable: true, get() { return probe(this), undefined }, set(value) { probe(value); probe(this) } }); console.log(1, 2); return [1, "clean"]',
    'accessors on Object.prototype': `
      for (const key of ['0', '1', 'length', 'get', 'set', 'value', 'writable', 'then', 'toJSON', 'name', 'message', 'stack', 'constructor', 'parts', 'filename', 'k', 'v', 'm', 'o', 'e', 'script', 'id', 'timeout', 'signal', 'microtaskMode', 'displayErrors', 'cause'])
        attempt(() => Object.defineProperty(Object.prototype, key, { configurable: true, get() { probe(this); return undefined }, set(value) { probe(this); probe(value) } }))
      console.log({ a: 1 }); attempt(() => null.x); return { a: { b: 1 } }`,
    'Promise.prototype.then':
      'const then = Promise.prototype.then; Promise.prototype.then = function (yes, no) { probe(this); probe(yes); probe(no); attempt(() => arguments.callee.caller); return then.call(this, yes, no) }; await Promise.resolve(); await { then(yes) { yes() } }; return (async () => "clean")()',
    'Promise and its constructor':
      'const Real = Promise; Real.prototype.constructor = function (executor) { probe(executor); executor(probe, probe) }; globalThis.Promise = function (executor) { probe(executor); return new Real(executor) }; await Real.resolve(1); return (async () => "clean")()',
    species: `
      class Mine extends Promise { static get [Symbol.species]() { return function (executor) { probe(executor); executor(steal, steal) } } } attempt(() => Mine.resolve().then(steal)); attempt(() => Mine.reject().catch(steal)); attempt(() => Mine.resolve().finally(steal))
      class List extends Array { static get [Symbol.species]() { return function (n) { return probe(this), new Proxy([], { set: steal, defineProperty(t, key, slot) { probe(slot); return true } }) } } } attempt(() => List.from([1, 2]).map(steal)); attempt(() => List.from([1]).concat([globalThis]))`,
    iterators:
      'getPrototypeOf(getPrototypeOf([][Symbol.iterator]())).next = steal; getPrototypeOf([][Symbol.iterator]()).next = function () { probe(this); return { done: true } }; Array.prototype[Symbol.iterator] = function* () { steal.apply(this, arguments) }; attempt(() => [...[1]]); attempt(() => { const [a] = [1] }); attempt(() => new Map([[1, 2]])); return ["clean"]',
    'RegExp and its symbols':
      'for (const key of ["exec", "test", Symbol.match, Symbol.replace, Symbol.split, "flags"]) attempt(() => Object.defineProperty(RegExp.prototype, key, { get() { probe(this); return steal } })); attempt(() => "a".replace(/a/, steal)); attempt(() => "a".split(/a/)); attempt(() => /a/.test("a"))',
    'Date, Math and numbers':
      'Date.now = Math.random = Number.isFinite = isNaN = parseInt = steal; globalThis.Date = globalThis.Math = new Proxy({}, { get: steal }); Number.prototype.valueOf = Number.prototype.toString = steal; return [1.5, "clean"]',
    'everything frozen':
      'for (const key of ownKeys(globalThis)) { const value = globalThis[key]; attempt(() => Object.freeze(value)); attempt(() => Object.freeze(value.prototype)) } Object.freeze(globalThis)',
    'everything deleted': 'for (const key of ownKeys(globalThis)) attempt(() => delete globalThis[key])',
    'prototypes exchanged':
      'for (const thing of [Array.prototype, Function.prototype, Error.prototype, Promise.prototype, globalThis]) attempt(() => Object.setPrototypeOf(thing, new Proxy({}, { get(t, key, receiver) { probe(receiver); return undefined } }))); attempt(() => Object.setPrototypeOf(Object.prototype, { a: 1 })); return ["clean"]',
    'getters for globals':
      'for (const key of ["Array", "Object", "Promise", "JSON", "Date", "Reflect", "undefined", "Symbol", "String"]) attempt(() => Object.defineProperty(globalThis, key, { configurable: true, get() { return steal.call(this) } })); return ["clean"]',
  },

  'microtasks and what comes later': {
    'reactions after the end':
      'Promise.resolve().then(() => { attempt(() => null.x); probe(globalThis); result = "clean" }); return',
    'a chain of awaits': 'const f = async n => { probe(await n); if (n > 0) await f(n - 1) }; await f(50)',
    'an async iterator left open':
      'const ag = (async function* () { try { yield probe(1); yield 2 } finally { probe(3) } })(); for await (const x of ag) break; for await (const x of [Promise.resolve({ then: steal })]) break',
    'a thenable job':
      'await { then(yes, no) { probe(yes); probe(no); attempt(() => arguments.callee.caller); yes({ then(a) { probe(a); a() } }) } }',
    'a promise that resolves to itself':
      'let yes; const p = new Promise(y => { yes = y }); yes(p); try { await p } catch (error) { probe(error) }',
    'handlers that throw':
      'await Promise.allSettled([Promise.resolve().then(() => null.x), Promise.reject().catch(() => null.x), Promise.resolve().finally(() => null.x)]).then(all => all.forEach(one => probe(one.reason)))',
    'withResolvers and subclasses':
      'if (Promise.withResolvers) { const r = Promise.withResolvers(); probe(r); probe(r.resolve); r.resolve({ then: steal }); } class P extends Promise { constructor(e) { super((a, b) => { probe(a); probe(b); e(a, b) }) } } await P.resolve(1); attempt(() => P.withResolvers())',
  },

  'what was handed in': {
    'inputs and their parts':
      'probe(inputs); probe(inputs.list); probe(inputs.list[0]); probe(inputs.constructor); attempt(() => inputs.constructor.constructor("return process")()); inputs.self = inputs; inputs.__proto__ = null',
    'inputs with names of prototypes':
      'for (const key of ["__proto__", "constructor", "toString"]) { attempt(() => inputs.odd[key]); attempt(() => inputs.odd[key].constructor("return process")()) }',
    'setters on prototypes that catch inputs':
      'Object.defineProperty(Object.prototype, "list", { set: steal, get: steal, configurable: true }); Array.prototype.push = steal; probe(inputs.list)',
    'tools and their functions':
      'probe(tools); probe(tools.echo); attempt(() => tools.echo.constructor("return process")()); attempt(() => new tools.echo()); const p = tools.echo(1); probe(p); probe(await p); probe(p.constructor)',
    'names of tools that walk prototypes':
      'for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "then"]) { const tool = tools[name]; if (typeof tool === "function") { probe(tool); try { probe(await tool({})) } catch (error) { probe(error) } } if (name in tools) found(name) }',
    'what a tool gives and refuses':
      'probe(await tools.echo({ a: [{}] })); try { await tools.fail({}) } catch (error) { probe(error); attempt(() => error.stack); attempt(() => error.cause) } for (const bad of [undefined, () => {}, 1n, Symbol(), globalThis]) try { probe(await tools.echo(bad)) } catch (error) { probe(error) }',
    'arguments of tools with hooks': `for (const hooked of [{ toJSON: steal }, { get a() { return steal() } }, new Proxy({}, ${ALL_TRAPS}), new Proxy([], ${ALL_TRAPS})]) try { probe(await tools.echo(hooked)) } catch (error) { probe(error) }`,
    'a tool while everything is tampered with':
      'const { echo } = tools; JSON.stringify = JSON.parse = Promise.prototype.then = Array.prototype.push = Map.prototype.get = Object.keys = steal; globalThis.Promise = steal; try { probe(await echo({ a: 1 })) } catch (error) { probe(error) }',
  },

  'answers that are forged': {
    'bytes of a frame in the output':
      'console.log(\'\\u0010\\0\\0\\0\\u0009\\0\\0\\0{"id":1,"count":1,"ms":0,"rss":1}[{"v":666}]\'); console.error(\'\\0\\0\\0\\0\\0\\0\\0\\0\')',
    'an answer as the result': 'return \'[{"v":666}]\'',
    'text that would close an answer': 'throw new Error(\'"},{"v":666}],{"k":"\')',
    'text that would close an output': 'console.log(\'"},{"v":666},{"o":"\'); return "\\u2028\\ud800\\"]}"',
    'a name of an error that is a kind':
      'const e = new Error(\'","k":"timeout"\'); e.name = \'"}]\'; throw e',
    'a result with the keys of an answer':
      'return { k: "crashed", m: "forged", v: 1, o: "x", ready: true, id: 1, count: 1, same: true }',
    'a lone surrogate in everything':
      'console.log("\\ud800"); console.error("\\udfff"); throw new Error("\\ud800")',
    'an error that claims to be memory':
      'throw new RangeError("Array buffer allocation failed heap out of memory")',
  },
}
