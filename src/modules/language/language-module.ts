/**
 * The base of the modules whose output a language model writes: what stands in the tree (instructions, examples, the
 * name of the model), the prompt made of it, and what becomes of the reply. A call that fails gives null and a trace
 * that says why; it never throws on a model's account, since training goes on without that sample.
 */

import { f, SymDict, SymList, SymObject } from '../../symbolic/index.ts'
import { DataError, type DataProblem, problem } from '../data-error.ts'
import { type Json, type JsonSchema, jsonOf } from '../json.ts'
import { type CallContext, Module } from '../module.ts'
import { invalidInput, tell } from '../trace.ts'
import { type GivenSchema, modelOf, plainSchema, Variable } from '../variable.ts'
import { isOfText, type LanguageCall, type LanguageRequest } from './language-model.ts'
import { LanguageModelError } from './language-model-error.ts'
import { DEFAULT_MODEL, modelNamed } from './language-models.ts'
import { DEFAULT_TEMPLATE, type Example, PLACES, renderPrompt, unknownPlaces } from './prompt.ts'
import { askFor } from './structured.ts'

/** The schema of the variable of instructions. */
export const INSTRUCTIONS_SCHEMA: JsonSchema = {
  type: 'object',
  properties: { text: { type: 'string', description: 'What the language model is told to do.' } },
  required: ['text'],
}

/** The schema of the variable of examples. */
export const EXAMPLES_SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    items: {
      type: 'array',
      description: 'Inputs with the outputs that they should have, shown to the language model.',
      items: { type: 'object', properties: { inputs: {}, outputs: {} }, required: ['inputs', 'outputs'] },
      default: [],
    },
  },
  required: ['items'],
}

/** What the constructors of all such modules take. */
export interface LanguageModuleInit {
  readonly name?: string
  readonly description?: string
  readonly trainable?: boolean
  /** What the model is told to do, as text or as a variable that holds it as `text`. */
  readonly instructions?: string | Variable
  /** Examples to show, as a list or as a variable that holds it as `items`. */
  readonly examples?: readonly Example[] | Variable
  /** Further instructions for optimizers to start from. */
  readonly seedInstructions?: readonly string[]
  /** The schema of the input; other inputs fail before the model is asked. */
  readonly inputSchema?: GivenSchema | undefined
  /** The system message, with places `{{instructions}}`, `{{schema}}` and `{{inputSchema}}`. */
  readonly template?: string
  /** The name of the model, for whoever runs the program to say which it is. */
  readonly languageModel?: string
  /** Default 0; null leaves it to the model. */
  readonly temperature?: number | null
  /** Default 0; null sends none. */
  readonly seed?: number | null
  readonly maxTokens?: number
  /** How often the model is asked again about a reply that does not fit. Default 1. */
  readonly repairs?: number
}

