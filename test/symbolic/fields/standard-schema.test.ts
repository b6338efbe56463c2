/** Schemas of zod, valibot and ArkType as fields, and fields and classes as Standard Schemas. */

import { type } from 'arktype'
import { expect } from 'chai'
import * as v from 'valibot'
import { z } from 'zod'
import { tightened } from '../../../src/symbolic/fields/tighten.ts'
import {
  DefinitionError,
  FieldError,
  f,
  fromJson,
  problemsOf,
  SymObject,
  toJsonSchema,
} from '../../../src/symbolic/index.ts'
import { Dense } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const schemas = {
  zod: z.object({ name: z.string().min(1), n: z.number().default(1) }),
  valibot: v.object({ name: v.pipe(v.string(), v.minLength(1)), n: v.optional(v.number(), 1) }),
  arktype: type({ name: 'string >= 1', n: 'number = 1' }),
}

class Zod extends SymObject.define('standard-schema.Zod', { v: f.standard(schemas.zod) }) {}
class Valibot extends SymObject.define('standard-schema.Valibot', { v: f.standard(schemas.valibot) }) {}
class Arktype extends SymObject.define('standard-schema.Arktype', { v: f.standard(schemas.arktype) }) {}

describe('f.standard', () => {
  for (const Class of [Zod, Valibot, Arktype]) {
    it(`takes what a schema takes, and stores what it gives (${Class.typeName})`, () => {
      const host = new (Class as typeof Zod)({ v: { name: 'a' } })
      expect(host.v.toString()).to.equal(`{name: 'a', n: 1}`)
      expect(host.rebind([['v.name', 'b']]).v.toJSON()).to.deep.equal({ name: 'b', n: 1 })
      refusal(() => host.rebind([['v.name', '']]), FieldError, /\.v\.name does not fit: /)
      refusal(
        () =>
          host.rebind([
            ['v.name', ''],
            ['v.n', 2],
          ]),
        FieldError,
        /\.v\.name does not fit: /,
      )
      const error = refusal(() => new (Class as typeof Zod)({ v: { name: '', n: 'x' as never } }), FieldError)
      expect(error.problems.map(each => each.path)).to.have.members(['v.name', 'v.n'])
      expect(fromJson(host.toJSON(), Class as typeof Zod).equals(host)).to.equal(true)
    })
  }

  it('works on plain values, lists and dates', () => {
    const dates = f.standard(z.array(z.date()))
    expect(problemsOf(dates, [new Date(0)])).to.deep.equal([])
    expect(problemsOf(dates, ['x'])[0]?.path).to.equal('[0]')
    expect(problemsOf(f.standard(z.coerce.number()), '5')).to.deep.equal([])
    expect(problemsOf(f.standard(z.string()).nullable(), null)).to.deep.equal([])
    expect(problemsOf(f.standard(z.string()), undefined)).to.have.length(1)
    expect(problemsOf(f.standard(z.string()), 5)[0]?.message).to.match(/^does not fit: /)
    class Sparse extends SymObject.define('standard-schema.Sparse', {
      v: f.standard(z.any().transform(() => ({ a: undefined, b: [{ c: undefined }] }))),
    }) {}
    expect(new Sparse({ v: 1 }).toJSON()).to.deep.include({ v: { b: [{}] } })
  })

  it('refuses schemas that answer later, that throw, and what is none', () => {
    const later = f.standard(z.string().refine(async () => true))
    expect(problemsOf(later, 'x')[0]?.message).to.match(/cannot be checked: /)
    const slow = f.standard({
      '~standard': { version: 1, vendor: 'slow', validate: async value => ({ value }) },
    })
    expect(problemsOf(slow, 'x')[0]?.message).to.equal(
      'cannot be checked: the slow schema answers later, and fields are checked at once',
    )
    for (const value of [null, {}, z, { '~standard': { version: 2 } }]) {
      refusal(() => f.standard(value as never), DefinitionError, /takes a Standard Schema of version 1/)
    }
    refusal(
      () => tightened('x', f.standard(z.string()), f.standard(z.string())),
      DefinitionError,
      /cannot be told/,
    )
  })

  it('has the JSON Schema that its library gives', () => {
    const { $schema, ...schema } = toJsonSchema(f.standard(z.object({ a: z.number() })))
    expect(schema).to.deep.include({ type: 'object', required: ['a'] })
    const silent = f.standard({
      '~standard': { version: 1, vendor: 'silent', validate: value => ({ value }) },
    })
    refusal(() => toJsonSchema(silent), DefinitionError, /cannot say what a Standard Schema takes/)
    expect(toJsonSchema(silent, { unsayable: 'widen' })).to.have.keys('$schema')
  })
})

describe('fields and classes as Standard Schemas', () => {
  it('answer at once, with a value or with issues that have paths', () => {
    const field = f.list(f.object(Dense))['~standard']
    expect(field.version).to.equal(1)
    expect(field.vendor).to.equal('espalier')
    const good = field.validate([{ units: 3 }])
    expect((good as { value: { at(i: number): Dense } }).value.at(0).units).to.equal(3)
    expect(field.validate([{ units: 0 }]).issues).to.deep.equal([
      { message: 'must be an integer of at least 1, got 0', path: [0, 'units'] },
    ])
    const dense = new Dense({ units: 1 })
    expect(Dense['~standard'].validate(dense)).to.deep.equal({ value: dense })
    expect((Dense['~standard'].validate({ units: 2 }) as { value: Dense }).value).to.be.instanceOf(Dense)
    expect(Dense['~standard'].validate({ units: 'x' }).issues?.[0]?.path).to.deep.equal(['units'])
    expect(Dense['~standard'].validate(5).issues).to.have.length(1)
    expect(f.int()['~standard'].validate(5)).to.deep.equal({ value: 5 })
  })

  it('may be fields again', () => {
    expect(problemsOf(f.standard(f.int({ min: 1 })), 0)[0]?.message).to.equal(
      'does not fit: must be an integer of at least 1, got 0',
    )
    expect(problemsOf(f.standard(f.int({ min: 1 })), 1)).to.deep.equal([])
  })
})
