/** Limits for text that nobody vouches for: each is exact, and says what it is. */

import { expect } from 'chai'
import {
  fromJson,
  fromJsonString,
  JsonError,
  type ReadOptions,
  SymError,
} from '../../../src/symbolic/index.ts'
import { Dense } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const reads = (text: string, options: ReadOptions): boolean =>
  fromJsonString(text, options).toJsonString() === text

describe('limits', () => {
  it('on the size count bytes, not characters', () => {
    expect(reads('["ab"]', { maxSize: 6 })).to.equal(true)
    refusal(
      () => reads('["abc"]', { maxSize: 6 }),
      JsonError,
      /^the text has 7 bytes, more than maxSize 6 allows/,
    )
    expect(reads('["äö"]', { maxSize: 8 })).to.equal(true)
    refusal(() => reads('["äö"]', { maxSize: 7 }), JsonError, /has 8 bytes/)
  })

  it('on depth count the levels below the root', () => {
    expect(reads('[[[1]],{"a":{}}]', { maxDepth: 2 })).to.equal(true)
    const error = refusal(
      () => reads('{"a":[{"b":[]}]}', { maxDepth: 2 }),
      JsonError,
      /nested deeper than maxDepth 2/,
    )
    expect(error.path).to.equal('a[0].b')
    expect(reads('[1]', { maxDepth: 0 })).to.equal(true)
    refusal(() => reads('[[]]', { maxDepth: 0 }), JsonError)
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    for (const options of [{ maxDepth: 100 }, { maxNodes: 1000 }, { maxDepth: 1000 }, { maxNodes: 1e9 }]) {
      const { message } = refusal(() => reads(deep, options), JsonError)
      expect(message).to.have.length.lessThan(200)
    }
  })

  it('on values count every array, object and leaf', () => {
    expect(reads('[1,{"a":null}]', { maxNodes: 4 })).to.equal(true)
    const error = refusal(
      () => reads('[1,{"a":null}]', { maxNodes: 3 }),
      JsonError,
      /more values than maxNodes 3/,
    )
    expect(error.path).to.equal('[1].a')
    expect(fromJson({ units: 3 }, Dense, { maxNodes: 2 }).units).to.equal(3)
    refusal(() => fromJson({ units: 3 }, Dense, { maxNodes: 1 }), JsonError)
  })

  it('must be limits', () => {
    for (const options of [{ maxDepth: -1 }, { maxNodes: Number.NaN }, { maxSize: '5' as never }]) {
      refusal(() => fromJsonString('[]', options), SymError, /must be a number of at least 0/)
    }
    refusal(() => fromJsonString('[]', { maxDepth: 2000 }), SymError, /maxDepth can be at most 1000/)
  })

  it('take nodes among the data for what they are', () => {
    const head = new Dense({ units: 3 })
    const options = { maxNodes: 3, maxDepth: 1 }
    expect(fromJson({ a: [head] }, options).get('a[0].units' as never)).to.equal(3)
  })

  it('stop at cycles too', () => {
    const loop: unknown[] = []
    loop.push(loop, loop)
    refusal(() => fromJson(loop, { maxNodes: 1e6 }), JsonError, /nested deeper than maxDepth 1000/)
  })
})
