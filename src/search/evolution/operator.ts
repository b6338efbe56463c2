/**
 * Operators: the parts that an evolution is put together from. Each is a pure function from individuals to individuals
 * (one that selects gives some of them, one that mutates others in their place), and named methods make a bigger one of
 * two. The name of an operator says all that it does, so it is what a study compares when it is taken up again.
 */

import type { Gene } from '../dna/dna-spec.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { at, nameOf, type Scalar } from './schedule.ts'

/** One of a population, or a child that is to be. JSON. */
export interface Individual {
  /** The trial that it was; null for a child that was not tried yet. */
  readonly id: number | null
  /** The trials that a child was made from. */
  readonly parents: readonly number[]
  readonly genes: readonly Gene[]
  /** One for each objective, the more the better; none for a child. */
  readonly values: readonly number[]
}

/** What an operator may know beside the individuals. */
export interface OperatorContext {
  /** Where all randomness comes from. */
  readonly rng: Rng
  /** How many trials were proposed before, or told where a population is updated; schedules go by it. */
  readonly step: number
  readonly spec: SpaceSpec
}

/** Gives individuals for individuals; pure, but for drawing from the generator. */
export type Operation = (population: readonly Individual[], context: OperatorContext) => readonly Individual[]

/** What a child of an individual has for parents: the trial it was, or the parents of what was never tried. */
export const lineage = ({ id, parents }: Individual): readonly number[] => (id === null ? parents : [id])

/**
 * An operator of your own; the name must say all that it depends on.
 *
 *     operator('the shortest', population => [...population].sort((a, b) => a.genes.length - b.genes.length).slice(0, 1))
 */
export const operator = (name: string, run: Operation): Operator => new Operator(name, run)

/**
 * A function from individuals to individuals, with methods to compose it.
 *
 *     select.tournament(5, { count: 2 }).pipe(recombine.uniform()).pipe(mutate().withProbability(0.9))
 */
export class Operator {
  readonly name: string
  readonly run: Operation

  constructor(name: string, run: Operation) {
    this.name = name
    this.run = run
  }

  /** This one, and the next on what it gave. (A method named `then` would be taken for a promise's.) */
  pipe(next: Operator): Operator {
    return operator(`${this.name} > ${next.asOperand}`, (population, context) =>
      next.run(this.run(population, context), context),
    )
  }

  /** What this one gives, and behind it what another gives for the same individuals. */
  and(other: Operator): Operator {
    return operator(`${this.asOperand} + ${other.asOperand}`, (population, context) => [
      ...this.run(population, context),
      ...other.run(population, context),
    ])
  }

  /** One of the two, by chance: this one with the given probability, otherwise the other. */
  or(other: Operator, probability: Scalar = 0.5): Operator {
    checkProbability(probability)
    const name = `${this.asOperand} or(${nameOf(probability)}) ${other.asOperand}`
    return operator(name, (population, context) => {
      const isFirst = context.rng.float() < at(probability, context.step)
      return (isFirst ? this : other).run(population, context)
    })
  }

  /** What this one gives, less all that another gives; what has the same genes is the same. */
  without(other: Operator): Operator {
    return operator(`${this.asOperand} - ${other.asOperand}`, (population, context) => {
      const taken = new Set(other.run(population, context).map(textOf))
      return this.run(population, context).filter(each => !taken.has(textOf(each)))
    })
  }

  /** This one with a probability; otherwise the individuals stay as they are. */
  withProbability(probability: Scalar): Operator {
    checkProbability(probability)
    return operator(`${this.asOperand}.withProbability(${nameOf(probability)})`, (population, context) =>
      context.rng.float() < at(probability, context.step) ? this.run(population, context) : population,
    )
  }

  /** This one at the steps for which a question is answered by yes, otherwise the individuals stay as they are. */
  when(question: string, holds: (population: readonly Individual[], step: number) => boolean): Operator {
    return operator(`${this.asOperand}.when(${question})`, (population, context) =>
      holds(population, context.step) ? this.run(population, context) : population,
    )
  }

  /** This one so many times, each time on what it gave before. */
  repeat(times: Scalar): Operator {
    return operator(`${this.asOperand}.repeat(${nameOf(times)})`, (population, context) => {
      let result = population
      for (let i = count(times, context.step); i > 0; i--) result = this.run(result, context)
      return result
    })
  }

  /** What this one gives when it is asked so many times about the same individuals, all in a row. */
  times(times: Scalar): Operator {
    return operator(`${this.asOperand}.times(${nameOf(times)})`, (population, context) =>
      Array.from({ length: count(times, context.step) }, () => this.run(population, context)).flat(),
    )
  }

  /** This one for each individual by itself, and all that comes of it in a row. */
  each(): Operator {
    return operator(`${this.asOperand}.each`, (population, context) =>
      population.flatMap(individual => this.run([individual], context)),
    )
  }

  /** Of individuals with the same genes only the first. */
  unique(): Operator {
    return operator(`${this.asOperand}.unique`, (population, context) => {
      const byText = new Map<string, Individual>()
      for (const individual of this.run(population, context)) {
        const text = textOf(individual)
        if (!byText.has(text)) byText.set(text, individual)
      }
      return [...byText.values()]
    })
  }

  /** @internal The name as a part of another one: in parentheses where it has several words. */
  get asOperand(): string {
    return this.name.includes(' ') && !/^\S+\([^()]*\)$/.test(this.name) ? `(${this.name})` : this.name
  }
}

/** A scalar as a count. */
function count(scalar: Scalar, step: number): number {
  const number = at(scalar, step)
  if (number >= 0 && number <= MOST) return Math.round(number)
  throw new SpaceError('', `an operator is repeated from 0 to ${MOST} times, got ${number} at step ${step}`)
}

/** Enough for any population, and far from exhausting the memory. */
const MOST = 100_000

function checkProbability(probability: Scalar): void {
  if (typeof probability !== 'number' || (0 <= probability && probability <= 1)) return
  throw new SpaceError('', `a probability must be from 0 to 1, got ${probability}`)
}

const textOf = ({ genes }: Individual): string => JSON.stringify(genes)
