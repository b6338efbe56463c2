/**
 * Key paths in the type system: what stands at `'layers[0].units'` of a tree, what may be written there, and a sentence
 * when nothing does. Only the path that was written is parsed; the paths of a type are never enumerated, so that large
 * and recursive trees cost nothing.
 */

import type { Insertion, Missing } from './change/missing.ts'
import type { PathLike } from './key-path.ts'

/** A key path that leads nowhere: the key, what it was looked up on, and what is there. */
export interface NoSuchField<Key, On, Known> {
  readonly '~no such field': [Key, On, Known]
}

/** What stands at a path below a value of type `Tree`: `PathValue<Model, 'layers[0].units'>` is `number`. */
export type PathValue<Tree, Path> =
  PlaceAt<Tree, Path> extends infer Place ? (Place extends { readonly out: infer Out } ? Out : Place) : never

/** What may be written at a path: what the field there takes, or one of the two words of an update. */
export type PathInput<Tree, Path> =
  PlaceAt<Tree, Path> extends infer Place
    ? Place extends { readonly in: infer In }
      ? In | Missing | (Path extends `${string}]` ? Insertion<In> : never)
      : Place
    : never

/** The updates with every path and value checked: what does not fit becomes the type that says why. */
export type CheckedUpdates<Tree, Pairs> = {
  readonly [Path in keyof Pairs]: PathInput<Tree, Path>
}

/** The updates themselves when all their paths and values fit; pairs of run-time paths are not looked into. */
export type UpdatesFor<Tree, Pairs> = object extends Pairs
  ? OfferedUpdates<Tree>
  : Pairs extends Iterable<readonly [PathLike, unknown]>
    ? Pairs
    : Pairs extends readonly unknown[] | ((...args: never) => unknown)
      ? readonly (readonly [PathLike, unknown])[]
      : Pairs extends CheckedUpdates<Tree, Pairs>
        ? Pairs
        : CheckedUpdates<Tree, Pairs>

/** What an editor offers before anything is known of the updates: the fields, and those of the objects in them. */
type OfferedUpdates<Tree> = { readonly [Path in OfferedPaths<Tree>]?: unknown }

type OfferedPaths<Tree> = Tree extends { readonly '~fields': infer Fields }
  ? {
      [Name in keyof Fields & string]: Fields[Name] extends {
        readonly '~field': { readonly out: { readonly '~fields': infer Inner } }
      }
        ? Name | `${Name}.${keyof Inner & string}`
        : Name
    }[keyof Fields & string]
  : never

/**
 * The path itself where it leads somewhere, else the sentence. Beside it stand the paths that what was written may
 * become, which is what an editor offers while a path is typed.
 */
export type PathFor<Tree, Path> = Path extends unknown
  ? [PathValue<Tree, Path>] extends [NoSuchField<infer Key, infer On, infer Known>]
    ? unknown extends PathValue<Tree, Path>
      ? Path
      : NoSuchField<Key, On, Known> | Continued<Path, Key, Known>
    : Path extends ''
      ? Path | FieldNames<Tree>
      : Path
  : never

/** A path that ends within a key, with that key finished: `'head.uni'` may become `'head.units'`. */
type Continued<Path, Key, Known> = Key extends string
  ? Path extends `${infer Start}${Key}`
    ? Exclude<Known, '[index]'> extends infer Name extends string
      ? Name extends `${Key}${string}`
        ? `${Start}${Name}`
        : never
      : never
    : never
  : never

type FieldNames<Tree> = Tree extends { readonly '~fields': infer Fields } ? keyof Fields : never

/** The place at a path: `{ out, in }`, as fields carry it. Paths that only run time knows lead to unknown places. */
type PlaceAt<Tree, Path> = Path extends string | number
  ? string extends Path
    ? UnknownPlace
    : Follow<{ readonly out: Tree; readonly in: Tree }, `${Path}`>
  : UnknownPlace

type UnknownPlace = { readonly out: unknown; readonly in: unknown }

