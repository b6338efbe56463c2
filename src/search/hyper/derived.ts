/**
 * Derived values: places that are not decided but follow from others. They stand in the tree like hyper values, and are
 * worked out when everything they depend on is decided.
 */

import {
  type Field,
  f,
  isPureSymbolic,
  isSymbolic,
  type KeyPath,
  register,
  type Symbolic,
  SymObject,
} from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import { Named } from './named.ts'

/** A function that was registered for deriving values. */
export interface Derivation<Value, Args extends readonly unknown[] = readonly never[]> {
  readonly name: string
  /** Carry the static types; nothing stands here at run time. */
  readonly '~value'?: Value
  readonly '~args'?: Args
}

const derivations = new Named<(...values: readonly unknown[]) => unknown>('derivation')

/**
 * The value at another place, whatever is decided there. The path is looked up in the parent of the place, then in the
 * parent's parent, and so on: the first that has something there is meant.
 *
 *     new Model({ encoder: new Dense({ units: oneOf([32, 64]) }), decoder: new Dense({ units: sameAs('encoder.units') }) })
 */
export function sameAs<Value>(path: string): Value {
  return new Derived({ from: [path] }) as Value
}

/** Registers a pure function under a name for good. */
export function registerDerivation<Args extends readonly unknown[], Value>(
  name: string,
  derive: (...values: Args) => Value,
): Derivation<Value, Args> {
  derivations.add(name, derive as unknown as (...values: readonly unknown[]) => unknown)
  return { name }
}

/**
 * What a registered function makes of the values at other places, found as `sameAs` finds them.
 *
 *     const half = registerDerivation('demo.half', (units: number) => units / 2)
 *     new Model({ …, head: new Dense({ units: derived(half, ['encoder.units']) }) })
 */
export function derived<Value, Args extends readonly unknown[]>(
  derivation: Derivation<Value, Args>,
  from: { readonly [Index in keyof Args]: string },
): Value {
  return new Derived({ from: from as readonly string[], by: derivation.name }) as Value
}

/** The node that `sameAs` and `derived` make. */
export class Derived extends SymObject.define('search.Derived', {
  from: f.list(f.string(), { minSize: 1 }),
  by: f.string().nullable().default(null),
}) {
  /** What is derived is known when it is: then it has to fit. */
  static standsFor(_node: object, _field: Field): null {
    return null
  }

  onBound(): void {
    if (this.by !== null) derivations.get(this.by)
    else if (this.from.length !== 1)
      throw new SpaceError('', 'one path is needed where no function joins several')
  }
}

register(Derived)

/** A derived value in a tree. */
export interface DerivedPlace {
  /** From the root of the whole tree. */
  readonly path: KeyPath
  /** From the value of the template it belongs to. */
  readonly within: KeyPath
  readonly node: Derived
}

/** Of what a value is derived, seen from the node that holds its place. Throws `SpaceError` for a path to nothing. */
export function derivedValue({ path, node }: DerivedPlace, holder: Symbolic): unknown {
  const values = node.from.map(from => sought(from, path, holder))
  return values.some(isOpen) ? OPEN : node.by === null ? values[0] : derivations.get(node.by)(...values)
}

/** Stands for a value that still depends on something that is not decided. */
export const OPEN: unique symbol = Symbol('OPEN')

/**
 * The tree with its derived values worked out, those first on which others depend. Some may stay when the tree still has
 * hyper values of which they depend; without any, they depend on each other, which is an error.
 */
export function resolveDerived(tree: Symbolic, places: readonly DerivedPlace[], mayStay: boolean): Symbolic {
  let waiting = places
  while (waiting.length > 0) {
    const pairs: [KeyPath, unknown][] = []
    for (const place of waiting) {
      const value = derivedValue(place, tree.get(place.path.parent as KeyPath) as Symbolic)
      if (value !== OPEN) pairs.push([place.path, value])
    }
    if (pairs.length === 0) {
      if (mayStay) break
      const paths = waiting.map(({ path }) => `'${path}'`).join(', ')
      throw new SpaceError(String(waiting[0]?.path), `the derived values at ${paths} depend on each other`)
    }
    tree = tree.rebind(pairs)
    const done = new Set(pairs.map(([path]) => path))
    waiting = waiting.filter(({ path }) => !done.has(path))
  }
  return tree
}

const isOpen = (value: unknown): boolean => isSymbolic(value) && isPureSymbolic(value)

function sought(from: string, path: KeyPath, holder: Symbolic): unknown {
  for (let node: Symbolic | null = holder; node !== null; node = node.parent) {
    const isItself = node.path.concat(from).equals(path)
    if (!isItself && node.has(from)) return node.get(from)
  }
  throw new SpaceError(
    String(path),
    `the value at '${path}' is derived from '${from}', which is nowhere above it`,
  )
}
