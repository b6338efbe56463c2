import { expect } from 'chai'
import {
  constantsOf,
  GrammarTypeError,
  typesOfSamples,
  typesOfSchema,
} from '../../../src/modules/grammar/infer.ts'
import type { Sample } from '../../../src/modules/samples.ts'

const sampleOf = (inputs: Sample['inputs'], outputs: Sample['outputs'] = { y: 1 }): Sample => ({
  inputs,
  outputs,
})

describe('typesOfSchema', () => {
  it('reads the properties of an object', () => {
    const properties = {
      a: { type: 'integer' },
      b: { type: 'number' },
      c: { type: 'string' },
      d: { type: 'boolean' },
      e: { type: 'array', items: { type: 'integer' } },
      f: { type: 'array', items: { type: 'number' } },
      g: { type: 'array', items: { type: 'string' } },
      h: { type: 'array', items: { type: 'boolean' } },
    }
    expect(typesOfSchema({ type: 'object', properties }, 'inputs')).to.deep.equal({
      a: 'integer',
      b: 'number',
      c: 'string',
      d: 'boolean',
      e: 'integers',
      f: 'numbers',
      g: 'strings',
      h: 'booleans',
    })
  })

  it('names everything it has no type for', () => {
    const properties = {
      a: { type: 'object' },
      b: { type: 'integer' },
      c: { type: 'array', items: { type: 'array' } },
    }
    const known = 'must be a boolean, an integer, a number, a string, or a list of one of these'
    expect(() => typesOfSchema({ properties }, 'outputs')).to.throw(
      GrammarTypeError,
      `outputs.a ${known}, got {"type":"object"}; outputs.c ${known}, got {"type":"array","items":{"type":"array"}}`,
    )
  })

  it('needs properties', () => {
    expect(() => typesOfSchema({ type: 'integer' }, 'outputs')).to.throw(
      'outputs must be described by a schema with properties',
    )
  })
})

describe('typesOfSamples', () => {
  it('finds the narrowest types', () => {
    const samples = [sampleOf({ a: 1, xs: [] }), sampleOf({ a: 0.5, xs: [1] })]
    expect(typesOfSamples(samples, 'inputs')).to.deep.equal({ a: 'number', xs: 'integers' })
  })

  it('lets an empty list be of whatever kind the others are', () => {
    const samples = [sampleOf({ words: [], xs: [] }), sampleOf({ words: ['a'], xs: [] })]
    expect(typesOfSamples(samples, 'inputs')).to.deep.equal({ words: 'strings', xs: 'integers' })
  })

  it('names the sample and the key of what does not fit', () => {
    const samples = [
      sampleOf({ a: 1 }),
      sampleOf({ a: 'x' }),
      sampleOf({ a: { b: 1 } }),
      sampleOf({ b: 1 }),
      sampleOf([1]),
    ]
    const error = (() => {
      try {
        return typesOfSamples(samples, 'inputs')
      } catch (thrown) {
        return thrown
      }
    })() as GrammarTypeError
    expect(error.problems.map(problem => `${problem.path} ${problem.message}`)).to.deep.equal([
      'samples[1].inputs.a must be integer as in the samples before, got "x"',
      'samples[2].inputs.a must be a boolean, an integer, a number, a string, or a list of one of these, got {"b":1}',
      'samples[3].inputs.a must be there as in other samples',
      'samples[4].inputs must be a record of values by name, got [1]',
    ])
  })

  it('needs a sample', () => {
    expect(() => typesOfSamples([], 'inputs')).to.throw('samples must have inputs to find types by, got none')
  })
})

describe('constantsOf', () => {
  it('are the few outputs that come up again and again', () => {
    const samples = ['small', 'large', 'small', 'large'].map(size => sampleOf({ a: 1 }, { size }))
    expect(constantsOf(samples, { size: 'string' })).to.deep.equal(['small', 'large'])
  })

  it('are none where outputs differ', () => {
    const samples = [1, 2, 3, 4].map(y => sampleOf({ a: 1 }, { y }))
    expect(constantsOf(samples, { y: 'integer' })).to.deep.equal([])
  })
})
