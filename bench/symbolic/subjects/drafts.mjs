// The operations of a library that edits drafts, for `immer` and `mutative`: recipes over a Proxy, patches with
// paths as arrays. They check no values, so their figures are those of updates alone; reading their results is
// reading plain objects, as `hand` does.

/** Operations by `produce(base, recipe)` and `applyPatches(base, patches)`. */
export function draftOperations(produce, applyPatches) {
  return {
    checks: false,

    setLeaf: (root, { i, j, k }, value) =>
      produce(root, draft => {
        draft.children[i].children[j].children[k].num = value
      }),

    setThree: (root, p, x, q, y, r, z) =>
      produce(root, draft => {
        draft.children[p.i].children[p.j].children[p.k].num = x
        draft.children[q.i].children[q.j].children[q.k].num = y
        draft.children[r.i].children[r.j].children[r.k].num = z
      }),

    updates: (places, values) => places.map((place, at) => ({ ...place, value: values[at] })),

    setMany: (root, updates) =>
      produce(root, draft => {
        for (const { i, j, k, value } of updates) draft.children[i].children[j].children[k].num = value
      }),

    transform: (root, rule) => produce(root, draft => transformAll(draft, rule)),

    setAt: (list, index, value) =>
      produce(list, draft => {
        draft[index] = value
      }),

    insertAt: (list, index, value) =>
      produce(list, draft => {
        draft.splice(index, 0, value)
      }),

    deleteAt: (list, index) =>
      produce(list, draft => {
        draft.splice(index, 1)
      }),

    append: (list, value) =>
      produce(list, draft => {
        draft.push(value)
      }),

    setKey: (dict, key, value) =>
      produce(dict, draft => {
        draft[key] = value
      }),

    patch: operations =>
      operations.map(({ op, path, value }) => ({ op, path: path.split('/').slice(1).map(keyOf), value })),

    applyPatch: (root, patches) => applyPatches(root, patches),
  }
}

function transformAll(draft, rule) {
  for (const key of Object.keys(draft)) {
    const value = draft[key]
    const result = rule(key, value, draft)
    if (result !== value) draft[key] = result
    else if (typeof value === 'object') transformAll(value, rule)
  }
}

function keyOf(text) {
  return /^\d+$/.test(text) ? Number(text) : text
}
