/**
 * Reflection: what a program did on a few samples, with the text that it did it by, goes in; a better text comes out.
 * A language model answers it as a question that is the same for the same records; a function may answer it as well.
 */

import type { Rng } from '../../search/index.ts'
import { KeyPath } from '../../symbolic/index.ts'
import type { Json } from '../json.ts'
import type { Answer, Question, RecordedTrace, SampleRecord } from '../optimizer.ts'
import type { Sample } from '../samples.ts'
import { DATA_RULE, tagged } from './tagged.ts'

/** A sample with what the program made of it. */
export interface SeenRun extends SampleRecord {
  readonly inputs: Json
  readonly expected: Json
}

/** What to reflect on. */
export interface Reflection {
  /** The key path of the text. */
  readonly path: string
  readonly text: string
  readonly seen: readonly SeenRun[]
  /** What was tried in its place before and was no better, and why not. */
  readonly rejected: readonly Rejected[]
}

export interface Rejected {
  readonly text: string
  readonly why: string
}

/** Gives a text that may do better. Its draws are to come from `random`, so that a run repeats. */
export type Reflector = (reflection: Reflection, random: Rng) => string | Promise<string>

/** What was wrong with an output, in words for whoever is to write a better text at a path. */
export type Feedback = (seen: SeenRun, path: string) => string

/** The failure, or what the reward had to say, or what was expected. */
export const defaultFeedback: Feedback = ({ reward, feedback, error, expected }) => {
  if (error !== undefined) return `It failed: ${error.message}`
  if (feedback !== undefined) return feedback
  return reward >= 1 ? 'That is right.' : `It should have been ${JSON.stringify(expected)}.`
}

/** Records with the samples that they are of. */
export const seenIn = (
  records: readonly SampleRecord[],
  positions: readonly number[],
  samples: readonly Sample[],
): SeenRun[] =>
  records.map((record, i) => {
    const { inputs, outputs } = samples[positions[i] as number] as Sample
    return { ...record, inputs, expected: outputs }
  })

export interface AskingOptions {
  readonly languageModel: string
  readonly temperature: number
  readonly feedback: Feedback
  readonly description: string
  /** Which of several answers to the same question. */
  readonly rollout: number
}

/** The question that a reflection is to a language model. */
export function reflectionQuestion(
  reflection: Reflection,
  { languageModel, temperature, feedback, description, rollout }: AskingOptions,
): Question {
  const { path, text, seen, rejected } = reflection
  const parts = [
    description === '' ? '' : `The program: ${description}`,
    `A part of the program is governed by the text at '${path}':`,
    tagged('text', text),
    'This is what happened with it, each with an input, an output, a reward from 0 to 1, and feedback:',
    ...seen.map(each => tagged('run', shownRun(each, path, feedback))),
    rejected.length === 0 ? '' : 'These texts were tried in its place and were no better:',
    ...rejected.map(each => tagged('rejected', { text: each.text, why: each.why })),
    'Write the text anew so that it does better on inputs like these. Keep what is right in it. Work out from the feedback',
    'what is to be known about the task in general, and say that; do not just list the samples.',
  ]
  return {
    languageModel,
    messages: [
      { role: 'system', content: ROLE },
      { role: 'user', content: parts.filter(part => part !== '').join('\n') },
    ],
    schema: REPLY,
    temperature,
    seed: rollout,
    rollout,
  }
}

/** The text in an answer; undefined when the model gave none. */
export function textIn(answer: Answer): string | undefined {
  if (!answer.ok) return undefined
  const { text } = answer.value as { readonly text?: Json }
  return typeof text === 'string' ? text : undefined
}

const ROLE = `You improve the texts that govern a program: instructions to language models, or scripts.
${DATA_RULE}`

const REPLY = {
  type: 'object',
  properties: { text: { type: 'string', description: 'The new text, whole.' } },
  required: ['text'],
} as const

/** What a run has to tell about the text at a path: what the modules around it did, where there are several. */
export function shownRun(seen: SeenRun, path: string, feedback: Feedback): Json {
  const { inputs, output, reward, error } = seen
  const own = ownTraces(seen.traces, path)
  const isAlone = seen.traces.length <= 1
  return {
    input: inputs,
    output,
    ...(isAlone ? {} : { steps: own.map(trace => ({ input: trace.input, output: trace.output })) }),
    ...(error === undefined ? {} : { error: error.message }),
    ...printed(own),
    reward,
    feedback: feedback(seen, path),
  }
}

/** The traces of the modules that a path leads through. */
export const ownTraces = (traces: readonly RecordedTrace[], path: string): RecordedTrace[] => {
  const place = KeyPath.parse(path)
  return traces.filter(trace => place.startsWith(trace.path))
}

function printed(traces: readonly RecordedTrace[]): { printed?: string } {
  const text = traces.map(({ stdout, stderr }) => stdout + stderr).join('')
  return text === '' ? {} : { printed: text.slice(0, MAX_PRINTED) }
}

/** So many characters of what scripts printed are shown. */
const MAX_PRINTED = 1000
