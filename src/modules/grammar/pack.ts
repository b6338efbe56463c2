/**
 * Packs: types and operators that a task brings along, beside those that the grammar has. A pack says how its values
 * are recognized and what its operators do, once as a function for this process and once as the JavaScript that a
 * script carries. Packs are registered when they are defined, since rules name what they use of them: `arc.flipX`.
 */

import type { Sample } from '../samples.ts'
import type { Operator } from './operator.ts'
import {
  fits,
  isList,
  isNumeric,
  type PackName,
  type Pattern,
  TYPES,
  type Type,
  typeOfValue,
  type Value,
} from './types.ts'
import { call, helpers } from './writing.ts'

/** A type of a pack. Its values are JSON, and equal when they are equal as JSON. */
export interface PackType {
  /** Whether a value is of this type. It must bound sizes: what an operator gives is refused where this is false. */
  readonly is: (value: unknown) => boolean
  /** Constants of the type, or how to find them in the samples to learn from. Default: none. */
  readonly constants?: readonly Value[] | ((samples: readonly Sample[]) => readonly Value[])
}

/** An operator of a pack. It gives a value for all arguments, in a time that their sizes bound, and changes none. */
export interface PackOperator {
  /** Types of the grammar, of this pack by their short names, or of another pack as `pack.type`. */
  readonly args: readonly string[]
  readonly result: string
  /** What it gives, in this process, where candidates are compared. */
  readonly run: (...args: never[]) => Value
  /** The same as JavaScript: `function flipX(grid) { … }`, under the name of the operator. */
  readonly source: string
  /** Functions of the pack that the source calls. */
  readonly uses?: readonly string[]
}

export interface PackDefinition {
  readonly types?: { readonly [name: string]: PackType }
  readonly operators: { readonly [name: string]: PackOperator }
  /** Functions that sources of several operators share, by name, as JavaScript. */
  readonly functions?: { readonly [name: string]: string }
}

/** A registered pack: what `grammarEvolution({ packs: [pack] })` takes. */
export interface Pack {
  readonly name: string
  /** By full names. */
  readonly types: ReadonlyMap<PackName, PackType>
  readonly operators: ReadonlyMap<PackName, Operator>
}

/** A pack that cannot be, or an operator of one that does not keep to what it says. */
export class PackError extends Error {
  override readonly name = 'PackError'
}

const packs = new Map<string, Pack>()
/** The functions that scripts may carry, by name, with the pack they are of. */
const owners = new Map<string, string>()

/**
 * A pack of types and operators, registered under its name.
 *
 *     const clock = definePack('clock', {
 *       types: { time: { is: value => Array.isArray(value) && value.length === 2 && value.every(Number.isInteger) } },
 *       operators: {
 *         minutes: {
 *           args: ['time'],
 *           result: 'integer',
 *           run: ([hour, minute]: readonly [number, number]) => 60 * hour + minute,
 *           source: 'function minutes([hour, minute]) {\n  return 60 * hour + minute\n}',
 *         },
 *       },
 *     })
 *     grammarEvolution({ packs: [clock] })
 *
 * Throws `PackError` for a name that is taken, a type that nobody knows, and a source of another name.
 */
export function definePack(name: string, { types = {}, operators, functions = {} }: PackDefinition): Pack {
  if (!isWord(name)) throw new PackError(`the name of a pack must be a word like 'arc', got '${name}'`)
  if (packs.has(name)) throw new PackError(`the pack '${name}' is defined already`)
  for (const type of Object.keys(types)) {
    if (!isWord(type) || isCore(type))
      throw new PackError(`${name}.types.${type} must have the name of a word that is no type yet`)
  }
  const sources = { ...functions, ...sourcesOf(operators) }
  for (const [key, source] of Object.entries(sources)) checkFunction(name, key, source)
  const pack: Pack = {
    name,
    types: new Map(Object.entries(types).map(([type, one]) => [`${name}.${type}`, one] as const)),
    operators: new Map(
      Object.entries(operators).map(([key, one]) => [
        `${name}.${key}`,
        operatorFrom(`${name}.${key}`, one, sources, type => typeNamed(type, name, types)),
      ]),
    ),
  }
  for (const key of Object.keys(sources)) owners.set(key, name)
  packs.set(name, pack)
  return pack
}

/** The operator of a pack by its full name; undefined when there is none. */
export const packOperator = (name: string): Operator | undefined =>
  packOf(name)?.operators.get(name as PackName)

/** The type of a pack by its full name; undefined when there is none. */
export const packType = (name: string): PackType | undefined => packOf(name)?.types.get(name as PackName)