export abstract class LanguageModule extends Module.define('espalier.LanguageModule', {
  instructions: f.object(Variable),
  examples: f.object(Variable),
  seedInstructions: f.list(f.string()).orEmpty(),
  inputSchema: f.dict().optional(),
  template: f.string().default(DEFAULT_TEMPLATE),
  languageModel: f.string({ minLength: 1 }).default(DEFAULT_MODEL),
  temperature: f.float({ min: 0, max: 2 }).nullable().default(0),
  seed: f.int().nullable().default(0),
  maxTokens: f.int({ min: 1 }).optional(),
  repairs: f.int({ min: 0, max: 10 }).default(1),
}) {
  static readonly isAbstract: boolean = true

  /** The schema of what the model is asked for. */
  abstract get replySchema(): JsonSchema

  /** The output that a reply amounts to. */
  abstract outputOf(reply: Json): Json

  /** Refuses variables that hold something else, templates with places that do not exist, and what is no schema. */
  protected onBound(): void {
    const found = problemsIn(this)
    if (found.length > 0) throw DataError.of(this.typeName, found)
    // The first check of a schema says whether it can be used.
    modelOf(this.replySchema).accepts(null)
  }

  override get inputSpec(): JsonSchema | null {
    return this.inputSchema === undefined ? null : modelOf(this.inputSchema).schema
  }

  /**
   * The request for an input, as the model is sent it.
   *
   *     generator.request({ question: 'Why?' }).messages      // what training has made of the prompt
   */
  request(input: Json): LanguageRequest {
    const { template, inputSchema, replySchema, temperature, seed, maxTokens } = this
    const text = this.instructions.at('text')
    if (typeof text !== 'string') {
      throw new TypeError(
        `the instructions at '${this.path}' are not chosen yet: materialize the space first`,
      )
    }
    const items = jsonOf(this.examples.at('items')) as unknown as readonly Example[]
    return {
      messages: renderPrompt({
        template,
        instructions: text,
        schema: replySchema,
        inputSchema: inputSchema === undefined ? undefined : (jsonOf(inputSchema) as JsonSchema),
        examples: items,
        input,
      }),
      schema: isOfText(replySchema) ? undefined : replySchema,
      temperature: temperature ?? undefined,
      seed: seed ?? undefined,
      maxTokens,
    }
  }

  async call(input: Json, context: CallContext): Promise<Json> {
    if (input === null) return null
    const model = modelNamed(context.languageModels, this.languageModel)
    const begun = performance.now()
    const calls: LanguageCall[] = []
    const [misfit] = this.inputSchema === undefined ? [] : modelOf(this.inputSchema).problems(input)
    if (misfit !== undefined) {
      return tell(this, context, { input, output: null, error: invalidInput(misfit), begun })
    }
    const request = requestIn(context, this.request(input))
    const data = modelOf(this.replySchema)
    try {
      const { value } = await askFor(model, request, data, {
        repairs: this.repairs,
        onReply: ({ text: _, object: __, raw: ___, ...call }) => calls.push(call),
      })
      const output = this.outputOf(value)
      const reply = output === value ? {} : { reply: value }
      return tell(this, context, { input, output, ...reply, calls, begun })
    } catch (error) {
      const { kind, message } = LanguageModelError.from(error, context.signal)
      return tell(this, context, { input, output: null, error: { kind, message }, calls, begun })
    }
  }
}

/** The fields that the constructors of all such modules make of what they take; dicts, since those may hold choices. */
export function languageFields({
  instructions = '',
  examples = [],
  inputSchema,
  ...rest
}: LanguageModuleInit) {
  return {
    ...rest,
    instructions:
      instructions instanceof Variable
        ? instructions
        : new Variable({ schema: INSTRUCTIONS_SCHEMA, value: SymDict.from({ text: instructions }) }),
    examples:
      examples instanceof Variable
        ? examples
        : new Variable({ schema: EXAMPLES_SCHEMA, value: SymDict.from({ items: examples }) }),
    ...(inputSchema === undefined ? {} : { inputSchema: plainSchema(inputSchema) }),
  }
}

/** A request with what the context has to say. A server that honours the seed would answer every rollout alike. */
const requestIn = ({ signal, rollout = 0 }: CallContext, request: LanguageRequest): LanguageRequest => ({
  ...request,
  seed: request.seed === undefined ? undefined : request.seed + rollout,
  rollout,
  signal,
})

function problemsIn({ instructions, examples, template }: LanguageModule): DataProblem[] {
  const found: DataProblem[] = []
  const text = instructions.at('text')
  if (typeof text !== 'string' && !(text instanceof SymObject)) {
    found.push(problem('instructions', text, 'a variable', `must hold a 'text'`))
  }
  const items = examples.at('items')
  if (!(items instanceof SymList || items instanceof SymObject)) {
    found.push(problem('examples', items, 'a variable', `must hold a list of 'items'`))
  }
  for (const name of unknownPlaces(template)) {
    const known = PLACES.map(place => `{{${place}}}`).join(', ')
    found.push(problem('template', template, known, `has a place {{${name}}}; there are ${known}`))
  }
  return found
}
