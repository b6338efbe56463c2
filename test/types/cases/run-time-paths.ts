/** Paths that only run time knows are not looked into: their values are unknown, and `rebind` checks them itself. */

import { insertion, type KeyPath, MISSING, type Symbolic, type Updates } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { type Model, model } from './models.ts'

declare const text: string
declare const path: KeyPath
declare const record: Record<string, unknown>
declare const updates: Updates
declare const tree: Symbolic

expectType<Model>()(model.rebind({ [text]: 3 }))
model.rebind(record)
model.rebind(updates)
model.rebind([['head.units', 64]])
model.rebind([
  [path, 64],
  [['layers', 0, 'name'], 'stem'],
  [text, MISSING],
  ['layers[0]', insertion(3)],
])
model.rebind([])
model.rebind(new Map<string, unknown>([['head.units', 64]]))
model.rebind(new Map<KeyPath, number>([[path, 64]]))
model.rebind(new Map([[path, 'x']]))
model.rebind(Object.entries(record))
model.clone([[path, 64]])
model.has(path)
model.seal(path).unseal(['head'])

model.rebind([[3, 64]]) //~ not assignable
model.rebind(new Set([3])) //~ NoSuchField<"add"
model.seal(3) //~ is not assignable to parameter of type 'PathLike
model.has(3) //~ 'number' is not assignable to parameter of type 'PathLike'

// A rule sees every value as unknown, and gives back anything.
expectType<Model>()(model.transform((at, value) => (at.key === 'units' ? Number(value) * 2 : value)))
model.transform((_, value) => value + 1) //~ 'value' is of type 'unknown'
model.transform(3) //~ 'number' is not assignable to parameter of type

// Of a tree of unknown class nothing can be known.
tree.rebind([['a.b', 3]])
expectType<unknown>()(tree.get(text))
tree.rebind({ 'a.b': 3 })
tree.get('a.b')
model.head.root.rebind({ rate: 3 })
tree.edit(draft => {
  draft.anything.goes = 3
})
