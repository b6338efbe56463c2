/** The problems by name: those of `espalier train`, and more of both suites. */

import { problems as commanded } from '../../../src/cli/problems.ts'
import type { Problem } from '../problem.ts'
import { countOdds, fuelCost, lastIndexOfZero, vectorAverage, vectorsSummed } from './lists.ts'
import { diceGame, fizzBuzz, grade, numberIo, smallOrLarge, sumOfSquares } from './numbers.ts'
import { compareStringLengths, replaceSpaceWithNewline, stringLengthsBackwards } from './texts.ts'

/** How many training cases the benchmark has for the problems of the command, if not 100. */
const trainingSizes: { readonly [name: string]: number } = { 'negative-to-zero': 200 }

const ofCommand = commanded.map(
  ({ name, description, inputSchema, outputSchema, generate }): Problem => ({
    name,
    suite: 'PSB1',
    description,
    inputSchema,
    outputSchema,
    cases: seed => generate(seed, { train: trainingSizes[name] ?? 100, validation: 0, test: 1000 }),
  }),
)

export const problems: readonly Problem[] = [
  ...ofCommand,
  numberIo,
  smallOrLarge,
  compareStringLengths,
  countOdds,
  lastIndexOfZero,
  vectorAverage,
  vectorsSummed,
  sumOfSquares,
  stringLengthsBackwards,
  replaceSpaceWithNewline,
  grade,
  fizzBuzz,
  fuelCost,
  diceGame,
]

export const problemNames: readonly string[] = problems.map(({ name }) => name)

/** The problem of a name; undefined when there is none. */
export const findProblem = (name: string): Problem | undefined =>
  problems.find(problem => problem.name === name)
