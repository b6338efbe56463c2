/**
 * A grammar: which operators, inputs and constants may stand where a type is wanted, for given inputs and outputs.
 * It grows random expressions, and says which types the arguments of a call may have, which is all that mutation and
 * crossover need to know to stay well typed.
 */

import {
  Call,
  type Constant,
  constantOf,
  type Expression,
  factsOf,
  Input,
  Item,
  isBulkyOperator,
} from './expression.ts'
import { OPERATOR_NAMES, type OperatorName, operatorOf } from './operators.ts'
import type { Rule, Types } from './rule.ts'
import {
  type Binding,
  elementOf,
  fits,
  isList,
  isNumeric,
  match,
  substitute,
  type Type,
  typeOfValue,
  type Value,
} from './types.ts'

/** Draws from [0, 1). */
export type Draw = () => number

export interface GrammarOptions {
  /** The operators to use; those that make sense for the types, without the opt-in ones, where not given. */
  readonly operators?: readonly OperatorName[]
  /** Constants that the task is known to need, besides small numbers. */
  readonly constants?: readonly Value[]
}

/** An operator at given types. */
export interface Production {
  readonly op: OperatorName
  readonly args: readonly Type[]
  readonly result: Type
  /** The type of the element at hand in the second argument; null where nothing is bound. */
  readonly item: Type | null
}

/** Where an expression is to stand. */
export interface Slot {
  readonly wanted: Type
  /** The type of the element at hand; null outside of bodies. */
  readonly item: Type | null
}

export class Grammar {
  readonly inputTypes: Types
  readonly outputTypes: Types
  /** The types that expressions may have. */
  readonly types: ReadonlySet<Type>
  private readonly inputs: readonly Input[]
  private readonly constants: ReadonlyMap<Type, readonly Constant[]>
  /** By wanted type, grouped by operator so that each operator is drawn alike. */
  private readonly productions = new Map<Type, readonly (readonly Production[])[]>()
  /** Without the groups, and each once. */
  private readonly flat = new Map<Type, readonly Production[]>()
  private readonly knownVariables = new Map<string, readonly Expression[]>()

  constructor(inputTypes: Types, outputTypes: Types, { operators, constants = [] }: GrammarOptions = {}) {
    checkOptions(operators ?? [], constants)
    this.inputTypes = inputTypes
    this.outputTypes = outputTypes
    this.inputs = Object.entries(inputTypes).map(([name, type]) => new Input({ name, type }))
    this.types = typesFor([...Object.values(inputTypes), ...Object.values(outputTypes)])
    this.constants = constantsFor(this.types, constants)
    const names = operators ?? OPERATOR_NAMES.filter(name => operatorOf(name).isOptIn !== true)
    const all = names.flatMap(name => instances(name, this.types))
    const given = new Set(Object.values(inputTypes))
    for (const type of this.types) {
      const grouped = groups(all, type, given)
      this.productions.set(type, grouped)
      this.flat.set(type, [...new Set(grouped.flat())])
    }
  }

  /** Whether a rule has the inputs and outputs of this grammar. */
  isFor({ inputTypes, outputTypes }: Rule): boolean {
    return isSameTypes(inputTypes, this.inputTypes) && isSameTypes(outputTypes, this.outputTypes)
  }

  /** A random expression of at most a height; a full one has no leaves above it where that can be. */
  grow(random: Draw, slot: Slot, height: number, isFull = false): Expression {
    if (height <= 1 || (!isFull && random() < 0.15)) return this.leaf(random, slot)
    const production = this.production(random, slot)
    if (production === undefined) return this.leaf(random, slot)
    return this.fill(production, slot, arg => this.grow(random, arg, height - 1, isFull))
  }

  /** A random expression without calls; one call, where only a call gives the type anything to work with. */
  leaf(random: Draw, slot: Slot): Expression {
    const variables = this.variables(slot)
    const isConstantLikely = isNumeric(slot.wanted) || slot.wanted === 'string'
    if (variables.length > 0 && random() < (isConstantLikely ? 0.7 : 0.95)) return pick(random, variables)
    if (variables.length === 0 && random() < 0.8) {
      const shallow = this.shallow(random, slot)
      if (shallow !== undefined) return shallow
    }
    return this.constant(random, slot.wanted)
  }

