/**
 * Lists: `SymList`, a node that reads like a read-only array. Elements come by `at(i)`, by iteration, or by the array
 * methods that do not write; writing is `rebind`, like everywhere. There is no `list[i]`: it would take a proxy, at a
 * hundred times the cost of a read.
 */

import { INVALID } from './change/missing.ts'
import { updateOne } from './change/update.ts'
import { PathError } from './errors.ts'
import { accept } from './fields/accept.ts'
import { refusal } from './fields/refusal.ts'
import { listGet, listLength } from './greens/list-green.ts'
import { FIRST, type Green, isGreen, LIST } from './greens/spec.ts'
import { containerHandles, handleConstructor, knownChild, makeNode, readChild } from './node.ts'
import { commit, Symbolic } from './symbolic.ts'
import type { Symbolized } from './symbolized.ts'

/** An immutable list in a tree. `Element` is what reading gives, `Input` what may be written. */
export class SymList<Element = unknown, Input = Element> extends Symbolic implements Iterable<Element> {
  /** Carries the static types; nothing stands here at run time. */
  declare readonly '~element': { readonly out: Element; readonly in: Input }

  protected constructor() {
    super()
    throw new TypeError('lists are made by SymList.from(array)')
  }

  /** A list of the given values; arrays and records among them become lists and dicts. */
  static from<Value>(values: Iterable<Value>): SymList<Symbolized<Value>, Value> {
    const array = Array.isArray(values) ? values : [...values]
    const green = accept(null, array, null, 0)
    if (green === INVALID) throw refusal('list', [], null, array)
    return makeNode(green as Green, null, '') as never
  }

  /** The list without elements. */
  static get empty(): SymList<never> {
    return SymList.from<never>([]) as SymList<never>
  }

  get length(): number {
    return listLength(this._g)
  }

  /** The element at an index, from the end when negative; undefined outside the list, as with arrays. */
  at(index: number): Element | undefined {
    const known = knownChild(this, index + FIRST)
    if (known !== undefined) return known as Element
    const green = this._g
    if (green[0].kind !== LIST) return bigAt(this, index) as Element | undefined
    const i = index < 0 ? green.length - FIRST + index : index
    // An index below zero would show the mark; one past the end, or a fraction, finds nothing by itself.
    const value = i < 0 ? undefined : green[i + FIRST]
    if (typeof value !== 'object' || !isGreen(value)) return value as Element | undefined
    return readChild(this, i + FIRST, i, value) as Element
  }

  /**
   * The list with another element at an index, from the end when negative, as with arrays: `rebind` for one place that
   * is known by its number. Throws `PathError` when the list has no such index.
   *
   *     list.with(-1, 5)
   */
  with(index: number, value: Input): this {
    const { length } = this
    const i = index < 0 ? length + index : index
    if (!(0 <= i && i < length) || !Number.isInteger(i)) {
      const has = length === 0 ? 'no elements' : `elements 0 to ${length - 1}`
      throw new PathError(`[${index}]`, `${this._g[0].name} has no element at index ${index}: it has ${has}`)
    }
    return commit(this, updateOne(this._g, [i], value))
  }

  [Symbol.iterator](): IterableIterator<Element> {
    return new ListIterator(this)
  }

  values(): IterableIterator<Element> {
    return new ListIterator(this)
  }

  *keys(): IterableIterator<number> {
    for (let i = 0; i < this.length; i++) yield i
  }

  *entries(): IterableIterator<[number, Element]> {
    for (let i = 0; i < this.length; i++) yield [i, this.at(i) as Element]
  }

  forEach(visit: (element: Element, index: number, list: this) => void): void {
    const { length } = this
    for (let i = 0; i < length; i++) visit(this.at(i) as Element, i, this)
  }

  map<Result>(make: (element: Element, index: number, list: this) => Result): Result[] {
    return this.toArray().map((element, i) => make(element, i, this))
  }

  filter<Kept extends Element>(
    where: (element: Element, index: number, list: this) => element is Kept,
  ): Kept[]
  filter(where: (element: Element, index: number, list: this) => unknown): Element[]
  filter(where: (element: Element, index: number, list: this) => unknown): Element[] {
    return this.toArray().filter((element, i) => where(element, i, this))
  }

  reduce<Result>(
    combine: (result: Result, element: Element, index: number, list: this) => Result,
    initial: Result,
  ): Result {
    return this.toArray().reduce<Result>((result, element, i) => combine(result, element, i, this), initial)
  }

  some(where: (element: Element, index: number, list: this) => unknown): boolean {
    return this.findIndex(where) >= 0
  }

  every(where: (element: Element, index: number, list: this) => unknown): boolean {
    return !this.some((element, i) => !where(element, i, this))
  }

  find(where: (element: Element, index: number, list: this) => unknown): Element | undefined {
    const index = this.findIndex(where)
    return index < 0 ? undefined : this.at(index)
  }

  findIndex(where: (element: Element, index: number, list: this) => unknown): number {
    const { length } = this
    for (let i = 0; i < length; i++) if (where(this.at(i) as Element, i, this)) return i
    return -1
  }

  /** The first index of a value: a leaf by identity, a node by its content. */
  indexOf(value: unknown): number {
    return this.findIndex(
      element => element === value || (element instanceof Symbolic && element.equals(value)),
    )
  }

  includes(value: unknown): boolean {
    return (
      this.findIndex(
        element => Object.is(element, value) || (element instanceof Symbolic && element.equals(value)),
      ) >= 0
    )
  }

  slice(start?: number, end?: number): Element[] {
    return this.toArray().slice(start, end)
  }

  join(separator?: string): string {
    return this.toArray().join(separator)
  }

  /** The elements in an array of the caller's own. */
  toArray(): Element[] {
    const { length } = this
    const array: Element[] = []
    for (let i = 0; i < length; i++) array.push(this.at(i) as Element)
    return array
  }
}

function bigAt(list: SymList, index: number): unknown {
  const length = listLength(list._g)
  const i = index < 0 ? length + index : index
  if (!(0 <= i && i < length) || !Number.isInteger(i)) return undefined
  const value = listGet(list._g, i)
  return isGreen(value) ? readChild(list, i + FIRST, i, value) : value
}

/** A class, since a generator costs 27 ns per element and this 8. */
class ListIterator<Element> implements IterableIterator<Element> {
  readonly #list: SymList<Element, unknown>
  readonly #length: number
  #index = 0

  constructor(list: SymList<Element, unknown>) {
    this.#list = list
    this.#length = list.length
  }

  next(): IteratorResult<Element, undefined> {
    if (this.#index >= this.#length) return { value: undefined, done: true }
    return { value: this.#list.at(this.#index++) as Element, done: false }
  }

  [Symbol.iterator](): this {
    return this
  }
}

containerHandles.list = handleConstructor(SymList.prototype)
