/**
 * Four problems of the General Program Synthesis Benchmark (Helmuth and Spector, GECCO 2015), made from their
 * definitions by seed. As there, training data start with the cases picked by hand, and the rest of every part is
 * drawn from kinds of inputs in the paper's proportions; no case stands in two parts where that can be helped.
 */

import type { Json } from '../runtime/index.ts'
import { Rng } from '../search/index.ts'

/** A case: what goes in and what should come out, by name. */
export interface Example {
  readonly inputs: { readonly [name: string]: Json }
  readonly outputs: { readonly [name: string]: Json }
}

/** How many cases each part has. */
export interface PartSizes {
  readonly train?: number
  readonly validation?: number
  readonly test?: number
}

export interface Parts {
  readonly train: readonly Example[]
  readonly validation: readonly Example[]
  readonly test: readonly Example[]
}

type JsonSchema = { readonly [key: string]: Json }

/** A task of program synthesis: data by seed, and where to start from. */
export interface Problem {
  readonly name: string
  readonly description: string
  readonly inputSchema: JsonSchema
  readonly outputSchema: JsonSchema
  /** The cases picked by hand; they stand at the beginning of the training data. */
  readonly edgeCases: readonly Example[]
  /** A script that runs and is wrong. */
  readonly seedScript: string
  /** What a script that fails is taken to have given. */
  readonly defaultReturnValue: { readonly [name: string]: Json }
  /** The cases for a seed; the same for the same seed and sizes. */
  generate(seed: number | string, sizes?: PartSizes): Parts
}

/** The names of the problems, in the order of their difficulty. */
export const problemNames = ['smallest', 'median', 'negative-to-zero', 'mirror-image'] as const
export type ProblemName = (typeof problemNames)[number]

/** The problem of a name; undefined when there is none. */
export const findProblem = (name: string): Problem | undefined =>
  problems.find(problem => problem.name === name)

type Inputs = Example['inputs']

/** Kinds of inputs, with how many of a hundred or so cases are of each kind. */
type Kinds = readonly (readonly [share: number, make: (random: Rng) => Inputs])[]

interface Definition extends Omit<Problem, 'edgeCases' | 'generate'> {
  readonly picked: readonly Inputs[]
  readonly kinds: Kinds
  readonly solve: (inputs: Inputs) => Json
}

const integer: JsonSchema = { type: 'integer' }
const vector: JsonSchema = { type: 'array', items: integer }

const schemaOf = (properties: { readonly [name: string]: JsonSchema }): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})

const repeat = <Made>(count: number, make: () => Made): Made[] => Array.from({ length: count }, make)
const numbers = (value: Json | undefined): readonly number[] => value as readonly number[]
const values = (inputs: Inputs): readonly number[] => Object.values(inputs) as number[]
/** An integer from the first to the last. */
const between = (random: Rng, first: number, last: number): number => first + random.int(last - first + 1)
const small = (random: Rng): number => between(random, -100, 100)
const three = ([a, b, c]: readonly number[]): Inputs => ({ a: a as number, b: b as number, c: c as number })
const four = ([a, b, c, d]: readonly number[]): Inputs => ({ ...three([a!, b!, c!]), d: d as number })

function shuffled<Element>(random: Rng, list: readonly Element[]): Element[] {
  const result = [...list]
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.int(i + 1)
    ;[result[i], result[j]] = [result[j] as Element, result[i] as Element]
  }
  return result
}

const smallest: Definition = {
  name: 'smallest',
  description: 'Given four integers from -100 to 100, give the smallest of them.',
  inputSchema: schemaOf({ a: integer, b: integer, c: integer, d: integer }),
  outputSchema: schemaOf({ smallest: integer }),
  seedScript: 'result = { smallest: inputs.a }',
  defaultReturnValue: { smallest: 0 },
  picked: [
    [0, 0, 0, 0],
    [-44, -44, -7, -13],
    [0, 4, -99, -33],
    [-22, -22, -22, -22],
    [99, 100, 99, 100],
  ].map(four),
  kinds: [
    [10, random => threeOfFour(random)],
    [10, random => four(Array(4).fill(small(random)))],
    [20, random => four(repeat(4, () => between(random, 0, 100)))],
    [60, random => four(repeat(4, () => small(random)))],
  ],
  solve: inputs => Math.min(...values(inputs)),
}

const median: Definition = {
  name: 'median',
  description: 'Given three integers from -100 to 100, give their median.',
  inputSchema: schemaOf({ a: integer, b: integer, c: integer }),
  outputSchema: schemaOf({ median: integer }),
  seedScript: 'result = { median: inputs.a }',
  defaultReturnValue: { median: 0 },
  // The paper picks no cases by hand here; its kinds of inputs cover ties.
  picked: [],
  kinds: [
    [60, random => three(repeat(3, () => small(random)))],
    [30, random => twoOfThree(random)],
    [10, random => three(Array(3).fill(small(random)))],
  ],
  solve: inputs => values(inputs).toSorted((a, b) => a - b)[1] as number,
}

const negativeToZero: Definition = {
  name: 'negative-to-zero',
  description:
    'Given a list of up to 50 integers from -1000 to 1000, give the list with 0 in place of negatives.',
  inputSchema: schemaOf({ list: vector }),
  outputSchema: schemaOf({ list: vector }),
  seedScript: 'result = { list: inputs.list }',
  defaultReturnValue: { list: [] },
  picked: [
    ...[[], [-10], [-1], [0], [1], [10], [0, 0], [0, 1], [-1, 0], [-90, -6], [-16, 33], [412, 111]],
  ].map(list => ({ list })),
  kinds: [
    [5, random => ({ list: [between(random, -1000, 1000)] })],
    [9, random => signed(random, 1)],
    [9, random => signed(random, 0)],
    [165, random => signed(random, random.float())],
  ],
  solve: ({ list }) => numbers(list).map(element => Math.max(element, 0)),
}

