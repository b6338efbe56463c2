/** A module whose output a language model writes, by instructions and examples that training may change. */

import { f, type SymDict } from '../../symbolic/index.ts'
import type { DataModel } from '../data-model.ts'
import { type Json, type JsonSchema, jsonOf } from '../json.ts'
import { modelOf } from '../variable.ts'
import { LanguageModule, type LanguageModuleInit, languageFields, plainSchema } from './language-module.ts'

export interface GeneratorInit extends LanguageModuleInit {
  /** JSON Schema of the output. A schema of plain text takes the reply as it comes. */
  readonly schema: JsonSchema | SymDict | DataModel<unknown>
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
