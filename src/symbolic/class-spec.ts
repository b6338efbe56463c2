/**
 * From classes to specs and back. `define` makes a base class with a spec and enters it in the registry; the class that
 * users write on top of it is met when it is first constructed, named in a field, or given to `register`, and is bound
 * to the spec then.
 */

import { MISSING } from './change/missing.ts'
import { DefinitionError, JsonError } from './errors.ts'
import { lookup } from './fields/accept.ts'
import type { Field, FieldMap } from './fields/field.ts'
import { SPEC } from './fields/leaf.ts'
import { tightened } from './fields/tighten.ts'
import { hashString } from './greens/hash.ts'
import { FIRST, type Green, OBJECT, Spec } from './greens/spec.ts'
import { FORM_TYPES } from './json/json-out.ts'
import { enterSpec, specNamed } from './json/registry.ts'
import { handleConstructor, type Node } from './node.ts'

type Class = (abstract new (...args: never) => object) & { readonly [SPEC]?: Spec }

/** The hooks a class may declare. */
interface Hooks {
  onBound?: () => void
}

/** A way for instances of a class to stand in any field: null when they fit, else a sentence about why they do not. */
export type StandsFor = (node: Node, field: Field) => string | null

/** Makes the spec of a new class over that of its base, gives it to the class, and enters it in the registry. */
export function declareSpec(cls: Class, name: string, fields: FieldMap, base: Spec | null): Spec {
  if (!/^[A-Za-z_$][\w$]*(?:[./-][\w$]+)*$/.test(name)) {
    throw new DefinitionError(
      name,
      `'${name}' cannot be a type name: use words joined by dots, like 'nn.Dense'`,
    )
  }
  if (specNamed(name) !== null || FORM_TYPES.has(name)) {
    throw new DefinitionError(name, `the type name '${name}' is taken; every class needs a name of its own`)
  }
  const spec = new Spec(OBJECT, name)
  const names = base === null ? [] : [...base.names]
  const rules = base === null ? [] : [...base.fields]
  for (const key of Object.keys(fields)) {
    checkFieldName(cls, name, key, names)
    const at = names.indexOf(key)
    if (at < 0) names.push(key)
    const field = fields[key] as Field
    if (at < 0) rules.push(field)
    else rules[at] = tightened(`${name}.${key}`, field, rules[at] as Field)
  }
  spec.names = names
  spec.fields = rules
  spec.hasFrozen = rules.some(field => field.rules.isFrozen || field.isWhole)
  spec.slots = new Map(names.map((key, i) => [key, i + FIRST]))
  spec.lineage = new Set([...(base?.lineage ?? []), spec])
  spec.template = [spec, 0, ...rules.map(initialOf)] as Green
  spec.hashSeed = hashString(name)
  spec.standsFor = base?.standsFor ?? null
  spec.infers = base?.infers ?? false
  spec.isContextual = rules.some(field => field.rules.isContextual)
  spec.asksAround = spec.infers || spec.isContextual
  Object.defineProperty(cls, SPEC, { value: spec })
  enterSpec(spec)
  return spec
}

/** The spec of a class; binds the class to it when it is met for the first time. Throws for any other value. */
export function specOf(cls: unknown): Spec {
  if (typeof cls !== 'function') {
    throw new DefinitionError('', `expected a class made by SymObject.define, got ${typeof cls}`)
  }
  const spec = (cls as Class)[SPEC]
  if (spec === undefined) {
    throw new DefinitionError('', `${cls.name || 'the class'} is not made by SymObject.define`)
  }
  if (spec.boundClass !== cls) bind(spec, cls as Class)
  return spec
}

/** The spec of the class that a class was defined on, or null for the first of its line. */
export const ownSpec = (cls: object): Spec | null => (cls as Class)[SPEC] ?? null

/** The class of a spec; throws a `JsonError` that says what to do when no class has been met yet. */
export function boundSpec(spec: Spec): Spec {
  if (spec.boundClass === null) {
    throw new JsonError(
      '',
      `the class of '${spec.name}' is defined but has not been used yet, so its methods are unknown; ` +
        `call register(${spec.name.slice(spec.name.lastIndexOf('.') + 1)}) after the class`,
    )
  }
  return spec
}

lookup.specOf = specOf

function bind(spec: Spec, cls: Class): void {
  if (spec.boundClass !== null) {
    throw new DefinitionError(
      spec.name,
      `${cls.name || 'this class'} extends the class of '${spec.name}' without a name of its own; ` +
        `write: class ${cls.name} extends ${(spec.boundClass as Class).name}.define('…', {})`,
    )
  }
  spec.boundClass = cls
  spec.Handle = handleConstructor(cls.prototype)
  // Other than methods, being abstract is not inherited.
  spec.isAbstract = Object.hasOwn(cls, 'isAbstract') && (cls as { isAbstract?: unknown }).isAbstract === true
  spec.hasHook = spec.isAbstract || typeof (cls.prototype as Hooks).onBound === 'function'
  const own = (cls as { standsFor?: StandsFor }).standsFor
  if (typeof own === 'function') spec.standsFor = (node, field) => own.call(cls, node, field)
  if (spec.twin !== null) {
    spec.twin.Handle = spec.Handle
    spec.twin.hasHook = spec.hasHook
    spec.twin.standsFor = spec.standsFor
  }
}

function initialOf(field: Field): unknown {
  const { hasDefault, initial, isOptional } = field.rules
  return hasDefault ? initial : isOptional ? undefined : MISSING
}

function checkFieldName(cls: Class, type: string, key: string, inherited: readonly string[]): void {
  const isReserved =
    key === 'constructor' || key === '__proto__' || key.startsWith('_') || key.startsWith('~')
  if (isReserved || /^\d+$/.test(key) || key === '') {
    throw new DefinitionError(key, `${type} cannot have a field named '${key}'`)
  }
  if (key in (cls.prototype as object) && !inherited.includes(key)) {
    throw new DefinitionError(
      key,
      `${type} cannot have a field named '${key}': every node has a member of that name; call it something else`,
    )
  }
}
