/**
 * A rule applied from the bottom up, over plain data and trees alike: it sees each container after what is below it was
 * replaced. The method `transform` of trees goes from the top down, and does not look into what it has replaced.
 */

import { isRecord } from '../fields/accept.ts'
import { type Key, KeyPath } from '../key-path.ts'
import { Node } from '../node.ts'
import { eachEntry, setOwn } from '../plain-tree.ts'
import { type Symbolic, same } from '../symbolic.ts'
import { MISSING } from './missing.ts'

/** What becomes of a value, whose own parts have been replaced already; `MISSING` takes it away. */
export type UpRule = (path: KeyPath, value: unknown) => unknown

/**
 * What the rule makes of a value and of everything below it, children before parents. Plain data is copied; a tree
 * becomes its next version, checked by its fields.
 *
 *     transformUp({ a: [1, 2] }, (_, v) => (Array.isArray(v) ? v.length : v))     // { a: 2 }
 */
export const transformUp = (value: unknown, rule: UpRule): unknown => replaced(KeyPath.root, value, rule)

function replaced(path: KeyPath, value: unknown, rule: UpRule): unknown {
  return rule(
    path,
    value instanceof Node ? nextNode(path, value as Symbolic, rule) : nextData(path, value, rule),
  )
}

function nextNode(path: KeyPath, node: Symbolic, rule: UpRule): Symbolic {
  const pairs: [Key[], unknown][] = []
  eachEntry(node, path, (child, key) => {
    if (child === undefined) return
    const next = replaced(path.child(key), child, rule)
    if (!Object.is(next, child)) pairs.push([[key], next])
  })
  const next = pairs.length === 0 ? node : node.detached().rebind(pairs)
  return same(next, node) ? node : next
}

function nextData(path: KeyPath, value: unknown, rule: UpRule): unknown {
  if (!Array.isArray(value) && !isRecord(value)) return value
  const array: unknown[] = []
  const record: Record<string, unknown> = {}
  eachEntry(value, path, (child, key) => {
    const next = replaced(path.child(key), child, rule)
    if (next === MISSING) return
    if (Array.isArray(value)) array.push(next)
    else setOwn(record, String(key), next)
  })
  return Array.isArray(value) ? array : record
}
