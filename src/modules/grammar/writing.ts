/**
 * How calls are written in JavaScript: how tightly each form binds, the usual forms, and the functions that a script
 * brings along where no form is short enough.
 */

// How tightly JavaScript binds what an operator is written as; a part that binds looser than its place gets parentheses.
export const CONDITIONAL = 3
export const COALESCE = 3.5
export const OR = 4
export const AND = 5
export const EQUALITY = 9
export const RELATION = 10
export const SUM = 12
export const PRODUCT = 13
export const UNARY = 15
export const MEMBER = 18
/** Arguments of calls and bodies of arrow functions take anything. */
export const ARGUMENT = 0

/** Lists made from a number have at most this many elements, and loops so many steps. */
export const MAX_STEPS = 1000

/** Text that could be too long is cut to so many characters. */
export const MAX_TEXT = 4096

/** Quotients beyond this are 0: the divisor was too close to it. */
export const MAX_QUOTIENT = 1e100

/** Functions that scripts bring along when they need them. */
export const helpers = {
  quotient: 'function quotient(a, b) {\n  return b === 0 ? 0 : Math.trunc(a / b)\n}',
  remainder: 'function remainder(a, b) {\n  return b === 0 ? 0 : a % b\n}',
  ratio:
    'function ratio(a, b) {\n  const quotient = a / b\n  return Math.abs(quotient) < 1e100 ? quotient : 0\n}',
  log: 'function log(a) {\n  return a === 0 ? 0 : Math.log(Math.abs(a))\n}',
  limit:
    'function limit(a) {\n  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, a))\n}',
  same: 'function same(a, b) {\n  return a.length === b.length && a.every((x, i) => x === b[i])\n}',
  sameValue: `function sameValue(a, b) {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const keys = Object.keys(a)
  const isAlike = Array.isArray(a) === Array.isArray(b) && keys.length === Object.keys(b).length
  return isAlike && keys.every(key => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
}`,
  sum: 'function sum(list) {\n  return list.reduce((total, x) => total + x, 0)\n}',
  range: `function range(count) {\n  return Array.from({ length: Math.max(0, Math.min(${MAX_STEPS}, count)) }, (_, i) => i)\n}`,
  repeat: `function repeat(count, start, step) {
  let total = start
  for (let i = 0; i < count && i < ${MAX_STEPS}; i++) total = step(total, i)
  return total
}`,
  loop: `function loop(start, test, step) {
  let total = start
  for (let i = 0; i < ${MAX_STEPS} && test(total); i++) total = step(total)
  return total
}`,
  repeatText: `function repeatText(text, count) {\n  return text.repeat(Math.max(0, Math.min(${MAX_STEPS}, count)))\n}`,
  toInteger:
    'function toInteger(text) {\n  const value = Number(text)\n  return Math.abs(value) < 1e100 ? Math.trunc(value) : 0\n}',
} as const
export type HelperName = keyof typeof helpers

export const infix = (sign: string, level: number, right = level + 0.5) => ({
  write: (a: string, b: string) => `${a} ${sign} ${b}`,
  level,
  needs: [level, right],
})
export const call = (name: string) => ({
  write: (...args: string[]) => `${name}(${args.join(', ')})`,
  level: MEMBER,
})
export const method = (name: string) => ({
  write: (on: string, ...args: string[]) => `${on}.${name}(${args.join(', ')})`,
  level: MEMBER,
  needs: [MEMBER],
})
export const withBody = (name: string) => ({
  write: (on: string, body: string) => `${on}.${name}(x => ${body})`,
  level: MEMBER,
  needs: [MEMBER],
  binds: { from: 1, item: 'E' } as const,
})
export const written = <Name extends HelperName>(name: Name) => ({ ...call(name), helper: name })
