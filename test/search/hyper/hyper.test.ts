import { expect } from 'chai'
import { FloatV, floatV, IntV, intV, OneOf, oneOf, SpaceError } from '../../../src/search/index.ts'
import { FieldError, f, fromJson, SymDict, SymObject } from '../../../src/symbolic/index.ts'

class Dense extends SymObject.define('test.search.hyper.Dense', {
  units: f.int({ min: 1 }),
  activation: f.enum('relu', 'gelu').default('relu'),
}) {}

class Pool extends SymObject.define('test.search.hyper.Pool', { size: f.enum(2, 3).default(2) }) {}

class Model extends SymObject.define('test.search.hyper.Model', {
  head: f.object(Dense),
  sizes: f.list(f.int({ max: 9 }), { minSize: 1 }).default([1]),
  options: f.dict(f.bool()).default({}),
  rate: f.float({ min: 0, max: 1 }).default(0.5),
  note: f.union(f.string(), f.int({ min: 0 })).default(''),
  name: f.string().nullable().default(null),
  anything: f.any().default(0),
}) {}

const dense = new Dense({ units: 3 })
const model = (values: Partial<ConstructorParameters<typeof Model>[0]>) =>
  new Model({ head: dense, ...values })

describe('hyper values', () => {
  it('are typed as what they will become, and compile where that is wanted', () => {
    const units: number = oneOf([32, 64])
    const activation: 'relu' | 'gelu' = oneOf(['relu', 'gelu'])
    const layer: Dense | Pool = oneOf([dense, new Pool()])
    expect(new Dense({ units, activation })).to.be.instanceOf(Dense)
    expect(layer).to.be.instanceOf(OneOf)
    // @ts-expect-error a candidate is no number
    expect(() => new Dense({ units: oneOf([3, 'x']) })).to.throw(FieldError)
    // @ts-expect-error a candidate is no activation
    expect(() => new Dense({ units: 1, activation: oneOf(['relu', 'tanh']) })).to.throw(FieldError)
  })

  it('stand in fields of every kind', () => {
    const open = model({
      head: oneOf([dense, new Dense({ units: intV(1, 5) })]),
      sizes: oneOf([[1, 2], [oneOf([3, 4])]]),
      options: { a: oneOf([true, false]) },
      rate: floatV(0.1, 1),
      note: oneOf(['text', 5]),
      name: oneOf([null, 'some']),
      anything: floatV(-5, 5),
    })
    expect(open.get('rate')).to.be.instanceOf(FloatV)
    expect(open.get('options.a')).to.be.instanceOf(OneOf)
    expect(SymDict.from({ x: intV(1, 2) }).at('x')).to.be.instanceOf(IntV)
  })

  it('stand where a rebind puts them', () => {
    const open = model({}).rebind({ 'head.units': oneOf([10, 20]), 'sizes[0]': intV(1, 9) })
    expect(open.head.units).to.be.instanceOf(OneOf)
    expect(open.sizes.at(0)).to.be.instanceOf(IntV)
  })

  it('are saved and loaded with the tree', () => {
    const open = model({
      head: oneOf([dense]),
      rate: floatV(0.1, 1, { scale: 'log', name: 'lr' }),
      note: intV(0, 4),
    })
    expect(fromJson(JSON.parse(JSON.stringify(open)), Model).equals(open)).to.equal(true)
  })

  it('are refused with the candidate, and what is wrong with it', () => {
    const refused = (make: () => unknown): string => {
      try {
        make()
      } catch (error) {
        expect(error).to.be.instanceOf(FieldError)
        return (error as Error).message
      }
      return 'accepted'
    }
    expect(refused(() => new Dense({ units: oneOf([32, 0]) }))).to.equal(
      'test.search.hyper.Dense.units cannot be this oneOf: candidates[1] must be an integer of at least 1, got 0',
    )
    expect(refused(() => model({ sizes: oneOf([[1], [2, 10]]) }))).to.contain(
      'candidates[1][1] must be an integer of at most 9, got 10',
    )
    expect(refused(() => model({ sizes: oneOf([[1], []]) }))).to.contain(
      'candidates[1] must have at least 1 elements',
    )
    expect(refused(() => model({ sizes: [oneOf([1, oneOf([2, 30])])] }))).to.contain(
      'sizes[0] cannot be this oneOf: candidates[1] cannot be this oneOf: candidates[1] must be',
    )
    expect(refused(() => model({ rate: floatV(0.5, 1.5) }))).to.equal(
      'test.search.hyper.Model.rate cannot be this floatV from 0.5 to 1.5: it must be a number from 0 to 1, got 1.5',
    )
    expect(refused(() => new Dense({ units: floatV(1, 2) }))).to.contain(
      'units cannot be this floatV from 1 to 2: it must be an integer of at least 1, got 1.38',
    )
    expect(refused(() => new Dense({ units: intV(0, 5) }))).to.contain(
      'units cannot be this intV from 0 to 5: it must be an integer of at least 1, got 0',
    )
    expect(refused(() => new Pool({ size: intV(2, 3) as 2 }))).to.equal('accepted')
    expect(refused(() => new Pool({ size: intV(1, 3) as 2 }))).to.contain('it must be one of 2, 3, got 1')
    expect(refused(() => model({ note: intV(0, 5) }))).to.equal('accepted')
    expect(refused(() => model({ note: intV(-1, 5) }))).to.contain(
      'note cannot be this intV from -1 to 5: none of string or integer of at least 0 takes all of it',
    )
    expect(refused(() => model({}).rebind({ 'head.units': oneOf([0]) }))).to.contain(
      'head.units cannot be this oneOf',
    )
  })

  it('are refused in JSON when they make no sense', () => {
    for (const type of ['Hyper', 'Leaf', 'Choice']) {
      expect(() => fromJson({ _type: `search.${type}`, candidates: [1] }), type).to.throw(
        /abstract|not been used/,
      )
    }
    expect(() => fromJson({ _type: 'search.OneOf', candidates: [] })).to.throw(
      FieldError,
      'at least 1 elements',
    )
    expect(() => fromJson({ _type: 'search.IntV', min: 3, max: 1 })).to.throw(SpaceError, 'holds nothing')
  })
})
