// The program of a child process, as source text for `node -e`: read a frame, run, answer, make the next context.
// Blocking reads and writes keep it short and quick; nothing here can hang the parent, which only waits for frames
// and kills. After its start the child's own realm is stripped too, in case a script should ever reach it.

import { PRELUDE } from './child-prelude.ts'

/** The descriptor of the answers: not stdout, where the engine itself may write. */
export const ANSWERS = 3

/** The body of a script is a function of its own, so `result` may be assigned, declared or returned. */
const WRAPPER = String.raw`
const open = isAsync => '(function(inputs){var result;return[(' + (isAsync ? 'async ' : '') + 'function(){'
const shut = '\n;return result}),function(){return result}]})'
`

/** A script is compiled once and kept: a vm.Script belongs to no context. */
const COMPILE = String.raw`
const units = new Map()
function compile(text) {
  let unit = units.get(text)
  if (unit) return unit
  // Outside an async function, await (x) is a call of a function named await: so the word decides, not the error.
  unit = attempt(text, text.includes('await'))
  if (unit.isAsync && unit.flaw) {
    const plain = attempt(text, false)
    if (plain.script) unit = plain
  }
  if (units.size >= 64) units.delete(units.keys().next().value)
  units.set(text, unit)
  return unit
}
function attempt(text, isAsync) {
  const prefix = open(isAsync), code = prefix + text + shut
  try {
    const script = new vm.Script(code, { filename: 'script.js', columnOffset: -prefix.length })
    return { script, isAsync, length: code.length - 2 }
  } catch (error) {
    return { isAsync, flaw: explain(error, text, prefix.length) }
  }
}
function explain(error, text, prefix) {
  const stack = String(error.stack).split('\n')
  const place = /^script\.js:(\d+)/.exec(stack[0])
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/)
  let line = place ? Number(place[1]) : undefined
  let message = error.name + ': ' + error.message
  const under = place ? stack.findIndex(part => /^\s*\^+\s*$/.test(part)) : -1
  let column = under === -1 ? undefined : stack[under].indexOf('^') + 1
  if (line === 1 && column > prefix && stack[under - 1].startsWith('(function(inputs)')) column -= prefix
  if (line > lines.length) {
    line = lines.length
    column = lines[line - 1].length + 1
    message = 'SyntaxError: unexpected end of the script'
  }
  return JSON.stringify([{ k: 'syntax', m: message, l: line, c: column }])
}
`

const SERVE = `
const prelude = new vm.Script(PRELUDE, { filename: 'prelude.js' })
const drain = new vm.Script('0', { filename: 'drain.js' })
function room() {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  })
  return { context, api: prelude.runInContext(context) }
}
let spare = room()

function serve(job, text) {
  const unit = compile(job.script)
  if (unit.flaw) return answer(job, { count: job.count, same: true }, unit.flaw, 0)
  let at = 0
  for (const length of job.parts) {
    if (!spare) spare = room()
    const { context, api } = spare
    spare = undefined
    run(job, unit, context, api, '[' + text.slice(at, at += length) + ']')
  }
}

function run(job, unit, context, api, inputs) {
  let start = now()
  api.begin(job.maxResult, job.maxOutput, job.now === undefined ? NaN : job.now, ...job.random)
  let maker
  try {
    maker = unit.script.runInContext(context)
  } catch {
    // Only a script that closes its wrapper early runs anything here; what it threw is not looked at.
  }
  if (api.load(maker, unit.length, unit.isAsync) !== true) {
    unit.flaw = JSON.stringify([{ k: 'syntax', m: 'SyntaxError: the script closes a bracket that it did not open' }])
    return answer(job, { count: job.count, same: true }, unit.flaw, now() - start)
  }
  api.feed(inputs)
  for (let left = job.each; left > 0; ) {
    if (api.slice(job.slice) === true) {
      drain.runInContext(context)
      api.settle()
      // An evaluation for each awaiting input; they are sent together while the slice lasts.
      if (api.count() < left && now() - start < job.slice && !api.isFull()) continue
    }
    const count = api.count()
    answer(job, { count }, api.take(), now() - start)
    left -= count
    start = now()
  }
}

function answer(job, header, text, ms) {
  answered++
  if (answered % 16 === 1) rss = Math.round(memory() / 1048576)
  send({ id: job.id, ms, rss, ...header }, text)
}
let answered = 0, rss = 0
`

