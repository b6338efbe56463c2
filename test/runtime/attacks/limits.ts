/** Scripts that want too much, by what they want. None of them ends by itself within its limit. */

import type { Attacks } from './attack.ts'

/** Endless, or as good as. What the engine can interrupt, what it interrupts late, and what it never does. */
export const time: Attacks = {
  'a loop': 'for (;;);',
  'a loop that catches all': 'for (;;) try { for (;;) null.x } catch {} finally { continue }',
  'a generator': 'const g = function* () { for (;;) yield 1 }; for (const x of g());',
  'a label and a continue': 'again: for (;;) { for (;;) continue again }',
  'recursion that catches itself': 'const f = () => { try { f() } finally { f() } }; f()',
  awaits: 'await (async () => { for (;;) await null })()',
  'awaits of thenables': 'const t = { then(yes) { yes(t) } }; await t',
  'a chain of promises': 'const again = () => Promise.resolve().then(again); await again()',
  'promises that never end after the script': 'const again = () => Promise.resolve().then(again); again()',
  'an async iterator':
    'for await (const x of { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }) }) });',
  'a regular expression': '/^(a+)+$/.test("a".repeat(60) + "b")',
  'a regular expression that looks ahead': '/(?=((a+)+)+c)/.test("a".repeat(60))',
  'a replacement': '"a".repeat(60).replace(/(a|a)*b/g, "")',
  'large numbers': 'let n = 7n; for (;;) n = n * n % (2n ** 60000n + 1n)',
  'a power': '3n ** (2n ** 27n)',
  'a comparison in a sort': '[1, 2].sort(() => { for (;;); })',
  'a getter': '({ get a() { for (;;); } }).a',
  'a trap': 'new Proxy({}, { has() { for (;;); } }).x; "x" in new Proxy({}, { has() { for (;;); } })',
  toString: '"" + { toString() { for (;;); } }',
  'a replacer of JSON': 'JSON.stringify({ a: 1 }, () => { for (;;); })',
  'a constructor': 'new (class { constructor() { for (;;); } })()',
  'a default': '((a = (() => { for (;;); })()) => a)()',
  lastIndexOf: 'Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)',
  indexOf: 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)',
  includes: 'Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1)',
  reverse: 'Array.prototype.reverse.call({ length: 2 ** 53 - 1 })',
  fill: 'Array.prototype.fill.call(new Proxy({ length: 2 ** 53 - 1 }, {}), 1)',
  join: 'for (;;) Array.prototype.join.call({ length: 2 ** 32 - 1 }, "")',
  'forEach over holes': 'new Array(2 ** 32 - 1).forEach(() => {})',
  copyWithin: 'Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 1, 0)',
  unshift: 'Array.prototype.unshift.call({ length: 2 ** 53 - 2 }, 1)',
  'includes of typed arrays': 'const a = new Uint8Array(5e7); for (;;) a.indexOf(1)',
  normalizing: 'for (;;) "\\u0344".repeat(1e6).normalize("NFD")',
  'comparing by locale': 'const a = "ä".repeat(4e6), b = a + "a"; for (;;) a.localeCompare(b)',
  dates: 'for (;;) Date.parse(" ".repeat(1e7))',
  numbers: 'for (;;) Number("9".repeat(1e7))',
  'a getter of the result': 'result = { get a() { for (;;); } }',
  'a proxy as the result': 'result = new Proxy({}, { ownKeys() { for (;;); } })',
  'toJSON of the result': 'result = { toJSON() { for (;;); } }',
  'a thenable result': 'await 0; return { get then() { for (;;); } }',
  'the name of an error': 'throw { get name() { for (;;); } }',
  'the message of an error': 'throw { get message() { for (;;); } }',
  'the stack of an error':
    'const e = new Error("x"); Object.defineProperty(e, "stack", { get() { for (;;); } }); Object.defineProperty(e, "message", { get() { for (;;); } }); throw e',
  'a getter in what is logged': 'console.log({ get a() { for (;;); } })',
  'toJSON of what is logged': 'console.error({ toJSON() { for (;;); } })',
  'a flood of output': 'for (;;) console.log("x".repeat(1000))',
  'text to compile': 'for (;;) try { new RegExp("(?:".repeat(5000) + ")".repeat(5000)) } catch {}',
}

