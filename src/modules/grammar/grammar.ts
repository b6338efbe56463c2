/**
 * A grammar: which operators, inputs and constants may stand where a type is wanted, for given inputs and outputs.
 * It grows random expressions, and says which types the arguments of a call may have, which is all that mutation and
 * crossover need to know to stay well typed.
 */

import type { Sample } from '../samples.ts'
import {
  Call,
  type Constant,
  callOf,
  constantOf,
  type Expression,
  factsOf,
  Input,
  Item,
  isBulkyOperator,
  Total,
} from './expression.ts'
import { findOperator, OPERATOR_NAMES, type OperatorName, operatorOf } from './operators.ts'
import { findType, isOfType, type Pack, packType, unknownName } from './pack.ts'
import type { Rule, Types } from './rule.ts'
import {
  type Binding,
  type ElementType,
  elementOf,
  fits,
  hold,
  isElement,
  isList,
  isNumeric,
  isPackName,
  match,
  type Pattern,
  substitute,
  TYPES,
  type Type,
  type Value,
} from './types.ts'

const VARIABLES = ['N', 'E', 'F', 'T'] as const

/** Draws from [0, 1). */
export type Draw = () => number

export interface GrammarOptions {
  /** The operators to use; those that make sense for the types, without the opt-in ones, where not given. */
  readonly operators?: readonly OperatorName[]
  /** Operators to use besides, like the loops, with the types that they need. */
  readonly extras?: readonly OperatorName[]
  /** Constants that the task is known to need, besides small numbers. */
  readonly constants?: readonly Value[]
  /** Types and operators that the task brings along, all of which are used; their operators may be named too. */
  readonly packs?: readonly Pack[]
}

/** An operator at given types. */
export interface Production {
  readonly op: OperatorName
  readonly args: readonly Type[]
  readonly result: Type
  /** The first argument that is a body; beyond the last where there is none. */
  readonly from: number
  /** The types of the element at hand in bodies, and of what a loop made so far; null where there is none. */
  readonly item: Type | null
  readonly total: Type | null
}

/** Where an expression is to stand. */
export interface Slot {
  readonly wanted: Type
  /** The type of the element at hand; null outside of bodies. */
  readonly item: Type | null
  /** The type of what the loop around it made so far, in its bodies. */
  readonly total?: Type | null
}

/** Whether a slot is in a body, which is worked out again and again. */
export const isInBody = ({ item, total = null }: Slot): boolean => item !== null || total !== null

export class Grammar {
  readonly inputTypes: Types
  readonly outputTypes: Types
  readonly packs: readonly Pack[]
  /** The types that expressions may have. */
  readonly types: ReadonlySet<Type>
  private readonly inputs: readonly Input[]
  private readonly constants: ReadonlyMap<Type, readonly Constant[]>
  /** By wanted type, grouped by operator so that each operator is drawn alike. */
  private readonly productions = new Map<Type, readonly (readonly Production[])[]>()
  /** Without the groups, and each once. */
  private readonly flat = new Map<Type, readonly Production[]>()
  private readonly knownVariables = new Map<string, readonly Expression[]>()
  /** What stands for a type without constants where no input has it: calls on inputs of other types. */
  private readonly stems = new Map<Type, readonly Expression[]>()

  constructor(
    inputTypes: Types,
    outputTypes: Types,
    { operators, extras = [], constants = [], packs = [] }: GrammarOptions = {},
    samples: readonly Sample[] = [],
  ) {
    checkNames('operators', operators ?? [])
    checkNames('extras', extras)
    checkConstants(constants, packs)
    this.packs = packs
    this.inputTypes = inputTypes
    this.outputTypes = outputTypes
    this.inputs = Object.entries(inputTypes).map(([name, type]) => new Input({ name, type }))
    const declared = [...Object.values(inputTypes), ...Object.values(outputTypes)]
    const names = operators ?? [
      ...OPERATOR_NAMES.filter(name => operatorOf(name).isOptIn !== true),
      ...packs.flatMap(pack => [...pack.operators.keys()]),
    ]
    const types = typesFor([...declared, ...packs.flatMap(typesOfPack), ...extras.flatMap(typesOfOperator)])
    this.constants = constantsFor(types, constants, samples)
    const possible = [...new Set([...names, ...extras])].flatMap(name => instances(name, types))
    this.types = this.findStems(types, possible)
    const all = possible.filter(({ args, result }) => [...args, result].every(type => this.types.has(type)))
    for (const [name, type] of Object.entries(outputTypes)) {
      if (!this.types.has(type))
        throw new RangeError(`no operator, input or constant gives outputs.${name}: ${type}`)
    }
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
    return this.constant(random, slot.wanted) ?? pick(random, this.stems.get(slot.wanted) ?? [])
  }

  /** A random constant of a type; undefined for a type that has none. */
  constant(random: Draw, wanted: Type): Constant | undefined {
    if (isNumeric(wanted) && random() < 0.25) {
      const scale = random() < 0.7 ? 10 : 100
      const value = (2 * random() - 1) * scale
      return constantOf(
        wanted === 'integer' || random() < 0.5 ? Math.round(value) : Number(value.toPrecision(3)),
      )
    }
    const known = this.constants.get(wanted) ?? []
    return known.length === 0 ? undefined : pick(random, known)
  }

