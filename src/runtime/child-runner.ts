// The program of a child process, as source text: read a frame, run, answer, make the next context.
// Blocking reads and writes keep it short and quick; nothing here can hang the parent, which only waits for frames
// and kills. After its start the child's own realm is stripped too, in case a script should ever reach it.

import { COMPILE } from './child-compile.ts'
import { PRELUDE } from './child-prelude.ts'

/** The descriptor of the answers: not stdout, where the engine itself may write. */
export const ANSWERS = 3

/**
 * Errors of a script capture a stack, for the line they are made on. Node would have a function of this realm make text
 * of it, and what that function throws (of a Symbol for a name, or when the stack is full) is an object of this realm in the
 * hands of a script. But V8 asks for no formatter while one is at work, and writes the text itself. So whatever may run code
 * of a script runs inside a call of the formatter; where that does not hold, nothing is captured.
 */
const SHIELD = `
let task, formatted = 0
Error.prepareStackTrace = () => {
  formatted++
  const todo = task
  task = undefined
  if (todo) todo()
}
function shielded(todo) {
  task = todo
  void new Error().stack
  if (task) {
    task = undefined
    todo()
  }
}
let frames
shielded(() => {
  if (formatted === 1 && typeof new Error().stack === 'string' && formatted === 1 && tick) frames = 10
})
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
  job.begun = now()
  job.done = 0
  const unit = compile(job.script)
  if (unit.flaw) return answer(job, { count: job.count, same: true }, unit.flaw, 0)
  let at = 0
  for (const length of job.parts) {
    if (job.isOver) return
    if (!spare) spare = room()
    const { context, api } = spare
    spare = undefined
    run(job, unit, context, api, '[' + text.slice(at, at += length) + ']')
  }
}

function run(job, unit, context, api, inputs) {
  let start = now()
  const time = job.now === undefined ? NaN : job.now
  api.begin(job.maxResult, job.maxOutput, time, ...job.random, job.lines ? frames : undefined)
  if (job.tools) api.offer(JSON.stringify(job.tools), job.maxToolCalls)
  let maker
  try {
    maker = unit.script.runInContext(context)
  } catch {
    // Only a script that closes its wrapper early runs anything here; what it threw is not looked at.
  }
  if (api.load(maker, unit.length, unit.isAsync) !== true) {
    unit.flaw = syntax(unopened)
    return answer(job, { count: job.count, same: true }, unit.flaw, now() - start)
  }
  api.feed(inputs)
  for (let left = job.each; left > 0; ) {
    if (api.slice(job.slice) === true) {
      drain.runInContext(context)
      if (job.tools) start += useTools(job, context, api)
      if (job.each === 1) mention(api)
      api.settle()
      // An evaluation for each awaiting input; they are sent together while the slice lasts.
      if (api.count() < left && now() - start < job.slice && !api.isFull()) continue
    }
    const count = api.count()
    answer(job, { count }, api.take(), now() - start)
    if (job.isOver) return
    left -= count
    start = now()
  }
}

// Sends the calls of tools that were made together, and waits for all their answers; gives the time it waited.
function useTools(job, context, api) {
  let waited = 0
  for (let calls = api.takeCalls(); calls !== ''; calls = api.takeCalls()) {
    const since = now()
    send({ id: job.id, calls: true }, calls)
    const { text } = receive()
    waited += now() - since
    api.takeAnswers(text)
    drain.runInContext(context)
  }
  return waited
}

// Tells of the first rejection that nobody handled, which the context itself then looks at.
function mention(api) {
  if (tick) tick()
  if (lost.length > 0) api.lose(lost[0])
}

function answer(job, header, text, ms) {
  // Here, and not after the shield, Node looks at rejections that nobody handled: a script may listen to that.
  if (tick) tick()
  lost.length = 0
  answered++
  if (answered % 16 === 1) rss = Math.round(memory() / 1048576)
  // When its time is over, the inputs that are left wait for another turn.
  job.done += header.count
  const rest = job.done < job.count && now() - job.begun >= job.quantum
  job.isOver = rest || job.done >= job.count
  send({ id: job.id, ms, rss, rest, ...header }, text)
}
let answered = 0, rss = 0
`

const READ = `
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
function receive() {
  need(8)
  const headBytes = buffer.readUInt32LE(0), textBytes = buffer.readUInt32LE(4), end = 8 + headBytes + textBytes
  need(end)
  const header = JSON.parse(buffer.toString('utf8', 8, 8 + headBytes))
  const text = buffer.toString('utf8', 8 + headBytes, end)
  buffer.copy(buffer, 0, end, filled)
  filled -= end
  if (buffer.length > 1048576 && filled < 65536) shrink()
  return { header, text }
}
function shrink() {
  const smaller = Buffer.allocUnsafe(65536)
  buffer.copy(smaller, 0, 0, filled)
  buffer = smaller
}
`

const WRITE = `
function send(header, text) {
  const head = JSON.stringify(header), headBytes = Buffer.byteLength(head), textBytes = Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(8 + headBytes + textBytes)
  bytes.writeUInt32LE(headBytes, 0)
  bytes.writeUInt32LE(textBytes, 4)
  bytes.write(head, 8)
  bytes.write(text, 8 + headBytes)
  for (let sent = 0; sent < bytes.length; ) sent += again(() => fs.writeSync(ANSWERS, bytes, sent))
}
function loop() {
  const { header, text } = receive()
  shielded(() => serve(header, text))
  if (!spare) spare = room()
  // One turn of the event loop, in which Node forgets rejections nobody handled: each would keep its context alive.
  later(loop)
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

/** The program, which `LOADER` runs: as a function's body, it is given `require`, `receive` and `again`. */
export const RUNNER = `'use strict'
{
const fs = require('fs'), vm = require('vm')
const ANSWERS = ${ANSWERS}, PRELUDE = ${JSON.stringify(PRELUDE)}
const { Buffer, setImmediate: later } = globalThis
const memory = process.memoryUsage.rss, version = process.versions.node
const tick = process._tickCallback?.bind(process)
const clock = globalThis.performance, now = () => Math.round(clock.now() * 1000) / 1000
const lost = []
process.on('unhandledRejection', reason => {
  if (lost.length === 0) lost.push(reason)
})
${COMPILE}${SHIELD}${SERVE}${WRITE}${HARDEN}
harden()
send({ ready: true, version }, '')
later(loop)
}`

/** What stands on the command line, which must be short on Windows: it reads frames, and the first is the program. */
export const LOADER = `'use strict'
{
const fs = require('fs'), exit = process.exit.bind(process)
const { Buffer, SharedArrayBuffer, Atomics } = globalThis
${READ}
const program = '(function (require, receive, again) {' + receive().text + '\\n})'
require('vm').runInThisContext(program, 'runner.js')(require, receive, again)
}`
