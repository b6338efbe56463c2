// What differs between languages, as the pool sees it: how children are started, and what they do by themselves.
// Everything else (queues, turns, deadlines, outcomes) is the same for all of them.

import { explainFailure } from './hints.ts'
import { describeHost, type Launch, planLaunches } from './launch.ts'
import type { Language, Settings } from './options.ts'
import type { Failure } from './outcome.ts'
import { planPythonLaunches } from './python/python-launch.ts'
import { findSourceFlaw, findTextFlaw } from './source.ts'
import { placeInScript, TypeStripper } from './typescript.ts'

export interface Engine {
  /** How to start children on this machine; rejects with the reason when there is no way. */
  plan(settings: Settings): Promise<Plan>
  /** Why a script is not even sent to a child, if so. */
  findFlaw(script: string, maxSource: number): Failure | undefined
  /** Something that makes of a script what its children take; without this, they take it as it is. */
  translator?(): Translator
  /** A failure of the code that a script became, as one of the script; `tools` are the names of those it had. */
  explain(failure: Failure, script: string, code: string, tools?: readonly string[]): Failure
  /** Its children answer each input at once, even where inputs share a context. */
  readonly marksEach: boolean
  /** Milliseconds on top of a time limit before the parent ends a child: for the way there and back. */
  readonly grace: number
}

/** Belongs to one sandbox and is closed with it. */
export interface Translator {
  /** The script as children take it, or why it cannot be had. */
  translate(script: string, maxSource: number): Promise<string | Failure>
  close(): void
}

export interface Plan {
  /** The ways to start a child, strongest first, and at least one. */
  readonly launches: readonly Launch[]
  /** Why none of them is confined by the operating system, if so. */
  readonly shortfall: string
}

export function engineOf(language: Language): Engine {
  return ENGINES[language]
}

const javascript: Engine = {
  async plan(settings) {
    const host = await describeHost(settings.nodePath, settings.isolation)
    const { probe } = host
    const shortfall = probe?.ok === false ? probe.reason : ''
    // What failed once may work the next time: it is no reason to confine less.
    if (probe?.ok === false && !probe.isFinal) throw new Error(`ring 3 failed this time: ${shortfall}`)
    const launches = planLaunches(host, settings)
    if (launches.length === 0) throw new Error(`isolation 'os' cannot be had here: ${shortfall}`)
    return { launches, shortfall }
  },
  findFlaw: findSourceFlaw,
  explain: (failure, script, _code, tools) => explainFailure(script, failure, tools),
  marksEach: false,
  grace: 4,
}

/** What is left when the types are stripped is JavaScript. */
const typescript: Engine = {
  ...javascript,
  findFlaw: findTextFlaw,
  translator() {
    const stripper = new TypeStripper()
    return {
      async translate(script, maxSource) {
        const code = await stripper.strip(script)
        if (typeof code !== 'string') return explainFailure(script, code)
        const flaw = findSourceFlaw(code, maxSource)
        return flaw ? typescript.explain(flaw, script, code) : code
      },
      close: () => stripper.close(),
    }
  },
  explain(failure, script, code, tools) {
    const { line: _line, column: _column, ...rest } = failure
    return explainFailure(script, { ...rest, ...placeInScript(script, code, failure) }, tools)
  },
}

/** A keeper of Python ends scripts itself; the parent ends the keeper when that does not happen. */
const python: Engine = {
  plan: planPythonLaunches,
  findFlaw: findTextFlaw,
  explain: failure => failure,
  marksEach: true,
  grace: 250,
}

const ENGINES: Readonly<Record<Language, Engine>> = { javascript, typescript, python }
