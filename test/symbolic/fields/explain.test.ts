/** The words of refusals: every problem, each with its place, told once. */

import { expect } from 'chai'
import fc from 'fast-check'
import { specOf } from '../../../src/symbolic/class-spec.ts'
import { unknownField } from '../../../src/symbolic/fields/explain.ts'
import { constructRefusal } from '../../../src/symbolic/fields/refusal.ts'
import {
  describeField,
  type Field,
  FieldError,
  f,
  problemsOf,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { Dense, Model } from '../../support/model.ts'
import { runs } from '../../support/random.ts'
import { refusal } from '../../support/refusal.ts'

class Tags extends SymObject.define('explain.Tags', { tags: f.list(f.string({ pattern: /^\w+$/ })) }) {}

describe('describeField', () => {
  it('says what a field takes', () => {
    const rows: [Field, string][] = [
      [f.int(), 'integer'],
      [f.int({ min: 1 }), 'integer of at least 1'],
      [f.float({ max: 1 }), 'number of at most 1'],
      [f.float({ min: 0, max: 1 }), 'number from 0 to 1'],
      [f.bool(), 'boolean'],
      [f.string(), 'string'],
      [f.string({ minLength: 2, maxLength: 2 }), 'string of 2 characters'],
      [f.string({ minLength: 2 }), 'string of at least 2 characters'],
      [f.string({ maxLength: 2, pattern: /a/ }), 'string of at most 2 characters matching /a/'],
      [f.enum('a', 1), `one of 'a', 1`],
      [f.literal(true), 'true'],
      [f.list(f.int({ min: 1 })), 'list of integers of at least 1'],
      [f.list(f.any()), 'list of values'],
      [f.dict(f.list(f.bool())), 'dict of lists of booleans'],
      [f.object(Dense), 'support.Dense'],
      [f.lazy(() => Dense).nullable(), 'support.Dense or null'],
      [f.union(f.int(), f.string()), 'integer or string'],
      [f.any(), 'value'],
    ]
    for (const [field, words] of rows) expect(describeField(field)).to.equal(words)
  })
})

describe('refusals', () => {
  it('list up to twenty problems, and count the rest', () => {
    const error = refusal(() => new Tags({ tags: Array.from({ length: 25 }, () => '!') }), FieldError)
    expect(error.problems).to.have.length(25)
    expect(error.path).to.equal('tags[0]')
    const lines = error.message.split('\n')
    expect(lines[0]).to.equal('25 problems:')
    expect(lines).to.have.length(22)
    expect(lines.at(-1)).to.equal('  and 5 more')
  })

  it('suggest the field that was meant', () => {
    expect(unknownField(specOf(Dense), 'unitz')).to.equal(
      `is not a field of support.Dense; did you mean 'units'?`,
    )
    expect(unknownField(specOf(Dense), 'zzzz')).to.equal(
      'is not a field of support.Dense; its fields are name, units, activation',
    )
  })

  it('show values shortly, whatever they are', () => {
    const message = (value: unknown): string => problemsOf(f.int(), value)[0]?.message ?? ''
    expect(message('x'.repeat(1000)).length).to.be.lessThan(120)
    expect(message(new Dense({ units: 1 }))).to.match(/got Dense\(name='', units=1, activation='relu'\)/)
    expect(message(new Date(0))).to.match(/got Date\(1970-01-01T00:00:00\.000Z\)/)
    expect(message(new Map())).to.match(/an instance of Map/)
    expect(message(function named() {})).to.match(/function named/)
    expect(message(Symbol('s'))).to.match(/Symbol\(s\)/)
    const loop: unknown[] = []
    loop.push(loop)
    expect(message(loop)).to.match(/got a list/)
    expect(
      message({
        toJSON: () => {
          throw new Error('mine')
        },
      }),
    ).to.match(/got an object/)
  })

  it('never find a problem where there is none, or none where there is one', () => {
    const fields: Field[] = [
      f.int({ min: 0 }),
      f.list(f.int(), { maxSize: 2 }),
      f.dict(f.list(f.bool())),
      f.union(f.int(), f.list(f.string())),
      f.any(),
      f.object(Dense).nullable(),
      f.enum('a', null),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.anything(), (field, value) => {
        let isAccepted = true
        try {
          field.default(value)
        } catch (error) {
          if (!(error instanceof FieldError)) throw error
          isAccepted = false
          expect(error.message.length).to.be.lessThan(5000)
        }
        expect(problemsOf(field, value).length === 0).to.equal(isAccepted)
      }),
      { numRuns: runs(1500) },
    )
  })

  it('do not call what users put into plain data', () => {
    const trap = { standsFor: () => expect.fail('called') }
    expect(problemsOf(f.list(f.int()), [trap]).map(each => each.path)).to.deep.equal(['[0]'])
    expect(problemsOf(f.int(), [trap])).to.have.length(1)
    expect(problemsOf(f.any(), [undefined, trap])).to.have.length(1)
  })

  it('tell a cycle from other depths', () => {
    const loop: Record<string, unknown> = {}
    loop.self = loop
    const [problem] = problemsOf(f.any(), loop)
    expect(problem?.message).to.match(/is it a cycle, or nested deeper than 1000 levels\?/)
  })

  it('have something to say in any case', () => {
    expect(constructRefusal(specOf(Model), { layers: [], head: new Dense({ units: 1 }) }).message).to.match(
      /does not fit/,
    )
  })
})