const countdown = Array.from({ length: 25 }, (_, i) => 24 - i)
const palindromes = [
  [1, 2, 1],
  [1, 2, 3, 4, 5, 4, 3, 2, 1],
  [45, 99, 0, 12, 44, 7, 7, 44, 12, 0, 99, 45],
  [...countdown, ...countdown.toReversed()],
]

const mirrorImage: Definition = {
  name: 'mirror-image',
  description:
    'Given two lists of equal length, up to 50, of integers from -1000 to 1000, say whether one is the reverse of the other.',
  inputSchema: schemaOf({ first: vector, second: vector }),
  outputSchema: schemaOf({ mirrored: { type: 'boolean' } }),
  seedScript: 'result = { mirrored: false }',
  defaultReturnValue: { mirrored: false },
  picked: [
    pair([], []),
    ...[pair([1], [1]), pair([1], [0]), pair([0], [1]), pair([16], [-44]), pair([-12], [-13])],
    ...[pair([1, 2], [2, 1]), pair([1, 1], [0, 1]), pair([7, 0], [0, 7]), pair([5, 8], [5, 8])],
    ...[pair([34, 12], [34, 12]), pair([456, 456], [456, 456]), pair([-431, -680], [40, 831])],
    ...palindromes.map(list => pair(list, list)),
    ...permutations([33, 45, -941]).map(list => pair([33, 45, -941], list)),
  ],
  kinds: [
    [37, random => mirrored(random, list => list)],
    [10, random => same(anyList(random))],
    [20, random => mirrored(random, list => changed(random, list))],
    [10, random => mirrored(random, list => repeat(list.length, () => between(random, -1000, 1000)))],
  ],
  solve: ({ first, second }) => {
    const [a, b] = [numbers(first), numbers(second)]
    return a.length === b.length && a.every((element, i) => element === b[b.length - 1 - i])
  },
}

/** The problems, in the order of their names. */
export const problems: readonly Problem[] = [smallest, median, negativeToZero, mirrorImage].map(problemOf)

function problemOf({ picked, kinds, solve, ...rest }: Definition): Problem {
  const [outputName] = Object.keys(rest.defaultReturnValue) as [string]
  const exampleOf = (inputs: Inputs): Example => ({ inputs, outputs: { [outputName]: solve(inputs) } })
  return {
    ...rest,
    edgeCases: picked.map(exampleOf),
    generate(seed, { train = 100, validation = 100, test = 1000 } = {}) {
      const seen = new Set<string>()
      const part = (name: string, size: number, start: readonly Inputs[]): Example[] => {
        const random = Rng.from(seed).split(rest.name).split(name)
        const inputs = start.slice(0, size)
        for (const one of inputs) seen.add(JSON.stringify(one))
        while (inputs.length < size) inputs.push(drawFresh(random, kinds, seen))
        return inputs.map(exampleOf)
      }
      return {
        train: part('train', train, picked),
        validation: part('validation', validation, []),
        test: part('test', test, []),
      }
    },
  }
}

/** Inputs that were not seen before, unless a hundred draws of their kind gave nothing new. */
function drawFresh(random: Rng, kinds: Kinds, seen: Set<string>): Inputs {
  const total = kinds.reduce((sum, [share]) => sum + share, 0)
  let left = random.float() * total
  const [, make] = kinds.find(([share]) => (left -= share) < 0) ?? (kinds[0] as Kinds[number])
  for (let tries = 0; ; tries++) {
    const inputs = make(random)
    const text = JSON.stringify(inputs)
    if (seen.has(text) && tries < 100) continue
    seen.add(text)
    return inputs
  }
}

function twoOfThree(random: Rng): Inputs {
  const twice = small(random)
  return three(shuffled(random, [twice, twice, small(random)]))
}

function threeOfFour(random: Rng): Inputs {
  const often = small(random)
  return four(shuffled(random, [often, often, often, small(random)]))
}

/** A list of random length, from 1 on, whose elements are negative by a probability. */
function signed(random: Rng, probability: number): Inputs {
  const element = () => (random.float() < probability ? between(random, -1000, -1) : between(random, 0, 1000))
  return { list: repeat(between(random, 1, 50), element) }
}

function pair(first: readonly number[], second: readonly number[]): Inputs {
  return { first, second }
}

const same = (list: readonly number[]): Inputs => pair(list, list)
const anyList = (random: Rng): number[] => repeat(between(random, 1, 50), () => between(random, -1000, 1000))

/** A random list, and what is made of its reverse. */
function mirrored(random: Rng, make: (reversed: number[]) => number[]): Inputs {
  const list = anyList(random)
  return pair(list, make(list.toReversed()))
}

/** The list with up to five elements drawn again. */
function changed(random: Rng, list: readonly number[]): number[] {
  const result = [...list]
  for (let left = between(random, 1, 5); left > 0; left--)
    result[random.int(list.length)] = between(random, -1000, 1000)
  return result
}

function permutations(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]]
  return list.flatMap((first, i) => permutations(list.toSpliced(i, 1)).map(others => [first, ...others]))
}
