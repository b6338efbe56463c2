/** Fields that are looked up when first needed: how a schema that contains itself becomes a field. */

import { accept } from './accept.ts'
import { explain } from './explain.ts'
import { type Field, type Kind, OF_KIND } from './field.ts'
import { makeField } from './make-field.ts'

/** What a deferred field stands for, and what it is called in words. */
export interface DeferredData {
  readonly name: string
  readonly field: () => Field
}

/** A field that stands for another one, which need not exist yet. */
export const deferred = (name: string, field: () => Field): Field =>
  makeField({ tag: OF_KIND, kind: DEFERRED, data: { name, field } satisfies DeferredData })

const targetOf = (field: Field): Field => (field.rules.data as DeferredData).field()

export const DEFERRED: Kind = {
  name: 'deferred',
  target: null,
  accept: (field, value, reader, depth) => accept(targetOf(field), value, reader, depth),
  describe: field => (field.rules.data as DeferredData).name,
  explain(field, value, site) {
    const before = site.problems.length
    explain(targetOf(field), value, site)
    return site.problems.length > before
  },
  tighten: (field, base) =>
    targetOf(field) === targetOf(base) ? {} : 'it refers to a field that the base does not refer to',
}