  /** A random operator for a slot; none where the type has no operators. */
  production(random: Draw, slot: Slot): Production | undefined {
    const ops = this.productions.get(slot.wanted) ?? []
    const isBody = isInBody(slot)
    for (let tries = 0; tries < 20 && ops.length > 0; tries++) {
      const production = pick(random, pick(random, ops))
      if (!isBody || this.isForBodies(production)) return production
    }
    return undefined
  }

  /** Whether a call may be done for every element of a list: it is no work, and neither is any argument it needs. */
  private isForBodies({ op, args }: Production): boolean {
    return !isBulkyOperator(op) && (this.stems.size === 0 || args.every(type => !this.stems.has(type)))
  }

  /** The productions that give a type to others of the same argument types, for exchanging an operator. */
  alike(call: Call, slot: Slot): readonly Production[] {
    const isBody = isInBody(slot)
    const { binds } = operatorOf(call.op)
    const types = call.args.map(arg => factsOf(arg).type)
    return (this.flat.get(slot.wanted) ?? []).filter(
      production =>
        production.op !== call.op &&
        production.args.length === types.length &&
        production.args.every((type, i) => fits(types[i] as Type, type)) &&
        production.from === (binds?.from ?? types.length) &&
        (production.item !== null) === (binds?.item !== undefined) &&
        (production.total !== null) === (binds?.total !== undefined) &&
        (!isBody || this.isForBodies(production)),
    )
  }

  /** A call of a production, with what is made for each argument. */
  fill(production: Production, slot: Slot, make: (arg: Slot, at: number) => Expression): Call {
    const args: Expression[] = []
    for (const [i, wanted] of production.args.entries()) {
      args.push(make(i < production.from ? { ...slot, wanted } : bodySlot(production, wanted, args[0]), i))
    }
    return new Call({ op: production.op, args })
  }

  /** The slots of the arguments of a call that stands in a slot. */
  slots(call: Call, slot: Slot): Slot[] {
    const operator = operatorOf(call.op)
    const facts = call.args.map(factsOf)
    const binding: Binding = {}
    for (const [i, pattern] of operator.args.entries()) match(pattern, facts[i]?.type as Type, binding)
    const { binds } = operator
    const from = binds?.from ?? facts.length
    const bodies = facts.slice(from)
    const listed = facts[0]?.type as Type
    if (this.types.has('number')) {
      for (const name of VARIABLES) if (binding[name] === 'integer') binding[name] = 'number'
    }
    // What the result shows is held to what is wanted of it.
    hold(operator.result, slot.wanted, binding)
    // What bodies take for integers stays integer.
    const takesIntegers = (kind: 'item' | 'total') => bodies.some(body => body[kind] === 'integer')
    if (binds?.item !== undefined && takesIntegers('item')) hold(binds.item, 'integer', binding)
    if (binds?.total !== undefined && takesIntegers('total')) hold(binds.total, 'integer', binding)
    const item = binds?.item === undefined ? null : isList(listed) ? elementOf(listed) : 'integer'
    const total = binds?.total === undefined ? null : (substitute(binds.total, binding) as Type)
    return operator.args.map((pattern, i) => {
      const wanted = substitute(pattern, binding) as Type
      return i < from ? { ...slot, wanted } : { wanted, item, total }
    })
  }

  /** The inputs and the element at hand, where they fit. */
  private variables(slot: Slot): readonly Expression[] {
    const { wanted, item, total = null } = slot
    const key = `${wanted} ${item} ${total}`
    let found = this.knownVariables.get(key)
    if (found === undefined) this.knownVariables.set(key, (found = this.findVariables(slot)))
    return found
  }

  private findVariables({ wanted, item, total = null }: Slot): Expression[] {
    const inputs = this.inputs.filter(input => fits(input.type, wanted))
    // In a body what is at hand is what it is about: it is drawn as often as all inputs together.
    const atHand: Expression[] = []
    if (item !== null && fits(item, wanted)) atHand.push(new Item({ type: item as ElementType }))
    if (total !== null && fits(total, wanted)) atHand.push(new Total({ type: total as ElementType }))
    return [...inputs, ...Array.from({ length: Math.max(1, inputs.length) }, () => atHand).flat()]
  }

  private shallow(random: Draw, slot: Slot): Expression | undefined {
    for (let tries = 0; tries < 10; tries++) {
      const production = this.production(random, slot)
      if (production === undefined) return undefined
      const hasVariables = production.args.some(
        (wanted, i) =>
          this.variables(i < production.from ? { ...slot, wanted } : { ...production, wanted }).length > 0,
      )
      if (!hasVariables) continue
      return this.fill(production, slot, arg => {
        const variables = this.variables(arg)
        return variables.length > 0 && random() < 0.85 ? pick(random, variables) : this.simple(random, arg)
      })
    }
    return undefined
  }

