/**
 * What a page about a tree knows, as JSON: each distinct part once, however often it stands in the tree, and each class
 * once with its documentation. The script of the page makes rows of it as they are opened. Whatever is not to be seen
 * is left out here, so nothing on the page can show it.
 */

import { MISSING } from '../change/missing.ts'
import type { Diff, DiffKind } from '../diff/diff-node.ts'
import type { Field } from '../fields/field.ts'
import { describe } from '../fields/field-words.ts'
import { Bytes } from '../fields/leaf.ts'
import { eachChild } from '../greens/children.ts'
import { equalValues } from '../greens/equal.ts'
import {
  FIRST,
  type Green,
  isDictKind,
  isGreen,
  isListKind,
  OBJECT,
  type Spec,
  wholeSpec,
} from '../greens/spec.ts'
import type { Key } from '../key-path.ts'
import type { Node } from '../node.ts'
import { show } from './format.ts'

type Pattern = string | RegExp

/** Which keys of objects and dicts are shown, wherever they stand. */
export interface Visibility {
  /** Only these keys, what is below them, and what leads to them. */
  readonly include?: readonly Pattern[]
  /** Not these keys, nor what is below them. */
  readonly exclude?: readonly Pattern[]
}

/** A value on the page: a leaf as it is, `[id]` of a part, or `[kind, text]` of what JSON cannot say. */
export type PageValue = null | boolean | number | string | readonly [number] | readonly [string, string]

/** What is said about a field: its key, what it accepts, its description, and its default as text. */
export type PageField = readonly [key: Key, rule: string, description: string, initial: string | null]

/** A kind of part: an object type, a list or a dict, with those fields that are seen somewhere. */
export interface PageType {
  readonly kind: 'object' | 'list' | 'dict'
  /** The type name of objects, else `list`, `tuple` or `dict`. */
  readonly name: string
  /** What elements or values are, for lists and dicts. */
  readonly rule: string
  readonly fields: PageField[]
}

/** An object, a list or a dict: its type, whether it is sealed, its values, their keys, and which have their default. */
export type PagePart = readonly [
  type: number,
  isSealed: 0 | 1,
  values: readonly PageValue[],
  /** The keys of a dict; indices where a list is shown in part; null for objects, whose fields have them. */
  keys: readonly Key[] | null,
  defaults: readonly number[],
  /** Positions in the fields of the type, where each place has a field of its own. */
  fields: readonly number[] | null,
]

/** A difference: its kind, its keys, and either the two values or the types of what is compared below. */
export interface PageDiff {
  readonly kind: DiffKind
  readonly key: Key
  /** The key on the left where it is another one. */
  readonly was?: Key
  readonly left?: PageValue
  readonly right?: PageValue
  readonly types?: readonly [left: number, right: number]
  readonly isSealed?: boolean
  /** The type and field that say what may stand here. */
  readonly field?: readonly [type: number, field: number]
  readonly below?: readonly PageDiff[]
}

export interface PageData {
  readonly types: readonly PageType[]
  readonly parts: readonly PagePart[]
  /** The tree, or the differences of two. */
  readonly root: PageValue | null
  readonly diff: PageDiff | null
}

/** The data of a page about a tree. */
export function treeData(tree: Node, visibility: Visibility = {}): PageData {
  const writer = new Writer(visibility)
  const root = writer.value(tree._g, writer.includesAll)
  return { types: writer.types, parts: writer.parts, root, diff: null }
}

/** The data of a page about a difference. */
export function diffData(diff: Diff, visibility: Visibility = {}): PageData {
  const writer = new Writer(visibility)
  const root = writer.diff(diff, writer.includesAll)
  return { types: writer.types, parts: writer.parts, root: null, diff: root }
}

class Writer {
  readonly types: PageType[] = []
  readonly parts: PagePart[] = []
  /** Whether what is not excluded is shown. */
  readonly includesAll: boolean
  readonly #include: readonly Pattern[]
  readonly #exclude: readonly Pattern[]
  readonly #ids: readonly [Map<Green, number>, Map<Green, number>] = [new Map(), new Map()]
  readonly #holds = new Map<Green, boolean>()
  readonly #typeIds = new Map<unknown, number>()
  /** By type, where each field that is seen stands among the fields of the page. */
  readonly #fieldIds: Map<Key, number>[] = []

  constructor({ include, exclude = [] }: Visibility) {
    this.includesAll = include === undefined
    this.#include = (include ?? []).map(steady)
    this.#exclude = exclude.map(steady)
  }

  /** A value; `isInside` when something on the way to it was asked for. */
  value(stored: unknown, isInside: boolean): PageValue {
    if (!isGreen(stored)) return leafValue(stored)
    const ids = this.#ids[isInside ? 1 : 0]
    let id = ids.get(stored)
    if (id === undefined) {
      const part = this.#part(stored, isInside)
      id = this.parts.push(part) - 1
      ids.set(stored, id)
    }
    return [id]
  }

