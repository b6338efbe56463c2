/**
 * Mutations of statements: a new assignment, loop or branch, one less, two in the other order. Where a statement goes
 * others may lose what they read; such a program cannot be made, and another mutation is tried.
 */

import { FieldError, insertion, KeyPath, MISSING, type PathLike } from '../../symbolic/index.ts'
import type { Rng } from '../rng.ts'
import { call, variable } from './expression.ts'
import type { Language } from './language.ts'
import type { Primitive } from './primitives.ts'
import { Assign, eachPlace, If, type Program, Repeat, type Scope, type Statement } from './program.ts'

/** A program with other statements; null when what came out is no program. */
export function varyStatements(program: Program, language: Language, rng: Rng): Program | null {
  const updates = drawUpdates(program, language, rng)
  if (updates === null) return null
  try {
    return program.rebind(updates)
  } catch (error) {
    if (error instanceof FieldError) return null
    throw error
  }
}

type Pairs = readonly (readonly [PathLike, unknown])[]

interface Line {
  readonly keys: readonly (string | number)[]
  readonly scope: Scope
}

function drawUpdates(program: Program, language: Language, rng: Rng): Pairs | null {
  const lines = linesOf(program)
  const statementAt = (line: Line): Statement => program.get(pathOf(line.keys) as never) as Statement
  const luck = rng.float()
  if (lines.length === 0 || luck < 0.5) {
    const line = rng.pick([...lines, endOf(program)])
    return [[pathOf(line.keys), insertion(newStatement(line.scope, language, rng))]]
  }
  const line = rng.pick(lines)
  if (luck < 0.75) return [[pathOf(line.keys), MISSING]]
  const next = lines.find(({ keys }) => isNext(line.keys, keys))
  if (next === undefined) return null
  return [
    [pathOf(line.keys), statementAt(next)],
    [pathOf(next.keys), statementAt(line)],
  ]
}

/** Mostly an assignment, to a variable in sight or to a new one; of the kinds that the language has. */
function newStatement(scope: Scope, language: Language, rng: Rng): Statement {
  const assign = (): Assign => {
    const names = [...scope].filter(([, type]) => type === 'number').map(([name]) => name)
    const isNew = names.length === 0 || rng.float() < 0.5
    const name = isNew ? freeName(scope) : rng.pick(names)
    const value = language.grow(rng, 'number', scope, 1 + rng.int(3))
    // Half of the time what was there stays a part of it, as in a sum or a count.
    const updates = isNew || rng.float() < 0.5 ? [] : language.around('number').filter(takesTwoNumbers)
    if (updates.length === 0) return new Assign({ name, value })
    return new Assign({ name, value: call(rng.pick(updates).name, variable(name), value) })
  }
  const kinds = language.statements
  const others = kinds.filter(kind => kind !== 'assign')
  const isOther = others.length > 0 && (!kinds.includes('assign') || rng.float() < 0.15 * others.length)
  const kind = isOther ? rng.pick(others) : 'assign'
  if (kind === 'assign') return assign()
  if (kind === 'if') return new If({ test: language.grow(rng, 'boolean', scope, 2), body: [assign()] })
  return new Repeat({ times: language.grow(rng, 'number', scope, 1), body: [assign()] })
}

const takesTwoNumbers = ({ args }: Primitive): boolean => args.join() === 'number,number'

function freeName(scope: Scope): string {
  let number = 1
  while (scope.has(`v${number}`)) number++
  return `v${number}`
}

function linesOf(program: Program): Line[] {
  const lines: Line[] = []
  eachPlace(program, ({ keys, expression, scope }) => {
    if (expression === null) lines.push({ keys, scope })
  })
  return lines
}

/** The place behind the last statement. */
function endOf(program: Program): Line {
  let scope: Scope = new Map()
  eachPlace(program, place => {
    if (place.keys[0] === 'result') scope = place.scope
  })
  return { keys: ['body', program.body.length], scope }
}

const pathOf = (keys: readonly (string | number)[]): KeyPath => KeyPath.of(...keys)

/** Whether a line stands right behind another in the same block. */
function isNext(keys: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  const last = keys.length - 1
  if (other.length !== keys.length || other[last] !== (keys[last] as number) + 1) return false
  return keys.slice(0, last).every((key, i) => key === other[i])
}
