// What the subjects on plain data have in common: building, reading and grouping of updates. Each subject
// builds trees of its own, since immer freezes what it is given, and frozen objects would slow the others; and
// each imports this file under a query of its own, so it has its own copy of the code and of its inline caches.

import { NUM_MAX, plainTree } from '../data.mjs'

export const plainOperations = {
  tree: plainTree,
  list: values => values,
  dict: record => record,
  toPlain: value => value,
  path: place => place,
  updates: planOf,

  readLeaf: (root, { i, j, k }) => root.children[i].children[j].children[k].num,
  readPath,
  sum,
}

export function item(num, rate, name, kind, children, attrs) {
  return { num, rate, name, kind, children, attrs }
}

export function checkNum(value) {
  if (!Number.isInteger(value)) throw new TypeError(`num must be an integer, got ${value}`)
  if (!(0 <= value && value <= NUM_MAX)) throw new RangeError(`num must be in 0..${NUM_MAX}, got ${value}`)
}

/** Updates grouped by container: `{ indices, below }` for a list of children, `{ value }` for a leaf. */
function planOf(places, values) {
  const root = new Map()
  places.forEach(({ i, j, k }, at) => {
    const middle = entry(entry(root, i), j)
    middle.set(k, values[at])
  })
  return plan(root)
}

function entry(map, key) {
  if (!map.has(key)) map.set(key, new Map())
  return map.get(key)
}

function plan(map) {
  if (!(map instanceof Map)) return { indices: undefined, below: undefined, value: map }
  return { indices: [...map.keys()], below: [...map.values()].map(plan), value: undefined }
}

const parsedPaths = new Map()

function readPath(root, text) {
  let keys = parsedPaths.get(text)
  if (keys === undefined) parsedPaths.set(text, (keys = parsed(text)))
  let value = root
  for (let at = 0; at < keys.length; at++) value = value[keys[at]]
  return value
}

function parsed(text) {
  return [...text.matchAll(/\[(\d+)\]|\w+/g)].map(match =>
    match[1] === undefined ? match[0] : Number(match[1]),
  )
}

function sum(root) {
  let total = root.num + root.rate + root.name.length + root.kind.length
  for (const key in root.attrs) total += root.attrs[key]
  const { children } = root
  for (let at = 0; at < children.length; at++) total += sum(children[at])
  return total
}
