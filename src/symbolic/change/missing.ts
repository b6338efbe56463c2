/**
 * The three words an update can say besides a value: `MISSING` (remove, or reset to the default), `insertion(value)`
 * (insert before an index), and, inside this room only, `INVALID` (the value does not fit; ask `explain` why).
 */

/**
 * "No value": in updates it deletes a list element or a dict key and resets a typed field to its default.
 *
 *     list.rebind({ '[1]': MISSING })
 */
export const MISSING: Missing = Symbol('MISSING') as unknown as Missing

/** The type of `MISSING`, with a name of its own so that messages say `number | Missing`, not `number | unique symbol`. */
export interface Missing {
  readonly '~missing': true
}

/** A value to be inserted before an index of a list, made by `insertion`. */
export class Insertion<Value = unknown> {
  readonly value: Value

  constructor(value: Value) {
    this.value = value
  }
}

/**
 * The value, marked to be inserted before the index that the path names instead of replacing what is there.
 *
 *     list.rebind({ '[0]': insertion('first') })
 */
export const insertion = <Value>(value: Value): Insertion<Value> => new Insertion(value)

/** What `accept` gives back for a value that does not fit. Never stored, never handed out. */
export const INVALID: unique symbol = Symbol('INVALID')
