/** The symbolic room: immutable trees with typed fields, key paths, versions that share, and JSON that lasts. */

export type { Draft } from './change/draft-types.ts'
export {
  History,
  HistoryEvent,
  type HistoryListener,
  type HistoryOptions,
  type HistoryPatch,
} from './change/history.ts'
export { type Combine, type Merged, merge } from './change/merge.ts'
// Changes
export { Insertion, insertion, MISSING, type Missing } from './change/missing.ts'
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
} from './change/patch-rules.ts'
export {
  applyPatcher,
  applyRules,
  Patcher,
  type PatcherOptions,
  patcher,
  patcherNames,
  type Rules,
} from './change/patchers.ts'
export { withSealed } from './change/seal-scope.ts'
export { transformUp, type UpRule } from './change/transform-up.ts'
export { changes, type TreeChange, updatesOf } from './diff/changes.ts'
export type { PatchOperation } from './diff/diff.ts'
export { Diff, type DiffKind, type DiffMode } from './diff/diff-node.ts'
export { type DiffOptions, diffTree } from './diff/diff-tree.ts'
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
// Functors, compounds and presets
export type { AnyFunction, FunctorFieldOptions } from './fields/callable.ts'
export { type ConverterType, type ConverterValue, registerConverter } from './fields/converters.ts'
export type { Field, FieldMap, InitOf, InOf, OutOf, Primitive, ValuesOf } from './fields/field.ts'
export { describe as describeField } from './fields/field-words.ts'
// Fields
export { f, type RangeOptions, type SizeOptions, type StringOptions, type SymType } from './fields/fields.ts'
export { Bytes, SymDate } from './fields/leaf.ts'
export type { BigIntOptions, BytesOptions, DateOptions } from './fields/leaf-fields.ts'
export { problemsOf } from './fields/refusal.ts'
export type { StructInput, StructOptions, SymStruct } from './fields/struct.ts'
export { compare, equals, hash } from './greens/values.ts'
// JSON and files
export { writeAtomically } from './json/disk.ts'
export { load, loadSync, type SaveOptions, save, saveSync } from './json/file.ts'
export { addFileSystem, type FileSystem, memoryFiles } from './json/file-system.ts'
export { fromJson, fromJsonString } from './json/json.ts'
export type { Json, WriteOptions } from './json/json-out.ts'
export {
  appendJsonl,
  type Jsonl,
  type JsonlReadOptions,
  type JsonlWriteOptions,
  openJsonl,
  readJsonl,
} from './json/jsonl.ts'
export type { Limits } from './json/limits.ts'
export type { Versioned } from './json/migrate.ts'
export type { ReadOptions } from './json/reading.ts'
export { classNamed, moduleAlias, register, unregister, withTypes } from './json/register.ts'
export { registeredTypes } from './json/registry.ts'
export { UnknownObject } from './json/unknown.ts'
export { fieldFromJsonSchema, fieldsFromJsonSchema } from './json-schema/json-schema-in.ts'
export { type JsonSchemaOptions, toJsonSchema } from './json-schema/json-schema-out.ts'
// Paths
export { type Key, KeyPath, type PathLike } from './key-path.ts'
export { KeyPathSet, type KeyPathSetOptions } from './key-path-set.ts'
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
export { SymDict } from './sym-dict.ts'
export { SymList } from './sym-list.ts'
export { fieldOf, type StandsFor, type SymClass, SymObject, type SymShape } from './sym-object.ts'
export { SymTuple } from './sym-tuple.ts'
// Trees
export { isSymbolic, type RebindOptions, recipe, Symbolic, same, type Updates } from './symbolic.ts'
export { Compound, type CompoundOf, compound } from './values/compound.ts'
// Inferred values, context and references
export {
  type ContextOptions,
  contextValue,
  contextValues,
  inContext,
  withContext,
} from './values/context.ts'
export {
  type ArgsOf,
  type CallOptions,
  Functor,
  type FunctorArgs,
  type FunctorOf,
  type FunctorOptions,
  functor,
  functorArgs,
} from './values/functor.ts'
export { FromParents, fromParents, Inferred, inferred, isInferrable } from './values/inferred.ts'
export { type Codec, Opaque, opaque, registerCodec } from './values/opaque.ts'
export {
  type Origin,
  type OriginOptions,
  originChain,
  originHistory,
  originOf,
  setOrigin,
  withOrigins,
} from './values/origin.ts'
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
} from './values/partial.ts'
export { type PresetOptions, preset } from './values/preset.ts'
export { Ref, type RefOptions, ref } from './values/ref.ts'
export type { FormatOptions } from './view/format.ts'
export { type HtmlOptions, toHtml } from './view/html.ts'
// Visiting
export { CONTINUE, ENTER, type QueryOptions, STOP, type WalkAction } from './walk.ts'
