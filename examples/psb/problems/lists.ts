/** Problems on lists of numbers. */

import type { Rng } from 'espalier/search'
import {
  between,
  integer,
  listOf,
  number,
  permutations,
  problem,
  real,
  record,
  repeat,
  shuffled,
} from '../problem.ts'

type List = readonly number[]
type One = { readonly list: List }
type Two = { readonly first: List; readonly second: List }

const integers = listOf(integer)
const inList = (list: List) => ({ list })
const inLists = (lists: readonly List[]) => lists.map(inList)
const rangeOf = (first: number, last: number): number[] => repeat(last - first + 1, i => first + i)

/** A list from 1 to 50 long, each odd by a probability. */
function odds(random: Rng, probability: number) {
  const element = () =>
    random.float() < probability ? 2 * between(random, -500, 499) + 1 : 2 * between(random, -500, 500)
  return inList(repeat(between(random, 1, 50), element))
}

export const countOdds = problem({
  name: 'count-odds',
  suite: 'PSB1',
  description: 'Given a list of up to 50 integers from -1000 to 1000, say how many of them are odd.',
  inputSchema: record({ list: integers }),
  outputSchema: record({ count: integer }),
  domains: [
    { from: inLists([[]]), train: 1, test: 0 },
    { from: [...rangeOf(-10, 10), -947, -450, 303, 886].map(one => inList([one])), train: 25, test: 0 },
    {
      from: inLists([
        [0, 0],
        [0, 1],
        [7, 1],
        [-9, -1],
        [-11, 40],
        [944, 77],
      ]),
      train: 6,
      test: 0,
    },
    { from: random => odds(random, 1), train: 9, test: 100 },
    { from: random => odds(random, 0), train: 9, test: 100 },
    { from: random => odds(random, random.float()), train: 150, test: 1800 },
  ],
  solve: ({ list }: One) => ({ count: list.filter(element => element % 2 !== 0).length }),
  constants: [0, 1, 2],
})

export const lastIndexOfZero = problem({
  name: 'last-index-of-zero',
  suite: 'PSB1',
  description:
    'Given a list of up to 50 integers from -50 to 50, at least one of them 0, give the last index of 0.',
  inputSchema: record({ list: integers }),
  outputSchema: record({ index: integer }),
  domains: [
    {
      from: inLists([
        [0, 1],
        [1, 0],
        [7, 0],
        [0, 8],
        [0, -1],
        [-1, 0],
        [-7, 0],
        [0, -8],
      ]),
      train: 8,
      test: 0,
    },
    { from: repeat(50, i => inList(repeat(i + 1, () => 0))), train: 30, test: 20 },
    { from: inLists(permutations([0, 5, -8, 9])), train: 20, test: 4 },
    { from: inLists(distinct(permutations([0, 0, -8, 9]))), train: 10, test: 2 },
    { from: inLists(distinct(permutations([0, 0, 0, 9]))), train: 4, test: 0 },
    {
      from: random => {
        const zeros = repeat(1 + random.int(6), () => 0)
        const others = repeat(random.int(45), () => between(random, -50, 50))
        return inList(shuffled(random, [...zeros, ...others]))
      },
      train: 78,
      test: 974,
    },
  ],
  solve: ({ list }: One) => ({ index: list.lastIndexOf(0) }),
})

const reals = (random: Rng, length: number) => inList(repeat(length, () => real(random, -1000, 1000)))

export const vectorAverage = problem({
  name: 'vector-average',
  suite: 'PSB1',
  description: 'Given a list of 1 to 50 numbers from -1000 to 1000, give their average.',
  inputSchema: record({ list: listOf(number) }),
  outputSchema: record({ average: number }),
  domains: [
    { from: inLists([[0], [100], [-100]]), train: 3, test: 0 },
    {
      from: inLists([
        [2, 129],
        [0.12345, -4.678],
        [999.99, 74.113],
      ]),
      train: 3,
      test: 0,
    },
    { from: random => reals(random, 50), train: 4, test: 50 },
    { from: random => reals(random, between(random, 1, 50)), train: 90, test: 950 },
  ],
  solve: ({ list }: One) => ({ average: list.reduce((sum, element) => sum + element, 0) / list.length }),
  decimals: 4,
})

function pairOf(random: Rng, length: number): Two {
  const list = () => repeat(length, () => between(random, -1000, 1000))
  return { first: list(), second: list() }
}

const pairs = (all: readonly (readonly [List, List])[]) => all.map(([first, second]) => ({ first, second }))

export const vectorsSummed = problem({
  name: 'vectors-summed',
  suite: 'PSB1',
  description:
    'Given two lists of the same length, up to 50, of integers from -1000 to 1000, add them element by element.',
  inputSchema: record({ first: integers, second: integers }),
  outputSchema: record({ sums: integers }),
  domains: [
    { from: pairs([[[], []]]), train: 1, test: 0 },
    {
      from: pairs([
        [[0], [0]],
        [[0], [10]],
        [[3], [5]],
        [[7], [-9]],
        [[-432], [-987]],
      ]),
      train: 5,
      test: 0,
    },
    { from: random => pairOf(random, 1), train: 5, test: 0 },
    {
      from: pairs([
        [
          [0, 0],
          [0, 0],
        ],
        [
          [0, 1],
          [-4, 2],
        ],
        [
          [-1, 0],
          [-3, 0],
        ],
        [
          [-90, -6],
          [-323, 49],
        ],
      ]),
      train: 4,
      test: 0,
    },
    { from: random => pairOf(random, 50), train: 10, test: 100 },
    { from: random => pairOf(random, between(random, 1, 50)), train: 125, test: 1400 },
  ],
  solve: ({ first, second }: Two) => ({ sums: first.map((element, i) => element + (second[i] as number)) }),
})

const modules = (random: Rng, length: number) => inList(repeat(length, () => between(random, 6, 10_000)))

export const fuelCost = problem({
  name: 'fuel-cost',
  suite: 'PSB2',
  description:
    'Given a list of 1 to 20 integers from 6 to 10000, divide each by 3, round down, take 2 away, and add all up.',
  inputSchema: record({ list: integers }),
  outputSchema: record({ sum: integer }),
  domains: [
    { from: [...rangeOf(6, 17), 9998, 9999, 10_000].map(one => inList([one])), train: 15, test: 0 },
    {
      from: inLists([
        [6, 6],
        [9, 14],
        [9, 15],
        [14, 9],
        [15, 9],
        [32, 32],
        [33, 33],
        [10_000, 9],
        [9, 10_000],
        [10_000, 10_000],
      ]),
      train: 10,
      test: 0,
    },
    {
      from: [
        ...[...rangeOf(6, 13), 9998, 9999, 10_000].map(one => inList(repeat(20, () => one))),
        inList(repeat(15, () => 9)),
      ],
      train: 12,
      test: 0,
    },
    { from: random => modules(random, between(random, 1, 5)), train: 75, test: 1000 },
    { from: random => modules(random, between(random, 6, 20)), train: 88, test: 1000 },
  ],
  solve: ({ list }: One) => ({ sum: list.reduce((sum, one) => sum + Math.floor(one / 3) - 2, 0) }),
  constants: [0, 1, 2, 3],
})

/** Each list once. */
function distinct(lists: readonly List[]): List[] {
  return [...new Map(lists.map(list => [list.join(), list])).values()]
}
