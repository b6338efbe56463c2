/** Masks as modules: what comes in goes out with some of its keys alone, or without them. */

import { f, register } from '../../symbolic/index.ts'
import { DataError, problem } from '../data-error.ts'
import type { Json, JsonSchema } from '../json.ts'
import { type CallContext, Module } from '../module.ts'
import type { Fold } from '../operators/keys.ts'
import { type Mask, type Masking, type MaskOptions, maskedValue, maskingOf } from '../operators/mask.ts'
import { invalidInput, tell } from '../trace.ts'
import { type GivenSchema, modelOf, plainSchema } from '../variable.ts'

export interface MaskInit extends MaskOptions {
  readonly name?: string
  readonly description?: string
  /** Exact keys, and patterns that may match anywhere in a key. */
  readonly mask: Mask
  /** The schema of the input; other inputs fail. With it the schema of the output is known. */
  readonly inputSchema?: GivenSchema
}

/** The base of the masking modules. */
export abstract class Masked extends Module.define('espalier.Masked', {
  /** Keys as they are, patterns as literals: `/_1$/i`. */
  keys: f.list(f.string()).orEmpty(),
  patterns: f.list(f.string({ pattern: /^\/[\s\S]+\/[a-z]*$/ })).orEmpty(),
  recursive: f.bool().default(true),
  fold: f.enum('none', 'suffix', 'plural').default('none'),
  inputSchema: f.dict().optional(),
}) {
  static readonly isAbstract: boolean = true

  /** Whether what is named is kept; else it is taken away. */
  abstract get keeps(): boolean

  /** Refuses a mask that names nothing, and patterns that are none. */
  protected onBound(): void {
    maskingIn(this)
    void this.outputSpec
  }

  async call(input: Json, context: CallContext): Promise<Json> {
    if (input === null) return null
    const begun = performance.now()
    const model = this.inputSchema === undefined ? null : modelOf(this.inputSchema)
    const [misfit] = model?.problems(input) ?? []
    if (misfit !== undefined) {
      return tell(this, context, { input, output: null, error: invalidInput(misfit), begun })
    }
    return tell(this, context, { input, output: maskedValue(input, maskingIn(this)), begun })
  }

  override get inputSpec(): JsonSchema | null {
    return this.inputSchema === undefined ? null : modelOf(this.inputSchema).schema
  }

  override get outputSpec(): JsonSchema | null {
    if (this.inputSchema === undefined) return null
    const model = modelOf(this.inputSchema)
    const [mask, options] = [maskIn(this), optionsIn(this)]
    return (this.keeps ? model.inMask(mask, options) : model.outMask(mask, options)).schema
  }
}

/**
 * What the mask names, with the way that leads there.
 *
 *     new InMask({ mask: ['answer'] })
 */
export class InMask extends Masked.define('espalier.InMask', {}) {
  constructor(init: MaskInit) {
    super(maskFields(init))
  }

  get keeps(): boolean {
    return true
  }
}
register(InMask)

/** What the mask does not name. */
export class OutMask extends Masked.define('espalier.OutMask', {}) {
  constructor(init: MaskInit) {
    super(maskFields(init))
  }

  get keeps(): boolean {
    return false
  }
}
register(OutMask)

function maskFields({ mask, fold, inputSchema, ...rest }: MaskInit) {
  return {
    ...rest,
    keys: mask.filter(each => typeof each === 'string'),
    patterns: mask.filter(each => typeof each !== 'string').map(String),
    ...(fold === undefined ? {} : { fold }),
    ...(inputSchema === undefined ? {} : { inputSchema: plainSchema(inputSchema) }),
  }
}

const maskingIn = (module: Masked): Masking => maskingOf(module.keeps, maskIn(module), optionsIn(module))

const maskIn = ({ keys, patterns, typeName }: Masked): Mask => [
  ...keys,
  ...[...patterns].map((literal, i) => {
    const end = literal.lastIndexOf('/')
    try {
      return new RegExp(literal.slice(1, end), literal.slice(end + 1))
    } catch (cause) {
      throw DataError.of(typeName, [problem(`patterns[${i}]`, literal, 'a regular expression')], cause)
    }
  }),
]

const optionsIn = ({ recursive, fold }: Masked): { recursive: boolean; fold?: Fold } =>
  fold === 'none' ? { recursive } : { recursive, fold }
