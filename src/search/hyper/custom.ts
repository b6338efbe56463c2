/**
 * `custom`: a decision of the user's own. Its genome is any JSON; a few functions say how to draw one, vary it, judge it
 * and turn it into a value. They are registered under a name, which is all that the tree holds.
 */

import { f, type Json, register } from '../../symbolic/index.ts'
import { CustomSpec, type TextGenome } from '../dna/custom-spec.ts'
import type { LeafPoint } from '../dna/dna-spec.ts'
import { SpaceError } from '../errors.ts'
import { Rng } from '../rng.ts'
import { LeafHyper, type NameOptions } from './hyper.ts'
import { Named } from './named.ts'

/**
 * How genomes of one kind come about and what they mean. All functions are pure: the same arguments give the same
 * result, and arguments are not written to. Each gets the settings of its place last.
 */
export interface Genome<Value, Code extends Json = Json, Settings extends Json = Json> {
  random(rng: Rng, settings: Settings): Code
  /** The value that stands in the tree. */
  decode(code: Code, settings: Settings): Value
  /** Why JSON from elsewhere is no genome of this kind, in words that go behind 'must be'; null when it is one. */
  problem(code: Json, settings: Settings): string | null
  /** Another genome near one; a random one when there is no such function. */
  mutate?(code: Code, rng: Rng, settings: Settings): Code
  /** The genome of a value, which `Space.encode` needs. */
  encode?(value: Value, settings: Settings): Code
  /** The first in an order; a random one when there is no such function. */
  first?(settings: Settings): Code
  /** What follows in the order, null after the last; with it the space can be gone through. */
  next?(code: Code, settings: Settings): Code | null
}

/** A kind of genomes that was registered; `custom` opens a place for one. */
export interface GenomeKind<Value, Settings extends Json = Json> {
  readonly name: string
  /** Carry the static types; nothing stands here at run time. */
  readonly '~value'?: Value
  readonly '~settings'?: Settings
}

export interface CustomOptions<Settings> extends NameOptions {
  /** What the functions of the genome get last. */
  readonly settings?: Settings
}

const genomes = new Named<Genome<unknown>>('genome')

/**
 * Registers a kind of genomes under a name for good.
 *
 *     const bits = registerGenome('demo.Bits', {
 *       random: rng => [rng.int(2), rng.int(2), rng.int(2)],
 *       decode: code => code.join(''),
 *       problem: code => (Array.isArray(code) && code.length === 3 ? null : 'three bits'),
 *     })
 *     Space.of({ mask: custom(bits) })
 */
export function registerGenome<Value, Code extends Json, Settings extends Json = Json>(
  name: string,
  genome: Genome<Value, Code, Settings>,
): GenomeKind<Value, Settings> {
  // The functions only ever meet codes that they made themselves or found no problem with.
  genomes.add(name, genome as unknown as Genome<unknown>)
  return { name }
}

/** A place for a genome of a kind. To the compiler it is the value that the genome is decoded to. */
export function custom<Value, Settings extends Json>(
  kind: GenomeKind<Value, Settings>,
  { settings = null as Settings, name }: CustomOptions<Settings> = {},
): Value {
  return new Custom({ genome: kind.name, settings, name }) as Value
}

/** The node that `custom` makes. */
export class Custom extends LeafHyper.define('search.Custom', {
  genome: f.string(),
  settings: f.any().default(null),
}) {
  override pointAt(id: string): LeafPoint {
    const { genome, settings } = this
    return new CustomSpec(id, this.name, textGenome(genome, genomes.get(genome), settings as Json))
  }

  /** What a genome is decoded to is known when it is: then it has to fit. */
  protected override misfit(): null {
    return null
  }

  onBound(): void {
    genomes.get(this.genome)
  }
}

register(Custom)

/** A genome over the texts of its codes. */
function textGenome(name: string, genome: Genome<unknown>, node: unknown): TextGenome {
  const settings = plain(node)
  const { mutate, encode, next } = genome
  const textOf = (code: unknown): string => {
    const text = JSON.stringify(code)
    if (text !== undefined) return text
    throw new SpaceError('', `the genome '${name}' gave ${String(code)}, which is no JSON`)
  }
  const codeOf = (text: string): Json => JSON.parse(text)
  const random = (rng: Rng): string => textOf(genome.random(rng, settings))
  return {
    random,
    first: () => (genome.first === undefined ? random(Rng.from(name)) : textOf(genome.first(settings))),
    vary: (text, rng) => (mutate === undefined ? random(rng) : textOf(mutate(codeOf(text), rng, settings))),
    next:
      next === undefined
        ? null
        : text => {
            const code = next(codeOf(text), settings)
            return code === null ? null : textOf(code)
          },
    problem(text) {
      const code = parsed(text)
      if (code === undefined) return `JSON as JSON.stringify writes it, for the genome '${name}'`
      return genome.problem(code, settings)
    },
    decode: text => genome.decode(codeOf(text), settings),
    encode(value) {
      if (encode !== undefined) return textOf(encode(value, settings))
      throw new SpaceError('', `the genome '${name}' has no 'encode', so its values have no DNA`)
    },
  }
}

/** The JSON of a text in the one form that it is written in; undefined for other texts. */
function parsed(text: string): Json | undefined {
  try {
    const code: Json = JSON.parse(text)
    return JSON.stringify(code) === text ? code : undefined
  } catch {
    return undefined
  }
}

/** Settings as the plain data they were given as. */
const plain = (settings: unknown): Json => JSON.parse(JSON.stringify(settings))
