/**
 * Language models by the names that programs call them. A tree holds names alone, so it stays JSON and may be run with
 * other models; who runs it says which model a name stands for, and the environment may speak for `default`.
 */

import { modelFromEnvironment } from './environment.ts'
import { type LanguageModel, type LanguageModelLike, languageModel } from './language-model.ts'

/** Language models by name. */
export type LanguageModels = { readonly [name: string]: LanguageModel }

/** What options called `languageModel` take: one model, which is the `default`, or several by name. */
export type LanguageModelOption = LanguageModelLike | { readonly [name: string]: LanguageModelLike }

/** The name of the model that modules use unless they name another. */
export const DEFAULT_MODEL = 'default'

/**
 * The models of an option, by name.
 *
 *     languageModelsOf({ default: small, critic: large })
 */
export function languageModelsOf(option: LanguageModelOption | undefined): LanguageModels | undefined {
  if (option === undefined) return undefined
  if (isModel(option)) return { [DEFAULT_MODEL]: languageModel(option) }
  const named: [string, LanguageModel][] = Object.entries(option).map(([name, like]) => {
    if (!isModel(like))
      throw new TypeError(`languageModel.${name} must be a language model, got ${typeof like}`)
    return [name, languageModel(like)]
  })
  return Object.fromEntries(named)
}

/**
 * The model of a name. Without one, `default` is the model that the environment names. Throws when there is neither:
 * that is no failure of a program.
 */
export function modelNamed(models: LanguageModels | undefined, name: string): LanguageModel {
  if (models !== undefined && Object.hasOwn(models, name)) return models[name] as LanguageModel
  const fromEnvironment = name === DEFAULT_MODEL ? modelFromEnvironment() : undefined
  if (fromEnvironment !== undefined) return fromEnvironment
  const known = Object.keys(models ?? {})
  const given = known.length === 0 ? '' : `; there is ${known.map(each => `'${each}'`).join(', ')}`
  const fix =
    name === DEFAULT_MODEL
      ? 'pass { languageModel }, or set ESPALIER_LM_URL and ESPALIER_LM_MODEL'
      : `pass { languageModel: { ${JSON.stringify(name)}: … } }`
  throw new TypeError(`there is no language model '${name}'${given}: ${fix}`)
}

const isModel = (value: unknown): value is LanguageModelLike =>
  typeof value === 'function' ||
  (typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<LanguageModel>).generate === 'function')
