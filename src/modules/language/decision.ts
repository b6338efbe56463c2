/** A language model that decides: its output is one of some labels. */

import { f, register } from '../../symbolic/index.ts'
import { DataError, problem } from '../data-error.ts'
import type { Json, JsonSchema } from '../json.ts'
import { withoutThinking, withThinking } from './chain-of-thought.ts'
import { LanguageModule, type LanguageModuleInit, languageFields } from './language-module.ts'

export interface DecisionInit extends LanguageModuleInit {
  readonly labels: readonly string[]
  /** Whether the model thinks first. Default false. */
  readonly thinking?: boolean
}

/**
 * One of some labels, as `{ choice }`.
 *
 *     new Decision({ instructions: 'How hard is the question?', labels: ['easy', 'hard'] })
 */
export class Decision extends LanguageModule.define('espalier.Decision', {
  labels: f.list(f.string({ minLength: 1 }), { minSize: 2 }),
  thinking: f.bool().default(false),
}) {
  constructor({ labels, thinking, ...init }: DecisionInit) {
    super({ ...languageFields(init), labels, ...(thinking === undefined ? {} : { thinking }) })
  }

  protected override onBound(): void {
    super.onBound()
    const labels = [...this.labels]
    const twice = labels.findIndex((label, i) => labels.indexOf(label) < i)
    if (twice < 0) return
    throw DataError.of(this.typeName, [problem(`labels[${twice}]`, labels[twice], 'a label of its own')])
  }

  get replySchema(): JsonSchema {
    return this.thinking ? withThinking(this.outputSpec) : this.outputSpec
  }

  override get outputSpec(): JsonSchema {
    return { type: 'object', properties: { choice: { enum: [...this.labels] } }, required: ['choice'] }
  }

  outputOf(reply: Json): Json {
    return withoutThinking(reply)
  }
}
register(Decision)