  /** A random constant of a type. */
  constant(random: Draw, wanted: Type): Constant {
    if (isNumeric(wanted) && random() < 0.25) {
      const scale = random() < 0.7 ? 10 : 100
      const value = (2 * random() - 1) * scale
      return constantOf(
        wanted === 'integer' || random() < 0.5 ? Math.round(value) : Number(value.toPrecision(3)),
      )
    }
    return pick(random, this.constants.get(wanted) ?? [])
  }

  /** A random operator for a slot; none where the type has no operators. */
  production(random: Draw, { wanted, item }: Slot): Production | undefined {
    const ops = this.productions.get(wanted) ?? []
    for (let tries = 0; tries < 20 && ops.length > 0; tries++) {
      const production = pick(random, pick(random, ops))
      if (item === null || !isBulkyOperator(production.op)) return production
    }
    return undefined
  }

  /** The productions that give a type to others of the same argument types, for exchanging an operator. */
  alike(call: Call, { wanted, item }: Slot): readonly Production[] {
    const types = call.args.map(arg => factsOf(arg).type)
    return (this.flat.get(wanted) ?? []).filter(
      production =>
        production.op !== call.op &&
        production.args.length === types.length &&
        production.args.every((type, i) => fits(types[i] as Type, type)) &&
        (production.item !== null) === (operatorOf(call.op).binds === true) &&
        (item === null || !isBulkyOperator(production.op)),
    )
  }

  /** A call of a production, with what is made for each argument. */
  fill(production: Production, slot: Slot, make: (arg: Slot, at: number) => Expression): Call {
    const args: Expression[] = []
    for (const [i, wanted] of production.args.entries()) {
      const isBody = production.item !== null && i === 1
      // The list may have turned out narrower than asked for, and its elements with it.
      const item = isBody ? elementOf(factsOf(args[0] as Expression).type) : slot.item
      args.push(make({ wanted, item }, i))
    }
    return new Call({ op: production.op, args })
  }

  /** The slots of the arguments of a call that stands in a slot. */
  slots(call: Call, slot: Slot): Slot[] {
    const operator = operatorOf(call.op)
    const facts = call.args.map(factsOf)
    const binding: Binding = {}
    for (const [i, pattern] of operator.args.entries()) match(pattern, facts[i]?.type as Type, binding)
    const hasNumbers = this.types.has('number')
    const free = (type: Type): Type => (hasNumbers && type === 'integer' ? 'number' : type)
    if (binding.N !== undefined) binding.N = free(binding.N)
    if (binding.M !== undefined) binding.M = free(binding.M)
    if (binding.T === 'integer') binding.T = free(binding.T)
    // What the result shows is held to what is wanted of it.
    holdTo(operator.result, slot.wanted, binding)
    return operator.args.map((pattern, i) => {
      const wanted = substitute(pattern, binding) as Type
      if (!operator.binds) return { wanted, item: slot.item }
      if (i === 1) return { wanted, item: elementOf(facts[0]?.type as Type) }
      return { wanted: facts[1]?.item === 'integer' ? 'integers' : wanted, item: slot.item }
    })
  }

  /** The inputs and the element at hand, where they fit. */
  private variables({ wanted, item }: Slot): readonly Expression[] {
    const key = `${wanted} ${item}`
    let found = this.knownVariables.get(key)
    if (found === undefined) this.knownVariables.set(key, (found = this.findVariables(wanted, item)))
    return found
  }

  private findVariables(wanted: Type, item: Type | null): Expression[] {
    const inputs = this.inputs.filter(input => fits(input.type, wanted))
    if (item === null || !fits(item, wanted)) return inputs
    // In a body the element is what it is about: it is drawn as often as all inputs together.
    const element = new Item({ type: item as 'integer' | 'number' })
    return [...inputs, ...Array.from({ length: Math.max(1, inputs.length) }, () => element)]
  }

