/** Options of fields: each gives a new field, and none touches the one it came from. */

import { expect } from 'chai'
import {
  FieldError,
  f,
  fieldOf,
  fromJson,
  problemsOf,
  SymList,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { refusal } from '../../support/refusal.ts'

describe('a field', () => {
  it('is a value: options leave the original as it was', () => {
    const plain = f.int({ min: 1 })
    const fancy = plain
      .nullable()
      .default(3)
      .trainable()
      .describe('How many.')
      .meta({ unit: 'px' })
      .meta({ step: 2 })
    expect(fancy.description).to.equal('How many.')
    expect(fancy.metadata).to.deep.equal({ unit: 'px', step: 2 })
    expect(fancy.isTrainable).to.equal(true)
    expect(fancy.trainable(false).isTrainable).to.equal(false)
    expect(plain.description).to.equal('')
    expect(plain.metadata).to.deep.equal({})
    expect(plain.isTrainable).to.equal(false)
    expect(problemsOf(plain, null)).to.have.length(1)
    expect(problemsOf(fancy, null)).to.have.length(0)
  })

  it('checks its default at once', () => {
    refusal(() => f.int({ min: 1 }).default(0), FieldError, /default must be an integer of at least 1, got 0/)
    refusal(() => f.list(f.int()).default(['x' as never]), FieldError, /default\[0\] must be an integer/)
    refusal(() => f.string().frozen(5 as never), FieldError, /must be a string/)
    refusal(() => f.int().default(null as never), FieldError)
    expect(() => f.int().nullable().default(null)).not.to.throw()
  })

  it('shares its default between all who take it, safely', () => {
    class Shares extends SymObject.define('field.Shares', { list: f.list(f.int()).default([1]) }) {}
    const one = new Shares()
    const two = new Shares()
    expect(one.list.token).to.equal(two.list.token)
    expect(one.list).not.to.equal(two.list)
    expect(one.rebind([['list[0]', 5]]).list.at(0)).to.equal(5)
    expect(new Shares().list.at(0)).to.equal(1)
  })

  it('is empty when asked: orEmpty', () => {
    class Empty extends SymObject.define('field.Empty', {
      list: f.list(f.int()).orEmpty(),
      dict: f.dict().orEmpty(),
    }) {}
    expect(new Empty().toString()).to.equal('Empty(list=[], dict={})')
    refusal(() => f.list(f.int(), { minSize: 1 }).orEmpty(), FieldError, /at least 1 elements, got 0/)
  })

  it('tells its class what it says of itself', () => {
    class Says extends SymObject.define('field.Says', { n: f.int().describe('A number.').trainable() }) {}
    expect(fieldOf(Says, 'n').description).to.equal('A number.')
    expect(fieldOf(Says, 'n').isTrainable).to.equal(true)
  })

  it('takes what its transform makes of a value', () => {
    class Sent extends SymObject.define('field.Sent', {
      name: f.string({ minLength: 1 }).transform((name: string) => name.trim()),
      count: f
        .int()
        .transform((count: number | string) => Number(count))
        .nullable()
        .default('3'),
      tags: f
        .list(f.string())
        .transform((tags: string | readonly string[]) =>
          typeof tags === 'string' ? tags.split(',') : [...tags],
        ),
    }) {}
    const sent = new Sent({ name: ' a ', tags: 'x,y' })
    expect(sent.toString()).to.equal("Sent(name='a', count=3, tags=['x', 'y'])")
    expect(sent.rebind({ name: 'b ', count: null }).toJS()).to.deep.equal({
      name: 'b',
      count: null,
      tags: ['x', 'y'],
    })
    expect(sent.rebind([['tags[0]', 'z']]).tags.at(0)).to.equal('z')
    expect(sent.rebind({ count: '7' }).count).to.equal(7)
    expect(fromJson({ name: 'c ', count: '5', tags: 'p' }, Sent).toJS()).to.deep.equal({
      name: 'c',
      count: 5,
      tags: ['p'],
    })
    refusal(
      () => sent.rebind({ name: '  ' }),
      FieldError,
      /^field\.Sent\.name must be a string of at least 1 characters, got ''$/,
    )
    refusal(
      () => new Sent({ name: 5 as never, tags: 'a' }),
      FieldError,
      /name could not be transformed: name\.trim is not/,
    )
    refusal(
      () => new Sent({ name: 'a', tags: [1 as never] }),
      FieldError,
      /^field\.Sent\.tags\[0\] must be a string, got 1$/,
    )
    const error = refusal(() => new Sent({ name: 5 as never, tags: 5 as never }), FieldError, /2 problems/)
    expect(error.problems.map(each => each.path)).to.deep.equal(['name', 'tags'])
  })

  it('hands nodes to its transform, and neither null, absence nor stand-ins', () => {
    const seen: unknown[] = []
    const look = <Value>(value: Value): Value => {
      seen.push(value)
      return value
    }
    class Looks extends SymObject.define('field.Looks', {
      a: f.list(f.int()).transform<SymList<number> | readonly number[]>(look),
      b: f.int().transform(look).nullable().optional(),
      c: f
        .list(
          f
            .int()
            .transform(look)
            .transform((n: number) => n + 1),
        )
        .orEmpty(),
    }) {}
    const looks = new Looks({ a: SymList.from([1]), b: null })
    expect(seen.splice(0)).to.satisfy(([list]: [unknown]) => list instanceof SymList)
    looks.rebind({ a: looks.a, b: undefined, c: [1, 2] })
    expect(seen[0]).to.be.instanceOf(SymList)
    expect(seen.slice(1)).to.deep.equal([2, 3])
    const failing = f.union(
      f.int().transform((n: number) => {
        throw new FieldError('', `no ${n}`)
      }),
      f.string(),
    )
    expect(problemsOf(failing, 'x')).to.have.length(0)
    expect(problemsOf(failing.rules.options[0] as never, 1)[0]?.message).to.equal('no 1')
  })
})
