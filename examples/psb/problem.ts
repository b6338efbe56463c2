/**
 * What a problem of the General Program Synthesis Benchmark is (PSB1: Helmuth and Spector, GECCO 2015; PSB2: Helmuth and
 * Kelly, GECCO 2021): a sentence, data domains, and what is right. Each domain says where inputs come from, and how many
 * of them are for training and for the test; the same seed draws the same cases.
 */

import type { JsonSchema, Sample } from 'espalier/modules'
import type { Json } from 'espalier/runtime'
import { Rng } from 'espalier/search'

export type Inputs = { readonly [name: string]: Json }

export interface Domain {
  /** All inputs of the domain, or how to draw one. */
  readonly from: readonly Inputs[] | ((random: Rng) => Inputs)
  /** How many are for training. */
  readonly train: number
  /** How many are for the test. */
  readonly test: number
}

export interface Problem {
  /** The name that the benchmark has for it. */
  readonly name: string
  readonly suite: 'PSB1' | 'PSB2'
  readonly description: string
  readonly inputSchema: JsonSchema
  readonly outputSchema: JsonSchema
  /** The constants that the benchmark gives for the problem; random ones come on top, as there. */
  readonly constants?: readonly (string | number)[]
  /** Operators that the problem's types ask for, besides those that all problems get. */
  readonly extras?: readonly ['joinTexts']
  /** Decimal places that count: errors are rounded to so many, as the benchmark does for floats. */
  readonly decimals?: number
  /** The cases for a seed. */
  readonly cases: (seed: number) => Cases
}

/** A problem by its domains, and what is right for inputs. */
export interface Definition extends Omit<Problem, 'cases'> {
  readonly domains: readonly Domain[]
  readonly solve: (inputs: never) => Inputs
}

export interface Cases {
  readonly train: readonly Sample[]
  readonly test: readonly Sample[]
}

/** A problem whose cases are drawn from its domains. */
export function problem({ domains, solve, ...rest }: Definition): Problem {
  const sampleOf = (inputs: Inputs): Sample => ({ inputs, outputs: solve(inputs as never) })
  const cases = (seed: number): Cases => {
    const all = domains.map((domain, i) => drawn(Rng.from(seed).split(rest.name).split(i), domain))
    return {
      train: all.flatMap((inputs, i) => inputs.slice(0, domains[i]?.train)).map(sampleOf),
      test: all.flatMap((inputs, i) => inputs.slice(domains[i]?.train)).map(sampleOf),
    }
  }
  return { ...rest, cases }
}

function drawn(random: Rng, { from, train, test }: Domain): Inputs[] {
  const count = train + test
  if (typeof from === 'function') return repeat(count, () => from(random))
  return shuffled(random, from).slice(0, count)
}

/** A schema of a record with all of these keys. */
export const record = (properties: { readonly [name: string]: JsonSchema }): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})

export const integer: JsonSchema = { type: 'integer' }
export const number: JsonSchema = { type: 'number' }
export const string: JsonSchema = { type: 'string' }
export const boolean: JsonSchema = { type: 'boolean' }
export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

export const repeat = <Made>(count: number, make: (i: number) => Made): Made[] =>
  Array.from({ length: count }, (_, i) => make(i))

/** An integer from the first to the last. */
export const between = (random: Rng, first: number, last: number): number =>
  first + random.int(last - first + 1)

/** A number from the first up to the last. */
export const real = (random: Rng, first: number, last: number): number =>
  first + random.float() * (last - first)

/** Text of so many characters, as the benchmark draws it: those of a keyboard, line breaks and tabs. */
export const textOf = (random: Rng, length: number): string =>
  repeat(length, () => {
    const code = random.int(97)
    return code === 0 ? '\n' : code === 1 ? '\t' : String.fromCharCode(30 + code)
  }).join('')

export function shuffled<Element>(random: Rng, list: readonly Element[]): Element[] {
  const result = [...list]
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.int(i + 1)
    ;[result[i], result[j]] = [result[j] as Element, result[i] as Element]
  }
  return result
}

export function permutations<Element>(list: readonly Element[]): Element[][] {
  if (list.length === 0) return [[]]
  return list.flatMap((first, i) => permutations(list.toSpliced(i, 1)).map(others => [first, ...others]))
}