  private shallow(random: Draw, slot: Slot): Expression | undefined {
    for (let tries = 0; tries < 10; tries++) {
      const production = this.production(random, slot)
      if (production === undefined) return undefined
      const hasVariables = production.args.some(
        (wanted, i) => this.variables({ wanted, item: i === 1 ? production.item : slot.item }).length > 0,
      )
      if (!hasVariables) continue
      return this.fill(production, slot, arg => {
        const variables = this.variables(arg)
        return variables.length > 0 && random() < 0.85
          ? pick(random, variables)
          : this.constant(random, arg.wanted)
      })
    }
    return undefined
  }
}

/** One of the values, each as likely. */
export function pick<Picked>(random: Draw, from: readonly Picked[]): Picked {
  return from[Math.floor(random() * from.length)] as Picked
}

function checkOptions(names: readonly OperatorName[], constants: readonly Value[]): void {
  for (const [i, name] of names.entries()) {
    if (OPERATOR_NAMES.includes(name)) continue
    throw new RangeError(`operators[${i}] must be one of ${OPERATOR_NAMES.join(', ')}, got '${name}'`)
  }
  for (const [i, value] of constants.entries()) {
    if (typeOfValue(value) !== undefined) continue
    const got = JSON.stringify(value) ?? String(value)
    throw new RangeError(
      `constants[${i}] must be a boolean, a number, a string, or a list of numbers, got ${got}`,
    )
  }
}

function isSameTypes(dict: Rule['inputTypes'], types: Types): boolean {
  const names = Object.keys(types)
  return dict.size === names.length && names.every(name => dict.at(name) === types[name])
}

function holdTo(result: string, wanted: Type, binding: Binding): void {
  if (result === 'T') binding.T = wanted
  else if (result === 'N' || result === 'M') binding[result] = wanted
  else if (result === 'N[]') binding.N = elementOf(wanted)
  else if (result === 'M[]') binding.M = elementOf(wanted)
}

/** The types of a task with those that one needs to work on them. */
function typesFor(declared: readonly Type[]): Set<Type> {
  const types = new Set<Type>(['boolean', ...declared])
  for (const type of declared) {
    if (isList(type)) types.add(elementOf(type))
    if (isList(type) || type === 'string') types.add('integer')
  }
  return types
}

function constantsFor(types: ReadonlySet<Type>, given: readonly Value[]): Map<Type, Constant[]> {
  const usual: readonly Value[] = [false, true, 0, 1, 2, -1, 10, 0.5, '', ' ', []]
  const constants = new Map<Type, Constant[]>()
  for (const type of types) {
    const fitting = [...usual, ...given, ...given].filter(value => fits(typeOfValue(value) as Type, type))
    constants.set(type, fitting.map(constantOf))
  }
  return constants
}

/** An operator at all types that its variables may stand for. */
function instances(op: OperatorName, types: ReadonlySet<Type>): Production[] {
  const operator = operatorOf(op)
  const patterns = [...operator.args, operator.result]
  const uses = (variable: 'N' | 'M' | 'T') => patterns.some(pattern => pattern.startsWith(variable))
  const numeric = [...types].filter(isNumeric)
  const found: Production[] = []
  for (const N of uses('N') ? numeric : [undefined]) {
    for (const M of uses('M') ? numeric : [undefined]) {
      for (const T of uses('T') ? types : [undefined]) {
        const binding = { ...(N && { N }), ...(M && { M }), ...(T && { T }) }
        const concrete = patterns.map(pattern => substitute(pattern, binding) as Type)
        if (!concrete.every(type => types.has(type))) continue
        const result = concrete.pop() as Type
        found.push({ op, args: concrete, result, item: operator.binds ? (N as Type) : null })
      }
    }
  }
  return found
}

/** The productions for a type by operator; integers stand for numbers where the operator has no form for numbers. */
function groups(all: readonly Production[], wanted: Type, given: ReadonlySet<Type>): Production[][] {
  const byOp = new Map<OperatorName, Production[]>()
  for (const production of all) {
    if (fits(production.result, wanted))
      byOp.set(production.op, [...(byOp.get(production.op) ?? []), production])
  }
  return [...byOp.values()].map(group => {
    const exact = group.filter(production => production.result === wanted)
    // Forms that take what the inputs are count three times: `equal` of lists before `equal` of truths.
    return (exact.length > 0 ? exact : group).flatMap(production =>
      production.args.every(type => given.has(type)) ? [production, production, production] : [production],
    )
  })
}
