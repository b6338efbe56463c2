/**
 * A hash of 31 bits for every green, the same on every run and machine, cached in slot 1. Equal trees have equal
 * hashes: dict hashes add up over their entries, so key order does not matter, and 0 and -0 hash alike.
 * It is a hint: a million trees give some 230 collisions, so after equal hashes comes `equal`.
 */

import { hashLeaf } from '../fields/leaf.ts'
import { dictEach, dictSize, shapeKeys } from './dict-green.ts'
import { listEach, listLength } from './list-green.ts'
import { finish, mix } from './mix.ts'
import { BIG_DICT, DICT, FIRST, type Green, isGreen, LIST, OBJECT, type Shape, type Spec } from './spec.ts'

const LIST_SEED = 0x2c1b3c6d
const DICT_SEED = 0x297a2d39
const OPAQUE = 0x4f1bbcdc

export { finish, mix }

/** The hash of a green, from 1 to 2^30: never 0, which means "not asked yet". */
export function hashGreen(green: Green): number {
  const mark = green[1]
  if (mark > 0) return mark
  const hash = green[0].kind === OBJECT || green[0].kind === LIST ? hashSlots(green) : hashOther(green)
  const result = (finish(hash) & 0x3fffffff) + 1
  // An owned copy is still being written: its hash is not kept.
  if (mark === 0) green[1] = result
  return result
}

function hashSlots(green: Green): number {
  let hash = green[0].kind === OBJECT ? green[0].hashSeed : LIST_SEED ^ (green.length - FIRST)
  for (let slot = FIRST; slot < green.length; slot++) hash = mix(hash, hashValue(green[slot]))
  return hash
}

function hashOther(green: Green): number {
  if (green[0].kind === DICT) {
    const keyHashes = shapeHashes(green[0].base)
    let sum = 0
    for (let i = 0; i < keyHashes.length; i++) {
      sum = (sum + finish(mix(keyHashes[i] as number, hashValue(green[i + FIRST])))) | 0
    }
    return mix(DICT_SEED ^ keyHashes.length, sum)
  }
  if (green[0].kind === BIG_DICT) {
    let sum = 0
    dictEach(green, (value, key) => {
      sum = (sum + finish(mix(hashString(key), hashValue(value)))) | 0
    })
    return mix(DICT_SEED ^ dictSize(green), sum)
  }
  let hash = LIST_SEED ^ listLength(green)
  listEach(green, element => {
    hash = mix(hash, hashValue(element))
    return true
  })
  return hash
}

/** The hashes of a shape's keys, worked out once for all dicts that share it. */
function shapeHashes(spec: Spec): readonly number[] {
  const shape = spec.shape as Shape
  shape.hashes ??= shapeKeys(spec).map(hashString)
  return shape.hashes
}

/** The hash of any stored value. */
export function hashValue(value: unknown): number {
  switch (typeof value) {
    case 'number':
      return (value | 0) === value ? value | 0 : hashDouble(value)
    case 'string':
      return hashString(value)
    case 'boolean':
      return value ? 0x1b873593 : 0x2d51cc9e
    case 'object':
      return value === null ? 0x3ade68b1 : isGreen(value) ? hashGreen(value) : hashLeaf(value, OPAQUE)
    case 'bigint':
      return hashString(`${value}n`)
    default:
      return value === undefined ? 0x165667b1 : OPAQUE
  }
}

/** FNV-1a over UTF-16 code units. */
export function hashString(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

function hashDouble(value: number): number {
  double[0] = Number.isNaN(value) ? Number.NaN : value
  return mix(0x5bd1e995, (words[0] as number) ^ Math.imul(words[1] as number, 0x85ebca6b))
}
