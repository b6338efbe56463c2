// Values as JSON, as source text for the inside of a context: a part of the prelude.
// A value becomes what JSON.stringify makes of it, but for what that would silently lose: NaN and functions in lists turn into
// null, maps and promises into {}, a typed array into a record. Those are refused, with their place and what to do.
// Only a text that holds a trace of such a loss is walked through, because a walk in a fresh context runs cold: 1 ms
// for 100 KB, and up to ten on a busy machine.

/** Shares the closure of the prelude: `describe`, `placeOf` and what `CAPTURE` captured. */
export const RESULT = `
  let maxResult = 0, budget = 0
  const known = {
    __proto__: null, Promise: 'a Promise; await it', Map: 'a Map; use Object.fromEntries(map)', Set: 'a Set; use [...set]',
    RegExp: 'a RegExp; use its source', Error: 'an Error; use its message', Generator: 'a generator; use [...generator]',
    ArrayBuffer: 'an ArrayBuffer; use a list of numbers', BigInt: 'a bigint; use Number(value) or String(value)',
  }
  // What is wrong with a value, and where in it, if anything is. It may run code of the script, and throw.
  const flawOf = (value, isMade) => {
    const type = typeof value
    if (type === 'number') return value - value === 0 ? undefined : ['is ' + value + ', which JSON cannot hold', '']
    if (type === 'bigint') return typeof value.toJSON === 'function' ? undefined : ['is a bigint; use Number(value) or String(value)', '']
    if (type === 'function' || type === 'symbol') return ['is a ' + type + ', which JSON cannot hold', '']
    if (type !== 'object' || value === null || budget-- <= 0) return
    if (!isMade && typeof value.toJSON === 'function') return flawOf(value.toJSON(''), true) || flawOfDate(value)
    if (isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const item = value[index], kind = typeof item
        if (kind === 'number' ? item - item === 0 : kind === 'string') continue
        const flaw = flawOf(item, false)
        if (flaw) return within('[' + index + ']', flaw)
      }
      return
    }
    if (isView(value)) return ['is a typed array; use Array.from(array)', '']
    const names = keys(value)
    if (names.length === 0) {
      const kind = apply(cut, apply(tagOf, value, none), [8, -1])
      if (kind === 'Object' || kind === 'Arguments' || kind === 'String' || kind === 'Boolean') return
      if (kind === 'Number') return flawOf(value - 0, false)
      return ['is ' + (known[kind] || 'of the kind ' + short(kind) + ', of which JSON keeps nothing'), '']
    }
    for (let index = 0; index < names.length; index++) {
      const item = value[names[index]], kind = typeof item
      if (kind === 'number' ? item - item === 0 : kind !== 'object' && kind !== 'bigint') continue
      const flaw = flawOf(item, false)
      if (flaw) return within(isWord(names[index]) ? '.' + names[index] : '[' + stringify(names[index]) + ']', flaw)
    }
  }
  const flawOfDate = value => {
    if (apply(tagOf, value, none) === '[object Date]' && apply(timeOf, value, none) !== apply(timeOf, value, none)) return ['is an invalid Date', '']
  }
  const isWord = name => {
    for (let index = 0; index < name.length; index++) {
      const code = apply(codeAt, name, [index])
      if (!(code === 36 || code === 95 || (48 <= code && code <= 57) || (65 <= code && code <= 90) || (97 <= code && code <= 122))) return false
    }
    return name !== ''
  }
  const within = (step, flaw) => [flaw[0], short(step + flaw[1])]
  const over = name => ['result_too_large', 'the ' + name + ' has more than ' + maxResult + ' characters of JSON (maxResult)', '']
  // The text of a value; or the kind of a failure, its message, and its place in the script.
  const textOf = (value, name) => {
    let text, flaw
    try {
      if (typeof value === 'string' ? value.length > maxResult : isArray(value) && value.length > maxResult / 2) return over(name)
      text = stringify(value)
      if (typeof text !== 'string' || apply(has, text, ['null']) || apply(has, text, ['{}']) || apply(has, text, ['{"0":'])) {
        // An object that lies about its parts may be larger the second time.
        budget = maxResult
        flaw = flawOf(value, false)
        if (!flaw && typeof text !== 'string') flaw = ['has a toJSON that gives no JSON', '']
      }
    } catch (thrown) {
      const why = describe(thrown)
      if (why === 'RangeError: Invalid string length') return over(name)
      if (why === 'RangeError: Maximum call stack size exceeded') flaw = ['is nested too deeply for JSON', '']
      else if (why === 'TypeError: Do not know how to serialize a BigInt') flaw = flawOrNone(value)
      if (!flaw) return ['bad_result', name + ' cannot be written as JSON: ' + why, placeOf(thrown)]
    }
    if (flaw) return ['bad_result', name + flaw[1] + ' ' + flaw[0], '']
    return text.length > maxResult ? over(name) : text
  }
  const flawOrNone = value => {
    try {
      budget = maxResult
      return flawOf(value, false)
    } catch {}
  }
`
