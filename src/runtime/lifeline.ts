// The lifeline of a child: no process of it lives longer than its parent, however that ends and whatever it was doing.
// The kernel's own signal at a parent's death is not enough: it ends the outer half of bubblewrap alone, and if that was about to
// release its inner half, the inner half waits for ever. So a shell beside the child reads a pipe on which nothing is ever
// written; it ends when the parent does, and the shell then ends the group: the child, its halves, and itself.

import type { ChildProcess } from 'node:child_process'

/**
 * Shell text that goes before the command in `"$0" "$@"`, and ends with it. The lifeline is at descriptor `at`, below 10, and
 * those below it are closed to the shell that reads it. Where the command leads no group of its own, nothing is ended.
 */
export function heldBy(at: number): string {
  const others = Array.from({ length: at }, (_, descriptor) => `${descriptor}>&-`)
  return `(read -r _ <&${at}; kill -9 -$$) ${others.join(' ')} & exec "$0" "$@" ${at}<&-`
}

/** Gives up the lifeline of a process that has ended, so that nothing is left of its group. */
export function letGo(started: ChildProcess, at: number | undefined): void {
  if (at !== undefined) started.stdio[at]?.destroy()
}

/** Ends a process that was started `detached`, with all its group: both halves of bubblewrap go together. */
export function killGroup(started: ChildProcess): void {
  const { pid, exitCode, signalCode } = started
  // The number of a process that has ended may be somebody else's by now.
  if (pid === undefined || exitCode !== null || signalCode !== null) return
  try {
    if (process.platform !== 'win32') process.kill(-pid, 'SIGKILL')
    else started.kill('SIGKILL')
  } catch {
    // It has ended in the meantime.
  }
}
