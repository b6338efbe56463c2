// What the tests of Python need of a machine. Where continuous integration promises confinement nothing is skipped.

import { probe } from '../../../src/runtime/probe.ts'
import { findPython } from '../../../src/runtime/python/find-python.ts'

/** Skips where there is no Python. */
export async function needsPython(this: Mocha.Context): Promise<void> {
  try {
    await findPython()
  } catch (error) {
    skip(this, error)
  }
}

/** Skips where Python cannot be confined by the operating system. */
export async function needsConfinedPython(this: Mocha.Context): Promise<void> {
  const python = await findPython().catch(() => this.skip())
  const probed = await probe(python.path, python.folders)
  if (!probed.ok) skip(this, new Error(probed.reason))
}

function skip(hook: Mocha.Context, reason: unknown): void {
  if (process.env.ESPALIER_ISOLATION === 'os') throw reason
  hook.skip()
}