  #part(green: Green, isInside: boolean): PagePart {
    const spec = green[0]
    const type = this.type(green)
    const values: PageValue[] = []
    const keys: Key[] = []
    const defaults: number[] = []
    const fields: number[] = []
    let isWhole = true
    eachPlace(green, (value, key) => {
      const isIncluded = isInside || (typeof key === 'string' && matches(this.#include, key))
      if (!this.#isShown(value, key, isIncluded)) {
        isWhole = false
        return
      }
      const field = ownField(spec, key)
      if (field !== null) {
        if (field.rules.hasDefault && equalValues(field.rules.initial, value)) defaults.push(values.length)
        fields.push(this.field(type, key, field))
      }
      keys.push(key)
      values.push(this.value(value, isIncluded))
    })
    const areKnown = spec.kind === OBJECT || (isListKind(spec.kind) && isWhole)
    const ownFields = fields.length > 0 && fields.length === values.length ? fields : null
    return [type, spec.sealed ? 1 : 0, values, areKnown ? null : keys, defaults, ownFields]
  }

  diff(diff: Diff, isInside: boolean): PageDiff {
    const [left, right] = diff._sides
    const { key } = diff
    const owner = diff.parent?._sides[diff.rightKey !== null ? 1 : 0]
    const field = isGreen(owner) ? ownField(owner[0], key) : null
    const base: PageDiff = {
      kind: diff.kind,
      key,
      ...(diff.leftKey !== null && diff.leftKey !== key ? { was: diff.leftKey } : {}),
      ...(field === null ? {} : { field: this.#place(owner as Green, key, field) }),
    }
    if (diff.isLeaf) {
      // A leaf that was not asked for stands only for what was, below the other side.
      const isSeen = (side: unknown): boolean => side !== MISSING && (isInside || isGreen(side))
      return {
        ...base,
        ...(isSeen(left) ? { left: this.value(left, isInside) } : {}),
        ...(isSeen(right) ? { right: this.value(right, isInside) } : {}),
      }
    }
    const below: PageDiff[] = []
    for (const child of diff.children) {
      const childKey = child.key
      const isIncluded = isInside || (typeof childKey === 'string' && matches(this.#include, childKey))
      const isShown = child._sides.some(side => side !== MISSING && this.#isShown(side, childKey, isIncluded))
      if (!isShown) continue
      const made = this.diff(child, isIncluded)
      // A place whose differences are all hidden says nothing.
      if (child.isLeaf || (made.below?.length ?? 0) > 0) below.push(made)
    }
    const types = [this.type(left as Green), this.type(right as Green)] as const
    return { ...base, types, isSealed: (right as Green)[0].sealed, below }
  }

  type(green: Green): number {
    const spec = green[0]
    const isObject = spec.kind === OBJECT
    const kind = isObject ? 'object' : isDictKind(spec.kind) ? 'dict' : 'list'
    const rule = isObject || spec.element === null ? '' : describe(spec.element)
    const known = isObject ? wholeSpec(spec) : (spec.places ?? `${spec.name} ${rule}`)
    let id = this.#typeIds.get(known)
    if (id === undefined) {
      id = this.types.push({ kind, name: spec.name, rule, fields: [] }) - 1
      this.#typeIds.set(known, id)
      this.#fieldIds.push(new Map())
    }
    return id
  }

  field(type: number, key: Key, field: Field): number {
    const ids = this.#fieldIds[type] as Map<Key, number>
    let id = ids.get(key)
    if (id === undefined) {
      const fields = (this.types[type] as PageType).fields
      id = fields.push([key, describe(field), field.description, initialText(field)]) - 1
      ids.set(key, id)
    }
    return id
  }

  #place(owner: Green, key: Key, field: Field): readonly [number, number] {
    const type = this.type(owner)
    return [type, this.field(type, key, field)]
  }

  #isShown(value: unknown, key: Key, isIncluded: boolean): boolean {
    if (typeof key === 'string' && matches(this.#exclude, key)) return false
    return isIncluded || (isGreen(value) && this.#holdsIncluded(value))
  }

  #holdsIncluded(green: Green): boolean {
    let holds = this.#holds.get(green)
    if (holds === undefined) {
      holds = !eachPlace(green, (value, key) => {
        const isAsked = typeof key === 'string' && matches(this.#include, key)
        return !this.#isShown(value, key, isAsked)
      })
      this.#holds.set(green, holds)
    }
    return holds
  }
}

/** Calls back with what stands in a green, missing fields included and absent ones not, until it gives back false. */
function eachPlace(green: Green, visit: (value: unknown, key: Key) => unknown): boolean {
  const { kind, names } = green[0]
  if (kind !== OBJECT) return eachChild(green, visit)
  return names.every((name, i) => green[i + FIRST] === undefined || visit(green[i + FIRST], name) !== false)
}

/** The field that a class, a struct or a tuple has for a key of its own; null where one rule governs all. */
function ownField(spec: Spec, key: Key): Field | null {
  if (spec.kind !== OBJECT) return spec.places === null ? null : spec.places.fieldAt(key)
  const { slots, fields } = wholeSpec(spec)
  const slot = slots.get(key as string)
  return slot === undefined ? null : (fields[slot - FIRST] ?? null)
}

/** A sticky or global pattern would remember where it last matched. */
const steady = (pattern: Pattern): Pattern =>
  typeof pattern === 'string' ? pattern : new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))

const matches = (patterns: readonly Pattern[], key: string): boolean =>
  patterns.some(pattern => (typeof pattern === 'string' ? pattern === key : pattern.test(key)))

/** The default of a field, where it is a leaf: the text of a container could tell what is not to be seen. */
function initialText(field: Field): string | null {
  const { hasDefault, initial } = field.rules
  if (!hasDefault) return null
  if (isGreen(initial)) return isListKind(initial[0].kind) ? 'a list' : `a ${initial[0].name}`
  return typeof initial === 'object' && initial !== null ? null : show(initial)
}

function leafValue(value: unknown): PageValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['number', String(value === 0 ? '-0' : value)]
    case 'bigint':
      return ['number', `${value}n`]
    case 'object':
      if (value === null) return null
      if (value instanceof Date)
        return ['date', Number.isNaN(value.getTime()) ? 'no date' : value.toISOString()]
      if (value instanceof Bytes) return ['other', `${value.length} bytes`]
      // The insides of what the tree knows nothing about are not shown.
      return ['other', show(value).startsWith('an instance of ') ? show(value) : 'an object']
    default:
      return value === MISSING ? ['missing', 'missing'] : ['other', show(value)]
  }
}
