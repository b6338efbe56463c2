/** What a report is about: the trials of a study, each with its genes by parameter, and which of them are the best. */

import { Choices } from '../dna/choices.ts'
import type { Dna } from '../dna/dna.ts'
import type { DecisionPoint, Gene } from '../dna/dna-spec.ts'
import { type Signs, signsOf } from '../study/objectives.ts'
import type { Direction } from '../study/records.ts'
import type { Study, TrialCourse } from '../study/study.ts'
import type { TrialResult } from '../study/trial.ts'
import { shortened } from './markup.ts'
import { numberText } from './numbers.ts'

/** A decision that was open in some trial, and has more than one value. */
export interface Parameter {
  readonly index: number
  readonly point: DecisionPoint
  /** Its name, or its id. */
  readonly label: string
}

export interface ReportTrial {
  readonly id: number
  readonly status: TrialResult['status']
  readonly dna: Dna
  readonly parents: readonly number[]
  /** One for each objective; none without a reward. */
  readonly values: readonly number[]
  readonly metrics: Readonly<Record<string, number>>
  /** Why it has no reward. */
  readonly reason: string
  /** By the index of the parameter; those that are open. */
  readonly genes: ReadonlyMap<number, Gene>
  readonly course: TrialCourse
}

export interface Objective {
  readonly label: string
  readonly direction: Direction
  /** 1 where more is better. */
  readonly sign: 1 | -1
}

export interface ReportData {
  readonly objectives: readonly Objective[]
  readonly signs: Signs
  /** In the order of the history. */
  readonly trials: readonly ReportTrial[]
  readonly byId: ReadonlyMap<number, ReportTrial>
  /** Those with a reward. */
  readonly told: readonly ReportTrial[]
  /** Those that none beats; the best alone with one objective. The best in the first objective comes first. */
  readonly front: readonly ReportTrial[]
  readonly parameters: readonly Parameter[]
}

/** `names` are those of the objectives. Throws `StudyError` while the study reads its storage. */
export function reportData<Value>(study: Study<Value>, names: readonly string[] = []): ReportData {
  const { directions } = study.setup
  const signs = signsOf(directions)
  const parameters = new Map<DecisionPoint, Parameter>()
  const genesOf = (dna: Dna): Map<number, Gene> => {
    const genes = new Map<number, Gene>()
    for (const { point, gene } of dna.decisions()) {
      if (!point.isMutable) continue
      let parameter = parameters.get(point)
      if (parameter === undefined) {
        parameter = { index: parameters.size, point, label: (point.name ?? point.id) || 'value' }
        parameters.set(point, parameter)
      }
      genes.set(parameter.index, gene)
    }
    return genes
  }
  const trials = study.history.map((result): ReportTrial => {
    const { id, status, dna, parents } = result
    const isTold = result.status === 'told'
    return {
      id,
      status,
      dna,
      parents,
      values: isTold ? result.values : [],
      metrics: isTold ? result.metrics : {},
      reason: isTold ? '' : result.reason,
      genes: genesOf(dna),
      course: study.courseOf(id),
    }
  })
  const byId = new Map(trials.map(trial => [trial.id, trial]))
  const front = study.paretoFront.map(({ id }) => byId.get(id) as ReportTrial)
  return {
    objectives: directions.map((direction, i) => ({
      label: names[i] ?? (directions.length === 1 ? 'reward' : `objective ${i + 1}`),
      direction,
      sign: direction === 'maximize' ? 1 : -1,
    })),
    signs,
    trials,
    byId,
    told: trials.filter(({ values }) => values.length > 0),
    front: front.sort((a, b) => betterFirst(a, b, signs)),
    parameters: [...parameters.values()],
  }
}

/** By an objective, the first if none is said: the best first, those without a reward last, of equals the earliest first. */
export function betterFirst(a: ReportTrial, b: ReportTrial, signs: Signs, objective = 0): number {
  const worth = ({ values }: ReportTrial): number =>
    (values[objective] ?? Number.NaN) * (signs[objective] as number)
  const [left, right] = [worth(a), worth(b)]
  if (left > right || (Number.isNaN(right) && !Number.isNaN(left))) return -1
  if (left < right || (Number.isNaN(left) && !Number.isNaN(right))) return 1
  return a.id - b.id
}

/** What a gene of a parameter stands for, in a few words. */
export function geneText({ point }: Parameter, gene: Gene, length = 40): string {
  if (point instanceof Choices && typeof gene === 'number') return candidateText(point, gene, length)
  return typeof gene === 'number' ? numberText(gene) : shortened(gene, length)
}

/** A candidate: a primitive as it is, a tree by its class, or by its text where that alone says which it is. */
function candidateText(point: Choices, gene: number, length: number): string {
  const literal = point.literals[gene]
  const text = typeof literal === 'string' ? literal : String(literal)
  const isTree = (point.candidates[gene]?.elements.length ?? 0) > 0
  const name = isTree ? /^[\w.$]+(?=\()/.exec(text)?.[0] : undefined
  const isOnly =
    name !== undefined && point.literals.filter(each => String(each).startsWith(`${name}(`)).length === 1
  return shortened(isOnly ? name : text, length)
}
