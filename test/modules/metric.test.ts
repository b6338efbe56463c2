import { expect } from 'chai'
import {
  accuracy,
  f1,
  failureRate,
  figuresOf,
  mean,
  numericCloseness,
  type Observation,
  passAtK,
  precision,
  recall,
} from '../../src/modules/index.ts'

const seen = (...pairs: [output: string | null, expected: string][]): Observation[] =>
  pairs.map(([output, expected]) => ({ output, expected }))

describe('figuresOf', () => {
  it('reads several figures off one pass', async () => {
    const observations = [
      { output: { y: 3 }, expected: { y: 3 } },
      { output: { y: 4 }, expected: { y: 3 } },
    ]
    expect(
      await figuresOf(
        { right: accuracy(), close: mean(numericCloseness()), failed: failureRate() },
        observations,
      ),
    ).to.deep.equal({ right: 0.5, close: 0.75, failed: 0 })
  })

  it('is 0 for nothing', async () => {
    const all = { a: accuracy(), b: f1(), c: passAtK(1, () => 'x'), d: failureRate() }
    expect(await figuresOf(all, [])).to.deep.equal({ a: 0, b: 0, c: 0, d: 0 })
  })

  it('counts failures as what they are', async () => {
    const observations: Observation[] = [
      { output: 'a', expected: 'a' },
      { output: 'a', expected: 'a', failed: true },
      { output: null, expected: 'a' },
      { output: 'a', expected: 'a' },
    ]
    const figures = await figuresOf(
      { right: accuracy(), failed: failureRate(), recall: recall() },
      observations,
    )
    expect(figures).to.deep.equal({ right: 0.5, failed: 0.5, recall: 0.5 })
  })
})

describe('a metric', () => {
  it('keeps its state as JSON, and leaves the one it is given as it was', async () => {
    const metric = f1()
    const first = await metric.add(metric.init, { output: 'a', expected: 'b' })
    const again = JSON.parse(JSON.stringify(first)) as typeof first
    const next = await metric.add(again, { output: 'b', expected: 'b' })
    expect(first).to.deep.equal(again)
    expect(metric.init).to.deep.equal({})
    expect(metric.result(next)).to.be.closeTo((0 + 2 / 3) / 2, 1e-12)
  })
})

describe('precision, recall and F1', () => {
  // cat: 2 right, 1 extra, 1 missed; dog: 1 right, 1 extra, 1 missed; fish: 1 missed.
  const observations = seen(
    ['cat', 'cat'],
    ['cat', 'cat'],
    ['dog', 'cat'],
    ['cat', 'dog'],
    ['dog', 'dog'],
    [null, 'fish'],
  )

  it('are averaged over labels', async () => {
    const { p, r, f } = await figuresOf({ p: precision(), r: recall(), f: f1() }, observations)
    expect(p).to.be.closeTo((2 / 3 + 1 / 2 + 0) / 3, 1e-12)
    expect(r).to.be.closeTo((2 / 3 + 1 / 2 + 0) / 3, 1e-12)
    expect(f).to.be.closeTo((2 / 3 + 1 / 2 + 0) / 3, 1e-12)
  })

  it('are weighted, taken together, or of one label', async () => {
    const figures = await figuresOf(
      {
        weighted: recall({ average: 'weighted' }),
        micro: precision({ average: 'micro' }),
        cat: f1({ positive: 'cat' }),
      },
      observations,
    )
    expect(figures.weighted).to.be.closeTo((3 * (2 / 3) + 2 * (1 / 2)) / 6, 1e-12)
    expect(figures.micro).to.be.closeTo(3 / 5, 1e-12)
    expect(figures.cat).to.be.closeTo(2 / 3, 1e-12)
    expect(await figuresOf({ bird: f1({ positive: 'bird' }) }, observations)).to.deep.equal({ bird: 0 })
  })

  it('take the label from a key', async () => {
    const labeled: Observation[] = [
      { output: { label: '__proto__', why: 1 }, expected: { label: '__proto__' } },
      { output: { why: 'no label' }, expected: { label: 'b' } },
    ]
    expect(await figuresOf({ recall: recall({ key: 'label' }) }, labeled)).to.deep.equal({ recall: 0.5 })
  })
})

describe('passAtK', () => {
  const runs = (right: number, count: number): Observation[] =>
    Array.from({ length: count }, (_, i) => ({ output: i < right ? 'y' : 'n', expected: 'y' }))

  it('is the chance of one right run in k', async () => {
    const figure = async (k: number, right: number, count: number) =>
      (await figuresOf({ pass: passAtK(k, () => 'one') }, runs(right, count))).pass
    expect(await figure(1, 2, 4)).to.equal(0.5)
    // 1 - C(2, 2) / C(4, 2)
    expect(await figure(2, 2, 4)).to.be.closeTo(5 / 6, 1e-12)
    expect([await figure(3, 2, 4), await figure(2, 0, 4)]).to.deep.equal([1, 0])
  })

  it('is averaged over samples, and asks for enough runs', async () => {
    const sampleOf = ({ expected }: Observation) => String(expected)
    const two = seen(['a', 'a'], ['x', 'b'])
    expect(await figuresOf({ pass: passAtK(1, sampleOf) }, two)).to.deep.equal({ pass: 0.5 })
    let error: unknown
    await figuresOf({ pass: passAtK(2, sampleOf) }, two).catch(thrown => (error = thrown))
    expect(error).to.be.instanceOf(RangeError)
    expect(() => passAtK(0, sampleOf)).to.throw(RangeError)
  })
})
