// W4 lists of integers and W5 dicts from text to integer, from 10 elements to 1,000,000. Setting is chained;
// insert, delete and add start from the same base each time, so their size stays what the row says.

import { plainDict, plainList } from '../data.mjs'

const LISTS = { 10: 10, '1k': 1000, '100k': 100_000, '1M': 1_000_000 }
const DICTS = { 10: 10, '1k': 1000, '100k': 100_000 }

/** immer needs 150 ms and more to insert into 100,000 elements. */
const TOO_SLOW = { '100k': ['immer'], '1M': ['immer'] }

export function rows(subject) {
  const lists = Object.entries(LISTS).flatMap(([size, length]) => {
    const collect = length > 1000 ? 'always' : undefined
    const skip = TOO_SLOW[size]
    return [
      { id: `W4.set.${size}`, needs: ['setAt'], check: 30, collect, make: () => set(subject, length) },
      {
        id: `W4.insert.${size}`,
        needs: ['insertAt'],
        check: 3,
        collect,
        skip,
        make: () => insert(subject, length),
      },
      {
        id: `W4.delete.${size}`,
        needs: ['deleteAt'],
        check: 3,
        collect,
        skip,
        make: () => remove(subject, length),
      },
    ]
  })
  const dicts = Object.entries(DICTS).flatMap(([size, length]) => {
    const collect = length > 1000 ? 'always' : undefined
    return [
      { id: `W5.set.${size}`, needs: ['setKey'], check: 2, collect, make: () => setKey(subject, length) },
      { id: `W5.add.${size}`, needs: ['setKey'], check: 2, collect, make: () => addKey(subject, length) },
    ]
  })
  const append = { id: 'W4.append.1k', needs: ['append'], check: 900, make: () => appendOneByOne(subject) }
  return [...lists, append, ...dicts]
}

function set(subject, length) {
  let state = subject.list(plainList(length))
  let turn = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) {
        state = subject.setAt(state, (turn * 7919) % length, turn)
        turn++
      }
      return turn
    },
    result: () => subject.toPlain(state),
  }
}

function insert(subject, length) {
  const base = subject.list(plainList(length))
  const middle = length >> 1
  let last = base
  let turn = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) last = subject.insertAt(base, middle, turn++)
      return turn
    },
    result: () => subject.toPlain(last),
  }
}

function remove(subject, length) {
  const base = subject.list(plainList(length))
  const middle = length >> 1
  let last = base
  return {
    run(count) {
      for (let n = 0; n < count; n++) last = subject.deleteAt(base, middle)
      return count
    },
    result: () => subject.toPlain(last),
  }
}

/** From nothing to 1,000 elements, one by one, then again; one operation is one element. */
function appendOneByOne(subject) {
  const empty = subject.list([])
  let state = empty
  let length = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) {
        if (length === 1000) {
          state = empty
          length = 0
        }
        state = subject.append(state, length++)
      }
      return length
    },
    result: () => subject.toPlain(state),
  }
}

function setKey(subject, size) {
  const source = plainDict(size)
  const keys = Object.keys(source)
  let state = subject.dict(source)
  let turn = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) {
        state = subject.setKey(state, keys[(turn * 7919) % size], turn)
        turn++
      }
      return turn
    },
    result: () => subject.toPlain(state),
  }
}

function addKey(subject, size) {
  const base = subject.dict(plainDict(size))
  const keys = Array.from({ length: 1024 }, (_, at) => `new${at}`)
  let last = base
  let turn = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) {
        last = subject.setKey(base, keys[turn % 1024], turn)
        turn++
      }
      return turn
    },
    result: () => subject.toPlain(last),
  }
}
