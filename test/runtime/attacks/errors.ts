/** Errors: where they are made, how they are shown, what carries them, and what happens when the stack ends in between. */

import type { AttackClasses } from './attack.ts'

const EVERY_ENGINE_ERROR = `[() => null.x, () => undefinedName, () => 1n + 1, () => new Array(-1), () => JSON.parse('{'), () => ''.repeat(-1),
  () => decodeURI('%'), () => new RegExp('('), () => Symbol() + '', () => BigInt(0.5), () => (void 0)(), () => { const c = 1; c = 2 },
  () => new (class extends null { constructor() { super() } })(), () => 1 in 1, () => ({}) instanceof 1, () => Object.defineProperty(1, 'a', {}),
  () => JSON.stringify(1n), () => { const a = []; a.push(a); JSON.stringify(a) }, () => new Date(NaN).toISOString(), () => 'a'.normalize('x'),
  () => (1).toFixed(200), () => new Uint8Array(-1), () => new Proxy(1, 1), () => Reflect.ownKeys(1), () => Symbol.prototype.toString.call(1),
  () => { x; let x }, () => [].reduce(steal), () => new Map([1]), () => [...1], () => { const { a } = null }, () => structuredClone(1)]`

export const errors: AttackClasses = {
  'errors thrown by the engine': {
    'of every kind': `for (const action of ${EVERY_ENGINE_ERROR}) attempt(action)`,
    'with all they carry': `for (const action of ${EVERY_ENGINE_ERROR}) { const e = attempt(action); for (const key of ['stack', 'cause', 'errors', 'code', 'constructor']) attempt(() => e[key]) }`,
    'of syntax in built-ins': `for (const text of ['(', '[', '(?<a>', '\\\\', '(?']) attempt(() => new RegExp(text, 'v')); attempt(() => JSON.parse('{"a":')); attempt(() => new Intl.Locale('!'))`,
    'in asynchronous code': `
      for (const action of ${EVERY_ENGINE_ERROR}) { try { await (async () => action())() } catch (error) { probe(error) } }
      for (const all of [Promise.any([]), Promise.all(1), Promise.race(1)]) try { await all } catch (error) { probe(error); probe(error.errors) }`,
    'by generators that are resumed in themselves':
      'const g = (function* () { g.next() })(); attempt(() => g.next()); attempt(() => g.throw(globalThis)); attempt(() => g.return(globalThis))',
    'when memory for a string runs out':
      "attempt(() => 'x'.repeat(2 ** 30)); attempt(() => 'x'.padEnd(2 ** 30)); attempt(() => new Array(2 ** 32)); attempt(() => new ArrayBuffer(2 ** 53))",
  },

  'how errors are shown': {
    'by a Symbol as the name':
      'const e = new Error(); e.name = Symbol(); attempt(() => e.stack); attempt(() => String(e)); attempt(() => { throw e })',
    'by a Symbol as the message':
      'const e = new TypeError(); e.message = Symbol("x"); attempt(() => e.stack); console.log(e); throw e',
    'by getters for name and message': `
      const e = new Error(); for (const key of ['name', 'message', 'stack', 'constructor', 'cause', 'toString']) attempt(() => Object.defineProperty(e, key, { get() { probe(this); attempt(() => getOwnPropertyDescriptor(e, key).get.caller); return 'x' } }))
      attempt(() => e.stack); console.log(e); throw e`,
    'by prepareStackTrace': `
      attempt(() => { Error.prepareStackTrace = (error, frames) => { probe(frames); for (const frame of frames) { probe(frame); attempt(() => frame.getThis()); attempt(() => frame.getFunction()); attempt(() => frame.getEvalOrigin()) } return '' } })
      attempt(() => new Error().stack); attempt(() => null.x.stack); throw new Error('x')`,
    'by prepareStackTrace, defined':
      "attempt(() => Object.defineProperty(Error, 'prepareStackTrace', { value: (e, frames) => (probe(frames), frames) })); attempt(() => Object.defineProperty(Error, 'prepareStackTrace', { get: steal })); attempt(() => new RangeError().stack)",
    'by prepareStackTrace on prototypes':
      'for (const home of [Object.prototype, Function.prototype, Error.prototype]) attempt(() => Object.defineProperty(home, "prepareStackTrace", { configurable: true, get() { probe(this); return steal }, set: steal })); attempt(() => new Error().stack); attempt(() => null.x)',
    'by another Error': `
      attempt(() => { globalThis.Error = class { static prepareStackTrace(e, frames) { probe(frames); return frames } } }); attempt(() => { Error = function () {}; Error.prepareStackTrace = steal })
      attempt(() => delete globalThis.Error); attempt(() => new TypeError('x').stack); attempt(() => null.x)`,
    'by captureStackTrace':
      'const held = {}; attempt(() => Error.captureStackTrace(held)); attempt(() => held.stack); attempt(() => Error.captureStackTrace(globalThis)); attempt(() => globalThis.stack); attempt(() => Error.captureStackTrace(Object.freeze({})))',
    'by captureStackTrace of a proxy':
      'attempt(() => Error.captureStackTrace(new Proxy({}, { defineProperty(t, key, slot) { probe(slot); probe(slot.value); probe(slot.get); return true }, set: steal })))',
    'by stackTraceLimit': `
      for (const limit of [100, -1, NaN, 1e9, '5', { valueOf: steal }, Symbol()]) { attempt(() => { Error.stackTraceLimit = limit }); attempt(() => Object.defineProperty(Error, 'stackTraceLimit', { value: limit, writable: true })); attempt(() => new Error().stack) }
      attempt(() => Object.defineProperty(Error, 'stackTraceLimit', { get: steal })); attempt(() => null.x.stack)`,
    'by the frozen and the sealed':
      'for (const lock of [Object.freeze, Object.seal, Object.preventExtensions]) { attempt(() => lock(Error)); attempt(() => lock(Error.prototype)); attempt(() => new Error().stack) }',
    'by a stack that is an accessor': `
      const slot = getOwnPropertyDescriptor(new Error(), 'stack') || getOwnPropertyDescriptor(Error.prototype, 'stack'); if (slot) { probe(slot.get); probe(slot.set); for (const thing of [{}, globalThis, console, Object.create(new Error())]) { attempt(() => slot.get.call(thing)); attempt(() => slot.set.call(thing, 1)) } }`,
    'by a message without end':
      "const e = new Error('x'.repeat(1e6)); attempt(() => e.stack); console.log(e); throw e",
    'by toString and toPrimitive of what is thrown':
      'throw { toString: steal, valueOf: steal, [Symbol.toPrimitive]: steal, get name() { return { toString: steal } }, get message() { return steal } }',
    'by a class of errors of its own':
      'class Mine extends Error { get name() { probe(this); return "Mine" } get stack() { return steal() } static get prepareStackTrace() { return steal } } attempt(() => { throw new Mine("x") }); throw new Mine("y")',
    'by source positions in the message':
      'class process extends Error {}; const f = { "at Object.<anonymous> (evil.js:1:1)"() { throw new process("\\n    at native (script.js:1:1)") } }; attempt(f["at Object.<anonymous> (evil.js:1:1)"])',
  },

  'places of calls': {
    'by every method of a frame': `
      let frames; attempt(() => { Error.prepareStackTrace = (e, all) => all; frames = new Error().stack })
      if (Array.isArray(frames)) for (const frame of frames) for (const key of ownKeys(getPrototypeOf(frame))) attempt(() => frame[key]())`,
    'by async frames':
      'const f = async () => { await null; attempt(() => { Error.prepareStackTrace = (e, frames) => frames.map(frame => probe(frame.getThis())) }); attempt(() => new Error().stack) }; await f()',
    'by frames of built-ins':
      'attempt(() => { Error.prepareStackTrace = steal }); [1].map(() => attempt(() => new Error().stack)); JSON.parse("[1]", () => attempt(() => null.x)); [1, 2].sort(() => attempt(() => null.x))',
    'by a getter on Array.prototype that frames would meet':
      'for (let i = 0; i < 20; i++) Object.defineProperty(Array.prototype, i, { configurable: true, get() { probe(this) }, set(value) { probe(value); probe(this) } }); attempt(() => new Error().stack); attempt(() => null.x); throw new Error("x")',
  },

  'the end of the stack': {
    'at each depth': `
      for (let spare = 0; spare < 60; spare++) { let left = spare; const dive = () => { try { dive() } catch (error) { if (left-- > 0) throw error; if (left === -1) { probe(error); attempt(() => null.x); const e = new Error(); e.name = { toString() { throw 1 } }; attempt(() => e.stack) } } }; attempt(dive) }`,
    'while an error is shown':
      'const deep = () => { try { deep() } catch (error) { probe(error); error.name = Symbol(); attempt(() => error.stack); attempt(() => String(error)) } }; attempt(deep)',
    'in built-ins that call back': `
      const twist = () => [1].sort(twist) && JSON.stringify({ toJSON: twist }) && 'a'.replace(/a/, twist); attempt(twist); const trap = () => new Proxy({}, { get: trap }).x; attempt(trap)
      const spread = (...all) => spread(...all, 1); attempt(spread); class A { get [Symbol.toStringTag]() { return Object.prototype.toString.call(this) } } attempt(() => String(new A()))`,
    'in promises': `
      const deep = () => { try { deep() } catch { Promise.resolve().then(() => probe(1)); new Promise((yes, no) => no(globalThis)).catch(probe); attempt(async () => null.x) } }; attempt(deep)
      const chain = n => n === 0 ? deep() : attempt(() => chain(n - 1)); await Promise.allSettled([1, 2].map(async () => chain(50)))`,
    'in what is awaited':
      'const dive = () => { try { return dive() } catch (error) { return probe(error), { then(yes, no) { dive(); no(error) } } } }; try { await dive() } catch (error) { probe(error) }',
    'in console': `
      const deep = () => { try { deep() } catch (error) { attempt(() => console.log(error, { a: error })); attempt(() => console.error(Symbol())) } }; attempt(deep)
      const nest = { get a() { return nest } }; attempt(() => console.log({ toJSON() { console.log(this) } }))`,
    'in regular expressions and JSON': `
      let list = []; for (let i = 0; i < 2e4; i++) list = [list]; attempt(() => JSON.stringify(list)); attempt(() => JSON.parse('['.repeat(2e4))); attempt(() => String(list)); attempt(() => list.flat(Infinity)); attempt(() => new RegExp('('.repeat(2e4)))`,
    'in accessors, proxies and toPrimitive': `
      const o = { get a() { return this.a }, [Symbol.toPrimitive]() { return +this } }; attempt(() => o.a); attempt(() => +o)
      let p = {}; for (let i = 0; i < 1e4; i++) p = new Proxy(p, {}); attempt(() => p.x); attempt(() => getPrototypeOf(p)); attempt(() => p instanceof Object)`,
    'in the result': 'let list = []; for (let i = 0; i < 1e5; i++) list = [list]; return list',
    'in the error that is thrown':
      'const dive = () => dive(); const e = { get message() { return dive() }, get name() { return dive() }, toString: dive }; throw e',
    'in a class, a default and a destructuring':
      'const f = (a = f()) => a; attempt(f); class A { constructor() { new A() } } attempt(() => new A()); const g = ({ a = g({}) }) => a; attempt(() => g({})); const h = ([a = h([])]) => a; attempt(() => h([]))',
  },

  'what carries errors': {
    AggregateError:
      'const e = new AggregateError([new Error("a"), globalThis], "m", { cause: globalThis }); probe(e); attempt(() => e.stack); attempt(() => e.errors); throw e',
    'causes in a circle':
      'const a = new Error("a"), b = new Error("b", { cause: a }); a.cause = b; console.log(a); throw a',
    'Promise.any':
      'try { await Promise.any([Promise.reject(1), (async () => null.x)()]) } catch (error) { probe(error); probe(error.errors); probe(error.errors[1]) }',
    'Array.fromAsync': `
      if (Array.fromAsync) for (const source of [{ get [Symbol.asyncIterator]() { throw new Error() } }, { [Symbol.asyncIterator]: () => ({ next: () => null }) }, { [Symbol.iterator]: () => ({ next() { throw probe(this) } }) }, { length: 3, get 1() { return steal() } }])
        try { await Promise.race([Array.fromAsync(source), null]) } catch (error) { probe(error) }`,
    'SuppressedError and stacks of disposal': `
      attempt(() => new SuppressedError(globalThis, globalThis)); const stack = attempt(() => new DisposableStack()); if (stack && stack.defer) { stack.defer(() => null.x); stack.defer(() => { throw Symbol() }); attempt(() => stack.dispose()) }`,
    'finally over throw':
      'attempt(() => { try { null.x } finally { throw probe(new Error("b")) } }); for (const x of [1]) try { throw x } finally { continue }',
    'errors in destructors of iterators':
      'attempt(() => { for (const x of { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return: () => null.x }) }) throw 1 }); attempt(() => { const [a] = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return: steal }) } })',
    'structured errors that claim to be others':
      'const e = Object.create(Error.prototype, { [Symbol.toStringTag]: { get: steal } }); attempt(() => Object.prototype.toString.call(e)); attempt(() => Error.prototype.toString.call({ name: { toString: steal }, message: { toString: steal } })); throw e',
  },
}
