/** Random fields that JSON Schema can say, and JSON that fits them or nearly does. */

import fc from 'fast-check'
import { type Field, f, SymObject, type SymType } from '../../src/symbolic/index.ts'

/** A class that contains itself. */
export class Branch extends SymObject.define('any-field.Branch', {
  value: f.int({ min: 0 }),
  children: f.list(f.lazy((): SymType<Branch> => Branch)).orEmpty(),
}) {}

export class Point extends SymObject.define('any-field.Point', {
  x: f.float().describe('How far to the right.'),
  y: f.float().default(0),
  label: f.string().optional(),
}) {}

/** A field, and JSON for it. */
export interface Sample {
  readonly field: Field
  readonly json: unknown
}

type Gen = fc.GeneratorValue

/** A random field with a JSON value that mostly fits it. */
export function anySample(g: Gen, depth = 0): Sample {
  const field = anyField(g, depth)
  return { field: field.field, json: field.json() }
}

interface Made {
  readonly field: Field
  readonly json: () => unknown
}

const below = (g: Gen, count: number): number => g(fc.nat, { max: count - 1 })

function anyField(g: Gen, depth: number): Made {
  const made = plainField(g, depth)
  const spoiled: Made = { ...made, json: () => (below(g, 8) === 0 ? anyJson(g) : made.json()) }
  if (below(g, 5) > 0) return spoiled
  return { field: made.field.nullable(), json: () => (below(g, 3) === 0 ? null : spoiled.json()) }
}

function plainField(g: Gen, depth: number): Made {
  switch (below(g, depth > 2 ? 7 : 13)) {
    case 0:
      return { field: f.bool(), json: () => below(g, 2) === 0 }
    case 1:
      return { field: f.int({ min: -2, max: 5 }), json: () => below(g, 10) - 3 }
    case 2:
      return { field: f.float({ min: 0 }), json: () => below(g, 30) / 4 - 1 }
    case 3:
      return { field: f.string({ minLength: 1, maxLength: 3 }), json: () => 'x'.repeat(below(g, 5)) }
    case 4:
      return { field: f.string({ pattern: /^[a-c]+$/ }), json: () => ['a', 'abc', '', 'xa'][below(g, 4)] }
    case 5:
      return { field: f.enum('a', 1, true), json: () => ['a', 1, true, 'b', false][below(g, 5)] }
    case 6:
      return { field: f.literal('only'), json: () => ['only', 'other'][below(g, 2)] }
    case 7: {
      const element = anyField(g, depth + 1)
      return { field: f.list(element.field, { maxSize: 3 }), json: () => many(g, 5, element.json) }
    }
    case 8: {
      const value = anyField(g, depth + 1)
      const entries = () => many(g, 4, () => [`k${below(g, 5)}`, value.json()])
      return { field: f.dict(value.field, { maxSize: 2 }), json: () => Object.fromEntries(entries()) }
    }
    case 9: {
      const positions = many(g, 3, () => anyField(g, depth + 1))
      return {
        field: f.tuple(positions.map(each => each.field)),
        json: () => positions.map(each => each.json()),
      }
    }
    case 10:
      return structField(g, depth)
    case 11: {
      const [a, b] = [anyField(g, depth + 1), anyField(g, depth + 1)]
      return { field: f.union(a.field, b.field), json: () => (below(g, 2) === 0 ? a.json() : b.json()) }
    }
    default:
      return below(g, 2) === 0
        ? { field: f.object(Point), json: () => some(g, { x: 1, y: 2, label: 'p' }, 12) }
        : { field: f.object(Branch), json: () => branchJson(g, 0) }
  }
}

function structField(g: Gen, depth: number): Made {
  const [a, b, c] = [anyField(g, depth + 1), anyField(g, depth + 1), anyField(g, depth + 1)]
  const fields = { a: a.field, b: b.field.optional() }
  const field =
    below(g, 2) === 0 ? f.struct(fields) : f.struct(fields, { patterns: [['^c', c.field]], rest: f.bool() })
  return {
    field,
    json: () => some(g, { a: a.json(), b: b.json(), c1: c.json(), d: true }, 5),
  }
}

/** A record with some of the entries. */
const some = (g: Gen, record: object, oddsAgainst: number): unknown =>
  Object.fromEntries(Object.entries(record).filter(() => below(g, oddsAgainst) > 0))

const branchJson = (g: Gen, depth: number): unknown => ({
  value: below(g, 8) - 1,
  ...(depth > 2 ? {} : { children: many(g, 3, () => branchJson(g, depth + 1)) }),
})

const many = <Value>(g: Gen, count: number, make: () => Value): Value[] =>
  Array.from({ length: below(g, count) }, make)

const anyJson = (g: Gen): unknown =>
  [null, 0, -1, 1.5, '', 'abc', 'only', true, [], [1], {}, { a: 1 }, { x: 1 }, { value: 1 }, [[]]][
    below(g, 15)
  ]
