/** Waiting that a signal can end, and time limits, without leaving listeners behind on signals that live long. */

import { cancelled } from './language-model-error.ts'

/** Resolves after some milliseconds. Rejects as `cancelled` when the signal aborts. */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled(signal))
    const stop = (): void => {
      clearTimeout(timer)
      reject(cancelled(signal as AbortSignal))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/**
 * Does something under a signal that aborts with the given one, or after some milliseconds; `isLate` says which. The
 * listeners are gone when it is done; `AbortSignal.any` would keep them as long as the given signal lives.
 */
export async function withDeadline<Result>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal, isLate: () => boolean) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  let late = false
  const stop = (): void => controller.abort(signal?.reason)
  const timer = setTimeout(() => {
    late = true
    controller.abort()
  }, ms)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await work(controller.signal, () => late)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}
