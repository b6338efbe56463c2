/** What OMEGA asks a language model: another value for a part of a program, from one candidate or from two. */

import type { Json, JsonSchema } from '../json.ts'
import type { Answer, Question } from '../optimizer.ts'
import type { Score } from '../score.ts'
import { type Feedback, type SeenRun, shownRun } from './reflection.ts'
import { DATA_RULE, tagged } from './tagged.ts'

/** A child before it has its value. */
export interface Bred {
  readonly operator: 'seed' | 'mutation' | 'crossover'
  /** The ids of the evaluations of its parents. */
  readonly parents: readonly number[]
  /** The key path of the part that is written anew. */
  readonly path: string
}

/** What the model is shown of a parent: its value, and what it did. */
export interface Parent {
  readonly value: Json
  readonly score: Score
  readonly seen: readonly SeenRun[]
}

export interface OmegaAsking {
  readonly languageModel: string
  readonly instructions: string
  readonly feedback: Feedback
  readonly temperature: number
  /** The descriptions of the program and of the variable. */
  readonly program: string
  readonly description: string
  readonly schema: JsonSchema
  readonly rollout: number
}

/** The question for a child; the same for the same parents. */
export function omegaQuestion(bred: Bred, parents: readonly Parent[], asking: OmegaAsking): Question {
  const { languageModel, instructions, feedback, temperature, program, description, schema, rollout } = asking
  const { operator, path } = bred
  const isCrossed = operator === 'crossover'
  const about = description === '' ? '' : ` (${description})`
  const parts = [
    program === '' ? '' : `The program: ${program}`,
    instructions === '' ? '' : `What to improve on: ${instructions}`,
    isCrossed
      ? `Here are two versions of the value at '${path}'${about}, each with what the program did with it:`
      : `Here is the value at '${path}'${about}, with what the program did with it:`,
    ...parents.flatMap(({ value, score, seen }) => [
      tagged('value', value),
      scoreLine(score),
      ...seen.map(each => tagged('run', shownRun(each, path, feedback))),
    ]),
    isCrossed
      ? 'Write one value that has what is good in both.'
      : 'Write a better value. Change one thing at a time, and keep what is right.',
    'It must hold for inputs in general, not for these runs alone.',
  ]
  return {
    languageModel,
    messages: [
      { role: 'system', content: ROLE },
      { role: 'user', content: parts.filter(part => part !== '').join('\n') },
    ],
    schema: replySchema(schema),
    temperature,
    seed: rollout,
    rollout,
  }
}

/** The value in an answer; undefined when the model gave none. */
export const valueIn = (answer: Answer | undefined): Json | undefined =>
  answer?.ok ? (answer.value as { readonly value?: Json }).value : undefined

const ROLE = `You improve values in a program, such as instructions to language models, examples or scripts.
${DATA_RULE}`

const scoreLine = ({ reward, standardError, rewards, failures }: Score): string =>
  `Its reward is ${round(reward)} ± ${round(standardError)} (mean and standard error) on ${rewards.length} samples, of ` +
  `which ${failures} failed. Its worst runs:`

const round = (number: number): number => Math.round(number * 1000) / 1000

/** A record with a value that fits a schema; its definitions stand at the root, where its references look for them. */
function replySchema({ $schema: _, $id: __, $defs, ...value }: JsonSchema): JsonSchema {
  const reply = { type: 'object', properties: { value }, required: ['value'] }
  return $defs === undefined ? reply : { ...reply, $defs }
}
