/**
 * Greens and their descriptors. A green is what is stored: a plain array `[spec, mark, ...slots]`, immutable once
 * finished, without a parent, shared by every version and tree that contains it. Slot 0 says what it is, slot 1 caches
 * its hash (0: not asked yet), the rest are leaf values and child greens. Slot arrays beat every other layout because
 * `slice` copies them alike for all classes (29 ns; a spread at a site that sees 20 classes takes 213).
 * Greens never leave this room: users hold nodes, the light handles of `node.ts`.
 */

import type { Field } from '../fields/field.ts'
import type { Node } from '../node.ts'

export const OBJECT = 0
export const LIST = 1
export const BIG_LIST = 2
export const DICT = 3
export const BIG_DICT = 4
export type Kind = typeof OBJECT | typeof LIST | typeof BIG_LIST | typeof DICT | typeof BIG_DICT

/** Index of the first slot that holds a value. */
export const FIRST = 2

/** The mark in slot 1 of a copy that an unfinished batch owns and may still write to. */
export const OWNED = -1

/** Lists and dicts with more entries than this are kept as trees. */
export const SMALL = 256

export type Green = [spec: Spec, mark: number, ...slots: unknown[]]

/** A value is a green exactly when it is an array: arrays of users become lists on the way in. */
export const isGreen = (value: unknown): value is Green => Array.isArray(value)

export type HandleConstructor = new (green: Green, parent: Node | null, key: string | number) => Node

/**
 * What a green is: its kind, rules and handle. One class for all kinds, so that a property read sees one hidden class
 * wherever it stands; fields that a kind does not use stay at their empty value.
 */
export class Spec {
  readonly kind: Kind
  /** The unsealed spec of the same meaning; itself when unsealed. */
  readonly base: Spec
  readonly sealed: boolean
  /** The spec of the same meaning and the other seal, once asked for. */
  twin: Spec | null = null
  /** Makes the node of a green; set by the class that the spec belongs to. */
  Handle: HandleConstructor | null = null
  /** The name in messages and in JSON: a type name for objects, 'list' or 'dict' otherwise. */
  readonly name: string

  // Objects.
  names: readonly string[] = []
  fields: readonly Field[] = []
  slots: Map<string, number> = new Map()
  template: Green | null = null
  /** This class's spec and those of its base classes. */
  lineage: ReadonlySet<Spec> | null = null
  /** The class users know; null until it is first met (see `class-spec.ts`). */
  boundClass: object | null = null
  /** Whether the class declares `onBound`, or is abstract, so that every new instance is asked about. */
  hasHook = false
  /** Whether a child may be frozen, so that changes below one must be asked about. */
  hasFrozen: boolean
  /** Whether the class says that it has no instances of its own. */
  isAbstract = false
  /** The version of the class's JSON; 0 until it is asked for (see `migrate.ts`). */
  version = 0
  /** Whether instances may stand in any field, as hyper values do, and by which rule. */
  standsFor: ((node: Node, field: Field) => string | null) | null = null
  /** Whether instances are placeholders: reading the place they stand in gives what they infer there. */
  infers = false
  /** Whether a field of the class may be taken from the context (see `context.ts`). */
  isContextual = false
  /** Either of the two: reading depends on what is around. */
  asksAround = false
  /** The spec of partial instances of the same class, once asked for (see `loose.ts`). */
  loose: Spec | null = null
  /** The spec of whole instances, when this is the one of partial ones. */
  whole: Spec | null = null
  hashSeed = 0

  // Lists and dicts.
  /** The rule for elements or values; null when anything may stand there. */
  readonly element: Field | null
  readonly minSize: number
  readonly maxSize: number
  /** Rules that differ from place to place; null when `element` governs them all. */
  readonly places: PlaceRules | null
  /** Whether a list is a tuple: equal to tuples only, and marked as one in JSON. */
  readonly isTuple: boolean
  /** The spec of the same rules for more, or for at most, `SMALL` entries. */
  big: Spec | null = null
  small: Spec | null = null
  empty: Green | null = null

  // Dicts: a shape is the spec of an empty dict, extended key by key; dicts with equal key order share it.
  shape: Shape | null = null

  constructor(
    kind: Kind,
    name: string,
    rules?: Partial<Pick<Spec, 'element' | 'minSize' | 'maxSize' | 'places' | 'isTuple'>>,
    base?: Spec,
  ) {
    this.kind = kind
    this.name = name
    this.base = base ?? this
    this.sealed = base !== undefined
    this.element = rules?.element ?? null
    this.minSize = rules?.minSize ?? 0
    this.maxSize = rules?.maxSize ?? Infinity
    this.places = rules?.places ?? null
    this.hasFrozen =
      this.places !== null || this.element?.rules.isFrozen === true || this.element?.isWhole === true
    this.isTuple = rules?.isTuple ?? false
  }
}

/** Rules that differ from place to place: the positions of a fixed tuple, the keys of a struct. */
export interface PlaceRules {
  /** The rule for what stands under a key; a field that takes nothing where nothing may stand. */
  fieldAt(key: string | number): Field
  /** Whether something always stands under a key: to remove it is to reset it to its default. */
  keeps(key: string | number): boolean
  /** The keys that something must stand under one day, in partial parents; undefined elsewhere. */
  readonly required?: ReadonlyMap<string, Field>
}

/** The rule for what stands under a key of a list or dict; null when anything may. */
export const ruleAt = (spec: Spec, key: string | number): Field | null =>
  spec.places === null ? spec.element : spec.places.fieldAt(key)

/** The keys of a small dict, in order, shared by all dicts with the same keys and rules. */
export interface Shape {
  readonly parent: Spec | null
  readonly key: string
  readonly size: number
  /** Shapes with one key more, by that key; bounded, or dicts keyed by ids would keep every shape ever seen. */
  next: Map<string, Spec> | null
  lastKey: string
  last: Spec | null
  keys: readonly string[] | null
  slots: Map<string, number> | null
  hashes: readonly number[] | null
}

/** The same spec, sealed or not. */
export function withSeal(spec: Spec, sealed: boolean): Spec {
  if (spec.sealed === sealed) return spec
  if (spec.twin !== null) return spec.twin
  const base = spec.base
  const twin = new Spec(base.kind, base.name, base, base)
  twin.names = base.names
  twin.fields = base.fields
  twin.slots = base.slots
  twin.lineage = base.lineage
  twin.hasHook = base.hasHook
  twin.hasFrozen = base.hasFrozen
  twin.standsFor = base.standsFor
  twin.infers = base.infers
  twin.isContextual = base.isContextual
  twin.asksAround = base.asksAround
  twin.whole = base.whole
  twin.hashSeed = base.hashSeed
  twin.Handle = base.Handle
  twin.shape = base.shape
  twin.big = base.big
  twin.small = base.small
  base.twin = twin
  twin.twin = base
  return twin
}

/** The spec of whole instances of the class of a spec, for that of partial ones, too. */
export const wholeSpec = ({ base }: Spec): Spec => base.whole ?? base

/** Whether a green of the first spec is an instance of the class of the second. */
export function isKindOf(spec: Spec, expected: Spec): boolean {
  return spec === expected || spec.base === expected || spec.lineage?.has(expected) === true
}

export const isListKind = (kind: Kind): boolean => kind === LIST || kind === BIG_LIST
export const isDictKind = (kind: Kind): boolean => kind === DICT || kind === BIG_DICT
