/**
 * The search: learners are evolved from the empty one on a few tasks of linear regression, and the one that is found is
 * measured on tasks that nobody has seen.
 */

import { evolve, programs, Rng, Space, Study } from 'espalier/search'
import { compiled, type Example, empty, Learner, type Task } from './learner.ts'

const { Language, programEvolution, programMutation } = programs

export interface Discovery {
  readonly learner: Learner
  readonly fitness: number
  /** On other tasks. */
  readonly unseen: number
  readonly isFound: boolean
  /** How many learners were evaluated. */
  readonly evaluated: number
  readonly seconds: number
}

/** The fitness that ends a search, and the one on other tasks that is success: errors of 0.002 and 0.016. */
const TARGET = 0.999
export const ENOUGH = 0.99

/** Evolves a learner until it is good enough or so many were tried. The same seed gives the same. */
export async function discover(seed: number, mostLearners: number): Promise<Discovery> {
  const tasks = drawTasks(`search ${seed}`, 32)
  const study = new Study(space, programEvolution({ language, behavior: onFewExamples }), {
    seed,
    target: TARGET,
    budget: { trials: mostLearners },
  })
  const started = performance.now()
  await study.optimize(learner => fitness(learner, tasks))
  const seconds = (performance.now() - started) / 1000
  const { value: learner, reward } = study.best!
  const unseen = fitness(learner, drawTasks(`unseen ${seed}`, 100))
  return {
    learner,
    fitness: reward,
    unseen,
    isFound: unseen >= ENOUGH,
    evaluated: study.history.length,
    seconds,
  }
}

const language = new Language({
  primitives: ['+', '-', '*'],
  constants: { min: -1, max: 1 },
  maxSize: 16,
  statements: ['assign'],
})

/**
 * Learners that predict the same after so few examples are taken for equal, as in the paper ("functional equivalence
 * checking"): most changes are to what nobody reads.
 */
const onFewExamples: programs.JointBehavior = {
  name: 'predictions',
  ofAll: ([setup, predict, learn]) =>
    compiled(new Learner({ setup: setup!, predict: predict!, learn: learn! }))(FEW)
      .map(value => value.toPrecision(9))
      .join(),
}

const mutation = programMutation('automl-zero', language)

const space = Space.of(
  empty.rebind({
    setup: evolve(empty.setup, mutation),
    predict: evolve(empty.predict, mutation),
    learn: evolve(empty.learn, mutation),
  }),
)

/** From 0 to 1, the mean over all tasks of how near the predictions are: that of the paper, for regression. */
export function fitness(learner: Learner, tasks: readonly Task[]): number {
  const predictions = compiled(learner)
  return mean(
    tasks.map(task => {
      const squares = predictions(task).map((value, i) => (value - task.validation[i]!.label) ** 2)
      const error = Math.sqrt(mean(squares))
      return Number.isFinite(error) ? 1 - (2 / Math.PI) * Math.atan(error) : 0
    }),
  )
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length

/** Tasks of linear regression: labels are the sum of the features by weights that each task has of its own. */
export function drawTasks(seed: string, count: number): Task[] {
  return Array.from({ length: count }, (_, at) => {
    const rng = Rng.from(seed).split(at)
    const weights = Array.from({ length: FEATURES }, () => rng.normal())
    const example = (): Example => {
      const features = weights.map(() => rng.normal())
      return { features, label: features.reduce((sum, feature, i) => sum + feature * weights[i]!, 0) }
    }
    const examples = (length: number): Example[] => Array.from({ length }, example)
    return { training: examples(50), validation: examples(8) }
  })
}

const FEATURES = 2

/** The beginning of a task. */
const FEW: Task = (([{ training, validation }]) => ({
  training: training.slice(0, 10),
  validation: validation.slice(0, 10),
}))(drawTasks('few', 1) as [Task])
