/**
 * A generator that thinks first: the model is asked for its thoughts before the rest of the reply. They are no part of
 * the output unless that is wanted, so rewards need not know of them; traces have the whole reply.
 */

import { f, register } from '../../symbolic/index.ts'
import { DataError, problem } from '../data-error.ts'
import { isJsonRecord, type Json, type JsonSchema, jsonOf } from '../json.ts'
import { modelOf, plainSchema } from '../variable.ts'
import type { GeneratorInit } from './generator.ts'
import { LanguageModule, languageFields } from './language-module.ts'

export interface ChainOfThoughtInit extends GeneratorInit {
  /** Whether the output has the thoughts too, as `thinking`. Default false. */
  readonly keepThinking?: boolean
}

/**
 * JSON that fits a schema of records, by a language model that thinks first.
 *
 *     new ChainOfThought({ instructions: 'Solve the riddle.', schema: Answer })
 */
export class ChainOfThought extends LanguageModule.define('espalier.ChainOfThought', {
  schema: f.dict(),
  keepThinking: f.bool().default(false),
}) {
  constructor({ schema, keepThinking, ...init }: ChainOfThoughtInit) {
    super({
      ...languageFields(init),
      schema: plainSchema(schema),
      ...(keepThinking === undefined ? {} : { keepThinking }),
    })
  }

  protected override onBound(): void {
    super.onBound()
    const { properties } = jsonOf(this.schema) as JsonSchema
    if (isJsonRecord(properties) && !Object.hasOwn(properties, 'thinking')) return
    const found = problem(
      'schema',
      properties,
      'of records',
      `must have properties, and none called 'thinking'`,
    )
    throw DataError.of(this.typeName, [found])
  }

  get replySchema(): JsonSchema {
    return withThinking(jsonOf(this.schema) as JsonSchema)
  }

  override get outputSpec(): JsonSchema {
    return this.keepThinking ? this.replySchema : modelOf(this.schema).schema
  }

  outputOf(reply: Json): Json {
    return this.keepThinking ? reply : withoutThinking(reply)
  }
}
register(ChainOfThought)

/** A schema of records with thoughts in front, since models write in the order of the schema. */
export function withThinking(schema: JsonSchema): JsonSchema {
  const { properties, required = [] } = schema as {
    readonly properties: JsonSchema
    readonly required?: Json[]
  }
  return {
    ...schema,
    properties: {
      thinking: { type: 'string', description: 'Step by step, before the rest.' },
      ...properties,
    },
    required: ['thinking', ...required],
  }
}

/** A reply without its thoughts. */
export function withoutThinking(reply: Json): Json {
  if (!isJsonRecord(reply)) return reply
  const { thinking: _, ...rest } = reply
  return rest
}
