/** The symbolic room: immutable trees with typed fields, key paths, versions that share, and JSON that lasts. */

// Trees

export { memo } from './memo.ts'
export { SymDict } from './sym-dict.ts'
export { SymList } from './sym-list.ts'
export { fieldOf, type StandsFor, type SymClass, SymObject, type SymShape } from './sym-object.ts'
export { SymTuple } from './sym-tuple.ts'
export { isSymbolic, type RebindOptions, recipe, Symbolic, same, type Updates } from './symbolic.ts'

// Key paths

export { type Key, KeyPath, type PathLike } from './key-path.ts'
export { KeyPathSet, type KeyPathSetOptions } from './key-path-set.ts'
export type { NoSuchField, PathFor, PathInput, PathValue, UpdatesFor } from './path-types.ts'

// Fields

export type { AnyFunction, FunctorFieldOptions } from './fields/callable.ts'
export { type ConverterType, type ConverterValue, registerConverter } from './fields/converters.ts'
export type { Field, FieldMap, InitOf, InOf, OutOf, Primitive, ValuesOf } from './fields/field.ts'
export { describe as describeField } from './fields/field-words.ts'
export { f, type RangeOptions, type SizeOptions, type StringOptions, type SymType } from './fields/fields.ts'
export { Bytes, SymDate } from './fields/leaf.ts'
export type { BigIntOptions, BytesOptions, DateOptions } from './fields/leaf-fields.ts'
export { problemsOf } from './fields/refusal.ts'
export type { StructInput, StructOptions, SymStruct } from './fields/struct.ts'

// Changing

export type { Draft } from './change/draft-types.ts'
export {
  History,
  HistoryEvent,
  type HistoryListener,
  type HistoryOptions,
  type HistoryPatch,
} from './change/history.ts'
export { type Combine, type Merged, merge } from './change/merge.ts'
export { Insertion, insertion, MISSING, type Missing } from './change/missing.ts'
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

// Looking around

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
export { CONTINUE, ENTER, type QueryOptions, STOP, type WalkAction } from './walk.ts'

// Comparing

export { changes, type TreeChange, updatesOf } from './diff/changes.ts'
export type { PatchOperation } from './diff/diff.ts'
export { Diff, type DiffKind, type DiffMode } from './diff/diff-node.ts'
export { type DiffOptions, diffTree } from './diff/diff-tree.ts'
export { compare, equals, hash } from './greens/values.ts'

// Values that stand for others

export {
  type ContextOptions,
  contextValue,
  contextValues,
  inContext,
  withContext,
} from './values/context.ts'
export { FromParents, fromParents, Inferred, inferred, isInferrable } from './values/inferred.ts'
export { type Codec, Opaque, opaque, registerCodec } from './values/opaque.ts'
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
export { Ref, type RefOptions, ref } from './values/ref.ts'

// Functors, compounds, presets and origins

export { Compound, type CompoundOf, compound } from './values/compound.ts'
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
export {
  type Origin,
  type OriginOptions,
  originChain,
  originHistory,
  originOf,
  setOrigin,
  withOrigins,
} from './values/origin.ts'
export { type PresetOptions, preset } from './values/preset.ts'

// JSON

export { fromJson, fromJsonString } from './json/json.ts'
export type { Json, WriteOptions } from './json/json-out.ts'
export type { Limits } from './json/limits.ts'
export type { Versioned } from './json/migrate.ts'
export type { ReadOptions } from './json/reading.ts'
export { classNamed, moduleAlias, register, unregister, withTypes } from './json/register.ts'
export { registeredTypes } from './json/registry.ts'
export { UnknownObject } from './json/unknown.ts'

// Files

export { writeAtomically } from './json/disk.ts'
export { load, loadSync, type SaveOptions, save, saveSync } from './json/file.ts'
export { addFileSystem, type FileSystem, memoryFiles } from './json/file-system.ts'
export {
  appendJsonl,
  type Jsonl,
  type JsonlReadOptions,
  type JsonlWriteOptions,
  openJsonl,
  readJsonl,
} from './json/jsonl.ts'

// JSON Schema

export { fieldFromJsonSchema, fieldsFromJsonSchema } from './json-schema/json-schema-in.ts'
export { type JsonSchemaOptions, toJsonSchema } from './json-schema/json-schema-out.ts'

// Views

export type { FormatOptions } from './view/format.ts'
export { type HtmlOptions, toHtml } from './view/html.ts'

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
