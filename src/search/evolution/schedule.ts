/**
 * Numbers that change as a search goes on. Wherever an operator takes a `Scalar` it takes a plain number or a schedule,
 * which is a pure function of the step: what was asked before plays no part, so a search can be taken up anywhere.
 */

import { SpaceError } from '../errors.ts'

/** A number for each step, from 0 on. */
export interface Schedule {
  /** By which a study knows it. */
  readonly name: string
  at(step: number): number
}

/** A number, or one that changes with the step. */
export type Scalar = number | Schedule

/** The number at a step. */
export const at = (scalar: Scalar, step: number): number =>
  typeof scalar === 'number' ? scalar : scalar.at(step)

/** What a study knows a scalar by. */
export const nameOf = (scalar: Scalar): string => (typeof scalar === 'number' ? String(scalar) : scalar.name)

/**
 * A schedule of your own; the name must say all that it depends on.
 *
 *     schedule.of('every tenth', step => (step % 10 === 0 ? 1 : 0))
 */
export const of = (name: string, valueAt: (step: number) => number): Schedule => ({ name, at: valueAt })

/** From one number straight to another within so many steps, and there from then on. */
export function linear(from: number, to: number, steps: number): Schedule {
  checkSteps('linear', steps)
  return of(`linear(${from}, ${to}, ${steps})`, step => from + (to - from) * along(step, steps))
}

/** The same along half a wave of the cosine: slowly at both ends (Loshchilov and Hutter, arXiv 1608.03983). */
export function cosine(from: number, to: number, steps: number): Schedule {
  checkSteps('cosine', steps)
  return of(
    `cosine(${from}, ${to}, ${steps})`,
    step => to + ((from - to) * (1 + Math.cos(Math.PI * along(step, steps)))) / 2,
  )
}

/** Multiplied by a factor every so many steps, and smoothly in between. */
export function exponential(from: number, factor: number, steps: number): Schedule {
  checkSteps('exponential', steps)
  return of(`exponential(${from}, ${factor}, ${steps})`, step => from * factor ** (step / steps))
}

/** Up and down between two numbers in waves of so many steps, beginning at the first. */
export function cyclic(from: number, to: number, steps: number): Schedule {
  checkSteps('cyclic', steps)
  return of(
    `cyclic(${from}, ${to}, ${steps})`,
    step => from + ((to - from) * (1 - Math.cos((2 * Math.PI * step) / steps))) / 2,
  )
}

/**
 * One scalar after another: each entry is the step from which one holds, and the scalar, which counts its own steps from
 * there. The first must hold from step 0.
 *
 *     schedule.piecewise([[0, 0.5], [100, schedule.linear(0.5, 0.1, 900)]])
 */
export function piecewise(pieces: readonly (readonly [from: number, scalar: Scalar])[]): Schedule {
  const isRising = pieces.every(
    ([from], i) => Number.isSafeInteger(from) && from > (pieces[i - 1]?.[0] ?? -1),
  )
  if (!isRising || pieces[0]?.[0] !== 0) {
    const steps = pieces.map(([from]) => from).join(', ')
    throw new SpaceError(
      '',
      `the steps of a piecewise schedule must be integers that rise from 0, got ${steps}`,
    )
  }
  const names = pieces.map(([from, scalar]) => `${from}: ${nameOf(scalar)}`)
  return of(`piecewise(${names.join(', ')})`, step => {
    const [from, scalar] = pieces.findLast(piece => piece[0] <= step) ?? [0, 0]
    return at(scalar, step - from)
  })
}

const along = (step: number, steps: number): number => Math.min(1, step / steps)

function checkSteps(name: string, steps: number): void {
  if (steps > 0 && Number.isFinite(steps)) return
  throw new SpaceError('', `${name} needs a positive number of steps, got ${steps}`)
}
