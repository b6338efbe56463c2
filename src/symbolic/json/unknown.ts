/**
 * `UnknownObject`: what `fromJson(data, { unknown: 'keep' })` gives for an object whose type is not registered. It can be
 * read, compared and changed like any node, and is saved again under its own type, so a program passes on what it does
 * not understand.
 */

import { specOf } from '../class-spec.ts'
import { FieldError } from '../errors.ts'
import { type Field, LAZY, OBJECT_OF, UNION } from '../fields/field.ts'
import { article, describe } from '../fields/field-words.ts'
import { f } from '../fields/fields.ts'
import { unknown } from '../greens/unknown-green.ts'
import { SymObject } from '../sym-object.ts'
import { FORM_TYPES } from './json-out.ts'
import { forgetSpec } from './registry.ts'

const Base = SymObject.define('espalier.Unknown', { type: f.string(), data: f.dict() })

/** An object of a type that is not known here: its type name, and its data as a dict. */
export class UnknownObject extends Base {
  /** The type name it has in JSON. */
  override get typeName(): string {
    return this.type
  }

  /** True: tells unknown objects from others where `instanceof` is unhandy. */
  get isUnknown(): true {
    return true
  }

  /** A value of its data, as `data.at(key)` gives it. */
  at(key: string): unknown {
    return this.data.at(key)
  }

  /** It may stand where a field takes objects of a class, since it may be one. */
  static standsFor(node: object, field: Field): string | null {
    return takesObjects(field)
      ? null
      : `must be ${article(describe(field))}, got an unknown ${(node as UnknownObject).type}`
  }

  onBound(): void {
    if (this.data.has([TYPE_KEY])) {
      const message = 'cannot be a key of an unknown object; its type name is in its field `type`'
      throw FieldError.of('', [{ path: `data.${TYPE_KEY}`, message }])
    }
    if (FORM_TYPES.has(this.type)) {
      throw FieldError.of('', [
        { path: 'type', message: `cannot be '${this.type}', which JSON has a meaning for` },
      ])
    }
  }
}

const TYPE_KEY = '_type'

const takesObjects = (field: Field): boolean =>
  field.tag === OBJECT_OF ||
  field.tag === LAZY ||
  (field.tag === UNION && field.rules.options.some(takesObjects))

// Known to the files that read and write JSON, but not by a name that JSON could ask for.
unknown.spec = specOf(UnknownObject)
forgetSpec(unknown.spec)
