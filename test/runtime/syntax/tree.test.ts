import { expect } from 'chai'
import type { Json } from '../../../src/runtime/json.ts'
import {
  findDifference,
  findFlaw,
  MAX_LEVELS,
  type ParsedNode,
  pathTo,
  readable,
  TooDeep,
  toTree,
} from '../../../src/runtime/syntax/tree.ts'

const parsed = (fields: object): ParsedNode => ({ type: 'Literal', start: 0, end: 1, ...fields })
const a = { type: 'Identifier', name: 'a' }

describe('a syntax tree', () => {
  it('is plain, and has no spelling but for what JSON cannot hold', () => {
    expect(toTree(parsed({ value: 1, raw: '1' }), false)).to.deep.equal({ type: 'Literal', value: 1 })
    expect(toTree(parsed({ value: Infinity, raw: '1e999' }), false)).to.deep.equal({
      type: 'Literal',
      value: null,
      raw: '1e999',
    })
    expect(toTree(parsed({ value: 5n, raw: '5n', bigint: '5' }), false)).to.deep.equal({
      type: 'Literal',
      value: null,
      bigint: '5',
    })
    class Node {
      readonly type = 'A'
      readonly start = 3
      readonly end = 9
      readonly absent = undefined
      readonly parts = [null, parsed({ value: 'x' })]
    }
    const tree = toTree(new Node() as unknown as ParsedNode, true)
    expect(tree).to.deep.equal({
      type: 'A',
      parts: [null, { type: 'Literal', value: 'x', range: [0, 1] }],
      range: [3, 9],
    })
    expect(Object.getPrototypeOf(tree)).to.equal(Object.prototype)
  })

  it('has a bound of depth', () => {
    const chain = (depth: number): ParsedNode => parsed(depth === 0 ? {} : { value: chain(depth - 1) })
    expect(toTree(chain(MAX_LEVELS - 1), false).type).to.equal('Literal')
    expect(() => toTree(chain(MAX_LEVELS), false)).to.throw(TooDeep)
    const circular: Record<string, unknown> = { type: 'Program' }
    circular.body = circular
    expect(() => findFlaw(circular, 10_000)).to.throw(TooDeep)
  })

  it('is checked before it is printed', () => {
    const program = (part: unknown) => ({ type: 'Program', body: [part] })
    expect(findFlaw(program(a), 10)).to.equal(undefined)
    expect(findFlaw(program(Number.NaN), 10)).to.deep.equal({
      path: '.body[0]',
      message: 'is NaN, which JSON cannot hold',
    })
    expect(findFlaw(program(undefined), 10)).to.deep.equal({
      path: '.body[0]',
      message: 'is undefined, which JSON cannot hold',
    })
    expect(findFlaw(program([[], []]), 4)?.message).to.include('more than 4 parts')
    expect(findFlaw(a, 10)?.message).to.include('Program')
  })

  it('differs from another in a place, or not', () => {
    const differ = (left: Json, right: Json) => {
      const difference = findDifference(left, right)
      return difference && `${readable(difference.path)} ${difference.message}`.trim()
    }
    expect(differ({ body: [a] }, { body: [{ name: 'a', type: 'Identifier' }] })).to.equal(undefined)
    expect(differ({ ...a, range: [0, 1], start: 0 }, a)).to.equal(undefined)
    expect(differ({ ...a, name: 'b' }, a)).to.equal('name "b" would be read back as "a"')
    expect(differ({ body: [a] }, { body: [] })).to.equal('body[0] it has no such part')
    expect(differ(a, { ...a, optional: true })).to.equal('optional is missing: true')
    expect(differ([a], a)).to.equal('a list of 1 would be read back as Identifier')
    expect(
      differ({ type: 'Literal', value: null, raw: '1e999' }, { type: 'Literal', value: null, raw: '2e999' }),
    ).to.equal('raw "1e999" would be read back as "2e999"')
  })

  it('tells where a part stands', () => {
    const part = { type: 'X' }
    expect(readable(pathTo(part, { body: [1, { left: part }] })!)).to.equal('body[1].left')
    expect(pathTo({}, { body: [] })).to.equal(undefined)
  })
})
