/** A program that hands each module's output to the next. */

import { f } from '../symbolic/index.ts'
import type { Json, JsonSchema } from './json.ts'
import { type CallContext, Module } from './module.ts'
import { Program } from './program.ts'

/**
 * Modules in a row; a null on the way goes through to the end.
 *
 *     const program = new Sequential({ modules: [normalize, classify] })
 *     await program.predict({ x: 3 })
 */
export class Sequential extends Program.define('espalier.Sequential', {
  modules: f.list(f.object(Module)),
}) {
  async call(input: Json, context: CallContext): Promise<Json> {
    let output = input
    for (const module of this.modules) {
      if (output === null) return null
      output = await module.call(output, context)
    }
    return output
  }

  override async callMany(inputs: readonly Json[], context: CallContext): Promise<Json[]> {
    let outputs = [...inputs]
    for (const module of this.modules) outputs = await module.callMany(outputs, context)
    return outputs
  }

  override get outputSpec(): JsonSchema | null {
    return this.modules.at(-1)?.outputSpec ?? null
  }
}
