/** A program that hands each module's output to the next. */

import { f, register } from '../symbolic/index.ts'
import { DataError, type DataProblem, problem } from './data-error.ts'
import { misfit } from './flow/misfit.ts'
import type { Json, JsonSchema } from './json.ts'
import { type CallContext, callSettled, Module } from './module.ts'
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
  /** Refuses a module that cannot take what the one before gives. */
  protected onBound(): void {
    const modules = [...this.modules]
    const found = modules.flatMap((module, i): DataProblem[] => {
      const [gives, takes] = [modules[i - 1]?.outputSpec ?? null, module.inputSpec]
      const why = gives === null || takes === null ? null : misfit(gives, takes)
      if (why === null) return []
      const message = `cannot take what modules[${i - 1}] gives: ${why}`
      return [problem(`modules[${i}]`, undefined, 'a module that takes it', message)]
    })
    if (found.length > 0) throw DataError.of(this.typeName, found)
  }

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
    for (const module of this.modules) outputs = await callSettled(module, outputs, context)
    return outputs
  }

  override get inputSpec(): JsonSchema | null {
    return this.modules.at(0)?.inputSpec ?? null
  }

  override get outputSpec(): JsonSchema | null {
    return this.modules.at(-1)?.outputSpec ?? null
  }
}
register(Sequential)
