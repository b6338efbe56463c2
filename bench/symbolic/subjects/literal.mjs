// The floor of the language: like `hand`, but each record is copied by a literal that lists its fields, which
// V8 compiles to a few stores. Nobody keeps such code for twenty classes, yet it swings less than spread does,
// whose chained copies turn megamorphic on Node 20, so the gates of W1, W2 and W10 are held against it.

import { checkNum, item, plainOperations } from './plain.mjs?literal'

export const literal = {
  ...plainOperations,
  name: 'literal',
  checks: true,
  setLeaf,
  setThree: (root, p, x, q, y, r, z) => setLeaf(setLeaf(setLeaf(root, p, x), q, y), r, z),
  setMany: copyPlan,
}

function setLeaf(root, { i, j, k }, value) {
  checkNum(value)
  const a = root.children[i]
  const b = a.children[j]
  const c = b.children[k]
  const newC = item(value, c.rate, c.name, c.kind, c.children, c.attrs)
  const newB = withChildren(b, replaced(b.children, k, newC))
  const newA = withChildren(a, replaced(a.children, j, newB))
  return withChildren(root, replaced(root.children, i, newA))
}

function copyPlan(target, plan) {
  if (plan.below === undefined) {
    checkNum(plan.value)
    return item(plan.value, target.rate, target.name, target.kind, target.children, target.attrs)
  }
  const children = target.children.slice()
  for (let at = 0; at < plan.indices.length; at++) {
    const index = plan.indices[at]
    children[index] = copyPlan(children[index], plan.below[at])
  }
  return withChildren(target, children)
}

function withChildren(source, children) {
  return item(source.num, source.rate, source.name, source.kind, children, source.attrs)
}

function replaced(list, index, value) {
  const copy = list.slice()
  copy[index] = value
  return copy
}
