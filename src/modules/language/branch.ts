/**
 * Ways to go on, of which a language model chooses one. Only the chosen one runs; it gets the input of the branch, and
 * its output is that of the branch.
 */

import { f, register } from '../../symbolic/index.ts'
import { DataError, problem } from '../data-error.ts'
import { type Json, type JsonSchema, jsonOf, sameJson } from '../json.ts'
import { type CallContext, Module } from '../module.ts'
import { Decision, type DecisionInit } from './decision.ts'

export interface BranchInit extends Omit<DecisionInit, 'labels'> {
  /** The ways by their labels. */
  readonly branches: { readonly [label: string]: Module }
}

/**
 * A decision, and a module for each label.
 *
 *     new Branch({ instructions: 'How hard is the question?', branches: { easy: answer, hard: think } })
 */
export class Branch extends Module.define('espalier.Branch', {
  decision: f.object(Decision),
  branches: f.dict(f.object(Module)),
}) {
  constructor({ branches, name, description, trainable, ...init }: BranchInit) {
    super({
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(trainable === undefined ? {} : { trainable }),
      decision: new Decision({ ...init, labels: Object.keys(branches) }),
      branches,
    })
  }

  /** Refuses labels without a branch, and branches without a label. */
  protected onBound(): void {
    const labels = [...this.decision.labels].sort()
    const keys = this.branches.keys().sort()
    if (labels.join('\n') === keys.join('\n')) return
    const list = labels.map(label => `'${label}'`).join(', ')
    throw DataError.of(this.typeName, [
      problem(
        'branches',
        keys,
        'one for each label',
        `must be one for each label: ${list}; got ${keys.join(', ')}`,
      ),
    ])
  }

  async call(input: Json, context: CallContext): Promise<Json> {
    const decided = await this.decision.call(input, context)
    if (decided === null) return null
    const { choice } = decided as { readonly choice: string }
    return (this.branches.at(choice) as Module).call(input, context)
  }

  /** What all branches give, or any of what they give; unknown when one is. */
  override get outputSpec(): JsonSchema | null {
    const specs: JsonSchema[] = []
    for (const [, branch] of this.branches.entries()) {
      const { outputSpec } = branch
      if (outputSpec === null) return null
      if (!specs.some(spec => sameJson(spec, outputSpec))) specs.push(jsonOf(outputSpec) as JsonSchema)
    }
    return specs.length === 1 ? (specs[0] as JsonSchema) : { anyOf: specs }
  }
}
register(Branch)
