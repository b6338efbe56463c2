import { expect } from 'chai'
import fc from 'fast-check'
import { foldKey, freeKey, numberedKey, pluralKey } from '../../../src/modules/operators/keys.ts'

describe('numberedKey', () => {
  it('takes off a number as we write numbers', () => {
    expect(['a_2', 'a_1_2', '_7'].map(key => numberedKey(key))).to.deep.equal([
      { base: 'a', number: 2 },
      { base: 'a_1', number: 2 },
      { base: '', number: 7 },
    ])
    const bases = ['a', 'a_0', 'a_01', 'a2', 'a_', 'a_99999999999999999999']
    expect(bases.map(key => numberedKey(key).number)).to.deep.equal(bases.map(() => 0))
  })
})

describe('freeKey', () => {
  it('gives the lowest free number of the base', () => {
    const free = (key: string, ...taken: string[]) => freeKey(key, other => taken.includes(other))
    expect(free('q')).to.equal('q')
    expect(free('q', 'q')).to.equal('q_1')
    expect(free('q_1', 'q_1')).to.equal('q_2')
    expect(free('q_1', 'q', 'q_1', 'q_3')).to.equal('q_2')
    expect(free('q_1_1', 'q_1_1')).to.equal('q_1_2')
  })

  it('gives the same keys however they come together', () => {
    const keys = fc.array(
      fc.constantFrom('q', 'q_1', 'q_2', 'q_3', 'p', 'q_1_1').map(key => key),
      { maxLength: 5 },
    )
    const join = (first: readonly string[], second: readonly string[]) => {
      const all = [...first]
      for (const key of second) all.push(freeKey(key, other => all.includes(other)))
      return all
    }
    const distinct = (all: readonly string[]) => join([], all)
    fc.assert(
      fc.property(keys, keys, keys, (a, b, c) => {
        const [x, y, z] = [distinct(a), distinct(b), distinct(c)]
        expect(join(join(x, y), z)).to.deep.equal(join(x, join(y, z)))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('foldKey', () => {
  it('folds as far as it is asked to', () => {
    expect(foldKey('answers_2', undefined)).to.equal('answers_2')
    expect(foldKey('answers_2', 'suffix')).to.equal('answers')
    expect(foldKey('best_answers_2', 'plural')).to.equal('best_answer')
  })

  it('leaves words alone that only look like plurals', () => {
    const words = ['status', 'class', 'analysis', 'news', 'data', 'bus', 'series']
    expect(words.map(word => foldKey(word, 'plural'))).to.deep.equal(words)
  })
})

describe('pluralKey', () => {
  it('is undone by folding', () => {
    const words = [
      'query',
      'class',
      'match',
      'box',
      'status',
      'bus',
      'index',
      'child',
      'key',
      'best_answer',
      'day',
    ]
    expect(words.map(word => foldKey(pluralKey(word), 'plural'))).to.deep.equal(words)
    expect(words.map(pluralKey).slice(0, 4)).to.deep.equal(['queries', 'classes', 'matches', 'boxes'])
  })

  it('leaves plurals as they are', () => {
    expect(['queries', 'children', 'data', 'statuses'].map(pluralKey)).to.deep.equal([
      'queries',
      'children',
      'data',
      'statuses',
    ])
  })
})
