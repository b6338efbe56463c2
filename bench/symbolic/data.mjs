// The trees, lists, dicts and paths every subject works on, drawn from one small generator whose numbers are
// the same in any language, so figures can be compared with those of other implementations.

export const KINDS = ['alpha', 'beta', 'gamma', 'delta']

/** Children per item: 1,111 items in four levels, or 99,499. */
export const BRANCH = { '1k': 10, '100k': 46 }

export const NUM_MAX = 1_000_000

/** A stream of integers below 2 ** 23. */
export function generator(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state >> 8
  }
}

/** A fresh plain tree of items, four levels deep; drawn in pre-order from seed 1. */
export function plainTree(branch) {
  const next = generator(1)
  let counter = 0
  const item = depth => {
    const num = next() % 1000
    const rate = ((next() % 9999) + 1) / 10000
    const kind = KINDS[next() % 4]
    const a = next() % 8
    const b = (a + 1 + (next() % 7)) % 8
    const attrs = { [`k${a}`]: next() % 100, [`k${b}`]: next() % 100 }
    const name = `n${counter++}`
    const children = []
    if (depth < 3) for (let at = 0; at < branch; at++) children.push(item(depth + 1))
    return { num, rate, name, kind, children: children.slice(), attrs }
  }
  return item(0)
}

/** `count` places of leaves at depth 4, as `{ i, j, k }`; all different when `distinct`. */
export function places(seed, count, branch, { distinct = false } = {}) {
  const next = generator(seed)
  const seen = new Set()
  const found = []
  while (found.length < count) {
    const place = { i: next() % branch, j: next() % branch, k: next() % branch }
    const text = pathText(place)
    if (distinct && seen.has(text)) continue
    seen.add(text)
    found.push(place)
  }
  return found
}

export function pathText({ i, j, k }) {
  return `children[${i}].children[${j}].children[${k}].num`
}

export function plainList(length) {
  const next = generator(7)
  return Array.from({ length }, () => next() % 1000)
}

export function plainDict(size) {
  const next = generator(9)
  const dict = {}
  for (let at = 0; at < size; at++) dict[`key${at}`] = next() % 1000
  return dict
}

/** A 32-bit sum over plain data in which the order of keys does not matter: equal data, equal sums. */
export function checksum(value) {
  if (typeof value === 'number') return mix(value | 0, Math.round((value - Math.trunc(value)) * 1e6))
  if (typeof value === 'string') return textSum(value)
  if (typeof value === 'boolean') return value ? 17 : 19
  if (value == null) return 23
  if (Array.isArray(value)) return value.reduce((sum, element) => mix(sum, checksum(element)), value.length)
  let sum = 31
  for (const key of Object.keys(value)) sum = (sum + mix(textSum(key), checksum(value[key]))) | 0
  return sum
}

function textSum(text) {
  let sum = text.length
  for (let at = 0; at < text.length; at++) sum = mix(sum, text.charCodeAt(at))
  return sum
}

function mix(a, b) {
  const product = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) + Math.imul(b ^ (b >>> 13), 0x297a2d39)
  return (product ^ (product >>> 12)) | 0
}
