/**
 * All tests run in one process, whose heap grows to over a gigabyte of garbage before V8 collects it at leisure; by then
 * arrays grow a thousand times slower than they should. So it is collected here, between two tests.
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
const LEAST = 400 * 2 ** 20

let most = LEAST

export const mochaHooks = {
  beforeEach(): void {
    if (process.memoryUsage().heapUsed < most) return
    collect()
    most = Math.max(LEAST, 2 * process.memoryUsage().heapUsed)
  },
}
