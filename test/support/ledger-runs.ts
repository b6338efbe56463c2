/** A small run of training with everything in it that a ledger tells of, for tests of going on. */

import {
  type Answer,
  accuracy,
  type FitOptions,
  type FitResult,
  failureRate,
  fit,
  type LanguageFunction,
  type LedgerRecord,
  numericCloseness,
  type Optimizer,
  type Proposal,
  type Sequential,
} from '../../src/modules/index.ts'
import { Rng } from '../../src/search/index.ts'
import { type FakeOptions, FakeRunner } from './fake-runner.ts'
import { proposalOf, samplesOf, scriptProgram } from './script-programs.ts'

export interface MixedState {
  readonly step: number
  readonly factors: readonly number[]
}

/** Draws factors, asks for one, looks at one, and has one that does not fit, in each generation. */
export const mixedOptimizer: Optimizer<MixedState> = {
  name: 'mixed',
  init: () => ({ step: 0, factors: [1, 3] }),
  propose: ({ step, factors }, { seed }) => {
    const random = Rng.from(seed).split('mixed').split(step)
    const drawn = [random.float() * 3, ...factors.slice(-2)]
    const proposals: Proposal[] = [
      ...drawn.map(factor => scriptFor(factor)),
      proposalOf(step, 'misfit'),
      {
        ...proposalOf('result = { y: inputs.x + no }', 'look'),
        samples: [1, 0],
        isProbe: true,
        isRecorded: true,
      },
    ]
    const question = { languageModel: 'default', messages: [{ role: 'user' as const, content: `${step}` }] }
    return [proposals, { step: step + 1, factors }, [question]]
  },
  observe: ({ step, factors }, evaluations, _context, answers: readonly Answer[] = []) => {
    const looked = evaluations.flatMap(({ records = [] }) => records.map(({ traces }) => traces.length))
    const asked = answers.map(answer => (answer.ok ? Number(answer.value) : 0))
    return { step, factors: [...factors, ...asked, looked.length] }
  },
  simplify: async (proposal, keeps) => {
    const script = String(proposal.updates[0]?.[1])
    const shorter = proposalOf(script.replace(' + 0', ''), 'shorter')
    return (await keeps(shorter)) ? shorter : proposal
  },
  save: ({ step, factors }) => ({ step, factors }),
  restore: data => data as unknown as MixedState,
}

const scriptFor = (factor: number): Proposal => proposalOf(`result = { y: inputs.x * ${factor} + 0 }`, 'draw')

/** Says something near 2, by the question. */
export const oracle: LanguageFunction = ({ messages }) => ({
  text: String(2 + 1 / (1 + Number(messages[0]?.content))),
  usage: { inputTokens: 3, outputTokens: 2 },
})

export const double = samplesOf(x => 2 * x)

export const mixedOptions = (
  more: Partial<FitOptions<MixedState>> = {},
  fake: FakeOptions = {},
): FitOptions<MixedState> => ({
  optimizer: mixedOptimizer,
  reward: numericCloseness(),
  budget: { generations: 3 },
  seed: 5,
  batchSize: 3,
  validation: samplesOf(x => 2 * x, [5, 6]),
  test: samplesOf(x => 2 * x, [7]),
  finalists: 2,
  metrics: { right: accuracy(), failed: failureRate() },
  languageModel: oracle,
  runner: new FakeRunner(fake),
  ...more,
})

export const mixedRun = (
  more: Partial<FitOptions<MixedState>> = {},
  fake: FakeOptions = {},
): Promise<FitResult<Sequential>> => fit(scriptProgram(), double, mixedOptions(more, fake))

/** A result as plain data. */
export const plainResult = ({ program, ...rest }: FitResult<Sequential>): unknown =>
  JSON.parse(JSON.stringify({ ...rest, program: program.toJSON() }))

/** A result without its milliseconds. */
export const timeless = (result: FitResult<Sequential>): unknown =>
  plainResult({ ...result, history: result.history.map(entry => ({ ...entry, ms: 0 })) })

/** Which records there are, in a word each. */
export const wordsOf = (records: Iterable<LedgerRecord>): string[] =>
  Array.from(records, record => {
    if (record.type === 'scored') return `${record.phase} ${record.id}`
    return 'id' in record ? `${record.type} ${record.id}` : record.type
  })
