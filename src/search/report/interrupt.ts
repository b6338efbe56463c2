/** Ctrl-C as an `AbortSignal`, for programs that want their studies to end in good order. Nothing listens unless asked. */

export interface Interrupt {
  /** Aborts with the first Ctrl-C. */
  readonly signal: AbortSignal
  /** Listens no more. */
  close(): void
  [Symbol.dispose](): void
}

/**
 * Listens for Ctrl-C until it is closed. The first aborts the signal, and what is open is given up; a second one ends the
 * process at once, as it would without this.
 *
 *     using interrupt = onInterrupt()
 *     await study.optimize(evaluate, { signal: interrupt.signal, progress: process.stderr })
 */
export function onInterrupt(): Interrupt {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  process.once('SIGINT', abort)
  const close = (): void => void process.off('SIGINT', abort)
  return { signal: controller.signal, close, [Symbol.dispose]: close }
}
