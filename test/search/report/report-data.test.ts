import { expect } from 'chai'
import { floatV, intV, oneOf } from '../../../src/search/index.ts'
import { betterFirst, geneText, type Parameter } from '../../../src/search/report/report-data.ts'
import { f, SymObject } from '../../../src/symbolic/index.ts'
import { dataOf, rewards } from './studies.ts'

class Tree extends SymObject.define('test.report.Tree', { depth: f.int() }) {}
class Line extends SymObject.define('test.report.Line', { slope: f.float() }) {}

describe('the data of a report', () => {
  it('has the genes that are open, by parameter', async () => {
    const template = {
      model: oneOf([new Tree({ depth: intV(1, 9) }), new Line({ slope: floatV(0, 1, { name: 'steep' }) })]),
      only: oneOf([1]),
    }
    const data = await dataOf(template, [[[0, 5, 0]], [[1, 0.5, 0]]], rewards(1, 2))
    expect(data.parameters.map(({ label }) => label)).to.deep.equal(['model', 'model[=0/2].depth', 'steep'])
    expect(data.trials.map(({ genes }) => [...genes])).to.deep.equal([
      [
        [0, 0],
        [1, 5],
      ],
      [
        [0, 1],
        [2, 0.5],
      ],
    ])
    const [model, depth] = data.parameters as [Parameter, Parameter]
    expect([geneText(model, 0), geneText(model, 1), geneText(depth, 5)]).to.deep.equal(['Tree', 'Line', '5'])
  })

  it('tells candidates of one class apart', async () => {
    const template = {
      model: oneOf([new Tree({ depth: intV(1, 2) }), new Tree({ depth: intV(3, 4) }), 'f(x)']),
    }
    const { parameters } = await dataOf(template, [[[0, 1]]], rewards(1))
    const texts = [0, 1, 2].map(gene => geneText(parameters[0] as Parameter, gene))
    expect(texts).to.deep.equal(['Tree(depth=IntV(min=1, max=2))', 'Tree(depth=IntV(min=3, max=4))', 'f(x)'])
    expect(geneText(parameters[0] as Parameter, 0, 8)).to.equal('Tree(de…')
  })

  it('knows the front, the best in the first objective before the others', async () => {
    const { front, told, objectives } = await dataOf(
      { x: intV(1, 9) },
      [[[1]], [[2]], [[3]], [[4]]],
      (trial, n) =>
        n === 3
          ? trial.skip('no')
          : trial.tell(
              [
                [1, 1],
                [3, 3],
                [2, 4],
              ][n] as number[],
            ),
      { directions: ['maximize', 'minimize'] },
    )
    expect(front.map(({ id }) => id)).to.deep.equal([2, 1])
    expect(told).to.have.length(3)
    expect(objectives.map(({ label, sign }) => [label, sign])).to.deep.equal([
      ['objective 1', 1],
      ['objective 2', -1],
    ])
  })

  it('orders trials by an objective', async () => {
    const { trials } = await dataOf(
      { x: intV(1, 9) },
      [[[1]], [[2]], [[3]], [[4]]],
      (trial, n) => (n === 0 ? trial.fail('no') : trial.tell([0, 2, 1, 2][n] as number)),
      { direction: 'minimize' },
    )
    const order = [...trials].sort((a, b) => betterFirst(a, b, [-1]))
    expect(order.map(({ id }) => id)).to.deep.equal([3, 2, 4, 1])
  })
})
