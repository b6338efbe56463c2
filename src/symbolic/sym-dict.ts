/**
 * Dicts: `SymDict`, a node with entries from strings to values. Entries come by `at(key)`, by iteration, or by path;
 * writing is `rebind`, like everywhere.
 */

import { INVALID } from './change/missing.ts'
import { updateOne } from './change/update.ts'
import { FieldError } from './errors.ts'
import { accept } from './fields/accept.ts'
import { refusal } from './fields/refusal.ts'
import { dictEach, dictFind, dictGet, dictKeys, dictSize, shapeKeys } from './greens/dict-green.ts'
import { DICT, FIRST, type Green, isDictKind, isGreen } from './greens/spec.ts'
import { stepsOf } from './greens/steps.ts'
import { containerHandles, handleConstructor, makeNode, readChild } from './node.ts'
import { commit, Symbolic } from './symbolic.ts'
import type { Symbolized } from './symbolized.ts'
import { show } from './view/format.ts'

/** An immutable dict in a tree. `Value` is what reading gives, `Input` what may be written. */
export class SymDict<Value = unknown, Input = Value> extends Symbolic implements Iterable<[string, Value]> {
  /** Carries the static types; nothing stands here at run time. */
  declare readonly '~entry': { readonly out: Value; readonly in: Input }

  private constructor() {
    super()
    throw new TypeError('dicts are made by SymDict.from(record)')
  }

  /** A dict of the entries of a record or a map; arrays and records among its values become lists and dicts. */
  static from<Value>(
    entries: Readonly<Record<string, Value>> | ReadonlyMap<string, Value>,
  ): SymDict<Symbolized<Value>, Value> {
    const record = entries instanceof Map ? recordOf(entries as ReadonlyMap<string, unknown>) : entries
    const green = accept(null, record, null, 0)
    if (green === INVALID) throw refusal('dict', [], null, record)
    if (!isGreen(green) || !isDictKind(green[0].kind)) {
      throw FieldError.of('dict', [
        { path: '', message: `must be made of a plain record or a Map, got ${show(entries)}` },
      ])
    }
    return makeNode(green as Green, null, '') as never
  }

  /** The dict without entries. */
  static get empty(): SymDict<never> {
    return SymDict.from<never>({}) as SymDict<never>
  }

  get size(): number {
    return dictSize(this._g)
  }

  /** The value of a key, taken as it is and not as a path; undefined when there is none. */
  at(key: string): Value | undefined {
    const position = dictFind(this._g, key)
    return position < 0 ? undefined : (entryValue(this, dictGet(this._g, position), key, position) as Value)
  }

  /**
   * The dict with another value under a key, taken as it is and not as a path; a new key comes last.
   *
   *     dict.with('a.b', 5)
   */
  with(key: string, value: Input): this {
    return commit(this, updateOne(this._g, stepsOf([key]), value))
  }

  /** The keys, in the order they were added. */
  keys(): string[] {
    return [...dictKeys(this._g)]
  }

  values(): Value[] {
    const green = this._g
    if (green[0].kind === DICT) {
      const array = green.slice(FIRST)
      for (let i = 0; i < array.length; i++) {
        if (isGreen(array[i])) array[i] = entryValue(this, array[i], shapeKeys(green[0].base)[i] as string, i)
      }
      return array as Value[]
    }
    const values: Value[] = []
    dictEach(this._g, (value, key, position) => {
      values.push(entryValue(this, value, key, position) as Value)
    })
    return values
  }

  entries(): [string, Value][] {
    const entries: [string, Value][] = []
    dictEach(this._g, (value, key, position) => {
      entries.push([key, entryValue(this, value, key, position) as Value])
    })
    return entries
  }

  forEach(visit: (value: Value, key: string, dict: this) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this)
  }

  [Symbol.iterator](): IterableIterator<[string, Value]> {
    return this.entries()[Symbol.iterator]()
  }
}

const entryValue = (dict: SymDict, value: unknown, key: string, position: number): unknown =>
  isGreen(value) ? readChild(dict, position + FIRST, key, value) : value

/** A record of a map's entries; `Object.fromEntries` defines even `__proto__` as a key of its own. */
const recordOf = (map: ReadonlyMap<string, unknown>): Record<string, unknown> => Object.fromEntries(map)

containerHandles.dict = handleConstructor(SymDict.prototype)
