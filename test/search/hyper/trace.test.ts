import { expect } from 'chai'
import {
  Dna,
  Rng,
  randomSearch,
  registerGenome,
  registerMutation,
  SpaceError,
  Study,
  trace,
} from '../../../src/search/index.ts'
import { SymDict } from '../../../src/symbolic/index.ts'

const model = trace(({ oneOf, intV, manyOf }) => {
  const layers: unknown[] = []
  for (let i = 0; i < 2; i++) layers.push(intV(1, 2, { name: `units ${i}` }))
  const decay = oneOf([0, ({ floatV }) => floatV(0.5, 0.5, { name: 'strength' }), () => 'late'], {
    name: 'decay',
  })
  return { layers, decay, pair: manyOf(2, ['a', 'b'], { name: 'pair' }) }
})

describe('trace', () => {
  it('collects what a function decides, as a space of dicts', () => {
    expect(model.space.decisions.map(point => point.id)).to.deep.equal([
      'units 0',
      'units 1',
      'decay',
      'decay[=1/3].strength',
      'pair[0]',
      'pair[1]',
    ])
    expect(model.space.size).to.equal(2 * 2 * 3 * 2)
    const dna = Dna.fromNumbers([2, 1, 1, 0.5, 1, 0], model.space.spec)
    expect(model.space.materialize(dna).toJS()).to.deep.equal({
      'units 0': 2,
      'units 1': 1,
      decay: { '=': 1, strength: 0.5 },
      pair: ['b', 'a'],
    })
  })

  it('runs the function with the decisions of a DNA', () => {
    const runs = [...model.space.iterate()].map(dna => model.run(dna))
    expect(new Set(runs.map(run => JSON.stringify(run))).size).to.equal(24)
    expect(runs.at(-1)).to.deep.equal({ layers: [2, 2], decay: 'late', pair: ['b', 'a'] })
    expect(model.run(Dna.fromNumbers([2, 1, 1, 0.5, 1, 0], model.space.spec))).to.deep.equal({
      layers: [2, 1],
      decay: 0.5,
      pair: ['b', 'a'],
    })
  })

  it('calls only the candidate that is chosen', () => {
    const called: string[] = []
    const traced = trace(({ oneOf }) =>
      oneOf([() => called.push('a'), () => called.push('b')], { name: 'which' }),
    )
    expect(called).to.deep.equal(['a', 'b'])
    traced.run(Dna.fromNumbers([1], traced.space.spec))
    expect(called).to.deep.equal(['a', 'b', 'b'])
  })

  it('takes the same name in the same function as the same decision', () => {
    const twice = trace(({ oneOf }) => [oneOf([1, 2], { name: 'x' }), oneOf([1, 2], { name: 'x' })])
    expect([...twice.space.iterate()].map(dna => twice.run(dna))).to.deep.equal([
      [1, 1],
      [2, 2],
    ])
    // Elsewhere it is another one.
    const apart = trace(({ oneOf }) => [
      oneOf([1, 2], { name: 'x' }),
      oneOf([tools => tools.intV(8, 9, { name: 'x' })], { name: 'y' }),
    ])
    expect(apart.space.size).to.equal(4)
    expect(() => trace(({ oneOf }) => [oneOf([1, 2], { name: 'x' }), oneOf([1, 3], { name: 'x' })])).to.throw(
      SpaceError,
      "'x' is decided twice, but not alike",
    )
  })

  it('follows asynchronous functions, many at a time', async () => {
    const later = await trace(async ({ oneOf }) => {
      await null
      return await oneOf(
        [
          1,
          async ({ intV }) => {
            await null
            return intV(5, 6, { name: 'n' })
          },
        ],
        { name: 'x' },
      )
    })
    const all = [...later.space.iterate()]
    expect(await Promise.all(all.map(dna => later.run(dna)))).to.deep.equal([1, 5, 6])
    expect(() => trace(({ oneOf }) => [oneOf([async () => 1], { name: 'x' })])).to.throw(
      SpaceError,
      'the traced function must be one too',
    )
    const failing = trace(async ({ oneOf }) => {
      oneOf([0, async () => Promise.reject(new Error('inside'))], { name: 'x' })
      await new Promise(resolve => setTimeout(resolve, 5))
    })
    expect(await failing.then(undefined, error => error.message)).to.equal('inside')
  })

  it('decides custom places and evolves trees', () => {
    const even = registerGenome('test.trace.even', {
      random: rng => rng.int(50),
      decode: code => code * 2,
      problem: code => (typeof code === 'number' ? null : 'a number'),
    })
    const more = registerMutation('test.trace.more', (tree: SymDict<number>) =>
      tree.rebind({ n: (tree.at('n') ?? 0) + 1 }),
    )
    const traced = trace(({ custom, evolve }) => [
      custom(even, { name: 'even' }),
      evolve(SymDict.from({ n: 1 }), more, { name: 'tree' }).at('n'),
    ])
    expect(traced.run(Dna.fromNumbers(['21', '{"n":5}'], traced.space.spec))).to.deep.equal([42, 5])
  })

  it('is searched by a study', async () => {
    const traced = trace(({ intV }) => -Math.abs(intV(0, 20, { name: 'n' }) - 13))
    const study = new Study(traced.space, randomSearch(), { seed: 1 })
    for await (const trial of study.trials(21)) trial.tell(traced.run(trial.dna))
    expect(study.best?.dna.find('n')).to.equal(13)
  })

  it('says what it cannot follow', () => {
    const hidden = trace(({ oneOf, intV }) =>
      oneOf([1, 2], { name: 'x' }) === 2 ? intV(1, 2, { name: 'n' }) : 0,
    )
    expect(hidden.run(hidden.space.first())).to.equal(0)
    expect(() => hidden.run(Dna.fromNumbers([1], hidden.space.spec))).to.throw(
      SpaceError,
      "'n' was not met when the function was traced; what is decided only in some cases belongs into a function",
    )
    let candidates = [1, 2, 3]
    const fewer = trace(({ oneOf }) => oneOf(candidates, { name: 'x' }))
    candidates = [1]
    expect(() => fewer.run(Dna.fromNumbers([2], fewer.space.spec))).to.throw(
      SpaceError,
      "'x' has 1 candidates",
    )
    let most = 9
    const shrunk = trace(({ intV }) => intV(1, most, { name: 'n' }))
    most = 3
    expect(() => shrunk.run(Dna.fromNumbers([8], shrunk.space.spec))).to.throw(
      SpaceError,
      'from 1 to 3, got 8',
    )
    expect(() => trace(({ oneOf }) => oneOf([1], {} as never))).to.throw(
      SpaceError,
      'needs a name, got undefined',
    )
    const forgotten = undefined as never
    expect(() => trace(({ oneOf }) => oneOf([1], forgotten))).to.throw(SpaceError, 'needs a name')
    expect(() => trace(({ manyOf }) => manyOf(1, [1], forgotten))).to.throw(SpaceError, 'needs a name')
    expect(() => trace(({ floatV }) => floatV(0, 1, forgotten))).to.throw(SpaceError, 'needs a name')
    expect(() => trace(({ intV }) => intV(0, 1, forgotten))).to.throw(SpaceError, 'needs a name')
    expect(() => trace(({ oneOf }) => oneOf([1], { name: '=' }))).to.throw(
      SpaceError,
      'needs a name, got "="',
    )
    expect(() => trace(({ manyOf }) => manyOf(3, [1], { name: 'x' }))).to.throw(SpaceError, 'cannot take 3')
    expect(() => trace(() => 5)).to.throw(SpaceError, 'nothing is open')
  })

  it('gives the same for the same seed', () => {
    const runs = [1, 1].map(seed => JSON.stringify(model.run(model.space.random(Rng.from(seed)))))
    expect(runs[0]).to.equal(runs[1])
  })
})
