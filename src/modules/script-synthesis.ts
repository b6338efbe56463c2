/** A module whose behavior is a script in JavaScript or TypeScript, which training may rewrite. */

import type { Language } from '../runtime/index.ts'
import { f, register } from '../symbolic/index.ts'
import { ScriptModule, type ScriptModuleInit, scriptFields } from './script-module.ts'
import { isScriptSource } from './script-source.ts'

export interface ScriptSynthesisInit extends ScriptModuleInit {
  /** What the script is written in. TypeScript needs the package sucrase. Default `'javascript'`. */
  readonly language?: 'javascript' | 'typescript'
  /** The tree that the script is the rendering of, where there is one. */
  readonly rule?: unknown
}

/**
 * A trainable script.
 *
 *     const double = new ScriptSynthesis({
 *       name: 'double', schema: Output, script: 'result = { y: inputs.x * 2 }', defaultReturnValue: { y: 0 },
 *     })
 */
export class ScriptSynthesis extends ScriptModule.define('espalier.ScriptSynthesis', {
  language: f.enum('javascript', 'typescript').default('javascript'),
  /**
   * What the script was rendered from, set together with the script. While the two agree, the script is known to be
   * pure, and many inputs run in one context.
   */
  rule: f.any().optional().trainable(),
}) {
  constructor({ language, rule, ...init }: ScriptSynthesisInit) {
    super({
      ...scriptFields('espalier.ScriptSynthesis', init),
      ...(language === undefined ? {} : { language }),
      rule,
    })
  }

  get scriptLanguage(): Language {
    return this.language
  }

  /** Whether the script is known to be pure, because it is the rendering of the rule. */
  override get isPure(): boolean {
    return isScriptSource(this.rule) && this.rule.toScript() === this.script
  }
}
register(ScriptSynthesis)
