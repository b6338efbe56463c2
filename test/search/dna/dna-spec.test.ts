import { expect } from 'chai'
import { show, tooShort } from '../../../src/search/dna/dna-spec.ts'
import {
  type DecisionPoint,
  DnaSpec,
  floatV,
  intV,
  oneOf,
  DecisionPoint as Point,
  Space,
} from '../../../src/search/index.ts'

const { spec } = Space.of({
  x: oneOf([intV(0, 9, { name: 'digit' }), 5]),
  y: floatV(0, 1),
  z: oneOf([1]),
  w: intV(4, 4),
})

describe('DnaSpec', () => {
  it('is what the whole and its parts are', () => {
    for (const part of [spec, ...spec.points]) expect(part).to.be.instanceOf(DnaSpec)
    for (const point of spec.points) expect(point).to.be.instanceOf(Point)
    expect([spec, ...spec.points].map(part => part.kind)).to.deep.equal([
      'space',
      'choices',
      'int',
      'float',
      'choices',
      'int',
    ])
  })

  it('tells where the genes of each part begin and end', () => {
    const genes = [0, 7, 0.5, 0, 4]
    const open: [DecisionPoint, number][] = []
    expect(spec.eachOpen(genes, 0, (point, at) => open.push([point, at]))).to.equal(5)
    expect(open.map(([point, at]) => [point.id, at, point.end(genes, at)])).to.deep.equal([
      ['x', 0, 2],
      ['x[=0/2]', 1, 2],
      ['y', 2, 3],
      ['z', 3, 4],
      ['w', 4, 5],
    ])
  })

  it('knows which points can change', () => {
    expect(spec.points.map(point => point.isMutable)).to.deep.equal([true, true, true, false, false])
  })

  it('is shown with its name', () => {
    expect(spec.points[1]?.label).to.equal("'x[=0/2]' (digit)")
    expect(Space.of(oneOf([1, 2])).decisions[0]?.label).to.equal('the root')
  })

  it('shows values in messages', () => {
    expect([show(Number.NaN), show('a'), show(undefined), show([1])]).to.deep.equal([
      'NaN',
      '"a"',
      'undefined',
      '[1]',
    ])
    expect(tooShort(spec.points[1] as DecisionPoint).message).to.contain(
      "the DNA ends before 'x[=0/2]' (digit)",
    )
  })
})
