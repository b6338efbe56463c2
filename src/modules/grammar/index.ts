/** Typed grammar evolution: programs found without a language model. */

// Expressions
export { evaluate as evaluateExpression, type Inputs } from './evaluate.ts'
export { Call, Constant, Expression, factsOf, Input, Item, Total } from './expression.ts'
export { fold, foldRule } from './fold.ts'
// Grammars
export { Grammar, type GrammarOptions } from './grammar.ts'
// The optimizer
export { type GrammarEvolutionOptions, type GrammarState, grammarEvolution } from './grammar-evolution.ts'
export { constantsOf, GrammarTypeError, type TypeProblem, typesOfSamples, typesOfSchema } from './infer.ts'
export { OPERATOR_NAMES, type OperatorName } from './operators.ts'
// Packs
export {
  definePack,
  type Pack,
  type PackDefinition,
  PackError,
  type PackOperator,
  type PackType,
} from './pack.ts'
// Rules
export { renderExpression, renderScript } from './render.ts'
export { Rule, type Types } from './rule.ts'
export { type SimplifyOptions, simplify } from './simplify.ts'
export type { Type, Value } from './types.ts'
