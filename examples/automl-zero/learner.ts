/**
 * What is searched: a learner of three programs over a small memory, as in AutoML-Zero (Real, Liang, So and Le, ICML
 * 2020, arXiv 2003.03384). `setup` is run once, `predict` and `learn` for every example; `predict` never sees the label.
 * The paper has instructions for vectors. Here memory and features are vectors of one length, each program is run for one
 * component after the other, and the results of `predict` are added up, so that `m1 * x` is an inner product.
 */

import { programs } from 'espalier/search'
import { f, register, SymObject } from 'espalier/symbolic'

const { Constant, compile, Program, variable } = programs

const variables = (...names: string[]): programs.Variable[] => names.map(name => variable(name))

/** Four vectors that stay from one example to the next. */
const memory = variables('m1', 'm2', 'm3', 'm4')
const feature = variables('x')
/** Numbers, which all components see. */
const answers = variables('prediction', 'label')

/** How to learn: what is run before the first example, and what for each. */
export class Learner extends SymObject.define('automl.Learner', {
  setup: f.object(Program),
  /** Gives what a feature adds to the prediction. */
  predict: f.object(Program),
  /** Sees the prediction and the label. */
  learn: f.object(Program),
}) {}

register(Learner)

const zero = new Constant({ value: 0 })

/** The learner without a statement, which predicts 0. */
export const empty = new Learner({
  setup: new Program({ inputs: memory, result: zero }),
  predict: new Program({ inputs: [...memory, ...feature], result: zero }),
  learn: new Program({ inputs: [...memory, ...feature, ...answers], result: zero }),
})

/** An example: the features, and the label that belongs to them. */
export interface Example {
  readonly features: readonly number[]
  readonly label: number
}

/** What is to be learned from some examples, and is asked about others. */
export interface Task {
  readonly training: readonly Example[]
  readonly validation: readonly Example[]
}

/**
 * A learner that is ready to run: gives what it predicts for the validation examples of a task, after learning from the
 * training examples.
 */
export function compiled(learner: Learner): (task: Task) => number[] {
  const [setup, predict, learn] = [compile(learner.setup), compile(learner.predict), compile(learner.learn)]
  return ({ training, validation }) => {
    const rows = validation[0]!.features.map(() => new Float64Array(LABEL + 1))
    const predicted = ({ features }: Example): number =>
      rows.reduce((sum, row, i) => {
        row[FEATURE] = features[i]!
        return sum + predict.runInPlace(row)
      }, 0)
    for (const row of rows) setup.runInPlace(row)
    for (const example of training) {
      const prediction = predicted(example)
      for (const row of rows) {
        row[PREDICTION] = prediction
        row[LABEL] = example.label
        learn.runInPlace(row)
      }
    }
    return validation.map(predicted)
  }
}

const FEATURE = memory.length
const PREDICTION = FEATURE + 1
const LABEL = PREDICTION + 1
