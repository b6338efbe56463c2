/** Problems on a few numbers. */

import { between, integer, number, problem, real, record, repeat, string } from '../problem.ts'

type Numbers = { readonly [name: string]: number }

const numbers = (...names: readonly string[]) =>
  record(Object.fromEntries(names.map(name => [name, integer])))

export const numberIo = problem({
  name: 'number-io',
  suite: 'PSB1',
  description: 'Given a number and an integer, give their sum.',
  inputSchema: record({ x: number, n: integer }),
  outputSchema: record({ sum: number }),
  domains: [
    {
      from: random => ({ x: real(random, -100, 100), n: between(random, -100, 100) }),
      train: 25,
      test: 1000,
    },
  ],
  solve: ({ x, n }: { x: number; n: number }) => ({ sum: x + n }),
  decimals: 4,
})

const nearThousands = [-10000, 0, 980, ...repeat(10, i => 995 + i), 1020, 1980, ...repeat(10, i => 1995 + i)]

export const smallOrLarge = problem({
  name: 'small-or-large',
  suite: 'PSB1',
  description: "Given an integer n, give 'small' if n < 1000, 'large' if n >= 2000, and '' otherwise.",
  inputSchema: record({ n: integer }),
  outputSchema: record({ size: string }),
  domains: [
    { from: [...nearThousands, 2020, 10000].map(n => ({ n })), train: 27, test: 0 },
    {
      from: [...repeat(40, i => 980 + i), ...repeat(40, i => 1980 + i)].map(n => ({ n })),
      train: 0,
      test: 80,
    },
    { from: random => ({ n: between(random, -10000, 10000) }), train: 73, test: 1000 },
  ],
  solve: ({ n }: { n: number }) => ({ size: n < 1000 ? 'small' : n >= 2000 ? 'large' : '' }),
  constants: ['small', 'large'],
})

export const sumOfSquares = problem({
  name: 'sum-of-squares',
  suite: 'PSB1',
  description: 'Given an integer n from 1 to 100, give the sum of the squares from 1 to n.',
  inputSchema: record({ n: integer }),
  outputSchema: record({ sum: integer }),
  domains: [
    { from: repeat(5, i => ({ n: i + 1 })), train: 5, test: 0 },
    { from: [{ n: 100 }], train: 1, test: 0 },
    { from: random => ({ n: between(random, 6, 99) }), train: 44, test: 0 },
    // The test is all there is, those seen in training among them.
    { from: repeat(100, i => ({ n: i + 1 })), train: 0, test: 100 },
  ],
  solve: ({ n }: { n: number }) => ({ sum: (n * (n + 1) * (2 * n + 1)) / 6 }),
  constants: [0, 1],
})

const grades = ({ a, b, c, d, score }: { [name: string]: number }): string => {
  const limits: readonly (readonly [string, number])[] = [
    ['A', a as number],
    ['B', b as number],
    ['C', c as number],
    ['D', d as number],
  ]
  return limits.find(([, limit]) => (score as number) >= limit)?.[0] ?? 'F'
}

const graded = (row: readonly number[]): Numbers => {
  const [a, b, c, d, score] = row as [number, number, number, number, number]
  return { a, b, c, d, score }
}
const scores = (limits: readonly number[], ...each: readonly number[]) =>
  each.map(score => graded([...limits, score]))

export const grade = problem({
  name: 'grade',
  suite: 'PSB1',
  description:
    "Given the least scores for A, B, C and D, in falling order, and a score, give 'Student has a X grade.' with the right letter.",
  inputSchema: numbers('a', 'b', 'c', 'd', 'score'),
  outputSchema: record({ text: string }),
  domains: [
    {
      from: scores([80, 70, 60, 50], 85, 80, 79, 75, 70, 69, 65, 60, 59, 55, 50, 49, 45),
      train: 13,
      test: 0,
    },
    {
      from: [
        ...scores([90, 80, 70, 60], 100, 0),
        ...scores([4, 3, 2, 1], 5, 4, 3, 2, 1, 0),
        ...scores([100, 99, 98, 97], 100, 99, 98, 97, 96),
        ...scores([98, 48, 27, 3], 55, 14, 1),
        ...scores([45, 30, 27, 0], 1, 0),
        ...scores([48, 46, 44, 42], 40, 41, 42, 43, 44, 45, 46, 47, 48, 49),
      ],
      train: 28,
      test: 0,
    },
    {
      from: random => {
        const limits = new Set<number>()
        while (limits.size < 4) limits.add(random.int(101))
        return graded([...[...limits].sort((one, other) => other - one), random.int(101)])
      },
      train: 159,
      test: 2000,
    },
  ],
  solve: (inputs: Numbers) => ({ text: `Student has a ${grades(inputs)} grade.` }),
  constants: ['Student has a ', ' grade.', 'A', 'B', 'C', 'D', 'F'],
})

export const fizzBuzz = problem({
  name: 'fizz-buzz',
  suite: 'PSB2',
  description:
    "Given an integer, give 'Fizz' if 3 divides it, 'Buzz' if 5 does, 'FizzBuzz' if both do, else its digits.",
  inputSchema: record({ n: integer }),
  outputSchema: record({ text: string }),
  domains: [
    { from: [...repeat(20, i => i + 1), 49995, 49998, 49999, 50000].map(n => ({ n })), train: 24, test: 0 },
    { from: random => ({ n: between(random, 1, 1_000_000) }), train: 176, test: 2000 },
  ],
  solve: ({ n }: { n: number }) => ({
    text: n % 15 === 0 ? 'FizzBuzz' : n % 3 === 0 ? 'Fizz' : n % 5 === 0 ? 'Buzz' : String(n),
  }),
  constants: ['Fizz', 'Buzz', 'FizzBuzz', 0, 3, 5],
})

/** How likely one die shows more than the other, counted out. */
function chance(n: number, m: number): number {
  let count = 0
  for (let first = 1; first <= n; first++) count += Math.max(0, Math.min(m, first - 1))
  return count / (n * m)
}

export const diceGame = problem({
  name: 'dice-game',
  suite: 'PSB2',
  description:
    'Peter has a die with n sides and Colin one with m, where m is more than n: give the chance that Peter rolls more than Colin.',
  inputSchema: record({ n: integer, m: integer }),
  outputSchema: record({ chance: number }),
  domains: [
    {
      from: [
        [1, 2],
        [99, 100],
        [3, 4],
        [4, 6],
        [49, 50],
      ].map(([n = 0, m = 0]) => ({ n, m })),
      train: 5,
      test: 0,
    },
    {
      from: random => {
        const [one, other] = [between(random, 1, 100), between(random, 1, 100)]
        return one === other ? { n: one, m: one + 1 } : { n: Math.min(one, other), m: Math.max(one, other) }
      },
      train: 195,
      test: 2000,
    },
  ],
  solve: ({ n, m }: { n: number; m: number }) => ({ chance: chance(n, m) }),
  decimals: 3,
})
