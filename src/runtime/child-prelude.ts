// Ring 1, as source text: the first code in every context, compiled once in each child.
// It is plain JavaScript in a string, because it must reach the child inside `-e` and be untouched by compilers and bundlers.
// No object of the child's own realm ever enters a context, and only strings, numbers and booleans leave it:
// inputs are parsed, results written as JSON and errors described in here. The pieces below share one closure.

/** What makes the code robust: everything it will use is captured before a script can change it. */
const CAPTURE = `
  const { apply, defineProperty } = Reflect
  const { keys, freeze } = Object
  const { parse, stringify } = JSON
  const { isArray } = Array
  const { now: clock } = Date
  const { slice: cut, includes: has } = String.prototype
  const tagOf = Object.prototype.toString
  const sourceOf = Function.prototype.toString
  const nameOfSymbol = Symbol.prototype.toString
  const none = freeze([])
`

/**
 * What is taken away. While errors capture no stack, the engine never calls Node's formatter of stacks, which
 * is the main source of objects from the child's realm; so that switch is locked.
 */
const LOCK = `
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef', 'ShadowRealm', 'escape', 'unescape']) {
    delete globalThis[name]
  }
  const locked = (target, key, value) => defineProperty(target, key, { value, writable: false, enumerable: false, configurable: false })
  locked(Error, 'stackTraceLimit', undefined)
  locked(Error, 'prepareStackTrace', function prepareStackTrace() {})
  locked(globalThis, 'Error', Error)
`

/** Math.random by sfc32, started anew for each input, and a clock that stands still on request. */
const REPEAT = `
  let a = 0, b = 0, c = 0, d = 0
  const word = () => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum | 0
    return sum >>> 0
  }
  const random = () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992
  const replace = (target, key, value) => defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true })
  replace(Math, 'random', random)
  const stopClock = time => {
    const Real = Date
    const Stopped = function Date(...parts) {
      return new.target ? Reflect.construct(Real, parts.length === 0 ? [time] : parts, new.target) : new Real(time).toString()
    }
    Stopped.prototype = Real.prototype
    replace(Real.prototype, 'constructor', Stopped)
    replace(Stopped, 'now', () => time)
    replace(Stopped, 'parse', Real.parse)
    replace(Stopped, 'UTC', Real.UTC)
    replace(globalThis, 'Date', Stopped)
    delete globalThis.Temporal
  }
`

/** The console: text for two streams, counted and capped as it is written. */
const CONSOLE = String.raw`
  let maxOutput = 0, out = '', err = '', outDropped = 0, errDropped = 0
  const show = value => {
    switch (typeof value) {
      case 'string': return value
      case 'symbol': return apply(nameOfSymbol, value, none)
      case 'bigint': return value + 'n'
      case 'function': return '[Function]'
      case 'object': if (value !== null) return showObject(value)
    }
    return value + ''
  }
  const showObject = value => {
    try {
      const tag = apply(tagOf, value, none)
      if (tag === '[object Error]') return describe(value)
      const text = stringify(value)
      return typeof text === 'string' && tag !== '[object Map]' && tag !== '[object Set]' ? text : tag
    } catch {
      return '[object]'
    }
  }
  const line = values => {
    let text = ''
    for (let index = 0; index < values.length; index++) text += (index === 0 ? '' : ' ') + show(values[index])
    return text + '\n'
  }
  const print = (...values) => {
    const text = line(values), room = maxOutput - out.length
    out += text.length <= room ? text : apply(cut, text, [0, room])
    if (text.length > room) outDropped += text.length - room
  }
  const warn = (...values) => {
    const text = line(values), room = maxOutput - err.length
    err += text.length <= room ? text : apply(cut, text, [0, room])
    if (text.length > room) errDropped += text.length - room
  }
  const quiet = () => {}
  replace(globalThis, 'console', freeze({
    __proto__: null, log: print, info: print, debug: print, dir: print, table: print, warn, error: warn, trace: warn,
    assert: quiet, count: quiet, group: quiet, groupEnd: quiet, time: quiet, timeEnd: quiet, timeLog: quiet,
  }))
  const written = (text, dropped) =>
    stringify(dropped === 0 ? text : text + '\n[' + dropped + ' more characters were dropped]\n')
`

/** A thrown value as a line of text. Its getters may do anything but end the run, which has a deadline. */
const DESCRIBE = `
  const describe = thrown => {
    try {
      if (typeof thrown !== 'object' || thrown === null) return short('threw ' + show(thrown))
      const { name, message } = thrown
      const isError = typeof name === 'string' && typeof message === 'string'
      return short(isError ? (message === '' ? name : name + ': ' + message) : 'threw ' + show(thrown))
    } catch {
      return 'threw a value that cannot be shown'
    }
  }
  const short = text => text.length <= 2000 ? text : apply(cut, text, [0, 2000]) + '…'
  const isNoMemory = text => text === 'RangeError: Array buffer allocation failed'
`

/**
 * Results are what JSON.stringify makes of them, but for what it would silently turn into null or {}: that is
 * refused, with its place. Only a text that holds one of the two is walked through, because a walk in a fresh context runs
 * cold: 1 ms for 100 KB, and up to ten on a busy machine.
 */
