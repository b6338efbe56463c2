/** Ways to another realm that are already there: constructors, globals, code from text, callers, relics of the language. */

import type { AttackClasses } from './attack.ts'

export const realm: AttackClasses = {
  'constructor chains': {
    'of this and of the global':
      'probe(this); probe(globalThis); probe(this.constructor); probe(globalThis.constructor)',
    'of every global': 'for (const key of Reflect.ownKeys(globalThis)) attempt(() => globalThis[key])',
    'of every prototype of every global':
      'for (const key of Reflect.ownKeys(globalThis)) attempt(() => globalThis[key].prototype)',
    'of the iterators nobody names': `
      for (const thing of [[][Symbol.iterator](), ''[Symbol.iterator](), new Map().entries(), new Set().values(), 'a'.matchAll(/a/g)])
        { probe(thing); probe(getPrototypeOf(thing)); probe(getPrototypeOf(getPrototypeOf(thing))) }`,
    'of functions of every kind': `
      for (const kind of [function () {}, async function () {}, function* () {}, async function* () {}, () => {}, class {}, { m() {} }.m])
        { probe(kind); probe(kind.constructor); probe(getPrototypeOf(kind)); probe(kind.prototype) }`,
    'of generators at work': `
      const g = (function* () { yield 1 })(); probe(g); probe(g.next()); probe(getPrototypeOf(g).constructor)
      const ag = (async function* () { yield 1 })(); probe(ag); probe(ag.next()); probe(await ag.next())`,
    'of what typed arrays, dates and Intl are made of': `
      probe(new Uint8Array(4).buffer); probe(getPrototypeOf(Uint8Array)); probe(new DataView(new ArrayBuffer(1)))
      attempt(() => new Intl.NumberFormat().formatToParts(1)); attempt(() => new Intl.DateTimeFormat().resolvedOptions())
      attempt(() => new Intl.Segmenter().segment('a')[Symbol.iterator]().next()); attempt(() => Intl.Collator.supportedLocalesOf('en'))`,
    'of arguments and of a rest':
      '(function (...rest) { probe(arguments); probe(rest); probe(arguments[Symbol.iterator]) })(1)',
    'of templates': 'probe((x => x)`a`); probe((x => x)`a`.raw)',
    'by Reflect.construct with a new target': `
      for (const target of [Object, Array, Error, Promise, Function, Map]) attempt(() => Reflect.construct(target, [() => {}], Date))
      attempt(() => Reflect.construct(Array, [], new Proxy(Object, { get(t, key) { probe(t); return key === 'prototype' ? undefined : t[key] } })))`,
    'of a new target without a prototype': `
      const bare = function () {}; bare.prototype = 1
      for (const make of [Map, Set, Date, RegExp, Error, Promise, ArrayBuffer, Uint8Array]) attempt(() => Reflect.construct(make, make === Promise ? [() => {}] : [], bare))`,
    'of bound functions and revoked proxies': `
      const bound = function () {}.bind(); probe(bound); const pair = Proxy.revocable(function () {}, {}); pair.revoke()
      attempt(() => Reflect.construct(Object, [], pair.proxy)); attempt(() => new pair.proxy()); attempt(() => pair.proxy())`,
    'of structures from JSON':
      'probe(JSON.parse(\'{"a":[{}],"__proto__":{"b":1}}\', function (key, value) { probe(this); return value }))',
  },

  'code from text': {
    'by eval and its aliases': `
      attempt(() => eval('this')); attempt(() => (0, eval)('this')); attempt(() => globalThis.eval('globalThis.process'))
      attempt(() => Reflect.apply(eval, null, ['process'])); attempt(() => [ 'process' ].map(eval))`,
    'by the constructors of functions': `
      for (const kind of [function () {}, async function () {}, function* () {}, async function* () {}])
        attempt(() => kind.constructor('return process')()), attempt(() => new kind.constructor('return this')()), attempt(() => Reflect.construct(kind.constructor, ['return this']))`,
    'by Function called and applied': `
      attempt(() => Function('return process')()); attempt(() => Function.call(null, 'return this')()); attempt(() => Function.apply(null, ['return this'])())
      attempt(() => Function.bind(null, 'return this')()()); attempt(() => new Proxy(Function, {})('return this')())`,
    'by text that is an object': `
      attempt(() => eval({ toString: () => 'process' })); attempt(() => Function({ toString: () => 'return process' })())
      attempt(() => eval(new String('process'))); attempt(() => eval(['process']))`,
    'by timers': `
      for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestIdleCallback']) if (name in globalThis) found(name)`,
    'after the switch is looked for': `
      for (const key of ['codeGeneration', 'importModuleDynamically', 'contextCodeGeneration']) if (key in globalThis) found(key)
      attempt(() => Error.prepareStackTrace('process')); attempt(() => eval.constructor('return process')())`,
    'from a parameter with a default':
      "attempt(() => Function('a = process', 'return a')()); attempt(() => Function('/*', '*/){return process')())",
    'by a regular expression or a replacement':
      "attempt(() => 'process'.replace(/.*/, eval)); attempt(() => 'a'.replace('a', Function('return process')))",
  },

  'dynamic import': {
    'as a promise': "const p = import('fs'); probe(p); probe(await p)",
    'that is rejected':
      "const p = import('no such module'); p.catch(probe); try { await p } catch (error) { probe(error) }",
    'with attributes': "attempt(() => import('data:application/json,{}', { with: { type: 'json' } }))",
    'with a specifier that is an object':
      "attempt(() => import({ toString() { probe(this); attempt(() => arguments.callee.caller); return 'fs' } }))",
    'split by comments': "attempt(() => import/* a */('fs'))",
    'split by a line': "attempt(() => import\n('fs'))",
    'split by a separator of Unicode':
      "attempt(() => import\u2028('fs')); attempt(() => import\u2029('fs')); attempt(() => import\ufeff('fs'))",
    'split by a comment of HTML': "attempt(() => import<!-- a\n('fs'))",
    'split by a closing comment of HTML': "attempt(() => import\n--> a\n('fs'))",
    'spelled with escapes': "attempt(() => imp\\u006frt('fs'))",
    'as meta': 'attempt(() => import.meta)',
    'after a spread': "attempt(() => [...import('fs')])",
    'in a class and a default':
      "const f = (a = import('fs')) => a; class A { static x = import('fs') }; probe(f())",
    'from eval':
      "attempt(() => eval('im' + 'port(\"fs\")')); attempt(() => Function('return im' + 'port(\"fs\")')())",
    declared: "import fs from 'fs'\nprobe(fs)",
    'of a source': "attempt(() => import.source('fs')); attempt(() => import.defer('fs'))",
  },

  'callers and callees': {
    'of the script':
      'probe(arguments.callee); probe(arguments.callee.caller); probe(arguments.callee.arguments)',
    'of a function called by the engine': `
      attempt(() => [2, 1].sort(function () { probe(arguments.callee.caller); return 0 }))
      attempt(() => 'a'.replace('a', function () { probe(arguments.callee.caller); return '' })); attempt(() => JSON.parse('[1]', function () { probe(arguments.callee.caller) }))`,
    'by names on functions': `
      (function f() { probe(f.caller); probe(f.caller && f.caller.caller); probe(f.arguments) })()
      for (const key of ['caller', 'arguments']) { attempt(() => Function.prototype[key]); attempt(() => console.log[key]) }`,
    'in a getter of the result':
      'return { get a() { probe(getOwnPropertyDescriptor(this, "a").get.caller); return 1 } }',
    'in toJSON': 'return { toJSON: function toJSON() { probe(toJSON.caller); probe(arguments); return 1 } }',
    'in a then that is awaited':
      'await { then: function then(yes) { probe(then.caller); probe(arguments); yes(1) } }',
    'in the accessor of a poisoned property': `
      const poison = getOwnPropertyDescriptor((function () { 'use strict'; return arguments })(), 'callee'); probe(poison.get); attempt(() => poison.get())
      for (const slot of [getOwnPropertyDescriptor(Function.prototype, 'caller'), getOwnPropertyDescriptor(Function.prototype, 'arguments')]) if (slot) { probe(slot.get); attempt(() => slot.get.call(console.log)) }`,
  },

  'what a runtime would leave on the global': {
    'by its names': `
      for (const name of ['process', 'require', 'module', 'exports', 'Buffer', 'global', '__filename', '__dirname', 'fetch', 'structuredClone', 'performance', 'navigator', 'URL', 'TextDecoder', 'EventTarget', 'AbortController', 'MessageChannel', 'BroadcastChannel', 'crypto', 'gc', 'Deno', 'Bun', 'internalBinding', 'primordials', '$vm', 'd8'])
        if (name in globalThis) found(name)`,
    'by the api of the sandbox': `
      for (const name of ['api', 'make', 'peek', 'inputs', 'answer', 'prelude', 'serve', 'vm', 'fs', 'exit', 'spare', 'PRELUDE', 'RUNNER', 'ANSWERS']) if (name in globalThis) found(name)
      for (const key of Reflect.ownKeys(globalThis)) if (typeof key === 'symbol' && key !== Symbol.toStringTag) found(String(key))`,
    'by a scope around the script': `
      for (const action of [() => prelude, () => api, () => vm, () => fs, () => spare, () => exit, () => unit, () => job, () => context, () => send, () => later]) attempt(action)`,
    'by the result of its own source': `
      attempt(() => arguments.callee.toString()); attempt(() => console.log.toString()); attempt(() => Math.random.toString()); probe(Math.random.prototype)
      if (/require|process/.test(String(Math.random) + console.log)) found('source')`,
    'by the console':
      'probe(console); for (const key of ownKeys(console)) probe(console[key]); attempt(() => console.log.constructor("return process")())',
    'by Intl, Date and what stands in for them': `
      probe(Date); probe(Date.now); probe(new Date()); probe(Math.random); probe(Date.prototype.constructor); attempt(() => Date.prototype.constructor.constructor('return process')())`,
  },

  'relics of the language': {
    '__proto__ and its accessors': `
      probe(({}).__proto__); attempt(() => this.__proto__.__proto__); attempt(() => getOwnPropertyDescriptor(Object.prototype, '__proto__').get.call(globalThis))
      attempt(() => ({}).__lookupGetter__('a')); attempt(() => globalThis.__defineGetter__('q', steal)); attempt(() => globalThis.q)`,
    'what RegExp remembers': `
      /(.)(b)/.exec('ab'); for (const key of ['$1', '$&', '$_', 'input', 'lastMatch', 'rightContext']) attempt(() => RegExp[key]); attempt(() => ''.match(/x/)); attempt(() => /(?<a>b)/.exec('b').groups)`,
    'with, and Symbol.unscopables': `
      with (new Proxy({}, { has(t, key) { probe(t); return false }, get(t, key, receiver) { probe(receiver) } })) { attempt(() => notThere); typeof process }
      Array.prototype[Symbol.unscopables] = steal; with ([]) { attempt(() => values) }`,
    'document.all and friends':
      'for (const name of ["document", "window", "self", "frames", "parent", "top", "opener"]) if (name in globalThis) found(name)',
    'escape, unescape and HTML methods':
      "attempt(() => 'a'.anchor('b')); attempt(() => globalThis.escape('a')); attempt(() => 'a'.substr(0, 1)); attempt(() => new Date().getYear())",
    'a function in a block, hoisted over a global':
      '{ function Object() { probe(this) } } probe(Object); attempt(() => new Object())',
    'var over what cannot be deleted':
      'var Error = 1, globalThis = 2, undefined = 3; probe(Error); attempt(() => new TypeError("x").stack)',
  },

  'ways out of the wrapper': {
    'by a label and a directive': '"use strict"; out: { break out } probe(this); (() => probe(this))()',
    'by new.target and super':
      'attempt(() => new.target); class A { static m() { return super.constructor } }; probe(A.m())',
    'by names of the wrapper':
      'attempt(() => inputs); attempt(() => result); attempt(() => isAsync); arguments[0] = 1; arguments.length = 0; probe(arguments[0])',
    'by assigning what is not there':
      'undefinedName = 1; probe(globalThis.undefinedName); delete globalThis.undefinedName; attempt(() => { "use strict"; other = 1 })',
    'by a declaration of result that throws when read':
      'Object.defineProperty(globalThis, "result", { get: steal, set: steal, configurable: true }); result = 1; probe(result); return "clean"',
    'by returning the script itself': 'return { toJSON: arguments.callee.toString() }',
  },

  'symbols that are shared by all realms': {
    'those of Node': `
      for (const name of ['nodejs.util.inspect.custom', 'nodejs.util.promisify.custom', 'nodejs.rejection', 'nodejs.dispose', 'nodejs.asyncDispose', 'nodejs.webstream.isClosedPromise'])
        { const symbol = Symbol.for(name); for (const thing of [Object.prototype, Function.prototype, globalThis, console, console.log, Promise.prototype]) probe(thing[symbol]) }`,
    'inspection, on everything': `
      const hook = function (depth, options, inspect) { steal.apply(this, arguments); return '' }
      for (const name of ['nodejs.util.inspect.custom', 'inspect']) for (const home of [Object.prototype, Error.prototype, Function.prototype]) home[Symbol.for(name)] = hook
      console.log({}, new Error('x'), () => {}); Promise.reject({}); throw { a: {} }`,
    'well-known hooks, on everything': `
      for (const key of ownKeys(Symbol)) if (typeof Symbol[key] === 'symbol') attempt(() => Object.defineProperty(Object.prototype, Symbol[key], { configurable: true, get() { probe(this); return undefined }, set: steal }))
      console.log([1], 'a', { a: 1 }); attempt(() => [...'ab']); attempt(() => 'a'.replace('a', 'b')); attempt(() => [1].concat([2])); attempt(() => ({}) instanceof Object)`,
    'their descriptions as code':
      'const s = Symbol("process"); probe(Object(s)); attempt(() => Symbol.keyFor(Symbol.for("x"))); attempt(() => eval(s.description))',
  },

  'memory, machine code and other realms': {
    WebAssembly:
      'if ("WebAssembly" in globalThis) found("WebAssembly"); attempt(() => new WebAssembly.Memory({ initial: 1 }).buffer.constructor)',
    'WebAssembly with tags of exceptions':
      'attempt(() => WebAssembly.JSTag); attempt(() => new WebAssembly.Exception(WebAssembly.JSTag, [1])); attempt(() => WebAssembly.compile(new Uint8Array(8)))',
    'shared memory':
      'for (const name of ["SharedArrayBuffer", "Atomics"]) if (name in globalThis) found(name); attempt(() => new ArrayBuffer(8, { maxByteLength: 16 }).resize(12))',
    'ShadowRealm and Worker':
      'for (const name of ["ShadowRealm", "Worker", "Compartment", "Realm"]) if (name in globalThis) found(name)',
    'finalizers and weak references':
      'for (const name of ["FinalizationRegistry", "WeakRef"]) if (name in globalThis) found(name); probe(new WeakMap([[{}, 1]]))',
    'array buffers that are moved':
      'const b = new ArrayBuffer(8); attempt(() => b.transfer(16)); attempt(() => b.transferToFixedLength()); probe(b); attempt(() => structuredClone(b, { transfer: [b] }))',
    'iterator helpers and new built-ins': `
      attempt(() => Iterator.from([1]).map(x => x)); attempt(() => Iterator.concat([1])); attempt(() => new DisposableStack()); attempt(() => new AsyncDisposableStack()); attempt(() => Temporal.Now)
      attempt(() => Promise.try(() => { throw 1 })); attempt(() => Array.fromAsync([1])); attempt(() => Object.groupBy([1], steal)); attempt(() => Map.groupBy([1], steal)); attempt(() => RegExp.escape('a')); attempt(() => Math.sumPrecise([1]))`,
  },
}
