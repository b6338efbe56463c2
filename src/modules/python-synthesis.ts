/**
 * A module whose behavior is a script in Python, which training may rewrite, under the contract of Synalinks'
 * `PythonSynthesis`: its scripts run as they are. What they print is no part of the output, and nothing of the machine
 * is theirs: they run in the sandbox for Python, or not at all.
 */

import type { Language } from '../runtime/index.ts'
import { f, register } from '../symbolic/index.ts'
import { ScriptModule, type ScriptModuleInit, scriptFields } from './script-module.ts'

/**
 * A trainable script in Python. Where Python cannot be confined, its runs are `unavailable`, and give the default.
 *
 *     const turn = new PythonSynthesis({
 *       schema: Grid,
 *       script: 'result = {"grid": [row[::-1] for row in inputs["grid"]]}',
 *       defaultReturnValue: { grid: [] },
 *     })
 */
export class PythonSynthesis extends ScriptModule.define('espalier.PythonSynthesis', {
  timeout: f.int({ min: 1, max: 300_000 }).default(5000),
}) {
  constructor(init: ScriptModuleInit) {
    super(scriptFields('espalier.PythonSynthesis', init))
  }

  get scriptLanguage(): Language {
    return 'python'
  }
}
register(PythonSynthesis)