const PIPES = `
let buffer = Buffer.allocUnsafe(65536), filled = 0
function need(size) {
  if (size > buffer.length) {
    const bigger = Buffer.allocUnsafe(size)
    buffer.copy(bigger, 0, 0, filled)
    buffer = bigger
  }
  while (filled < size) {
    const count = again(() => fs.readSync(0, buffer, filled, buffer.length - filled, null))
    if (count === 0) exit(0)
    filled += count
  }
}
function send(header, text) {
  const head = JSON.stringify(header), headBytes = Buffer.byteLength(head), textBytes = Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(8 + headBytes + textBytes)
  bytes.writeUInt32LE(headBytes, 0)
  bytes.writeUInt32LE(textBytes, 4)
  bytes.write(head, 8)
  bytes.write(text, 8 + headBytes)
  for (let sent = 0; sent < bytes.length; ) sent += again(() => fs.writeSync(ANSWERS, bytes, sent))
}
// A pipe that would block is tried again after a rest; any other error means that the parent is gone.
function again(action) {
  for (;;) {
    try {
      return action()
    } catch (error) {
      if (error.code === 'EOF') return 0
      if (error.code !== 'EAGAIN') exit(0)
      Atomics.wait(rest, 0, 0, 1)
    }
  }
}
const rest = new Int32Array(new SharedArrayBuffer(4))
function loop() {
  need(8)
  const headBytes = buffer.readUInt32LE(0), textBytes = buffer.readUInt32LE(4), end = 8 + headBytes + textBytes
  need(end)
  const job = JSON.parse(buffer.toString('utf8', 8, 8 + headBytes))
  const text = buffer.toString('utf8', 8 + headBytes, end)
  buffer.copy(buffer, 0, end, filled)
  filled -= end
  if (buffer.length > 1048576 && filled < 65536) shrink()
  serve(job, text)
  if (!spare) spare = room()
  // One turn of the event loop, in which Node forgets rejections nobody handled: each would keep its context alive.
  later(loop)
}
function shrink() {
  const smaller = Buffer.allocUnsafe(65536)
  buffer.copy(smaller, 0, 0, filled)
  buffer = smaller
}
`

/** Takes from the child's own realm what an escaped script would look for first. */
const HARDEN = `
function harden() {
  const keep = new Set(['globalThis', 'Infinity', 'NaN', 'undefined', 'Object', 'Function', 'Array', 'Number', 'Boolean',
    'String', 'Symbol', 'Date', 'Promise', 'RegExp', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError',
    'SyntaxError', 'TypeError', 'URIError', 'JSON', 'Math', 'Map', 'Set', 'WeakMap', 'WeakSet', 'BigInt', 'Proxy', 'Reflect',
    'ArrayBuffer', 'DataView', 'Uint8Array', 'Int32Array'])
  for (const name of Reflect.ownKeys(globalThis)) if (!keep.has(name)) delete globalThis[name]
  const kinds = [function () {}, async function () {}, function* () {}, async function* () {}]
  for (const kind of kinds) {
    Object.defineProperty(Object.getPrototypeOf(kind), 'constructor', { value: undefined, configurable: false })
  }
  const seen = new Set()
  const freeze = value => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return
    seen.add(value)
    for (const key of Reflect.ownKeys(value)) {
      const slot = Object.getOwnPropertyDescriptor(value, key)
      freeze(slot.value)
      freeze(slot.get)
      freeze(slot.set)
    }
    freeze(Object.getPrototypeOf(value))
    if (value !== globalThis) Object.freeze(value)
  }
  for (const name of keep) freeze(globalThis[name])
  kinds.forEach(freeze)
}
`

/** The whole program. */
export const RUNNER = `'use strict'
{
const fs = require('fs'), vm = require('vm')
const ANSWERS = ${ANSWERS}, PRELUDE = ${JSON.stringify(PRELUDE)}
const { Buffer, SharedArrayBuffer, Atomics, setImmediate: later } = globalThis
const exit = process.exit.bind(process), memory = process.memoryUsage.rss, version = process.versions.node
const clock = globalThis.performance, now = () => Math.round(clock.now() * 1000) / 1000
process.on('unhandledRejection', () => {})
${WRAPPER}${COMPILE}${SERVE}${PIPES}${HARDEN}
harden()
send({ ready: true, version }, '')
later(loop)
}`
