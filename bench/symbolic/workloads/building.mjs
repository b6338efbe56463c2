// W8 to and from JSON, W11 construction with every field checked, W12 the copy.

import { BRANCH, pathText, places, plainTree } from '../data.mjs'

export function rows(subject) {
  return [
    { id: 'W8.toJSON.1k', needs: ['toJson'], check: 8, make: () => toJson(subject, '1k') },
    { id: 'W8.fromJSON.1k', needs: ['fromJson'], check: 1, make: () => fromJson(subject, '1k') },
    {
      id: 'W8.toJSON.100k',
      needs: ['toJson'],
      check: 1,
      collect: 'always',
      make: () => toJson(subject, '100k'),
    },
    {
      id: 'W8.fromJSON.100k',
      needs: ['fromJson'],
      check: 1,
      collect: 'always',
      make: () => fromJson(subject, '100k'),
    },
    { id: 'W11.construct.1k', needs: ['construct'], check: 1, make: () => construct(subject, '1k') },
    {
      id: 'W11.construct.100k',
      needs: ['construct'],
      check: 1,
      collect: 'always',
      make: () => construct(subject, '100k'),
    },
    { id: 'W11.build.1k', needs: ['build'], check: 1, make: () => build(subject) },
    { id: 'W12.clone.1k', needs: ['clone'], check: 2, make: () => clone(subject) },
  ]
}

/** Versions rotate, so no text can be remembered from the last time. */
function toJson(subject, size) {
  const base = subject.tree(BRANCH[size])
  const changes = places(11, 8, BRANCH[size])
  const versions = changes.map((place, at) => subject.setLeaf(base, subject.path(place), 5000 + at))
  let turn = 0
  let text = ''
  return {
    run(count) {
      let length = 0
      for (let n = 0; n < count; n++) {
        text = subject.toJson(versions[turn++ & 7])
        length += text.length
      }
      return length
    },
    result: () => withoutTypes(JSON.parse(text)),
  }
}

/** The tags of classes are no part of the data; they are taken out before results are compared. */
function withoutTypes(value) {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutTypes)
  const pairs = Object.entries(value).filter(([key]) => !key.startsWith('_'))
  return Object.fromEntries(pairs.map(([key, field]) => [key, withoutTypes(field)]))
}

function fromJson(subject, size) {
  const text = subject.toJson(subject.tree(BRANCH[size]))
  let last
  return {
    run(count) {
      for (let n = 0; n < count; n++) last = subject.fromJson(text)
      return count
    },
    result: () => subject.toPlain(last),
  }
}

/** A checked tree from plain data. */
function construct(subject, size) {
  const source = plainTree(BRANCH[size])
  let last
  return {
    run(count) {
      for (let n = 0; n < count; n++) last = subject.construct(source)
      return count
    },
    result: () => subject.toPlain(last),
  }
}

/** One constructor call for each item, children first. */
function build(subject) {
  const source = plainTree(BRANCH['1k'])
  const built = ({ num, rate, name, kind, children, attrs }) =>
    subject.build(num, rate, name, kind, children.map(built), attrs)
  let last
  return {
    run(count) {
      for (let n = 0; n < count; n++) last = built(source)
      return count
    },
    result: () => subject.toPlain(last),
  }
}

/** Copies of copies. */
function clone(subject) {
  let last = subject.tree(BRANCH['1k'])
  return {
    run(count) {
      for (let n = 0; n < count; n++) last = subject.clone(last)
      return count
    },
    result: () => [subject.toPlain(last), subject.readPath(last, pathText({ i: 1, j: 2, k: 3 }))],
  }
}
