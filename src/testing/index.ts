// The public names of `espalier/testing`: suites that other engines of this library's interfaces can pass.

// Search algorithms
export { type AlgorithmSpace, type AlgorithmSuiteOptions, algorithmSuite } from './algorithm-suite.ts'
// Script runners
export type { RunnerLimits } from './script-runner/bench.ts'
export { javascript } from './script-runner/javascript.ts'
export { python } from './script-runner/python.ts'
export type { RunnerScripts, ScriptLanguage } from './script-runner/scripts.ts'
export { type ScriptRunnerSuiteOptions, scriptRunnerSuite } from './script-runner/suite.ts'
// Storages of studies
export { type StorageSuiteOptions, storageSuite } from './storage-suite.ts'
// Suites in general
export type { ConformanceCase, ConformanceSuite } from './suite.ts'
