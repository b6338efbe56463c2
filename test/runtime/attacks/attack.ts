/**
 * What every attack has at hand, and how it is told that one has succeeded.
 *
 * An attack hands whatever it gets hold of to `probe`, which looks for another realm (its chain of prototypes ends in
 * another `Object.prototype`) and for `process`. When there is one, `found` raises the alarm: it loops for ever. So an
 * attack that succeeds ends as `timeout`, however and whenever it does: in a getter, in a microtask, in the next run.
 */

/** Attacks by name. Each is the body of a function; most end by leaving `'clean'`. */
export type Attacks = Readonly<Record<string, string>>

/** Attacks of one class of escape. */
export type AttackClasses = Readonly<Record<string, Attacks>>

/** Calm probes tell what they found and go on: for showing that the attacks work elsewhere. */
const probes = (isCalm: boolean): string => `
  const { getPrototypeOf, getOwnPropertyDescriptor } = Object, { ownKeys, apply } = Reflect, tell = console.log
  const top = Object.prototype, met = new WeakSet(), hasMet = met.has, meet = met.add
  const source = Function.prototype.toString, endsWith = ''.endsWith
  const found = what => { tell('FOUND ' + what); ${isCalm ? '' : 'for (;;);'} }
  const tryMaker = maker => {
    if (typeof maker !== 'function' || !apply(endsWith, apply(source, maker, []), ['{ [native code] }'])) return
    try { if (typeof maker('return process')().versions.node === 'string') found('process') } catch {}
    try { if (typeof maker.constructor('return process')().versions.node === 'string') found('process') } catch {}
  }
  const look = (thing, depth) => {
    if (thing === null || (typeof thing !== 'object' && typeof thing !== 'function')) return
    if (apply(hasMet, met, [thing])) return
    apply(meet, met, [thing])
    let root = thing, left = 50
    for (let up = thing; up !== null && left-- > 0; up = getPrototypeOf(up)) root = up
    if (root !== thing && root !== top && left > 0) found('foreign')
    tryMaker(thing.constructor)
    tryMaker(root.constructor)
    if (depth === 0) return
    const keys = ownKeys(thing)
    for (let index = 0; index < keys.length && index < 80; index++) {
      const slot = getOwnPropertyDescriptor(thing, keys[index])
      look(slot.value, depth - 1)
      look(slot.get, depth - 1)
      look(slot.set, depth - 1)
    }
  }
  let isBusy = false
  const probe = thing => {
    if (isBusy) return thing
    isBusy = true
    try { look(thing, 2) } catch {}
    isBusy = false
    return thing
  }
  const attempt = action => { try { return probe(action()) } catch (error) { return probe(error) } }
  const steal = function (...all) { probe(this); for (let index = 0; index < all.length; index++) probe(all[index]); attempt(() => arguments.callee.caller); return all[0] }
`

/** The whole script of an attack. */
export function scriptOf(attack: string, isCalm = false): string {
  return `${probes(isCalm)}\n${attack}\nreturn 'clean'`
}

/** Tells every global and every member of it, as text: the script that comes after an attack. */
export const INSPECT = `
  const seen = []
  for (const name of Reflect.ownKeys(globalThis).map(String).sort()) {
    const value = globalThis[name]
    seen.push(name, typeof value)
    if (typeof value !== 'function' && (typeof value !== 'object' || name === 'globalThis')) continue
    for (const part of [value, value.prototype]) {
      if (part === undefined || part === null) continue
      for (const key of Reflect.ownKeys(part)) {
        const slot = Object.getOwnPropertyDescriptor(part, key)
        const made = slot.value ?? slot.get
        seen.push(String(key), typeof made, slot.writable, slot.enumerable, slot.configurable)
        if (typeof made === 'function') seen.push(made.name, made.length, Function.prototype.toString.call(made).length)
      }
    }
  }
  return seen.join()`
