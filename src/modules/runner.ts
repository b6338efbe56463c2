/**
 * Who runs the scripts when the caller did not say: a sandbox that all such calls share. It starts with the first, and
 * closes when none has been under way for a while, so that nobody has to remember it.
 */

import { Sandbox, type ScriptRunner } from '../runtime/index.ts'

/** How long the shared sandbox waits for the next call, in milliseconds. */
const IDLE = 500

let shared: Sandbox | null = null
let users = 0
let timer: NodeJS.Timeout | undefined

/** Does something with the runner given, or with the shared one. */
export async function withRunner<Result>(
  runner: ScriptRunner | undefined,
  use: (runner: ScriptRunner) => Promise<Result>,
): Promise<Result> {
  if (runner !== undefined) return use(runner)
  clearTimeout(timer)
  shared ??= new Sandbox()
  users++
  try {
    return await use(shared)
  } finally {
    users--
    if (users === 0) timer = setTimeout(closeShared, IDLE)
  }
}

/** Closes the shared sandbox, unless someone uses it. */
export async function closeShared(): Promise<void> {
  clearTimeout(timer)
  if (users > 0 || shared === null) return
  const closing = shared
  shared = null
  await closing.close()
}
