/**
 * Instances of online bin packing, drawn from a seed by the definitions that the published ones were drawn by, and the
 * published ones themselves where a file of them is at hand.
 */

import { readFileSync } from 'node:fs'
import { Rng } from '../../search/index.ts'

/** Items in the order in which they arrive, and what a bin holds. */
export interface Instance {
  readonly capacity: number
  readonly items: readonly number[]
}

export const KINDS = ['weibull', 'or3'] as const
export type Kind = (typeof KINDS)[number]

/** How instances of a kind are drawn, and what FunSearch reports about the published ones. */
export interface Definition {
  /** What the file of published instances calls them. */
  readonly published: string
  readonly capacity: number
  readonly count: number
  readonly items: number
  draw(rng: Rng): number
  /** Percent of waste that Romera-Paredes et al., Nature 2023, report for their rule. */
  readonly funSearch: number
}

export const DEFINITIONS: Readonly<Record<Kind, Definition>> = {
  weibull: {
    published: 'Weibull 5k',
    capacity: 100,
    count: 5,
    items: 5000,
    // Shape 3, scale 45 (Castiñeiras, De Cauwer and O'Sullivan, CP 2012).
    draw: rng => Math.round(Math.min(100, Math.max(1, 45 * (-Math.log(1 - rng.float())) ** (1 / 3)))),
    funSearch: 0.68,
  },
  or3: {
    published: 'OR3',
    capacity: 150,
    count: 20,
    items: 500,
    // Evenly from 20 to 100 (Beasley's OR-Library, the sets u).
    draw: rng => 20 + rng.int(81),
    funSearch: 3.11,
  },
}

/** So many instances of a kind; the same seed gives the same. */
export function drawInstances(
  kind: Kind,
  seed: number | string,
  count = DEFINITIONS[kind].count,
): Instance[] {
  const { capacity, items, draw } = DEFINITIONS[kind]
  return Array.from({ length: count }, (_, i) => {
    const rng = Rng.from(seed).split(`${kind} ${i}`)
    return { capacity, items: Array.from({ length: items }, () => draw(rng)) }
  })
}

/** The published instances of a kind in a file like `{ "Weibull 5k": { "test_0": { "capacity": 100, "items": [...] } } }`. */
export function readPublished(file: string, kind: Kind): Instance[] {
  const { published } = DEFINITIONS[kind]
  const all: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const found = isRecord(all) ? all[published] : undefined
  const instances = isRecord(found) ? Object.values(found) : []
  if (instances.length > 0 && instances.every(isInstance)) return instances
  throw new Error(`${file} has no instances '${published}' with a capacity and items`)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function isInstance(value: unknown): value is Instance {
  if (!isRecord(value) || !Array.isArray(value.items)) return false
  const { capacity, items } = value
  const isSize = (size: unknown): boolean =>
    Number.isInteger(size) && 1 <= (size as number) && (size as number) <= (capacity as number)
  return Number.isInteger(capacity) && items.every(isSize)
}
