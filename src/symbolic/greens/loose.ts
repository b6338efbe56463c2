/**
 * Partial objects have a spec of their own beside that of their class: the same fields, of which none is required.
 * A missing value is `MISSING` in its slot and reads as undefined. Since the spec is another one, the hot paths refuse
 * partial objects in typed places without asking, and only then look whether the place is that of a partial parent.
 */

import { INVALID, MISSING } from '../change/missing.ts'
import { accept, lookup } from '../fields/accept.ts'
import { DICT_OF, type Field, LAZY, LIST_OF, OBJECT_OF, OF_KIND, UNION } from '../fields/field.ts'
import { Keys } from '../fields/struct.ts'
import { Positions, tuple } from '../fields/tuple.ts'
import { handleConstructor } from '../node.ts'
import { dictSpec } from './dict-green.ts'
import { listSpec } from './list-green.ts'
import { type Green, Spec } from './spec.ts'

/** The spec of partial instances of a class, for the spec of whole ones. */
export function looseSpec(whole: Spec): Spec {
  const loose = whole.loose ?? declareLoose(whole)
  if (loose.Handle === null && whole.boundClass !== null) {
    loose.boundClass = whole.boundClass
    // The hook of a class waits until its object is whole; an abstract one has not even partial instances.
    loose.isAbstract = loose.hasHook = whole.isAbstract
    loose.Handle = handleConstructor(loosePrototype(whole))
  }
  return loose
}

function declareLoose(whole: Spec): Spec {
  const loose = new Spec(whole.kind, whole.name)
  // Set first: the fields of a class may lead back to it.
  whole.loose = loose
  loose.whole = whole
  loose.names = whole.names
  loose.slots = whole.slots
  loose.hashSeed = whole.hashSeed
  loose.isContextual = loose.asksAround = whole.isContextual
  loose.version = whole.version
  loose.lineage = new Set([...(whole.lineage ?? [])].map(spec => (spec === whole ? loose : looseSpec(spec))))
  const fields = whole.fields.map(field => optionalField(looseField(field)))
  loose.fields = fields
  loose.hasFrozen = whole.hasFrozen
  loose.template = [loose, 0, ...fields.map(field => field.rules.initial)]
  return loose
}

/** A field whose value may be missing: that is its default, and what resetting it gives. */
function optionalField(field: Field): Field {
  const { hasDefault, isOptional } = field.rules
  if (hasDefault || isOptional) return field
  return field.with({ hasDefault: true, initial: MISSING })
}

/** The field as it is in a partial parent: objects anywhere in it may be partial. The same when it holds none. */
function looseField(field: Field): Field {
  const { rules } = field
  switch (rules.tag) {
    case LAZY:
      return changed(field, looseSpec(lookup.specOf(rules.lazy?.())), OBJECT_OF)
    case OBJECT_OF:
      return changed(field, looseSpec(field.spec as Spec), OBJECT_OF)
    case LIST_OF:
    case DICT_OF: {
      const spec = field.spec as Spec
      const element = spec.element === null ? null : looseField(spec.element)
      if (element === spec.element) return field
      const { minSize, maxSize } = spec
      const make = rules.tag === LIST_OF ? listSpec : dictSpec
      return changed(field, make({ element, minSize, maxSize }), rules.tag)
    }
    case UNION: {
      const options = rules.options.map(looseField)
      if (options.every((option, i) => option === rules.options[i])) return field
      return withInitial(field.with({ options }))
    }
    case OF_KIND:
      return looseKind(field)
    default:
      return field
  }
}

/** The same for tuples and structs; the other kinds hold no objects. */
function looseKind(field: Field): Field {
  const spec = field.spec
  const places = spec?.places ?? null
  if (spec !== null && places instanceof Keys) {
    const { minSize, maxSize } = spec
    const loose = dictSpec({
      places: new LooseKeys(places),
      minSize: places.fixed.size > 0 ? 0 : minSize,
      maxSize,
    })
    return changed(field, loose, OF_KIND)
  }
  if (spec?.isTuple !== true) return field
  const { element, minSize, maxSize } = spec
  const loose =
    places instanceof Positions
      ? tuple(places.fields.map(looseField))
      : element && tuple(looseField(element), { minSize, maxSize })
  return loose === null ? field : changed(field, loose.spec as Spec, OF_KIND)
}

/** The rules of a struct in a partial parent: its keys may be missing, too. */
class LooseKeys extends Keys {
  readonly required: ReadonlyMap<string, Field>

  constructor({ fixed, patterns, rest }: Keys) {
    const required = [...fixed].filter(([, { rules }]) => !rules.hasDefault && !rules.isOptional)
    super(
      new Map([...fixed].map(([key, field]) => [key, keptField(looseField(field))])),
      patterns.map(([pattern, field]) => [pattern, looseField(field)]),
      rest === null ? null : looseField(rest),
    )
    this.required = new Map(required)
  }
}

/** A field of a struct that may be missing; those with a default never are. */
const keptField = (field: Field): Field => (field.rules.hasDefault ? field : field.with({ isOptional: true }))

const changed = (field: Field, spec: Spec, tag: Field['tag']): Field => withInitial(field.with({ spec, tag }))

/** The field with its default under its rules, so that what is put into it later may be partial, too. */
function withInitial(field: Field): Field {
  const { initial } = field.rules
  if (typeof initial !== 'object' || initial === null) return field
  const stored = accept(field.plain, initial, null, 0)
  return stored === INVALID ? field : field.with({ initial: stored })
}

/** The members of the class; what is missing reads as undefined, which is no truthy trap. */
function loosePrototype(whole: Spec): object {
  const prototype = Object.create((whole.boundClass as { prototype: object }).prototype) as object
  for (const name of whole.names) {
    const read = inheritedGetter(prototype, name)
    if (read === undefined) continue
    const get = function (this: { _g: Green }): unknown {
      const value = read.call(this)
      return (value as unknown) === MISSING ? undefined : value
    }
    Object.defineProperty(prototype, name, { get, enumerable: true, configurable: true })
  }
  return prototype
}

function inheritedGetter(prototype: object, name: string): ((this: object) => unknown) | undefined {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at)) {
    const own = Object.getOwnPropertyDescriptor(at, name)
    if (own !== undefined) return own.get
  }
  return undefined
}
