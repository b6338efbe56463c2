/** The example of AutoML-Zero in a short form: what is evolved can learn, and evolution gets on its way there. */

import { expect } from 'chai'
import { compiled, empty } from '../../examples/automl-zero/learner.ts'
import { discover, drawTasks, ENOUGH, fitness } from '../../examples/automl-zero/search.ts'
import { programs } from '../../src/search/index.ts'

const { Assign, call, variable } = programs
const [m1, x, prediction, label] = ['m1', 'x', 'prediction', 'label'].map(name => variable(name)) as [
  programs.Variable,
  programs.Variable,
  programs.Variable,
  programs.Variable,
]

/** A learner that predicts a result, and learns by giving a value to m1. */
const learner = (result: programs.Expression, value: programs.Expression) =>
  empty.rebind({ 'predict.result': result, 'learn.body': [new Assign({ name: 'm1', value })] })

describe('AutoML-Zero', () => {
  it('runs setup once, and predict and learn for each example and each of its features', () => {
    const body = [new Assign({ name: 'm1', value: call('+', 50, 50) })]
    const counting = learner(m1, call('+', m1, call('*', x, label))).rebind({ 'setup.body': body })
    const examples = [1, 2, 3].map(each => ({ features: [each, 10], label: each }))
    // What each feature gives is added up: 100 + 1 + 4 + 9, and 100 + 10 + 20 + 30.
    expect(compiled(counting)({ training: examples, validation: [examples[0]!] })).to.eql([274])
  })

  it('calls gradient descent a success, and predicting 0 none', () => {
    const tasks = drawTasks('test', 6)
    const step = call('*', 0.2, call('*', x, call('-', label, prediction)))
    expect(fitness(learner(call('*', m1, x), call('+', m1, step)), tasks)).to.be.within(ENOUGH, 1)
    expect(fitness(empty, tasks)).to.be.below(0.7)
  })

  it('gets better from nothing, and the same way every time', async () => {
    const [one, other] = [await discover(1, 120), await discover(1, 120)]
    expect(one.fitness).to.be.greaterThan(fitness(empty, drawTasks('search 1', 32)))
    expect(other.learner.equals(one.learner)).to.equal(true)
  }).timeout(20_000)
})
