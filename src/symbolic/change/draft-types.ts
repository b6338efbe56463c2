/** What a recipe sees: the fields of an object, the elements of a list, the entries of a dict, all writable. */

import type { OutOf } from '../fields/field.ts'

/**
 * The writable view of a tree inside `edit`. Fields and elements may be read and assigned, lists have the methods of
 * arrays, dicts are records; nodes may be assigned wherever their drafts may.
 */
export type Draft<Tree> = Tree extends { readonly '~fields': infer Fields }
  ? {
      -readonly [Name in keyof Fields]: Fields[Name] extends {
        readonly '~field': { readonly out: infer Out }
      }
        ? Draft<Out>
        : never
    }
  : Tree extends { readonly '~positions': { readonly out: infer Elements } }
    ? { -readonly [Index in keyof Elements]: Draft<Elements[Index]> }
    : Tree extends { readonly '~keys': { readonly fields: infer Fields; readonly rest: infer Rest } }
      ? { -readonly [Name in keyof Fields]: Draft<OutOf<Fields[Name]>> } & {
          [key: string]: [Rest] extends [never] ? unknown : Draft<OutOf<Rest>>
        }
      : Tree extends { readonly '~element': { readonly out: infer Element; readonly in: infer Input } }
        ? DraftList<Draft<Element>, Input>
        : Tree extends { readonly '~entry': { readonly out: infer Value } }
          ? { [key: string]: Draft<Value> }
          : unknown extends Tree
            ? Untyped
            : Tree extends { readonly '~symbolic': true }
              ? Untyped
              : Tree

/** An array whose methods also take what the list takes: nodes, and arrays for lists. */
export interface DraftList<Element, Input> extends Array<Element> {
  push(...items: (Element | Input)[]): number
  unshift(...items: (Element | Input)[]): number
  splice(start: number, deleteCount?: number): Element[]
  splice(start: number, deleteCount: number, ...items: (Element | Input)[]): Element[]
}

// biome-ignore lint/suspicious/noExplicitAny: what stands in an untyped place is known to the recipe alone.
type Untyped = any
