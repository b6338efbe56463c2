// Ring 1, as source text: the first code in every context, compiled once in each child.
// It is plain JavaScript in a string, because it must reach the child as text and be untouched by compilers and bundlers.
// No object of the child's own realm ever enters a context, and only strings, numbers and booleans leave it:
// inputs are parsed, results written as JSON and errors described in here. The pieces below share one closure.

import { REPEAT } from './child-clock.ts'
import { RESULT } from './child-result.ts'
import { TOOLS } from './child-tools.ts'

/** What makes the code robust: everything it will use is captured before a script can change it. */
const CAPTURE = `
  const { apply, construct, defineProperty } = Reflect
  const { keys, freeze } = Object
  const { parse, stringify } = JSON
  const { isArray } = Array
  const { now: clock } = Date
  const { slice: cut, includes: has, indexOf: find, charCodeAt: codeAt } = String.prototype
  const { isView } = ArrayBuffer
  const { getTime: timeOf } = Date.prototype
  const tagOf = Object.prototype.toString
  const sourceOf = Function.prototype.toString
  const nameOfSymbol = Symbol.prototype.toString
  const RealPromise = Promise
  const { has: isIn, add: putIn } = WeakSet.prototype
  const none = freeze([])
`

/**
 * What is taken away. How many frames an error captures is locked by `begin`, before there is any script: none, or some
 * where the child has seen to it that no formatter of its own realm is ever asked to make text of them.
 */
const LOCK = `
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef', 'ShadowRealm', 'escape', 'unescape']) {
    delete globalThis[name]
  }
  // The newer versions of V8 let a script write numbers that no reader can hold: a 1e999 is read back as Infinity.
  delete JSON.rawJSON
  delete JSON.isRawJSON
  const locked = (target, key, value) => defineProperty(target, key, { value, writable: false, enumerable: false, configurable: false })
  locked(Error, 'prepareStackTrace', function prepareStackTrace() {})
  locked(globalThis, 'Error', Error)
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
      if (isError) return short(message === '' ? name : name + ': ' + message)
      // Showing an error comes back here.
      return short('threw ' + (apply(tagOf, thrown, none) === '[object Error]' ? 'an error without a name' : show(thrown)))
    } catch {
      return 'threw a value that cannot be shown'
    }
  }
  // Where an error was made, as far as its own text of a stack tells: the first place in the script after the message.
  const placeOf = thrown => {
    try {
      if (typeof thrown !== 'object' || thrown === null) return ''
      const { stack, message } = thrown
      if (typeof stack !== 'string' || typeof message !== 'string') return ''
      const at = apply(find, stack, ['script.js:', message.length])
      if (at === -1) return ''
      const line = numberAt(stack, at + 10), column = numberAt(stack, at + 11 + line.length)
      return line === '' ? '' : ',"l":' + line + (column === '' ? '' : ',"c":' + column)
    } catch {
      return ''
    }
  }
  const numberAt = (text, from) => {
    let to = from
    for (let code; to < from + 8 && (code = apply(codeAt, text, [to])) >= 48 && code <= 57; ) to++
    return from < to && to < from + 8 && apply(codeAt, text, [from]) !== 48 ? apply(cut, text, [from, to]) : ''
  }
  const short = text => text.length <= 2000 ? text : apply(cut, text, [0, 2000]) + '…'
  const isNoMemory = text => text === 'RangeError: Array buffer allocation failed'
`

/** The loop over inputs. It returns to the child when its time slice is over, or when promises must run first. */
const LOOP = `
  let make, isAsync = false, inputs = none, cursor = 0, answer = '', answered = 0, peek, state = 0, settled
  let w = 0, x = 0, y = 0, z = 0, isLost = false, lost
  const WAITING = 1, FULFILLED = 2, REJECTED = 3
  const add = item => {
    answer += (answered++ === 0 ? '{' : ',{') + item
    if (out !== '' || outDropped !== 0) answer += ',"o":' + written(out, outDropped)
    if (err !== '' || errDropped !== 0) answer += ',"e":' + written(err, errDropped)
    answer += '}'
    cursor++
  }
  const fail = (kind, message, place = '') => add('"k":"' + kind + '","m":' + stringify(message) + place)
  const failWith = thrown => {
    const text = describe(thrown)
    fail(isNoMemory(text) ? 'out_of_memory' : isLate(thrown) ? 'tool_timeout' : 'runtime', text, placeOf(thrown))
  }
  const keep = value => {
    const text = textOf(value, 'result')
    if (typeof text === 'string') add('"v":' + text)
    else fail(text[0], text[1], text[2])
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
  // Why there is no result, often: a function that was called and not awaited has failed.
  const nothing = () => isLost ? failWith(lost) : fail('no_result', 'the script left no result: assign "result", or return a value')
  const evaluate = () => {
    a = w; b = x; c = y; d = z
    out = err = ''
    outDropped = errDropped = made = 0
    isLost = false
    isOpen = hasTools
    let value
    try {
      const parts = make(inputs[cursor])
      peek = parts[1]
      const body = parts[0]
      value = body()
    } catch (thrown) {
      if (isWaitingForTools()) return pause(REJECTED, thrown)
      isOpen = false
      return failWith(thrown)
    }
    if (isAsync) {
      state = WAITING
      watch(value)
      return true
    }
    if (value === undefined || isWaitingForTools()) return pause(FULFILLED, value)
    isOpen = false
    return keep(value)
  }
  const pause = (how, value) => {
    state = how
    settled = value
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
      // The fifth is the number of frames in a stack. Only where it is no number at all, nothing is captured.
      locked(Error, 'stackTraceLimit', words[4])
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
    offer,
    // True when promises must run, and calls of tools be answered, before the current input is.
    slice(ms) {
      const start = clock()
      while (cursor < inputs.length) {
        if (evaluate() === true) return true
        if (answer.length > 262144 || clock() - start >= ms) return false
      }
      return false
    },
    takeCalls,
    takeAnswers,
    // A promise of the script was rejected, and nobody has heard of it.
    lose(thrown) {
      if (!isLost) lost = thrown
      isLost = true
    },
    settle() {
      isOpen = false
      if (state === REJECTED) return failWith(settled)
      if (state === WAITING) return fail('never_settles', 'the script awaits something that never happens: there are no timers and no events')
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
${CAPTURE}${LOCK}${REPEAT}${CONSOLE}${DESCRIBE}${RESULT}${TOOLS}${LOOP}${API}
})()`
