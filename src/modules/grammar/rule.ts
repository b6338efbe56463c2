/**
 * A rule is a candidate of the grammar: an expression for every output, with the types that its inputs and outputs are
 * declared to have. It is an ordinary tree; `rule.rebind({ 'outputs.y.args[0]': … })` is a mutation.
 */

import { type Field, FieldError, f, register, SymObject } from '../../symbolic/index.ts'
import { evaluate, type Inputs } from './evaluate.ts'
import { checkType, Expression, factsOf } from './expression.ts'
import { renderScript } from './render.ts'
import { fits, type Type, type Value } from './types.ts'

/** The types of the inputs or outputs of a rule, by name. */
export type Types = { readonly [name: string]: Type }

/**
 * Expressions by output key, checked against the declared types.
 *
 *     const rule = new Rule({
 *       inputTypes: { a: 'integer' },
 *       outputTypes: { y: 'integer' },
 *       outputs: { y: new Call({ op: 'max', args: [new Input({ name: 'a', type: 'integer' }), new Constant({ value: 0 })] }) },
 *     })
 *     rule.toScript()               // 'result = { y: Math.max(inputs.a, 0) }'
 *     rule.evaluate({ a: -3 })      // { y: 0 }
 */
export class Rule extends SymObject.define('grammar.Rule', {
  inputTypes: f.dict(f.string() as Field<Type, Type, false>),
  outputTypes: f.dict(f.string() as Field<Type, Type, false>),
  outputs: f.dict(f.object(Expression)),
}) {
  onBound(): void {
    const problems: { path: string; message: string }[] = []
    const { inputTypes, outputTypes, outputs } = this
    for (const [key, type] of inputTypes) checkType(this, type, `inputTypes.${key}`)
    for (const [key, type] of outputTypes) checkType(this, type, `outputTypes.${key}`)
    if (outputs.size !== outputTypes.size) {
      problems.push({
        path: 'outputs',
        message: `must be ${outputTypes.keys().join(', ')}, got ${outputs.keys().join(', ')}`,
      })
    }
    for (const [key, expression] of outputs) {
      const path = `outputs.${key}`
      const wanted = outputTypes.at(key)
      const facts = factsOf(expression)
      if (wanted === undefined) problems.push({ path, message: 'has no declared type' })
      else if (!fits(facts.type, wanted))
        problems.push({ path, message: `must be ${wanted}, got ${facts.type}` })
      if (facts.item !== null || facts.total !== null)
        problems.push({ path, message: 'uses the element of a list or the total of a loop outside of any' })
      for (const [name, type] of facts.inputs) {
        if (inputTypes.at(name) === type) continue
        const declared = inputTypes.at(name) ?? 'not declared'
        problems.push({ path, message: `takes the input '${name}' for ${type}, but it is ${declared}` })
      }
    }
    if (problems.length > 0) throw FieldError.of('grammar.Rule', problems)
  }

  /** The number of nodes in its expressions. */
  get size(): number {
    return this.outputs.values().reduce((total, expression) => total + factsOf(expression).size, 0)
  }

  /** JavaScript that sees `inputs` and leaves `result`, and does the same as `evaluate`. */
  toScript(): string {
    return renderScript(this.outputs)
  }

  /** The outputs for the inputs, worked out in this process. Throws `PackError` where an operator of a pack fails. */
  evaluate(inputs: Inputs): Record<string, Value> {
    return Object.fromEntries(
      this.outputs.entries().map(([key, expression]) => [key, evaluate(expression, inputs)]),
    )
  }
}

register(Rule)
