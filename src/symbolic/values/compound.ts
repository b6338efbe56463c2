/**
 * Compounds: classes whose instances stand for something that is built from their fields when it is first asked for.
 * What is built is kept by content, so all places and versions with the same fields share it.
 */

import type { FieldMap, ValuesOf } from '../fields/field.ts'
import type { Green } from '../greens/spec.ts'
import { HOLDS_INFERRED, summaryOf } from '../greens/summary.ts'
import { type SymClass, SymObject, type SymShape } from '../sym-object.ts'

/** The base of all compounds. */
export abstract class Compound<Product = unknown> extends SymObject.define('symbolic.Compound', {}) {
  static readonly isAbstract: boolean = true

  /**
   * What is built from the fields: the same for all nodes of one content. Where the fields hold values that are inferred
   * or taken from the context, it depends on the place, and is built anew each time.
   */
  get product(): Product {
    const cls = this.constructor as unknown as { [BUILD]: (of: unknown) => unknown }
    if ((summaryOf(this._g) & HOLDS_INFERRED) !== 0) return cls[BUILD](this) as Product
    if (products.has(this._g)) return products.get(this._g) as Product
    const product = cls[BUILD](this.detached())
    products.set(this._g, product)
    // What failed later is not kept, and may be tried again.
    if (product instanceof Promise) product.catch(() => products.delete(this._g))
    return product as Product
  }
}

const BUILD: unique symbol = Symbol('build')
const products = new WeakMap<Green, unknown>()

/** An instance of the class that `compound` makes. */
export type CompoundOf<Name, Fields, Product> = Compound<Product> & ValuesOf<Fields> & SymShape<Name, Fields>

/**
 * A class with the given fields and a `product` that is built from them.
 *
 *     const Scale = compound('my.Scale', { low: f.int(), high: f.int() }, ({ low, high }) => range(low, high))
 *     new Scale({ low: 1, high: 3 }).product
 */
export function compound<const Name extends string, const Fields extends FieldMap, Product>(
  name: Name,
  fields: Fields,
  build: (of: CompoundOf<Name, Fields, unknown>) => Product,
): SymClass<CompoundOf<Name, Fields, Product>, Fields> {
  const made = Compound.define(name, fields as never)
  Object.defineProperty(made, BUILD, { value: build })
  return made as never
}
