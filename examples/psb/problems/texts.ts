/** Problems on text. Where the benchmark prints, these give the text as a value. */

import type { Rng } from 'espalier/search'
import {
  between,
  boolean,
  integer,
  listOf,
  permutations,
  problem,
  record,
  repeat,
  string,
  textOf,
} from '../problem.ts'

type Three = { readonly a: string; readonly b: string; readonly c: string }

const three = ([a = '', b = '', c = '']: readonly string[]): Three => ({ a, b, c })
const any = (random: Rng) => textOf(random, random.int(50))

/** Texts that are drawn, in any order. */
const inAnyOrder = (texts: (random: Rng) => readonly string[]) => (random: Rng) => {
  const drawn = permutations(texts(random))
  return three(drawn[random.int(drawn.length)] ?? [])
}

export const compareStringLengths = problem({
  name: 'compare-string-lengths',
  suite: 'PSB1',
  description:
    'Given three texts, say whether the first is shorter than the second, and that shorter than the third.',
  inputSchema: record({ a: string, b: string, c: string }),
  outputSchema: record({ isRising: boolean }),
  domains: [
    { from: [three([])], train: 1, test: 0 },
    { from: permutations(['', 'a', 'bc']).map(three), train: 6, test: 0 },
    { from: inAnyOrder(random => ['', '', textOf(random, between(random, 1, 49))]), train: 6, test: 0 },
    {
      from: inAnyOrder(random => {
        const twice = textOf(random, between(random, 1, 49))
        return [twice, twice, textOf(random, between(random, 1, 49))]
      }),
      train: 9,
      test: 0,
    },
    {
      from: random => {
        const text = any(random)
        return three([text, text, text])
      },
      train: 3,
      test: 100,
    },
    {
      from: random => three(repeat(3, () => any(random)).sort((one, other) => one.length - other.length)),
      train: 25,
      test: 200,
    },
    { from: random => three(repeat(3, () => any(random))), train: 50, test: 700 },
  ],
  solve: ({ a, b, c }: Three) => ({ isRising: a.length < b.length && b.length < c.length }),
})

const inList = (list: readonly string[]) => ({ list })

export const stringLengthsBackwards = problem({
  name: 'string-lengths-backwards',
  suite: 'PSB1',
  description:
    'Given a list of up to 50 texts, give their lengths from the last to the first, on a line each.',
  inputSchema: record({ list: listOf(string) }),
  outputSchema: record({ text: string }),
  domains: [
    { from: [inList([])], train: 1, test: 0 },
    { from: [1, 2, 3, 10].map(count => inList(repeat(count, () => ''))), train: 4, test: 0 },
    {
      from: [
        ['abcde'],
        ['1'],
        ['abc', 'hi there'],
        ['!@#', '\n\n\t\t', '5552\na r'],
        ['tt', '333', '1', 'ccc'],
      ].map(inList),
      train: 5,
      test: 0,
    },
    {
      from: random => inList(repeat(between(random, 1, 50), () => textOf(random, random.int(51)))),
      train: 90,
      test: 1000,
    },
  ],
  solve: ({ list }: { readonly list: readonly string[] }) => ({
    text: list
      .map(text => text.length)
      .reverse()
      .join('\n'),
  }),
  constants: ['\n'],
  extras: ['joinTexts'],
})

/** The beginning of a text that repeats for ever. */
const cycled = (text: string, length: number): string => text.repeat(length).slice(0, length)

const spaced = (random: Rng, length: number): string =>
  repeat(length, () => (random.float() < 0.2 ? ' ' : String.fromCharCode(32 + random.int(95)))).join('')

export const replaceSpaceWithNewline = problem({
  name: 'replace-space-with-newline',
  suite: 'PSB1',
  description:
    'Given a text of up to 20 characters, give it with line breaks for spaces, and the number of its other characters.',
  inputSchema: record({ text: string }),
  outputSchema: record({ text: string, count: integer }),
  domains: [
    {
      from: [
        ...['', 'A', '*', ' ', 's', 'B ', '  ', ' D', 'ef', '!!', ' F ', 'T L', '4ps', 'q  ', '   ', '  e'],
        ...['hi ', '  $  ', '      9', cycled('i !', 13), cycled('8', 20), cycled(' ', 20), cycled('s', 20)],
        ...['1 ', ' v', 'Ha ', 'x y!', 'G5', '>_=]', '^_^ '].map(text => cycled(text, 20)),
      ].map(text => ({ text })),
      train: 30,
      test: 0,
    },
    { from: random => ({ text: spaced(random, between(random, 2, 20)) }), train: 70, test: 1000 },
  ],
  solve: ({ text }: { readonly text: string }) => ({
    text: text.replaceAll(' ', '\n'),
    count: text.replaceAll(' ', '').length,
  }),
  constants: [' ', '\n'],
})