/** What is wrong with a name that nothing has: a sentence that goes on after the name. */
export function unknownName(name: string, kind: 'type' | 'operator', known: readonly string[]): string {
  const pack = name.slice(0, Math.max(0, name.indexOf('.')))
  if (pack === '') return `must be one of ${known.join(', ')}, got '${name}'`
  if (packs.has(pack)) return `must be a name of ${kind}s of the pack '${pack}', got '${name}'`
  return `is '${name}' of the pack '${pack}', which is not defined here: import it before rules that use it`
}

/** Whether a value is of a type. */
export function isOfType(value: unknown, type: Type): boolean {
  const own = packType(type)
  if (own !== undefined) return own.is(value)
  if (isList(type) && Array.isArray(value) && value.length === 0) return true
  const found = typeOfValue(value)
  return found !== undefined && fits(found, type)
}

/** The type of a value, those of packs before those of the grammar. */
export function findType(value: unknown, from: readonly Pack[]): Type | undefined {
  for (const { types } of from) for (const [name, type] of types) if (type.is(value)) return name
  return typeOfValue(value)
}

const packOf = (name: string): Pack | undefined => packs.get(name.slice(0, Math.max(0, name.indexOf('.'))))

const isWord = (name: string): boolean => /^[A-Za-z][A-Za-z0-9]*$/.test(name)

const isCore = (type: string): boolean => (TYPES as readonly string[]).includes(type)

/** Names that scripts use otherwise. */
const RESERVED = new Set([
  ...Object.keys(helpers),
  'inputs',
  'result',
  'total',
  'x',
  'Math',
  'String',
  'Number',
  'Array',
])

function checkFunction(pack: string, name: string, source: string): void {
  const fail = (message: string): never => {
    throw new PackError(`${pack}.${name} ${message}`)
  }
  if (!isWord(name) || RESERVED.has(name))
    fail(`must have the name of a word that scripts do not use otherwise`)
  if (owners.has(name)) fail(`has the name of a function that the pack '${owners.get(name)}' brings along`)
  if (!source.startsWith(`function ${name}(`)) fail(`must have a source that starts with 'function ${name}('`)
}

const sourcesOf = (operators: PackDefinition['operators']): { readonly [name: string]: string } =>
  Object.fromEntries(Object.entries(operators).map(([name, { source }]) => [name, source]))

function typeNamed(name: string, pack: string, types: PackDefinition['types'] & object): Type | undefined {
  if (isCore(name)) return name as Type
  if (Object.hasOwn(types, name)) return `${pack}.${name}`
  return packType(name) === undefined ? undefined : (name as Type)
}

function operatorFrom(
  name: PackName,
  { args, result, run, source, uses = [] }: PackOperator,
  sources: { readonly [name: string]: string },
  typeOf: (name: string) => Type | undefined,
): Operator {
  const known = (type: string, path: string): Type => {
    const found = typeOf(type)
    if (found === undefined) throw new PackError(`${name}.${path} must be a type, got '${type}'`)
    return found
  }
  if (args.length === 0) throw new PackError(`${name}.args must not be empty: constants belong to types`)
  const resultType = known(result, 'result')
  const short = name.slice(name.indexOf('.') + 1)
  const carried = new Map<string, string>([[short, source]])
  for (const [i, other] of uses.entries()) {
    const text = sources[other]
    if (text === undefined)
      throw new PackError(`${name}.uses[${i}] must be a function of the pack, got '${other}'`)
    carried.set(other, text)
  }
  return {
    args: args.map((type, i): Pattern => known(type, `args[${i}]`)),
    result: resultType,
    run: guarded(name, run, resultType) as Operator['run'],
    ...call(short),
    carries: carried,
    // What it counts or measures is held below what inputs may be, by the guard.
    ...(isNumeric(resultType) ? { bits: () => 64 } : {}),
  }
}

const LARGEST = 2 ** 64

/** A function that throws `PackError` rather than give what is not of its type. */
function guarded(name: string, run: PackOperator['run'], result: Type): (...args: never[]) => Value {
  const isFine = (value: Value): boolean =>
    isOfType(value, result) && (typeof value !== 'number' || Math.abs(value) <= LARGEST)
  return (...args) => {
    let value: Value
    try {
      value = run(...args)
    } catch (cause) {
      throw new PackError(`${name} must give a value for all arguments of its types`, { cause })
    }
    if (isFine(value)) return value
    throw new PackError(`${name} must give a value that is ${result}`)
  }
}
