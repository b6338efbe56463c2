// The script runner suite in JavaScript.

import type { RunnerScripts } from './scripts.ts'

export const javascript: RunnerScripts = {
  echo: 'result = inputs',
  constant: value => `result = ${JSON.stringify(value)}`,
  double: 'result = inputs * 2',
  otherEchoes: [
    'const result = inputs',
    'let result; result = inputs',
    'return inputs',
    'if (inputs !== undefined) return inputs\nresult = "late"',
    '"use strict"; result = inputs',
    'result = await Promise.resolve(inputs)',
    'await (async () => { await null; result = inputs })()',
  ],
  noResult: 'const x = 1',
  badResults: {
    'a function': 'result = () => 1',
    'a function in a list': 'result = [() => 1]',
    'NaN in a record': 'result = { a: [0 / 0] }',
    infinity: 'result = 1 / 0',
    'a bigint': 'result = 1n',
    'a circle': 'const a = []; a.push(a); result = a',
    'a map': 'result = new Map([[1, 2]])',
    'a promise': 'result = Promise.resolve(1)',
    'a symbol': 'result = Symbol("x")',
    'a getter that throws': 'result = { get a() { throw new Error("no") } }',
  },
  text: 'result = "x".repeat(inputs)',
  change: 'inputs.push(4); inputs[0] = "changed"; result = inputs',
  print: 'console.log("out"); console.error("err"); result = 1',
  printMuch: 'for (let i = 0; i < inputs; i++) console.log("123456789")\nresult = 1',
  fail: 'console.log("before")\nthrow new Error("on purpose")',
  failOnNegative: 'if (inputs < 0) throw new RangeError("negative")\nresult = inputs',
  syntaxErrors: [
    'let a = 1\nlet a = 2',
    'result = 1\nresult = = 2',
    'if (true) {\n  result = 1',
    '// x\n}});(function () {',
  ],
  recursion: 'const f = () => f() + 1\nresult = f()',
  loop: 'for (;;);',
  loopOnDemand: 'if (inputs === "loop") for (;;);\nresult = inputs',
  stubborn: {
    'a loop that catches all': 'for (;;) try { for (;;) null.x } catch {} finally { continue }',
    'a built-in that nothing can interrupt': 'Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)',
    'a regular expression': '/^(a+)+$/.test("a".repeat(60) + "b")',
    'promises without end': 'await (async () => { for (;;) await null })()',
    'a getter of the result': 'result = { get a() { for (;;); } }',
    'the message of an error': 'throw { get message() { for (;;); } }',
  },
  bomb: 'const all = []\nif (inputs === "bomb") for (;;) all.push({ n: all.length })\nresult = inputs',
  spend: 'const end = Date.now() + inputs\nwhile (Date.now() < end);\nresult = inputs',
  exits: [
    'process.exit(0)',
    'this.constructor.constructor("return process")().exit(0)',
    'require("process").abort()',
    'console.log.constructor("process.exit()")()',
  ],
  leaveMarks: `globalThis.mark = 1; Object.prototype.mark = 1; Array.prototype.map = () => ['mark']
    JSON.stringify = () => '"mark"'; Promise.prototype.then = () => 1; Math.max = () => 'mark'; console.log('mark')
    Object.defineProperty(Array.prototype, 0, { get: () => 'mark', set() {}, configurable: true }); inputs = 'mark'`,
  findMarks: `const found = []
    if (typeof mark !== 'undefined') found.push('global')
    if ({}.mark) found.push('prototype')
    if ([1].map(x => x)[0] !== 1) found.push('map')
    if (JSON.stringify(1) !== '1') found.push('JSON')
    if (Math.max(1, 2) !== 2) found.push('Math')
    if ((await Promise.resolve(1).then(x => x + 1)) !== 2) found.push('Promise')
    result = found`,
  random: 'result = [Math.random(), Math.random(), Math.random()]',
  now: 'result = Date.now()',
  callTool: 'result = await tools.add({ a: inputs, b: 1 })',
  catchTool: 'try { await tools.refuse({}) } catch (error) { result = error.message }',
  comment: length => `//${'x'.repeat(length - 2)}`,
}
