// Chains of the classes of escape, composed at random: something that throws or gives, wrapped in hooks that pass it on, ending
// where somebody else reads it, after intrinsics were replaced, at some depth of the stack. `FUZZ=20` tries twenty times as many.

import { delimiter } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { Sandbox, type SandboxOptions } from '../../src/runtime/index.ts'
import { runs } from '../support/random.ts'
import { INSPECT, scriptOf } from './attacks/attack.ts'

/** Expressions that give or throw something made by the engine. */
const source = fc.constantFrom(
  'null.x',
  'notThere',
  'new Array(-1)',
  'new Error("a")',
  'JSON.parse("{")',
  '"x".repeat(-1)',
  'Symbol() + ""',
  'new Proxy(1, 1)',
  'Reflect.ownKeys(1)',
  'new RegExp("(")',
  '[...{ [Symbol.iterator]: 1 }]',
  'new AggregateError([globalThis], "m")',
  'Object.create(Error.prototype)',
  'eval("1")',
  'Function("return this")',
  'arguments.callee.caller',
  'Error.captureStackTrace({})',
  'new Promise(1)',
  'Promise.reject(globalThis)',
  'inputs.list[0]',
  'console.log',
  'Array.from({ length: 3 }, steal)',
  'new (class extends Array { static get [Symbol.species]() { return steal } })(3).map(steal)',
)

type Wrap = (inner: string) => string

/** Each makes an expression from one, and hands on what becomes of it. */
const wrapper = fc.constantFrom<Wrap[]>(
  inner => `({ get a() { return ${inner} } }).a`,
  inner => `new Proxy({}, { get(t, key, receiver) { probe(receiver); return ${inner} } }).x`,
  inner => `new Proxy(function () {}, { apply(t, self, all) { probe(all); return ${inner} } })()`,
  inner => `\`\${{ toString() { return ${inner} } }}\``,
  inner => `({ [Symbol.toPrimitive](hint) { return ${inner} } } * 1)`,
  inner => `JSON.stringify({ toJSON() { return ${inner} } })`,
  inner => `[...{ *[Symbol.iterator]() { yield ${inner} } }][0]`,
  inner => `[2, 1].sort(() => ${inner})`,
  inner => `"a".replace("a", () => ${inner})`,
  inner => `(() => { try { return ${inner} } catch (error) { probe(error); return error } })()`,
  inner => `(() => { try { return ${inner} } finally { attempt(() => null.x) } })()`,
  inner => `(() => { throw ${inner} })()`,
  inner => `(function () { return ${inner} }).call(globalThis)`,
  inner => `(async () => ${inner})()`,
  inner => `Promise.resolve().then(() => ${inner}).catch(error => probe(error))`,
  inner => `({ then(yes, no) { probe(yes); probe(no); yes(${inner}) } })`,
  inner => `Promise.all([${inner}, { then(yes) { probe(yes); yes(1) } }])`,
  inner => `Object.assign(new Error("b"), { name: Symbol(), cause: ${inner} }).stack`,
  inner => `new Error("c", { cause: ${inner} })`,
  inner => `Reflect.construct(Promise, [(yes, no) => no(${inner})])`,
  inner => `Array.from({ length: 1 }, () => ${inner})[0]`,
  inner => `Object.prototype.toString.call({ get [Symbol.toStringTag]() { return ${inner} } })`,
  inner => `(x => x)\`a\${${inner}}\``,
)

/** The same near the end of the stack; one to a chain, since each takes a while. */
const depth = fc.constantFrom<Wrap[]>(
  inner => inner,
  inner => `(() => { const dive = n => n === 0 ? ${inner} : dive(n - 1); return dive(40) })()`,
  inner => `[(() => { const f = () => f() + 1; return attempt(f) })(), ${inner}][1]`,
  inner =>
    `(() => { let left = 12; const dive = () => { try { return dive() } catch (error) { if (left-- !== 0) throw error; return ${inner} } }; return dive() })()`,
)

