// Espalier with a schema, text paths and every check on. This is the only file of the bench that knows its API.
// Updates go in as pairs, which is the form for paths that the program computes: a record literal with a computed
// key costs V8 some 200 ns to make, before the library is called. Indices and keys go in as paths of one key.

import {
  f,
  fromJsonString,
  insertion,
  MISSING,
  SymDict,
  SymList,
  SymObject,
} from '../../../dist/symbolic/index.js'
import { NUM_MAX, pathText, plainTree } from '../data.mjs'

class Item extends SymObject.define('bench.Item', {
  num: f.int({ min: 0, max: NUM_MAX }),
  rate: f.float({ min: 0, max: 1 }),
  name: f.string({ minLength: 1, maxLength: 64 }),
  kind: f.enum('alpha', 'beta', 'gamma', 'delta'),
  children: f.list(f.lazy(() => Item)),
  attrs: f.dict(f.int()),
}) {}

export const espalier = {
  name: 'espalier',
  checks: true,

  tree: branch => Item.from(plainTree(branch)),
  list: values => SymList.from(values),
  dict: record => SymDict.from(record),
  toPlain: value => value.toJS(),
  path: pathText,
  updates: (spots, values) => spots.map((place, at) => [pathText(place), values[at]]),

  setLeaf: (root, path, value) => root.rebind([[path, value]]),
  setThree: (root, p, x, q, y, r, z) =>
    root.rebind([
      [p, x],
      [q, y],
      [r, z],
    ]),
  setMany: (root, updates) => root.rebind(updates),
  transform: (root, rule) => root.transform(rule),

  setAt: (list, index, value) => list.with(index, value),
  insertAt: (list, index, value) => list.rebind([[[index], insertion(value)]]),
  deleteAt: (list, index) => list.rebind([[[index], MISSING]]),
  append: (list, value) => list.rebind([[[list.length], value]]),
  setKey: (dict, key, value) => dict.rebind([[[key], value]]),

  readItem,
  readLeaf: (root, place) => readItem(root, place).num,
  readPath: (root, text) => root.get(text),
  detachedItem: (root, place) => readItem(root, place).detached(),
  sum,

  equals: (a, b) => a.equals(b),
  hash: root => root.hash(),
  diff: (a, b) => a.diff(b),
  applyPatch: (root, operations) => root.patch(operations),

  toJson: root => root.toJsonString(),
  fromJson: text => fromJsonString(text, Item),
  construct: source => Item.from(source),
  build: (num, rate, name, kind, children, attrs) => new Item({ num, rate, name, kind, children, attrs }),
  clone: root => root.clone(),

  exerciseOtherClasses,
}

function readItem(root, { i, j, k }) {
  return root.children.at(i).children.at(j).children.at(k)
}

function sum(root) {
  let total = root.num + root.rate + root.name.length + root.kind.length
  for (const value of root.attrs.values()) total += value
  const { children } = root
  for (let at = 0; at < children.length; at++) total += sum(children.at(at))
  return total
}

/** Declares classes of different shapes and takes them through the whole library, until it has seen them all. */
function exerciseOtherClasses(count) {
  const classes = Array.from({ length: count }, (_, at) => otherClass(at))
  for (let round = 0; round < 100; round++) {
    for (const [Other, fields] of classes) exercise(Other, fields, round)
  }
}

/** A class of four to nine fields, in which those of integers, lists and dicts stand in different places. */
function otherClass(at) {
  const width = 4 + (at % 6)
  const names = Array.from({ length: width }, (_, field) => `field${at}_${field}`)
  const entries = names.map((name, field) => [name, otherField((at + field) % 4)])
  const Other = class extends SymObject.define(`bench.Other${at}`, {
    ...Object.fromEntries(entries),
    below: f.list(f.lazy(() => Other)),
    table: f.dict(f.int()),
  }) {}
  return [Other, names.map((name, field) => [name, (at + field) % 4])]
}

function otherField(kind) {
  return [f.int({ min: 0 }), f.float({ min: 0 }), f.string(), f.bool()][kind]
}

function otherValue(kind, seed) {
  return [seed, seed / 7, `text${seed}`, seed % 2 === 0][kind]
}

function exercise(Other, fields, seed) {
  const plain = depth => ({
    ...Object.fromEntries(fields.map(([name, kind]) => [name, otherValue(kind, seed + depth)])),
    below: depth === 0 ? [] : [plain(depth - 1), plain(depth - 1)],
    table: { a: seed, b: depth },
  })
  const [[field, kind]] = fields
  let root = Other.from(plain(3))
  for (let turn = 1; turn < 20; turn++) {
    const value = otherValue(kind, seed + turn)
    root = root.rebind({ [`below[1].below[0].${field}`]: value, 'below[0].table.a': turn })
    if (root.get(`below[1].below[0].${field}`) !== root.below.at(1).below.at(0)[field]) throw new Error(field)
    for (const child of root.below) for (const [name] of fields) child[name]
  }
  const grown = root.transform((_path, value) => (Number.isInteger(value) ? value + 1 : value))
  const copy = fromJsonString(grown.toJsonString(), Other)
  if (!copy.equals(grown) || copy.hash() !== grown.hash()) throw new Error(`${field} did not survive JSON`)
  if (!root.patch(root.diff(grown)).equals(grown)) throw new Error(`the patch of ${field} is wrong`)
}
