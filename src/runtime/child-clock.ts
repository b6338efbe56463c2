// Chance and time, as source text for the inside of a context: a part of the prelude.
// Both are the same again for each input: Math.random starts anew from its seed, and on request the clock stands still.

/** Shares the closure of the prelude: what `CAPTURE` captured. */
export const REPEAT = `
  // sfc32, whose four words of state come from the parent.
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
      return new.target ? construct(Real, parts.length === 0 ? [time] : parts, new.target) : new Real(time).toString()
    }
    Stopped.prototype = Real.prototype
    replace(Real.prototype, 'constructor', Stopped)
    replace(Stopped, 'now', () => time)
    replace(Stopped, 'parse', Real.parse)
    replace(Stopped, 'UTC', Real.UTC)
    replace(globalThis, 'Date', Stopped)
    delete globalThis.Temporal
    stopFormats(Intl.DateTimeFormat.prototype, time)
  }
  // A format that is given no date takes the time of the clock. Its function stays the same one whenever it is read.
  const stopFormats = (formats, time) => {
    const { formatToParts } = formats, functionOf = Reflect.getOwnPropertyDescriptor(formats, 'format').get
    const known = new WeakMap(), { get, set } = WeakMap.prototype
    const dated = date => [date === undefined ? time : date]
    replace(formats, 'formatToParts', function (date) { return apply(formatToParts, this, dated(date)) })
    defineProperty(formats, 'format', { get() {
      const real = apply(functionOf, this, none)
      let format = apply(get, known, [real])
      if (!format) apply(set, known, [real, format = date => apply(real, undefined, dated(date))])
      return format
    } })
  }
`
