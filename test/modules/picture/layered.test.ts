import { expect } from 'chai'
import fc from 'fast-check'
import { type Item, type Link, layered } from '../../../src/modules/picture/layered.ts'

const item = (id: string, width = 100, height = 40): Item => ({ id, width, height })
const link = (from: string, to: string): Link => ({ from, to })

describe('layered', () => {
  it('puts what is led to below, and what stands alone in the first layer', () => {
    const { places, lines, width, height } = layered([item('a'), item('b', 60), item('c')], [link('a', 'b')])
    expect(places.get('a')?.[1]).to.equal(0)
    expect(places.get('c')?.[1]).to.equal(0)
    expect(places.get('b')?.[1]).to.equal(80)
    expect([width, height]).to.deep.equal([228, 120])
    expect(lines[0]?.points[0]?.[1]).to.equal(40)
    expect(lines[0]?.points.at(-1)?.[1]).to.equal(80)
  })

  it('gives nothing for nothing', () => {
    expect(layered([], [])).to.deep.include({ width: 0, height: 0 })
  })

  const graph = fc
    .tuple(
      fc.array(fc.tuple(fc.integer({ min: 20, max: 200 }), fc.integer({ min: 10, max: 90 })), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 12 }),
    )
    .map(([sizes, pairs]) => ({
      items: sizes.map(([width, height], i) => item(String(i), width, height)),
      links: pairs.filter(([a, b]) => a < b && b < sizes.length).map(([a, b]) => link(String(a), String(b))),
    }))

  it('lets no items overlap, no line cross an item, and every line lead down', () => {
    fc.assert(
      fc.property(graph, ({ items, links }) => {
        const { places, lines, width } = layered(items, links)
        const boxes = items.map(each => ({ ...each, at: places.get(each.id) as readonly [number, number] }))
        for (const a of boxes) {
          expect(a.at[0]).to.be.within(-1e-6, width - a.width + 1e-6)
          for (const b of boxes) {
            const isApart =
              a === b ||
              a.at[0] + a.width < b.at[0] ||
              b.at[0] + b.width < a.at[0] ||
              a.at[1] + a.height < b.at[1] ||
              b.at[1] + b.height < a.at[1]
            expect(isApart, `${a.id} and ${b.id}`).to.equal(true)
          }
        }
        for (const { link: way, points } of lines) {
          for (const [i, [x, y]] of points.slice(1).entries()) {
            const [x0, y0] = points[i] as readonly [number, number]
            expect(y).to.be.at.least(y0)
            if (x !== x0) continue
            const crossed = boxes.find(
              ({ id, at, width: w, height: h }) =>
                id !== way.from &&
                id !== way.to &&
                at[0] < x &&
                x < at[0] + w &&
                Math.max(y0, at[1]) < Math.min(y, at[1] + h),
            )
            expect(crossed?.id).to.equal(undefined)
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})
