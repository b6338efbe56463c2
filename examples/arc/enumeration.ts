/**
 * Enumeration as an optimizer: it proposes what the search finds for the training samples, the rule that fits them all
 * first, and what came closest after it. What is proposed has the script rendered from it, and is scored in the sandbox
 * like anybody else's.
 */

import { Call, Constant, type Expression, Input, type Optimizer, type Proposal, Rule } from 'espalier/modules'
import { type Grid, gridOperator } from './operators/index.ts'
import { packTypes } from './pack.ts'
import { RULE_PATH, SCRIPT_PATH } from './program.ts'
import { type SearchLimits, type SearchResult, searchRule } from './search/search.ts'
import type { Term } from './search/term.ts'

export interface EnumerationOptions extends SearchLimits {
  readonly onSearched?: (result: SearchResult) => void
}

/** The optimizer; its state says whether it has proposed. */
export function enumeration({ onSearched, ...limits }: EnumerationOptions): Optimizer<boolean> {
  return {
    name: 'enumeration',
    init: () => false,
    propose(isDone, { samples }) {
      if (isDone) return [[], true]
      const pairs = samples.map(({ inputs, outputs }) => ({
        input: (inputs as { readonly input: Grid }).input,
        output: (outputs as { readonly output: Grid }).output,
      }))
      const result = searchRule(pairs, limits)
      onSearched?.(result)
      const terms = result.term === null ? result.closest : [result.term]
      return [terms.map(proposalOf), true]
    },
    observe: isDone => isDone,
    save: isDone => isDone,
    restore: data => data === true,
  }
}

/** The rule of a term. */
export function ruleOf(term: Term): Rule {
  return new Rule({
    inputTypes: { input: packTypes.grid },
    outputTypes: { output: packTypes.grid },
    outputs: { output: expressionOf(term) },
  })
}

function proposalOf(term: Term): Proposal {
  const rule = ruleOf(term)
  return {
    updates: [
      [RULE_PATH, rule],
      [SCRIPT_PATH, rule.toScript()],
    ],
    parents: [],
    operator: 'enumeration',
  }
}

function expressionOf(term: Term): Expression {
  if (term.kind === 'input') return new Input({ name: 'input', type: packTypes.grid })
  if (term.kind === 'constant') {
    const { type, value } = term
    return type === 'table' ? new Constant({ value }) : new Constant({ value, type: packTypes[type] })
  }
  const { name } = gridOperator(term.op)
  return new Call({ op: `arc.${name}`, args: term.args.map(expressionOf) })
}
