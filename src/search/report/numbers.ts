/** Numbers, times and sizes in the words of a page: short, the same on every machine, and enough digits to tell apart. */

/** A number with about four digits: `0.8312`, `12,345`, `1.2e-7`. */
export function numberText(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'none' : value < 0 ? '−∞' : '∞'
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e9) return signed(value, grouped(size))
  if (size >= 1e9 || size < 1e-4) return signed(value, exponential(size, digits))
  const text = Number(size.toPrecision(digits))
  return signed(value, text >= 1000 ? grouped(text) : String(text))
}

/** A length of time: `85 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(ms: number): string {
  if (ms < 1) return `${numberText(ms, 2)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  const minutes = Math.round(seconds / 60)
  const hours = Math.round(minutes / 60)
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  if (minutes < 48 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

/** A moment, in the time of Greenwich: a page is read in other places than it was made in. */
export const momentText = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

export const percentText = (share: number): string => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`

/** `1 trial`, `2 trials`. */
export const countText = (count: number, noun: string): string =>
  `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`

/** The middle of the values, or another part of the way through them in order; NaN of none. */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  const at = part * (sorted.length - 1)
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

const grouped = (size: number): string => size.toLocaleString('en-US', { maximumFractionDigits: 10 })
const signed = (value: number, text: string): string => (value < 0 ? `−${text}` : text)

function exponential(size: number, digits: number): string {
  const [mantissa, exponent] = size.toExponential(digits - 1).split('e') as [string, string]
  return `${Number(mantissa)}e${exponent.replace('+', '')}`
}

const pair = (large: number, unit: string, small: number, below: string): string =>
  small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${below}`
