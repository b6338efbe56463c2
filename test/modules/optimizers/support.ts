/**
 * What the tests of optimizers share: a program that sorts texts into kinds with a language model, a model that follows
 * rules written into its instructions and can be asked for better ones, and the laws that every optimizer keeps.
 */

import { expect } from 'chai'
import {
  exactMatch,
  type FitEvent,
  type FitOptions,
  type FitResult,
  fit,
  Generator,
  type LanguageFunction,
  type Optimizer,
  type Program,
  type Sample,
  Sequential,
} from '../../../src/modules/index.ts'
import type { Json } from '../../../src/runtime/index.ts'
import { FakeRunner } from '../../support/fake-runner.ts'

const LABEL = {
  type: 'object',
  properties: { kind: { enum: ['fruit', 'tool', 'other'] } },
  required: ['kind'],
} as const

/** Texts with a word that tells their kind, and words that tell nothing. */
export const kindSamples = (): Sample[] => {
  const words = { fruit: ['apple', 'pear', 'plum', 'fig'], tool: ['saw', 'drill', 'file', 'plane'] }
  const around = ['a new one', 'my old', 'two of', 'the best']
  return Object.entries(words).flatMap(([kind, names]) =>
    names.flatMap((name, i) =>
      [0, 1].map(j => ({ inputs: { text: `${around[(i + j) % 4]} ${name}` }, outputs: { kind } })),
    ),
  )
}

export const kindProgram = (instructions = 'Sort the text.'): Sequential =>
  new Sequential({ modules: [new Generator({ name: 'sort', instructions, schema: LABEL })] })

export const INSTRUCTIONS = 'modules[0].instructions.value.text'
export const EXAMPLES = 'modules[0].examples.value.items'

/**
 * Answers by the first rule like `word: kind` in its instructions that has its word in the text; then by the example
 * that shares the last word with it; then 'other'.
 */
export const follower: LanguageFunction = ({ messages }) => {
  const [system, ...rest] = messages
  const words = wordsIn(rest.at(-1)?.content)
  const rules = [...(system?.content ?? '').matchAll(/^(\w+): (\w+)$/gm)]
  const rule = rules.find(([, word = '']) => words.includes(word))
  if (rule !== undefined) return JSON.stringify({ kind: rule[2] })
  for (let i = 0; i + 1 < rest.length; i += 2) {
    if (wordsIn(rest[i]?.content).at(-1) === words.at(-1)) return rest[i + 1]?.content ?? ''
  }
  return JSON.stringify({ kind: 'other' })
}

/**
 * For every run that went wrong, drops the rules that misled it and adds one by a word that the question's number
 * picks: often a useless one. Answers the questions of GEPA and of OMEGA.
 */
export const reflector: LanguageFunction = ({ messages, rollout = 0 }) => {
  const prompt = messages.at(-1)?.content ?? ''
  const values = [...prompt.matchAll(/<value>\n(.*)\n<\/value>/g)].map(
    ([, json = '{}']) => (JSON.parse(json) as { text: string }).text,
  )
  const text = /<text>\n([\s\S]*?)\n<\/text>/.exec(prompt)?.[1] ?? values.join('\n')
  const runs = [...prompt.matchAll(/<run>\n(.*)\n<\/run>/g)].map(
    ([, json = '{}']) => JSON.parse(json) as { input: { text: string }; feedback: string },
  )
  const wrong = runs.flatMap(({ input, feedback }) => {
    const kind = /"kind":"(\w+)"/.exec(feedback)?.[1]
    return kind === undefined ? [] : [{ words: input.text.split(' '), kind }]
  })
  const misled = (line: string) =>
    wrong.some(({ words, kind }) =>
      words.some(word => line.startsWith(`${word}: `) && line !== `${word}: ${kind}`),
    )
  const rules = wrong.map(
    ({ words, kind }, i) => `${words[(rollout + i) % 2 === 0 ? words.length - 1 : 0]}: ${kind}`,
  )
  const kept = text.split('\n').filter(line => !misled(line))
  const better = [...new Set([...kept, ...rules])].join('\n')
  return JSON.stringify(values.length > 0 ? { value: { text: better } } : { text: better })
}

const wordsIn = (content = ''): string[] =>
  ((JSON.parse(/\{.*\}/.exec(content)?.[0] ?? '{}') as { text?: string }).text ?? '').split(' ')

export interface Ran {
  readonly result: FitResult<Sequential>
  readonly events: readonly FitEvent[]
}

/** A run of training, with what it told. */
export async function ran<State>(
  optimizer: Optimizer<State>,
  options: Partial<FitOptions<State>> & {
    readonly program?: Sequential
    readonly samples?: readonly Sample[]
  },
): Promise<Ran> {
  const { program = kindProgram(), samples = kindSamples(), ...rest } = options
  const events: FitEvent[] = []
  const result = await fit(program, samples, {
    optimizer,
    reward: exactMatch(),
    runner: new FakeRunner(),
    languageModel: { default: follower, reflection: reflector },
    budget: { generations: 20 },
    onEvent: event => events.push(event),
    ...rest,
  })
  return { result, events }
}

/** The same optimizer, whose state goes through text before and after everything. */
export function forgetful<State>(optimizer: Optimizer<State>): Optimizer<string> {
  const saved = (state: State): string => JSON.stringify(optimizer.save(state))
  const restored = (state: string, context: Parameters<typeof optimizer.init>[0]): State =>
    optimizer.restore(JSON.parse(state) as Json, context)
  return {
    ...(optimizer as unknown as Optimizer<string>),
    init: context => saved(optimizer.init(context)),
    propose: async (state, context) => {
      const [proposals, next, questions] = await optimizer.propose(restored(state, context), context)
      return [proposals, saved(next), questions ?? []]
    },
    observe: (state, evaluations, context, answers) =>
      saved(optimizer.observe(restored(state, context), evaluations, context, answers)),
  }
}

/** Everything that happened in a run but its times, and what came out. */
export const storyOf = ({ events, result }: Ran): string => {
  const { program, best, runs, asked, stopReason } = result
  return JSON.stringify(
    { events, program: program as Program, best, runs, asked, stopReason },
    (key, value: unknown) => (key === 'ms' ? 0 : value),
  )
}

/** Fails unless a run repeats by its seed, at any concurrency, and when its state goes through JSON at every step. */
export async function expectLaws<State>(
  make: () => Optimizer<State>,
  options: Parameters<typeof ran<State>>[1] = {},
): Promise<void> {
  const story = storyOf(await ran(make(), { ...options, seed: 3, concurrency: 8 }))
  expect(story.length).to.be.above(500)
  expect(storyOf(await ran(make(), { ...options, seed: 3, concurrency: 1 }))).to.equal(story)
  const slow = options as Partial<FitOptions<string>>
  expect(storyOf(await ran(forgetful(make()), { ...slow, seed: 3 }))).to.equal(story)
}
