/** The example of AutoML-Zero in a short form: what is evolved can learn, and evolution gets there. */

import { expect } from 'chai'
import { compiled, empty, Learner } from '../../examples/automl-zero/learner.ts'
import { discover, drawTasks, ENOUGH, fitness } from '../../examples/automl-zero/search.ts'
import { programs } from '../../src/search/index.ts'

const { Assign, call, Constant, Program, variable } = programs
const [m1, m2, x1, x2] = ['m1', 'm2', 'x1', 'x2'].map(name => variable(name)) as programs.Variable[]

/** Gradient descent on the squared error, by hand. */
const error = call('-', variable('label'), variable('prediction'))
const step = (weight: programs.Variable, feature: programs.Variable) =>
  new Assign({ name: weight.name, value: call('+', weight, call('*', feature, call('*', 0.2, error))) })
const byHand = empty.rebind({
  'predict.result': call('+', call('*', m1!, x1!), call('*', m2!, x2!)),
  'learn.body': [step(m1!, x1!), step(m2!, x2!)],
})

describe('AutoML-Zero', () => {
  it('runs setup once, and predict and learn for each example', () => {
    const learner = new Learner({
      setup: new Program({
        inputs: empty.setup.inputs,
        result: zero,
        body: [assign('m1', new Constant({ value: 100 }))],
      }),
      predict: empty.predict.rebind({ result: m1! }),
      learn: empty.learn.rebind({ body: [assign('m1', call('+', m1!, variable('label')))] }),
    })
    const examples = [1, 2, 3].map(label => ({ features: [0, 0], label }))
    expect(compiled(learner)({ training: examples, validation: [examples[0]!] })).to.eql([106])
  })

  it('calls it success when a learner learns, and the empty one does not', () => {
    const tasks = drawTasks('test', 6)
    expect(fitness(byHand, tasks)).to.be.within(ENOUGH, 1)
    expect(fitness(empty, tasks)).to.be.below(0.6)
  })

  it('gets better from nothing, and the same way every time', async () => {
    const [one, other] = [await discover(1, 400), await discover(1, 400)]
    expect(one.fitness).to.be.greaterThan(fitness(empty, drawTasks('search 1', 8)))
    expect(other.learner.equals(one.learner)).to.equal(true)
  })
})

const zero = new Constant({ value: 0 })
const assign = (name: string, value: programs.Expression) => new Assign({ name, value })