/** Bombs that end with an error, or with the process. */
export const memory: Attacks = {
  'many objects': 'const all = []; for (;;) all.push({ n: all.length })',
  'a huge list': 'new Array(2 ** 32 - 2).fill(1)',
  'a growing Map': 'const map = new Map(); for (let i = 0; ; i++) map.set(i, { i })',
  'a growing Set of texts': 'const set = new Set(); for (let i = 0; ; i++) set.add("text " + i)',
  closures:
    'let f = () => 0; for (;;) { const g = f, data = new Array(1000).fill(0); f = () => g() + data.length }',
  proxies: 'const all = []; for (;;) all.push(new Proxy({}, {}))',
  symbols: 'const all = []; for (let i = 0; ; i++) all.push(Symbol.for("s" + i))',
  'a spread': 'const a = new Array(1e7).fill(1); const all = []; for (;;) all.push([...a])',
  'a join':
    'const a = new Array(1e6).fill("é".repeat(100)); const all = []; for (;;) all.push(a.join("") + all.length)',
  'JSON of a large list': 'const all = []; for (;;) all.push(JSON.parse("[" + "1,".repeat(1e6) + "1]"))',
  ArrayBuffers: 'const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1))',
  'promises that pile up':
    'const more = () => { for (let i = 0; i < 9; i++) Promise.resolve().then(more) }; await more()',
  'frames of generators':
    'const all = []; for (;;) { const g = (function* () { yield new Array(100).fill(0) })(); g.next(); all.push(g) }',
  'a split text': 'const all = []; for (;;) all.push("a,".repeat(1e6).split(",").map(x => x + all.length))',
}

/** Bombs that catch what they are told: they may last until the deadline. */
export const patientMemory: Attacks = {
  'big texts, with catch':
    'const all = []; for (;;) try { all.push("y".repeat(1e6) + all.length + "é") } catch {}',
  'ArrayBuffers, with catch':
    'const all = []; for (;;) try { for (;;) all.push(new Uint8Array(1e7).fill(1)) } catch {}',
  'a text that doubles':
    'let s = "x"; for (;;) try { s += s } catch { s = s.slice(1); [...s.slice(0, 1e7)] }',
  'a buffer that grows':
    'const b = new ArrayBuffer(1, { maxByteLength: 2 ** 30 }); for (let n = 1; ; n++) try { b.resize(Math.min(n * 1e6, 2 ** 30)); new Uint8Array(b).fill(1) } catch {}',
}

/** Ways to end a process. All are errors: there is nothing of that kind in a context. */
export const exits: Attacks = {
  'process.exit': 'process.exit(0)',
  'process.abort': 'globalThis.process.abort()',
  'a constructor of this': 'this.constructor.constructor("return process")().exit()',
  'a constructor of inputs': 'inputs.constructor.constructor("return process")().kill()',
  'a constructor of the console': 'console.log.constructor("process.exit()")()',
  require: 'require("process").exit()',
}

/** Results and errors that are too large, too deep, or too many. */
export const sizes: Attacks = {
  'a long text': 'return "x".repeat(2e6)',
  'a text that escapes make long': 'return "\\u0001".repeat(3e5)',
  'a long list': 'return new Array(2e6).fill(1)',
  'many keys': 'const all = {}; for (let i = 0; i < 2e5; i++) all["key " + i] = i; return all',
  'a list of one list, many times':
    'let list = [1]; for (let i = 0; i < 20; i++) list = [list, list]; return list',
  'a toJSON that grows': 'return { toJSON: () => "x".repeat(2e6) }',
}

/** Text that closes the function it stands in. */
export const breakouts: readonly string[] = [
  '}});result = 1;(function(){return(function(){',
  '}),0]});(function(inputs){var result;return[(function(){',
  '}),0]});throw 1;(function(inputs){var result;return[(function(){',
  '}),function(){return result}]})\n(function(inputs){var result;return[(function(){',
  '}}})',
  '})()',
  '/*',
  '`',
  '"use strict"}; for (;;); {',
  '\u2028}),0]});for (;;);(function(inputs){return[(function(){',
]
