// The same sandbox on every version of Node.js at hand: the one that runs this, and those that the environment variable
// ESPALIER_NODES names, by their paths with a colon between. Each has flags, limits and an engine of its own.

import { delimiter } from 'node:path'
import { inspect } from 'node:util'
import vm from 'node:vm'
import { expect } from 'chai'
import { Sandbox } from '../../src/runtime/index.ts'
import { probe } from '../../src/runtime/probe.ts'

/** Gives the names of what a script got hold of and may not have. */
const LOOK = `
  const found = []
  const top = Object.prototype, up = Object.getPrototypeOf
  const look = thing => {
    if (thing === null || (typeof thing !== 'object' && typeof thing !== 'function')) return
    let root = thing
    for (let next = thing; next !== null; next = up(next)) root = next
    if (root !== thing && root !== top) found.push('foreign')
    for (const maker of [thing.constructor, root.constructor]) {
      try { if (maker.constructor('return process')().pid) found.push('process') } catch {}
    }
  }
  const attempt = action => { try { look(action()) } catch (error) { look(error) } }`

const ESCAPES: Record<string, string> = {
  'what is there':
    'for (const key of Reflect.ownKeys(globalThis)) attempt(() => globalThis[key]); look(inputs)',
  callers: '(function f() { look(f.caller); look(arguments.callee.caller) })()',
  'code from strings':
    'attempt(() => eval("this")); attempt(() => (async () => {}).constructor("return 1")())',
  'errors of the engine':
    'for (const action of [() => null.x, () => 1n + 1, () => new Array(-1), () => JSON.parse("{"), () => new RegExp("(")]) attempt(action)',
  'call sites':
    'attempt(() => { Error.prepareStackTrace = (error, frames) => { look(frames); for (const each of frames) look(each.getThis()) } }); attempt(() => null.x); attempt(() => new Error().stack)',
  'a name that cannot be written':
    'const error = new Error(); error.name = Symbol(); attempt(() => error.stack); attempt(() => { throw error })',
  'an overflow inside the engine':
    'const dive = () => { try { dive() } catch (error) { look(error); const e = new Error(); e.name = Symbol(); attempt(() => e.stack) } }; attempt(dive)',
  'rejections and reactions':
    'const bad = Promise.reject(1); look(bad.constructor); Promise.prototype.then = function (...all) { all.forEach(look); return this }; await null',
  'errors that hold errors':
    'attempt(() => new AggregateError([new Error()], "", { cause: new Error() })); attempt(() => new SuppressedError(1, 2)); attempt(() => Array.fromAsync([1]))',
  'hooks on the prototypes':
    'for (const key of ["0", "then", "toJSON", "constructor"]) attempt(() => Object.defineProperty(Array.prototype, key, { set(value) { look(value) }, get() { look(this) } }))',
  'an inspect hook':
    'console.log({ [Symbol.for("nodejs.util.inspect.custom")](...all) { all.forEach(look) } })',
  'what was to be removed':
    'for (const name of ["WebAssembly", "SharedArrayBuffer", "Atomics", "WeakRef", "FinalizationRegistry", "ShadowRealm", "process", "require", "fetch"]) if (name in globalThis) found.push(name); if ("rawJSON" in JSON) found.push("rawJSON")',
}

/** Its result is the text of what was found. */
function scriptOf(way: string): string {
  return `${LOOK}\ntry { ${way} } catch (error) { look(error) }\nreturn found.join()`
}

const HOARD = 'const kept = []; for (;;) kept.push(new Uint8Array(4e6).fill(1))'

const others = (process.env.ESPALIER_NODES ?? '').split(delimiter).filter(path => path !== '')

describe('the escapes below', () => {
  it('would work against a plain context', () => {
    for (const name of ['what is there', 'an inspect hook']) {
      const context = vm.createContext({ inputs: {}, console: { log: inspect } })
      const found = vm.runInContext(`(function () { ${scriptOf(ESCAPES[name]!)} })()`, context)
      expect(found, name).to.include('process')
    }
  })
})

for (const nodePath of [process.execPath, ...others]) {
  for (const isolation of ['process', 'os'] as const) {
    describe(`${nodePath === process.execPath ? 'this Node.js' : nodePath}, level '${isolation}'`, () => {
      let sandbox: Sandbox
      before(async function () {
        this.timeout(60_000)
        if (isolation === 'os' && !(await probe(nodePath)).ok) this.skip()
        sandbox = new Sandbox({ nodePath, isolation, size: 1, memory: 64, timeout: 3000 })
      })
      after(() => sandbox?.close())

      const resultOf = async (script: string, inputs: null | number = null, timeout = 3000) => {
        const outcome = await sandbox.run(script, inputs, { timeout })
        return outcome.ok ? outcome.value : outcome.kind
      }

      it('takes the strongest launch', async () => {
        expect(await resultOf('result = 1')).to.equal(1)
        expect(sandbox.isolation).to.equal(isolation)
        expect(sandbox.locks).to.include.members(['permissions', 'rlimits'])
      }).timeout(20_000)

      it('runs scripts, and tells their failures apart', async () => {
        expect(await resultOf('result = inputs + 1', 41)).to.equal(42)
        expect(await resultOf('const f = async () => inputs; return (await f()) + 1', 41)).to.equal(42)
        expect(await resultOf('result = (')).to.equal('syntax')
        expect(await resultOf('null.x')).to.equal('runtime')
        expect(await resultOf('result = () => 1')).to.equal('bad_result')
        expect(await resultOf('await new Promise(() => {})')).to.equal('never_settles')
      })

      it('says where a syntax error stands', async () => {
        const outcome = await sandbox.run('const a = 1\nconst b = ]', null)
        expect(outcome).to.include({ kind: 'syntax', line: 2, column: 11 })
      })

      it('ends what does not end, and what takes too much', async () => {
        expect(await resultOf('for (;;);', null, 50)).to.equal('timeout')
        const forever = 'Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)'
        expect(await resultOf(forever, null, 50)).to.equal('timeout')
        expect(await resultOf('const kept = []; for (;;) kept.push({ kept })')).to.equal('out_of_memory')
        expect(await resultOf(HOARD)).to.equal('out_of_memory')
        expect(await resultOf('result = 1')).to.equal(1)
      }).timeout(20_000)

      for (const [name, script] of Object.entries(ESCAPES)) {
        it(`finds no way out by ${name}`, async () => {
          const outcome = await sandbox.run(scriptOf(script), { a: [1] })
          expect(outcome.ok ? outcome.value : outcome.message).to.equal('')
          expect(await resultOf('result = [].concat(1)')).to.deep.equal([1])
        })
      }
    })
  }
}
