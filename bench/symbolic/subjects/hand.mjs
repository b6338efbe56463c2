// What a careful programmer writes without a library: plain objects, each update copying the path by object
// spread and `slice`. This is the measure of every ratio. W1, W2 and W10 check the bounds of the integer, W11
// checks and copies field by field, W8 is bare JSON, which checks nothing; W7 and W9 are in hand-compare.mjs.

import { KINDS } from '../data.mjs'
import { applyPatch, diff, equals, hash } from './hand-compare.mjs'
import { checkNum, item, plainOperations } from './plain.mjs?hand'

export const hand = {
  ...plainOperations,
  name: 'hand',
  checks: true,

  setLeaf(root, { i, j, k }, value) {
    checkNum(value)
    const a = root.children[i]
    const b = a.children[j]
    const c = b.children[k]
    const newB = { ...b, children: replaced(b.children, k, { ...c, num: value }) }
    const newA = { ...a, children: replaced(a.children, j, newB) }
    return { ...root, children: replaced(root.children, i, newA) }
  },

  setThree(root, p, x, q, y, r, z) {
    return hand.setLeaf(hand.setLeaf(hand.setLeaf(root, p, x), q, y), r, z)
  },

  /** The updates come grouped by container, and each container is copied once. */
  setMany: copyPlan,

  /** Pre-order, the path as linked steps, a container copied at its first change. */
  transform: (root, rule) => transformed({ parent: undefined, key: '' }, root, undefined, rule),

  setAt: replaced,
  insertAt(list, index, value) {
    const copy = list.slice()
    copy.splice(index, 0, value)
    return copy
  },

  deleteAt(list, index) {
    const copy = list.slice()
    copy.splice(index, 1)
    return copy
  },

  append: (list, value) => [...list, value],
  setKey: (dict, key, value) => ({ ...dict, [key]: value }),

  equals,
  hash,
  diff,
  applyPatch,

  toJson: root => JSON.stringify(root),
  fromJson: text => JSON.parse(text),
  construct: checkedCopy,
  build: checkedItem,
  clone: deepCopy,
}

function replaced(list, index, value) {
  const copy = list.slice()
  copy[index] = value
  return copy
}

function copyPlan(target, plan) {
  if (plan.below === undefined) {
    checkNum(plan.value)
    return { ...target, num: plan.value }
  }
  const children = target.children.slice()
  for (let at = 0; at < plan.indices.length; at++) {
    const index = plan.indices[at]
    children[index] = copyPlan(children[index], plan.below[at])
  }
  return { ...target, children }
}

function transformed(path, value, parent, rule) {
  const result = rule(path, value, parent)
  if (result !== value || typeof value !== 'object') return result
  return Array.isArray(value) ? transformedList(path, value, rule) : transformedRecord(path, value, rule)
}

function transformedList(path, list, rule) {
  let copy
  for (let at = 0; at < list.length; at++) {
    const element = list[at]
    const result = transformed({ parent: path, key: at }, element, list, rule)
    if (result !== element) (copy ??= list.slice())[at] = result
  }
  return copy ?? list
}

function transformedRecord(path, record, rule) {
  let copy
  for (const key in record) {
    const value = record[key]
    const result = transformed({ parent: path, key }, value, record, rule)
    if (result !== value) (copy ??= { ...record })[key] = result
  }
  return copy ?? record
}

function checkedCopy(source) {
  const { children } = source
  if (!Array.isArray(children)) throw new TypeError('children must be a list')
  return checkedItem(
    source.num,
    source.rate,
    source.name,
    source.kind,
    children.map(checkedCopy),
    source.attrs,
  )
}

/** A new item, every field checked, with a copy of the attributes. */
function checkedItem(num, rate, name, kind, children, attrs) {
  checkNum(num)
  if (typeof rate !== 'number' || !(0 <= rate && rate <= 1)) throw new TypeError('rate must be in 0..1')
  if (typeof name !== 'string' || name.length < 1 || 64 < name.length) throw new TypeError('bad name')
  if (!KINDS.includes(kind)) throw new TypeError(`kind must be one of ${KINDS}`)
  if (typeof attrs !== 'object' || attrs === null) throw new TypeError('attrs must be a record')
  const copy = {}
  for (const key in attrs) {
    if (!Number.isInteger(attrs[key])) throw new TypeError(`attrs.${key} must be an integer`)
    copy[key] = attrs[key]
  }
  return item(num, rate, name, kind, children, copy)
}

function deepCopy(value) {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(deepCopy)
  const copy = {}
  for (const key in value) copy[key] = deepCopy(value[key])
  return copy
}
