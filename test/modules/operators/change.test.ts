import { expect } from 'chai'
import fc from 'fast-check'
import type { Json } from '../../../src/modules/json.ts'
import type { Change } from '../../../src/modules/operators/change.ts'
import { containsKeysOf } from '../../../src/modules/operators/contains.ts'
import { factorized } from '../../../src/modules/operators/factorize.ts'
import { maskingOf } from '../../../src/modules/operators/mask.ts'
import { masked } from '../../../src/modules/operators/mask-schema.ts'
import { eitherOf, mergeOf } from '../../../src/modules/operators/merge.ts'
import { prefixed, suffixed } from '../../../src/modules/operators/rename.ts'
import { type CheckedSchema, checkedSchema } from '../../../src/modules/schema-check.ts'
import { fits } from './fits.ts'
import { fitting, KEYS, plainlyFitting } from './random-schemas.ts'

describe('the laws of operators', function () {
  this.timeout(600_000)
  const runs = { numRuns: Number(process.env.ESPALIER_LAW_RUNS ?? 200) }
  const agree = ({ schema }: CheckedSchema, value: Json): void => {
    if (!fits(schema, value)) expect.fail(`${JSON.stringify(value)} does not fit ${JSON.stringify(schema)}`)
  }
  const mask = fc.uniqueArray(fc.oneof(fc.constantFrom(...KEYS), fc.constantFrom(/^a/, /s$/g)), {
    minLength: 1,
  })
  const options = fc.record({
    recursive: fc.boolean(),
    fold: fc.constantFrom(undefined, 'suffix' as const, 'plural' as const),
  })

  const holdsFor = (operator: (checked: CheckedSchema) => Change): void =>
    fc.assert(
      fc.property(fitting(), ({ checked, value }) => {
        const change = operator(checked)
        agree(change.checked, change.apply(value))
      }),
      runs,
    )

  it('a schema accepts what an operator makes of a value: prefix and suffix', () => {
    holdsFor(checked => prefixed(checked, 'p'))
    holdsFor(checked => suffixed(checked, '1'))
  })

  it('a schema accepts what an operator makes of a value: factorize', () => {
    holdsFor(checked => factorized(checked, 'suffix'))
    holdsFor(checked => factorized(checked, 'plural'))
  })

  it('a schema accepts what an operator makes of a value: masks', () => {
    fc.assert(
      fc.property(fitting(), mask, options, fc.boolean(), ({ checked, value }, keys, how, keeps) => {
        const change = masked(checked, maskingOf(keeps, keys, how))
        agree(change.checked, change.apply(value))
      }),
      runs,
    )
  })

  it('a schema accepts what an operator makes of two values', () => {
    fc.assert(
      fc.property(plainlyFitting(), fitting(2), (first, second) => {
        const merge = mergeOf(first.checked, second.checked)
        const either = eitherOf([first.checked, second.checked, merge.checked])
        const value = merge.apply(first.value, second.value)
        agree(merge.checked, value)
        for (const each of [value, first.value, second.value]) agree(either, each)
        const count = (record: Json) => Object.keys(record as object).length
        expect(count(value)).to.equal(count(first.value) + count(second.value))
      }),
      runs,
    )
  })

  it('grouping does not matter to concat', () => {
    fc.assert(
      fc.property(plainlyFitting(1), plainlyFitting(1), plainlyFitting(1), (x, y, z) => {
        const [xy, yz] = [mergeOf(x.checked, y.checked), mergeOf(y.checked, z.checked)]
        const [left, right] = [mergeOf(xy.checked, z.checked), mergeOf(x.checked, yz.checked)]
        const values = [
          left.apply(xy.apply(x.value, y.value), z.value),
          right.apply(x.value, yz.apply(y.value, z.value)),
        ]
        expect(JSON.stringify(values[0])).to.equal(JSON.stringify(values[1]))
        const keys = [left, right].map(({ checked }) => Object.keys(checked.schema.properties as object))
        expect(keys[0]).to.deep.equal(keys[1])
      }),
      runs,
    )
  })

  it('a schema contains itself, and what was concatenated first', () => {
    fc.assert(
      fc.property(plainlyFitting(2), plainlyFitting(1), (first, second) => {
        expect(containsKeysOf(first.checked, first.checked)).to.equal(true)
        expect(containsKeysOf(mergeOf(first.checked, second.checked).checked, first.checked)).to.equal(true)
      }),
      runs,
    )
  })

  it('what a mask keeps and what it takes away are all there is, where it does not go deep', () => {
    fc.assert(
      fc.property(plainlyFitting(), mask, ({ checked, value }, keys) => {
        const left = [true, false].map(keeps => masked(checked, maskingOf(keeps, keys, { recursive: false })))
        const all = left.flatMap(change => Object.keys(change.apply(value) as object))
        expect(all.sort()).to.deep.equal(Object.keys(value as object).sort())
      }),
      runs,
    )
  })

  it('holds these schemas against the checker itself', () => {
    fc.assert(
      fc.property(fitting(1), fc.jsonValue({ maxDepth: 1 }), ({ checked: { schema }, value }, other) => {
        const checked = checkedSchema(schema)
        expect(checked.accepts(value)).to.equal(true)
        expect(fits(schema, other as Json)).to.equal(checked.accepts(other as Json))
      }),
      { numRuns: 10 },
    )
  })
})
