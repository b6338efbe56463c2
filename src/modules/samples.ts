/**
 * Data to learn from: arrays of samples, each with the inputs of a program and the outputs it should have.
 * Splits go by the hash of a sample, so a sample stays on its side of a split when others come or go; batches are
 * drawn by seed.
 */

import { Rng, type Seed } from '../search/index.ts'
import { hash } from '../symbolic/index.ts'
import type { Json } from './json.ts'

/** What goes into a program, and what should come out. */
export interface Sample {
  readonly inputs: Json
  readonly outputs: Json
  /** Samples of one group, such as a task, stay together in a split: one would give the others away. */
  readonly group?: string
}

/** How large the parts of a split are, relative to each other. */
export interface SplitWeights {
  readonly train?: number
  readonly validation?: number
  readonly test?: number
}

export interface SampleSplit<Kind extends Sample = Sample> {
  readonly train: Kind[]
  readonly validation: Kind[]
  readonly test: Kind[]
}

/**
 * The samples in up to three parts, each in its old order. Where a sample goes depends on the sample (or its group) and
 * the seed alone, so equal samples never stand on two sides and growing data moves nothing; the sizes are therefore only
 * nearly those asked for.
 *
 *     const { train, validation, test } = splitSamples(samples, { train: 8, validation: 1, test: 1 }, 7)
 */
export function splitSamples<Kind extends Sample>(
  samples: readonly Kind[],
  weights: SplitWeights,
  seed: Seed,
): SampleSplit<Kind> {
  const partOf = splitBy(weights, seed)
  const split: SampleSplit<Kind> = { train: [], validation: [], test: [] }
  for (const sample of samples) split[partOf(sample)].push(sample)
  return split
}

/** Says to which part of a split a sample goes. */
export function splitBy(
  { train = 0, validation = 0, test = 0 }: SplitWeights,
  seed: Seed,
): (sample: Sample) => keyof SampleSplit {
  const total = train + validation + test
  const areFine = [train, validation, test].every(weight => Number.isFinite(weight) && weight >= 0)
  if (!areFine || total <= 0) {
    throw new RangeError(
      `a split needs weights of at least 0 that are not all 0, got ${JSON.stringify({ train, validation, test })}`,
    )
  }
  const random = Rng.from(seed).split('split')
  const groups = Rng.from(seed).split('split groups')
  return ({ inputs, outputs, group }) => {
    const own = group === undefined ? random.split(hash(inputs)).split(hash(outputs)) : groups.split(group)
    const at = own.float() * total
    if (at < train) return 'train'
    return at < train + validation ? 'validation' : 'test'
  }
}

/**
 * The samples of one generation, in their old order: all of them, or as many as asked for, drawn without repeats by
 * seed and generation.
 */
export function drawBatch<Kind>(
  samples: readonly Kind[],
  size: number | undefined,
  seed: Seed,
  generation: number,
): readonly Kind[] {
  if (size === undefined || size >= samples.length) return samples
  const random = Rng.from(seed).split('batch').split(generation)
  const positions = random.shuffle(samples.map((_, i) => i))
  return positions
    .slice(0, size)
    .sort((a, b) => a - b)
    .map(i => samples[i] as Kind)
}
