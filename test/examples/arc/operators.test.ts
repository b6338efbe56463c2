import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Grid,
  type GridOperator,
  type GridType,
  type GridValue,
  gridOperators,
  librarySources,
  sourcesFor,
} from '../../../examples/arc/operators/index.ts'
import { pictures } from './pictures.ts'
import { grid, text } from './support.ts'

/** What an operator gives for grids as text, lists of them, and numbers; grids as text again. */
function does({ args: types, run, result }: GridOperator, args: readonly unknown[]): unknown {
  const values = args.map((arg, i) => {
    if (types[i] === 'grid') return grid(arg as string)
    return types[i] === 'grids' ? (arg as string[]).map(grid) : arg
  })
  const value = run(...(values as never[]))
  if (result === 'grid') return text(value as Grid)
  return result === 'grids' ? (value as readonly Grid[]).map(text) : value
}

describe('the operators on grids', () => {
  for (const operator of gridOperators) {
    const rows = pictures.filter(([name]) => name === operator.name)
    it(`${operator.name} does what its pictures show`, () => {
      expect(rows, 'there is no picture').to.not.equal([])
      for (const [, args, wanted] of rows) expect(does(operator, args)).to.deep.equal(wanted)
      expect(rows.length).to.be.greaterThan(0)
    })
  }

  const color = fc.nat(9)
  const grids = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.nat(3))
    .chain(([height, width, colors]) =>
      fc.array(fc.array(fc.nat(colors), { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    )
  const arbitraries: Record<GridType, fc.Arbitrary<GridValue>> = {
    grid: grids,
    grids: fc.array(grids, { maxLength: 4 }),
    color,
    count: fc.nat(12),
    table: fc.array(fc.integer({ min: -2, max: 12 }), { maxLength: 12 }),
  }

  it('give a value of their type for all arguments, and leave those as they are', () => {
    for (const { name, args, result, run } of gridOperators) {
      fc.assert(
        fc.property(fc.tuple(...args.map(type => arbitraries[type])), values => {
          const before = JSON.stringify(values)
          const value = run(...(values as never[]))
          expect(isOf(result, value), `${name}: ${JSON.stringify(value)}`).to.equal(true)
          expect(JSON.stringify(values)).to.equal(before)
        }),
        { numRuns: 60, seed: 1 },
      )
    }
  })

  it('do the same by the source that scripts carry', () => {
    for (const { name, args, run } of gridOperators) {
      const source = [...sourcesFor([name]).values()].join('\n')
      const carried = runInNewContext(`${source}\n;(text => JSON.stringify(${name}(...JSON.parse(text))))`)
      fc.assert(
        fc.property(fc.tuple(...args.map(type => arbitraries[type])), values => {
          expect(carried(JSON.stringify(values)), name).to.equal(JSON.stringify(run(...(values as never[]))))
        }),
        { numRuns: 20, seed: 2 },
      )
    }
  })

  it('have sources that need nothing but one another', () => {
    for (const [name, source] of librarySources) {
      expect(source.startsWith(`function ${name}(`), name).to.equal(true)
      expect(source).to.not.contain('__name')
    }
    expect([...sourcesFor(['mirrorRight']).keys()]).to.deep.equal([
      'isSize',
      'beside',
      'flipAcross',
      'mirrorRight',
    ])
  })
})

function isOf(type: GridType, value: GridValue): boolean {
  if (type === 'grids')
    return (value as readonly Grid[]).length <= 100 && (value as readonly Grid[]).every(isGrid)
  if (type === 'grid') return isGrid(value as Grid)
  const number = value as number
  return Number.isInteger(number) && 0 <= number && number <= (type === 'color' ? 9 : 100)
}

const isGrid = (value: Grid): boolean => {
  const sides = [value.length, ...value.map(line => line.length)]
  const isRectangle = value.every(line => line.length === value[0]?.length)
  return (
    isRectangle && sides.every(side => 1 <= side && side <= 30) && value.flat().every(cell => isColor(cell))
  )
}

const isColor = (value: number): boolean => Number.isInteger(value) && 0 <= value && value <= 9