const RESULT = `
  let maxResult = 0, budget = 0
  const exotic = {
    __proto__: null,
    '[object Promise]': 'a Promise; await it', '[object Map]': 'a Map; use Object.fromEntries(map)',
    '[object Set]': 'a Set; use [...set]', '[object WeakMap]': 'a WeakMap', '[object WeakSet]': 'a WeakSet',
    '[object RegExp]': 'a RegExp; use its source', '[object Error]': 'an Error; use its message',
    '[object ArrayBuffer]': 'an ArrayBuffer', '[object Generator]': 'a generator; use [...generator]',
  }
  const flawOf = (value, depth) => {
    const type = typeof value
    if (type === 'number') return value - value === 0 ? undefined : ['is ' + value + ', which JSON cannot hold', '']
    if (type === 'function' || type === 'symbol') return ['is a ' + type + ', which JSON cannot hold', '']
    if (type !== 'object' || value === null || depth > 1000 || budget-- <= 0) return
    if (isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const item = value[index], kind = typeof item
        if (kind === 'number' ? item - item === 0 : kind === 'string') continue
        const flaw = flawOf(item, depth + 1)
        if (flaw) return within('[' + index + ']', flaw)
      }
      return
    }
    if (typeof value.toJSON === 'function') return
    const names = keys(value)
    if (names.length === 0) {
      const found = exotic[apply(tagOf, value, none)]
      return found && ['is ' + found, '']
    }
    for (let index = 0; index < names.length; index++) {
      const item = value[names[index]], kind = typeof item
      if (kind === 'number' ? item - item === 0 : kind !== 'object') continue
      const flaw = flawOf(item, depth + 1)
      if (flaw) return within('.' + names[index], flaw)
    }
  }
  const within = (step, flaw) => [flaw[0], short(step + flaw[1])]
  const over = () => fail('result_too_large', 'the result has more than ' + maxResult + ' characters of JSON')
  const keep = value => {
    let text
    try {
      if (typeof value === 'string' ? value.length > maxResult : isArray(value) && value.length > maxResult / 2) return over()
      text = stringify(value)
      if (typeof text !== 'string' || apply(has, text, ['null']) || apply(has, text, ['{}'])) {
        // An object that lies about its parts may be larger the second time.
        budget = maxResult
        const flaw = flawOf(value, 0)
        if (flaw) return fail('bad_result', 'result' + flaw[1] + ' ' + flaw[0])
        if (typeof text !== 'string') return fail('bad_result', 'result has a toJSON that gives no JSON')
      }
    } catch (thrown) {
      const why = describe(thrown)
      return why === 'RangeError: Invalid string length' ? over() : fail('bad_result', 'result cannot be written as JSON: ' + why)
    }
    if (text.length > maxResult) over()
    else add('"v":' + text)
  }
`

/** The loop over inputs. It returns to the child when its time slice is over, or when promises must run first. */
const LOOP = `
  let make, isAsync = false, inputs = none, cursor = 0, answer = '', answered = 0, peek, state = 0, settled
  let w = 0, x = 0, y = 0, z = 0
  const WAITING = 1, FULFILLED = 2, REJECTED = 3
  const add = item => {
    answer += (answered++ === 0 ? '{' : ',{') + item
    if (out !== '' || outDropped !== 0) answer += ',"o":' + written(out, outDropped)
    if (err !== '' || errDropped !== 0) answer += ',"e":' + written(err, errDropped)
    answer += '}'
    cursor++
  }
  const fail = (kind, message) => add('"k":"' + kind + '","m":' + stringify(message))
  const failWith = thrown => {
    const text = describe(thrown)
    fail(isNoMemory(text) ? 'out_of_memory' : 'runtime', text)
  }
  const watch = async promise => {
    try {
      settled = await promise
      state = FULFILLED
    } catch (thrown) {
      settled = thrown
      state = REJECTED
    }
  }
  const nothing = () => fail('no_result', 'the script left no result: assign "result", or return a value')
  const evaluate = () => {
    a = w; b = x; c = y; d = z
    out = err = ''
    outDropped = errDropped = 0
    let value
    try {
      const parts = make(inputs[cursor])
      peek = parts[1]
      value = parts[0]()
    } catch (thrown) {
      return failWith(thrown)
    }
    if (isAsync) {
      state = WAITING
      watch(value)
      return true
    }
    if (value !== undefined) return keep(value)
    state = FULFILLED
    settled = undefined
    return true
  }
`

/** What the child may call. Each takes and returns strings, numbers and booleans, and none throws. */
const API = `
  return freeze({
    __proto__: null,
    begin(results, outputs, time, ...words) {
      maxResult = results
      maxOutput = outputs
      if (time === time) stopClock(time);
      ({ 0: w, 1: x, 2: y, 3: z } = words)
    },
    // A script that closes its wrapper early leaves another function than the whole of the wrapper.
    load(maker, length, waits) {
      make = maker
      isAsync = waits
      return typeof maker === 'function' && apply(sourceOf, maker, none).length === length
    },
    feed(text) {
      inputs = parse(text)
      cursor = 0
    },
    // True when promises must run before the current input is answered.
    slice(ms) {
      const start = clock()
      while (cursor < inputs.length) {
        if (evaluate() === true) return true
        if (answer.length > 262144 || clock() - start >= ms) return false
      }
      return false
    },
    settle() {
      if (state === REJECTED) return failWith(settled)
      if (state === WAITING) return fail('never_settles', 'the script awaits something that never happens')
      const value = settled === undefined ? peek() : settled
      settled = peek = undefined
      if (value === undefined) nothing()
      else keep(value)
    },
    count: () => answered,
    isFull: () => answer.length > 262144,
    take() {
      const text = '[' + answer + ']'
      answer = ''
      answered = 0
      return text
    },
  })
`

/** Evaluates to the API of the context it runs in. */
export const PRELUDE = `(function () {
  'use strict'
${CAPTURE}${LOCK}${REPEAT}${CONSOLE}${DESCRIBE}${RESULT}${LOOP}${API}
})()`
