/** A module whose output a language model writes, by instructions and examples that training may change. */

import { f, register } from '../../symbolic/index.ts'
import { type Json, type JsonSchema, jsonOf } from '../json.ts'
import { type GivenSchema, modelOf, plainSchema } from '../variable.ts'
import { LanguageModule, type LanguageModuleInit, languageFields } from './language-module.ts'

export interface GeneratorInit extends LanguageModuleInit {
  /** The schema of the output, as whatever a model can be made of. One of plain text takes the reply as it comes. */
  readonly schema: GivenSchema
}

/**
 * JSON that fits a schema, by a language model.
 *
 *     const label = new Generator({ instructions: 'Is this text friendly?', schema: Label })
 *     const program = new Sequential({ modules: [label] })
 *     await program.predict({ text: 'Hello!' }, { languageModel: openAiCompatible() })
 */
export class Generator extends LanguageModule.define('espalier.Generator', { schema: f.dict() }) {
  constructor({ schema, ...init }: GeneratorInit) {
    super({ ...languageFields(init), schema: plainSchema(schema) })
  }

  get replySchema(): JsonSchema {
    return jsonOf(this.schema) as JsonSchema
  }

  override get outputSpec(): JsonSchema {
    return modelOf(this.schema).schema
  }

  outputOf(reply: Json): Json {
    return reply
  }
}
register(Generator)
