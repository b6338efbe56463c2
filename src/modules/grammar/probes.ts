/**
 * What expressions do on the inputs of the samples, as fingerprints that are equal for equal behavior. Values are kept
 * per shared part, so that a child of a mutation works out only what is new on the way up to its root.
 */

import { compile, limit } from './evaluate.ts'
import { Call, type Expression, factsOf } from './expression.ts'
import { operatorOf } from './operators.ts'
import type { Rule } from './rule.ts'
import type { Value } from './types.ts'

export class Probes {
  readonly inputs: readonly { readonly [name: string]: unknown }[]
  private readonly known = new WeakMap<object, readonly Value[]>()

  constructor(inputs: readonly { readonly [name: string]: unknown }[]) {
    this.inputs = inputs
  }

  /** What the expression gives for each of the inputs. */
  values(expression: Expression): readonly Value[] {
    const token = expression.token
    let values = this.known.get(token)
    if (values === undefined) this.known.set(token, (values = this.find(expression)))
    return values
  }

  /** A number of 52 bits, equal for rules that give the same outputs on all inputs. */
  fingerprint(rule: Rule): number {
    return this.fingerprintOf(rule.outputs.values().map(expression => this.values(expression)))
  }

  /** The fingerprint of a rule that gives these values for each output. */
  fingerprintOf(outputs: readonly (readonly Value[])[]): number {
    let [low, high] = [0x2545f491, 0x1b873593]
    for (const values of outputs) {
      for (const value of values) {
        low = mixValue(low, value)
        high = mixValue(Math.imul(high, 0x85ebca6b), value)
      }
    }
    return (high >>> 12) * 2 ** 32 + (low >>> 0)
  }

  private find(expression: Expression): readonly Value[] {
    const count = this.inputs.length
    const values = new Array<Value>(count)
    if (!(expression instanceof Call) || operatorOf(expression.op).binds) {
      const compiled = compile(expression)
      const scope = { inputs: {}, item: 0 }
      for (let i = 0; i < count; i++) {
        scope.inputs = this.inputs[i] as object
        values[i] = compiled(scope)
      }
      return values
    }
    const run = operatorOf(expression.op).run as (a: Value, b?: Value, c?: Value) => Value
    const [a, b, c] = expression.args.map(arg => this.values(arg)) as [Value[], Value[]?, Value[]?]
    for (let i = 0; i < count; i++) values[i] = run(a[i] as Value, b?.[i], c?.[i])
    return factsOf(expression).isLimited ? values.map(value => limit(value as number)) : values
  }
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

function mixValue(hash: number, value: Value): number {
  switch (typeof value) {
    case 'number':
      return mixNumber(hash, value)
    case 'boolean':
      return mix(hash, value ? 0x9e3779b9 : 0x7f4a7c15)
    case 'string': {
      let result = mix(hash, value.length ^ 0x5bd1e995)
      for (let i = 0; i < value.length; i++) result = mix(result, value.charCodeAt(i))
      return result
    }
    default: {
      let result = mix(hash, ~value.length)
      for (let i = 0; i < value.length; i++) result = mixNumber(result, value[i] as number)
      return result
    }
  }
}

function mixNumber(hash: number, value: number): number {
  const integer = value | 0
  if (integer === value) return mix(hash, integer)
  double[0] = value
  return mix(mix(hash, words[0] as number), words[1] as number)
}

function mix(hash: number, value: number): number {
  hash = Math.imul(hash ^ value, 0xcc9e2d51)
  return hash ^ (hash >>> 15)
}
