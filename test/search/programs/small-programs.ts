/** Small programs for the tests of this folder, and random ones. */

import { Rng } from '../../../src/search/index.ts'
import { call, variable } from '../../../src/search/programs/expression.ts'
import { Language } from '../../../src/search/programs/language.ts'
import { Program } from '../../../src/search/programs/program.ts'
import { mutate, randomProgram } from '../../../src/search/programs/vary.ts'

export const [x, y] = [variable('x'), variable('y')]

/** A program of x and y that gives an expression. */
export const giving = (result: Program['result']): Program => new Program({ inputs: [x, y], result })

/** Everything the machine can do, but no user's primitives. */
export const PRIMITIVES =
  '+ - * / % min max negate square abs floor sqrt exp log sin cos < <= = and or not if'.split(' ')

export const everything = new Language({ primitives: PRIMITIVES, maxSize: 60, statements: true })

/** Some steps of mutation away from random: of all kinds, with statements. */
export function randomly(seed: number, steps = 12, language = everything): Program {
  const rng = Rng.from(seed)
  let program = randomProgram(giving(call('+', x, y)), language, rng)
  for (let step = 0; step < steps; step++) program = mutate(program, language, rng)
  return program
}