/** Where it ends: what the sandbox, the engine or the console reads. */
const sink = fc.constantFrom<Wrap[]>(
  inner => `return ${inner}`,
  inner => `throw ${inner}`,
  inner => `result = await ${inner}`,
  inner => `console.log(${inner})`,
  inner => `return { get a() { return ${inner} } }`,
  inner => `return { toJSON: () => ${inner} }`,
  inner => `throw { get name() { return ${inner} }, get message() { return ${inner} } }`,
  inner => `Promise.reject(${inner}); await 0`,
  inner => `Promise.resolve().then(() => { result = ${inner} }); return`,
  inner => `for await (const x of [${inner}]) probe(x)`,
  inner => `return new Proxy([1], { get: (t, key) => key === "length" ? 1 : ${inner} })`,
)

/** What is replaced before: the ground that everybody stands on. */
const ground = fc.constantFrom(
  '',
  'Error.prototype.toString = Object.prototype.toString = steal',
  'Promise.prototype.then = function (yes, no) { probe(yes); probe(no); return this }',
  'for (const i of [0, 1, 2]) Object.defineProperty(Array.prototype, i, { set: steal, get: steal, configurable: true })',
  'Object.defineProperty(Object.prototype, "then", { get() { probe(this) }, set: steal, configurable: true })',
  'JSON.stringify = JSON.parse = steal',
  'Array.prototype[Symbol.iterator] = function* () { yield probe(this) }',
  'for (const key of ["name", "message", "stack", "cause"]) attempt(() => Object.defineProperty(Error.prototype, key, { get: steal, set: steal, configurable: true }))',
  'attempt(() => Object.defineProperty(Error, "prepareStackTrace", { value: steal })); attempt(() => { Error.stackTraceLimit = 50 })',
  'globalThis.Promise = class extends Promise { static get [Symbol.species]() { return steal } }',
  'Function.prototype.call = Function.prototype.apply = steal',
  'Object.freeze(Object.prototype); Object.freeze(Array.prototype)',
  'String.prototype.slice = String.prototype.includes = steal; Object.keys = steal',
)

const wrappers = fc.array(wrapper, { maxLength: 3 })

const chain = fc
  .tuple(ground, ground, source, wrappers, depth, wrappers, sink)
  .map(([first, second, start, inner, deep, outer, end]) => {
    const wraps: readonly Wrap[] = [...inner, deep, ...outer]
    const expression = wraps.reduce<string>((text, wrap) => wrap(text), start)
    return `${first}\n${second}\n${end(expression)}`
  })

const INPUTS = { list: [{}] }

/** `ESPALIER_NODES` names other versions of Node.js, by their paths with a colon between. */
const others = (process.env.ESPALIER_NODES ?? '').split(delimiter).filter(path => path !== '')

const MODES: Readonly<Record<string, SandboxOptions>> = {
  'while errors tell lines': {},
  'while errors tell none': { lines: false },
  ...Object.fromEntries(others.map(nodePath => [`under ${nodePath}`, { nodePath }])),
}

describe('chains of attacks', function () {
  this.timeout(runs(60_000))

  for (const [mode, options] of Object.entries(MODES)) {
    it(`find nothing ${mode}`, async () => {
      await using sandbox = new Sandbox({ ...options, isolation: 'process', size: 1, timeout: 5000 })
      const untouched = await sandbox.run(INSPECT, null)
      const seen = new Set<string>()
      const law = fc.asyncProperty(chain, async attack => {
        const outcome = await sandbox.run(scriptOf(attack), INPUTS)
        seen.add(outcome.ok ? 'ok' : outcome.kind)
        if (!outcome.ok && outcome.kind === 'timeout') {
          const { stdout } = await sandbox.run(scriptOf(attack, true), INPUTS)
          expect.fail(`${attack}\nfound something, or did not end: ${stdout.slice(0, 300)}`)
        }
        const after = await sandbox.run(INSPECT, null)
        expect(after.ok ? after.value : after, attack).to.equal(untouched.ok && untouched.value)
      })
      await fc.assert(law, { numRuns: runs(200) })
      expect([...seen])
        .to.include.members(['ok', 'runtime', 'bad_result'])
        .and.not.include('crashed')
    })
  }
})
