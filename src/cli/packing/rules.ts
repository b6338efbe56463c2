/** The rules that packing evolves: best fit, where it begins; the language they are written in; and what tells two apart. */

import { evolve, programs, Space } from '../../search/index.ts'
import { DEFINITIONS, type Kind } from './instances.ts'
import { priorities } from './simulate.ts'

const { call, Language, Program, programMutation, variable } = programs

const [item, residual] = [variable('item'), variable('residual')]

/** Best fit: the less room is left behind, the better. */
export const bestFit = new Program({
  inputs: [item, residual],
  result: call('negate', call('-', residual, item)),
})

export const language = new Language({
  primitives: ['+', '-', '*', '/', 'min', 'max', 'negate', 'square', 'sqrt', 'if', '<'],
  // As sizes are.
  constants: { min: -100, max: 100 },
  maxSize: 40,
})

/** The space of rules. */
export const rules = Space.of(evolve(bestFit, programMutation('packing.rules', language)))

/**
 * Which of two rooms each item prefers, for rooms at several distances. Rules that agree in all
 * of that pack alike, whatever their priorities are: nearly half of all children do as best fit does, or as another.
 */
export function packingBehavior(kind: Kind): programs.Behavior {
  const { capacity } = DEFINITIONS[kind]
  return {
    name: `preferences ${capacity}`,
    of: rule => preferences(priorities(programs.compile(rule), capacity), capacity),
  }
}

const DISTANCES = [1, 4, 13, 40]

/** A hash of one bit for each comparison. */
function preferences(table: Float64Array, capacity: number): string {
  let [high, low, bits, count] = [0x2545f491, 0x9e3779b9, 0, 0]
  for (let item = 1, row = 0; item <= capacity; row += capacity - item + 1, item++) {
    const rooms = capacity - item + 1
    for (const distance of DISTANCES) {
      for (let room = row; room < row + rooms - distance; room++) {
        bits = (bits << 1) | (table[room]! >= table[room + distance]! ? 1 : 0)
        if (++count % 32 !== 0) continue
        high = Math.imul(high ^ bits, 0x85ebca6b)
        high ^= high >>> 13
        low = Math.imul(low ^ bits, 0xc2b2ae35)
        low ^= low >>> 16
      }
    }
  }
  return `${high} ${low} ${bits}`
}
