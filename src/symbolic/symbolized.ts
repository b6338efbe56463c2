/** The types of plain data once it has joined a tree. */

import type { Bytes } from './fields/leaf.ts'
import type { SymDict } from './sym-dict.ts'
import type { SymList } from './sym-list.ts'

/** What reading gives where plain data was put: `Symbolized<number[]>` is `SymList<number>`. */
export type Symbolized<Data> = Data extends { readonly '~symbolic': true }
  ? Data
  : Data extends readonly (infer Element)[]
    ? SymList<Symbolized<Element>, Element>
    : Data extends Uint8Array
      ? Bytes
      : Data extends (...args: never) => unknown
        ? Data
        : Data extends { readonly [key: string]: unknown }
          ? SymDict<Symbolized<Data[keyof Data]>, Data[keyof Data]>
          : Data
