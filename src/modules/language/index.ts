/** Language models: what they are, what goes around them, and the modules that use them. */

// Models
export { type AiSdkModel, type AiSdkOptions, fromAiSdk } from './ai-sdk.ts'
// Modules
export { Branch, type BranchInit } from './branch.ts'
// Layers
export { type BudgetedModel, type BudgetOptions, budgeted, type Price, type Spent } from './budgeted.ts'
export { type CacheOptions, cached } from './cached.ts'
export type { CallRecord } from './call-record.ts'
export { ChainOfThought, type ChainOfThoughtInit } from './chain-of-thought.ts'
export { Decision, type DecisionInit } from './decision.ts'
export { type Environment, modelFromEnvironment } from './environment.ts'
export { Generator, type GeneratorInit } from './generator.ts'
export {
  addUsage,
  type FinishReason,
  type GivenReply,
  type LanguageCall,
  type LanguageFunction,
  type LanguageModel,
  type LanguageModelLike,
  type LanguageReply,
  type LanguageRequest,
  languageModel,
  type Message,
  type Usage,
} from './language-model.ts'
export {
  type LanguageErrorOptions,
  type LanguageFailure,
  LanguageModelError,
} from './language-model-error.ts'
export {
  type LanguageModelOption,
  type LanguageModels,
  languageModelsOf,
  modelNamed,
} from './language-models.ts'
export {
  EXAMPLES_SCHEMA,
  INSTRUCTIONS_SCHEMA,
  LanguageModule,
  type LanguageModuleInit,
} from './language-module.ts'
export { type LimitOptions, limited } from './limited.ts'
export { type OpenAiCompatibleOptions, openAiCompatible } from './open-ai-compatible.ts'
export { delimited, type Example } from './prompt.ts'
export { type Recorder, recording, replaying } from './recording.ts'
export { type RetryOptions, retrying } from './retrying.ts'
export { type AskOptions, askFor, type CheckedReply, type RepairOptions, repairing } from './structured.ts'
