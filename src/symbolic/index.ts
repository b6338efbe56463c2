/** The symbolic room: immutable trees with typed fields, key paths, versions that share, and JSON that lasts. */

// Functors, compounds and presets
export type { AnyFunction, FunctorFieldOptions } from './callable.ts'
export { changes, type TreeChange, updatesOf } from './changes.ts'
export { Compound, type CompoundOf, compound } from './compound.ts'
// Inferred values, context and references
export {
  type ContextOptions,
  contextValue,
  contextValues,
  inContext,
  withContext,
} from './context.ts'
export { type ConverterType, type ConverterValue, registerConverter } from './converters.ts'
export type { PatchOperation } from './diff.ts'
export { Diff, type DiffKind, type DiffMode } from './diff-node.ts'
export { type DiffOptions, diffTree } from './diff-tree.ts'
// JSON and files
export { writeAtomically } from './disk.ts'
export type { Draft } from './draft-types.ts'
// Errors
export {
  DefinitionError,
  FieldError,
  InferenceError,
  JsonError,
  PatchError,
  PathError,
  type Problem,
  SealedError,
  SymError,
} from './errors.ts'
export { describe as describeField, problemsOf } from './explain.ts'
export type { Field, FieldMap, InitOf, InOf, OutOf, Primitive, ValuesOf } from './field.ts'
// Fields
export { f, type RangeOptions, type SizeOptions, type StringOptions, type SymType } from './fields.ts'
export { load, loadSync, type SaveOptions, save, saveSync } from './file.ts'
export { addFileSystem, type FileSystem, memoryFiles } from './file-system.ts'
export type { FormatOptions } from './format.ts'
export {
  type ArgsOf,
  type CallOptions,
  Functor,
  type FunctorArgs,
  type FunctorOf,
  type FunctorOptions,
  functor,
  functorArgs,
} from './functor.ts'
export {
  History,
  HistoryEvent,
  type HistoryListener,
  type HistoryOptions,
  type HistoryPatch,
} from './history.ts'
export { type HtmlOptions, toHtml } from './html.ts'
export { FromParents, fromParents, Inferred, inferred, isInferrable } from './inferred.ts'
export { fromJson, fromJsonString } from './json.ts'
export type { Json, WriteOptions } from './json-out.ts'
export { fieldFromJsonSchema, fieldsFromJsonSchema } from './json-schema-in.ts'
export { type JsonSchemaOptions, toJsonSchema } from './json-schema-out.ts'
export {
  appendJsonl,
  type Jsonl,
  type JsonlReadOptions,
  type JsonlWriteOptions,
  openJsonl,
  readJsonl,
} from './jsonl.ts'
// Paths
export { type Key, KeyPath, type PathLike } from './key-path.ts'
export { KeyPathSet, type KeyPathSetOptions } from './key-path-set.ts'
export { Bytes, SymDate } from './leaf.ts'
export type { BigIntOptions, BytesOptions, DateOptions } from './leaf-fields.ts'
export type { Limits } from './limits.ts'
export { type Combine, type Merged, merge } from './merge.ts'
export type { Versioned } from './migrate.ts'
// Changes
export { Insertion, insertion, MISSING, type Missing } from './missing.ts'
export { type Codec, Opaque, opaque, registerCodec } from './opaque.ts'
export {
  type Origin,
  type OriginOptions,
  originChain,
  originHistory,
  originOf,
  setOrigin,
  withOrigins,
} from './origin.ts'
// Partial and abstract
export {
  type Completed,
  complete,
  type FlatOptions,
  isAbstract,
  isDeterministic,
  isPartial,
  isPureSymbolic,
  missing,
  nonDefault,
  type PartialInit,
  type PartialOf,
} from './partial.ts'
// Patch rules
export {
  type AnyType,
  onKey,
  onMember,
  onPath,
  onType,
  onValue,
  PatchRule,
  type Replacement,
  type ValueOfType,
} from './patch-rules.ts'
export {
  applyPatcher,
  applyRules,
  Patcher,
  type PatcherOptions,
  patcher,
  patcherNames,
  type Rules,
} from './patchers.ts'
export type { NoSuchField, PathFor, PathInput, PathValue, UpdatesFor } from './path-types.ts'
// Plain data and trees alike
export {
  type CanonicalizeOptions,
  canonicalize,
  flatten,
  hasAt,
  type PlainVisitor,
  traverse,
  valueAt,
} from './plain-tree.ts'
export { type PresetOptions, preset } from './preset.ts'
export {
  contains,
  type DescendantOption,
  type DescendantOptions,
  descendants,
  fieldAt,
  type InspectOptions,
  inspect,
  itemsOf,
  keysOf,
  valuesOf,
} from './queries.ts'
export type { ReadOptions } from './reading.ts'
export { Ref, type RefOptions, ref } from './ref.ts'
export { classNamed, moduleAlias, register, unregister, withTypes } from './register.ts'
export { registeredTypes } from './registry.ts'
export { withSealed } from './seal-scope.ts'
export type { StructInput, StructOptions, SymStruct } from './struct.ts'
export { SymDict } from './sym-dict.ts'
export { SymList } from './sym-list.ts'
export { fieldOf, type StandsFor, type SymClass, SymObject, type SymShape } from './sym-object.ts'
export { SymTuple } from './sym-tuple.ts'
// Trees
export { isSymbolic, type RebindOptions, recipe, Symbolic, same, type Updates } from './symbolic.ts'
export { transformUp, type UpRule } from './transform-up.ts'
export { UnknownObject } from './unknown.ts'
export { compare, equals, hash } from './values.ts'
// Visiting
export { CONTINUE, ENTER, type QueryOptions, STOP, type WalkAction } from './walk.ts'