  private simple(random: Draw, slot: Slot): Expression {
    const variables = this.variables(slot)
    const others = variables.length > 0 ? variables : (this.stems.get(slot.wanted) ?? [])
    return this.constant(random, slot.wanted) ?? pick(random, others)
  }

  /** The types that something can be of, once the stems of those without inputs and constants are found. */
  private findStems(types: ReadonlySet<Type>, productions: readonly Production[]): Set<Type> {
    const leaves = new Map<Type, readonly Expression[]>()
    for (const type of types) {
      const found = [
        ...this.inputs.filter(input => fits(input.type, type)),
        ...(this.constants.get(type) ?? []),
      ]
      if (found.length > 0) leaves.set(type, found)
    }
    for (let isNew = true; isNew; ) {
      isNew = false
      for (const { op, args, result, from } of productions) {
        if (leaves.has(result) || from < args.length || !args.every(type => leaves.has(type))) continue
        const stem = callOf(op, ...args.map(type => leaves.get(type)?.[0] as Expression))
        this.stems.set(result, [...(this.stems.get(result) ?? []), stem])
        isNew = true
      }
      for (const [type, stems] of this.stems) leaves.set(type, stems)
    }
    return new Set([...types].filter(type => leaves.has(type)))
  }
}

/** One of the values, each as likely. */
export function pick<Picked>(random: Draw, from: readonly Picked[]): Picked {
  return from[Math.floor(random() * from.length)] as Picked
}

function checkNames(option: string, names: readonly OperatorName[]): void {
  for (const [i, name] of names.entries()) {
    if (findOperator(name) !== undefined) continue
    throw new RangeError(`${option}[${i}] ${unknownName(name, 'operator', OPERATOR_NAMES)}`)
  }
}

function checkConstants(constants: readonly Value[], packs: readonly Pack[]): void {
  for (const [i, value] of constants.entries()) {
    if (findType(value, packs) !== undefined) continue
    const got = JSON.stringify(value) ?? String(value)
    throw new RangeError(
      `constants[${i}] must be a boolean, a number, a string, or a list of one of these, got ${got}`,
    )
  }
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60)

function isSameTypes(dict: Rule['inputTypes'], types: Types): boolean {
  const names = Object.keys(types)
  return dict.size === names.length && names.every(name => dict.at(name) === types[name])
}

/** The slot of a body, given the list it works through: that may have turned out narrower than asked for. */
function bodySlot({ item, total }: Production, wanted: Type, list: Expression | undefined): Slot {
  const listed = list && factsOf(list).type
  return { wanted, item: item !== null && listed && isList(listed) ? elementOf(listed) : item, total }
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

function constantsFor(
  types: ReadonlySet<Type>,
  given: readonly Value[],
  samples: readonly Sample[],
): Map<Type, Constant[]> {
  const usual: readonly Value[] = [false, true, 0, 1, 2, -1, 10, 0.5, '', ' ', []]
  const constants = new Map<Type, Constant[]>()
  for (const type of types) {
    const own = packType(type)?.constants ?? []
    const values = typeof own === 'function' ? own(samples) : own
    for (const value of values) {
      if (!isOfType(value, type))
        throw new RangeError(`a constant of ${type} must be ${type}, got ${shown(value)}`)
    }
    const fitting = [...(isPackName(type) ? values : usual), ...given, ...given].filter(value =>
      isOfType(value, type),
    )
    constants.set(
      type,
      fitting.map(value => constantOf(value, type)),
    )
  }
  return constants
}

/** The types that the operators of a pack take and give. */
const typesOfPack = ({ types, operators }: Pack): Type[] => [
  ...types.keys(),
  ...[...operators.values()].flatMap(({ args, result }) => [...args, result] as Type[]),
]

/** The types that an operator names, which leaves out those that its variables stand for. */
function typesOfOperator(name: OperatorName): Type[] {
  const { args, result } = operatorOf(name)
  const all: readonly string[] = TYPES
  return [...args, result].filter(pattern => all.includes(pattern)) as Type[]
}

/** An operator at all types that its variables may stand for. */
function instances(op: OperatorName, types: ReadonlySet<Type>): Production[] {
  const { args, result, binds } = operatorOf(op)
  const patterns = [...args, result]
  let bindings: Binding[] = [{}]
  for (const name of VARIABLES) {
    if (!patterns.some(pattern => pattern === name || pattern === `${name}[]`)) continue
    const options = [...types].filter(name === 'N' ? isNumeric : name === 'T' ? () => true : isElement)
    bindings = bindings.flatMap(binding => options.map(type => ({ ...binding, [name]: type })))
  }
  return bindings.flatMap(binding => {
    const concrete = patterns.map(pattern => substitute(pattern, binding) as Type)
    if (!concrete.every(type => types.has(type))) return []
    const at = (pattern: Pattern | undefined): Type | null =>
      pattern === undefined ? null : (substitute(pattern, binding) as Type)
    return {
      op,
      args: concrete.slice(0, -1),
      result: concrete.at(-1) as Type,
      from: binds?.from ?? args.length,
      item: at(binds?.item),
      total: at(binds?.total),
    }
  })
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
