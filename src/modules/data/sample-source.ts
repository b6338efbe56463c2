/**
 * Where samples come from: something that can be gone through again and again, from the start each time, and holds no
 * more in memory than it must. What is made of a source (a part, a filter) is a source as well.
 */

import { Rng, type Seed } from '../../search/index.ts'
import { type Sample, type SampleSplit, type SplitWeights, splitBy } from '../samples.ts'

/** The parts of a split, as sources. */
export type SourceSplit<Kind extends Sample> = { readonly [Part in keyof SampleSplit]: SampleSource<Kind> }

/**
 * Samples that can be gone through any number of times.
 *
 *     const { train, test } = jsonlSamples('data.jsonl').split({ train: 9, test: 1 }, 7)
 *     for await (const sample of train) …
 *     await fit(program, await train.collect(), options)
 */
export class SampleSource<Kind extends Sample = Sample> implements AsyncIterable<Kind> {
  readonly #open: () => Iterable<Kind> | AsyncIterable<Kind>

  /** `open` is called for each time through. */
  constructor(open: () => Iterable<Kind> | AsyncIterable<Kind>) {
    this.#open = open
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Kind, void, undefined> {
    yield* this.#open()
  }

  /** All samples, for `fit` and `evaluate`. Throws `RangeError` when there are more than `max` (a million). */
  async collect({ max = 1_000_000 }: { readonly max?: number } = {}): Promise<Kind[]> {
    const samples: Kind[] = []
    for await (const sample of this) {
      if (samples.length >= max)
        throw new RangeError(`the source has more than ${max} samples; limit(${max}) ends it`)
      samples.push(sample)
    }
    return samples
  }

  /**
   * Up to three parts, each a source of its own. Where a sample goes depends on its content (or its group) and the seed
   * alone, as with `splitSamples`: the parts stay the same when the source grows.
   */
  split(weights: SplitWeights, seed: Seed): SourceSplit<Kind> {
    const partOf = splitBy(weights, seed)
    const part = (name: keyof SampleSplit) => this.filter(sample => partOf(sample) === name)
    return { train: part('train'), validation: part('validation'), test: part('test') }
  }

  filter(keep: (sample: Kind) => boolean): SampleSource<Kind> {
    const source = this
    return new SampleSource(async function* () {
      for await (const sample of source) if (keep(sample)) yield sample
    })
  }

  map<Next extends Sample>(change: (sample: Kind) => Next): SampleSource<Next> {
    const source = this
    return new SampleSource(async function* () {
      for await (const sample of source) yield change(sample)
    })
  }

  /** The first samples; what comes after them is not read. */
  limit(count: number): SampleSource<Kind> {
    const source = this
    return new SampleSource(async function* () {
      let left = count
      if (left <= 0) return
      for await (const sample of source) {
        yield sample
        if (--left <= 0) return
      }
    })
  }

  /** Each sample several times in a row: so many runs of it. */
  repeat(times: number): SampleSource<Kind> {
    const source = this
    return new SampleSource(async function* () {
      for await (const sample of source) for (let i = 0; i < times; i++) yield sample
    })
  }

  /**
   * The samples in another order, the same for the same seed each time through. Only `buffer` samples (10,000) are held:
   * where there are more, a sample moves forward by at most so many places.
   */
  shuffle(seed: Seed, { buffer = 10_000 }: { readonly buffer?: number } = {}): SampleSource<Kind> {
    const source = this
    return new SampleSource(async function* () {
      const random = Rng.from(seed).split('shuffle')
      const held: Kind[] = []
      for await (const sample of source) {
        held.push(sample)
        if (held.length > buffer) yield take(held, random)
      }
      while (held.length > 0) yield take(held, random)
    })
  }
}

/** A source of samples that are there already. */
export const samplesOf = <Kind extends Sample>(samples: readonly Kind[]): SampleSource<Kind> =>
  new SampleSource(() => samples)

/** Any of the samples, which the last one takes the place of. */
function take<Kind>(held: Kind[], random: Rng): Kind {
  const at = random.int(held.length)
  const taken = held[at] as Kind
  const last = held.pop() as Kind
  if (at < held.length) held[at] = last
  return taken
}
