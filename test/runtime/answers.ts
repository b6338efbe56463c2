// The prelude by itself, in a context of this process: what it answers to the body of a script.

import vm from 'node:vm'
import { PRELUDE } from '../../src/runtime/child-prelude.ts'

interface Api {
  begin(maxResult: number, maxOutput: number, now: number, ...words: number[]): void
  load(maker: unknown, length: number, isAsync: boolean): boolean
  feed(text: string): void
  slice(ms: number): boolean
  settle(): void
  count(): number
  take(): string
}

export interface Limits {
  readonly maxResult?: number
  readonly maxOutput?: number
  readonly now?: number
}

/** The answers to one body of a script for some inputs. */
export function answersOf(body: string, inputs: readonly unknown[] = [null], limits: Limits = {}): unknown {
  const { maxResult = 1000, maxOutput = 100, now = Number.NaN } = limits
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY)
  const api = vm.runInContext(PRELUDE, context) as Api
  const code = `(function(inputs){var result;return[(function(){${body}\n;return result}),function(){return result}]})`
  api.begin(maxResult, maxOutput, now, 1, 2, 3, 4)
  const isLoaded = api.load(vm.runInContext(code, context), code.length - 2, false)
  if (!isLoaded) return 'not loaded'
  api.feed(JSON.stringify(inputs))
  while (api.slice(1e9)) api.settle()
  return JSON.parse(api.take())
}