/** Walks a path from a place; a place is `{ out, in }`, as fields carry it. */
type Follow<Place, Path extends string> = Path extends ''
  ? Place
  : Path extends `[${infer Inside}]${infer Rest}`
    ? Step<Place, Inside, true> extends infer Next
      ? Next extends { readonly out: unknown }
        ? Follow<Next, WithoutDot<Rest>>
        : Next
      : never
    : Path extends `${infer Key}.${infer Rest}`
      ? Key extends `${infer Head}[${infer Tail}`
        ? FollowKey<Place, Head, `[${Tail}.${Rest}`>
        : FollowKey<Place, Key, AfterDot<Rest>>
      : Path extends `${infer Head}[${infer Tail}`
        ? FollowKey<Place, Head, `[${Tail}`>
        : FollowKey<Place, Path, ''>

type FollowKey<Place, Key extends string, Rest extends string> =
  Step<Place, Key, false> extends infer Next
    ? Next extends { readonly out: unknown }
      ? Follow<Next, Rest>
      : Next
    : never

/** A dot has a key behind it; where there is none, the empty key says so. */
type AfterDot<Rest extends string> = Rest extends '' ? '[]' : Rest

/** What follows a bracket: the end, another bracket, or a dot and a path; anything else has no key that exists. */
type WithoutDot<Rest extends string> = Rest extends `.${infer Path}`
  ? AfterDot<Path>
  : Rest extends '' | `[${string}`
    ? Rest
    : `.${Rest}`

/** One key from a place. Where several kinds of value may stand, the key must lead on from one of them. */
type Step<Place, Key extends string, IsBracket> = Place extends { readonly out: infer Out }
  ? unknown extends Out
    ? UnknownPlace
    : StepEach<NonNullable<Out>, Key, IsBracket> extends infer Next
      ? [Extract<Next, { readonly out: unknown }>] extends [never]
        ? Next
        : Merged<Extract<Next, { readonly out: unknown }>>
      : never
  : never

type StepEach<Value, Key extends string, IsBracket> = Value extends { readonly '~fields': infer Fields }
  ? Key extends keyof Fields
    ? Fields[Key] extends { readonly '~field': infer Place }
      ? Place
      : never
    : NoSuchField<Key, NameOf<Value>, keyof Fields>
  : Value extends { readonly '~element': infer Place }
    ? IsBracket extends true
      ? Key extends `${number}`
        ? Value extends { readonly '~positions': infer Positions }
          ? PositionAt<Positions, Key, Place>
          : Place
        : NoSuchField<Key, 'list', '[index]'>
      : NoSuchField<Key, 'list', '[index]'>
    : Value extends { readonly '~entry': infer Place }
      ? Value extends { readonly '~keys': infer Keys }
        ? KeyAt<Keys, Key>
        : Place
      : Value extends { readonly '~symbolic': true }
        ? UnknownPlace
        : NoSuchField<Key, Value, never>

/** The place at an index of a tuple; one of unknown length has the same place everywhere. */
type PositionAt<Positions, Key, Place> = Positions extends {
  readonly out: infer Out extends readonly unknown[]
  readonly in: infer In extends readonly unknown[]
}
  ? number extends Out['length']
    ? Place
    : Key extends keyof Out & keyof In
      ? { readonly out: Out[Key]; readonly in: In[Key] }
      : Key extends `-${string}`
        ? Place
        : NoSuchField<Key, 'tuple', Exclude<keyof Out, keyof (readonly unknown[])>>
  : never

/** The place of a key of a struct: of its own field, or of those for other keys, if there are any. */
type KeyAt<Keys, Key> = Keys extends { readonly fields: infer Fields; readonly rest: infer Rest }
  ? Key extends keyof Fields
    ? Fields[Key] extends { readonly '~field': infer Place }
      ? Place
      : never
    : [Rest] extends [never]
      ? NoSuchField<Key, 'dict', keyof Fields>
      : Rest extends { readonly '~field': infer Place }
        ? Place
        : never
  : never

/** A class and its bases each add a function to the intersection; inferring from it gives the last, the class's own. */
type NameOf<Value> = Value extends { readonly '~name': () => infer Name } ? Name : 'object'

/** Several places seen as one: what any of them gives, and what any of them takes. */
type Merged<Places> = {
  readonly out: Places extends { readonly out: infer Out } ? Out : never
  readonly in: Places extends { readonly in: infer In } ? In : never
}
