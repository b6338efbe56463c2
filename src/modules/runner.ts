/**
 * Who runs the scripts when the caller did not say: sandboxes that all such calls share. They start with the first
 * script of their language, and close when no call has been under way for a while, so nobody has to remember them.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import { Sandboxes } from './sandboxes.ts'

/** How long the shared sandboxes wait for the next call, in milliseconds. */
const IDLE = 500

let shared: Sandboxes | null = null
let users = 0
let timer: NodeJS.Timeout | undefined

/** Does something with the runner given, or with the shared ones. */
export async function withRunner<Result>(
  runner: ScriptRunner | undefined,
  use: (runner: ScriptRunner) => Promise<Result>,
): Promise<Result> {
  if (runner !== undefined) return use(runner)
  clearTimeout(timer)
  shared ??= new Sandboxes()
  users++
  try {
    return await use(shared)
  } finally {
    users--
    if (users === 0) timer = setTimeout(closeShared, IDLE)
  }
}

/** Closes the shared sandboxes, unless someone uses them. */
export async function closeShared(): Promise<void> {
  clearTimeout(timer)
  if (users > 0 || shared === null) return
  const closing = shared
  shared = null
  await closing.close()
}
