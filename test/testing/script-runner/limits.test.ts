import { answers, type Breakage, failsAs, gives, instead, itNotices, on, scripts } from './broken.ts'

const runs = (run: NonNullable<Breakage['run']>): Breakage => ({ run })

/** After the first failure of a batch, all fail. */
const contagious = runs(async (script, inputs, options, good) => {
  const outcomes = await good.runMany(script, inputs, options)
  const first = outcomes.findIndex(outcome => !outcome.ok)
  return outcomes.map((outcome, index) => (first !== -1 && index > first ? outcomes[first]! : outcome))
})

describe('the cases of batches and limits', () => {
  itNotices(['batches', 'limits', 'isolation', 'concurrency'], {
    'answers many inputs in their order': runs(async (script, inputs, options, good) =>
      (await good.runMany(script, inputs, options)).reverse(),
    ),
    'answers no inputs with no outcomes': answers(() => [gives(1)]),
    'lets an input that fails cost itself alone': contagious,
    'answers every input when the script is no program': answers(() => [failsAs('syntax')]),
    'ends a script that runs too long, soon': instead('timeout', failsAs('crashed')),
    'ends scripts that are hard to interrupt': on(scripts.stubborn['a regular expression']!, () =>
      gives(false),
    ),
    'lets an input that runs too long cost itself alone': contagious,
    'gives each input the whole time': on(scripts.spend, (outcome, index) =>
      index > 1 ? failsAs('timeout') : outcome,
    ),
    'lets an input that takes too much memory cost itself alone': instead(
      'out_of_memory',
      failsAs('crashed'),
    ),
    'survives scripts that end their process': on(scripts.exits[1]!, () => gives(null)),
    'shows nothing of one script to the next': on(scripts.findMarks, () => gives(['global'])),
    'shows nothing of one input to the next': {
      alter: (outcome, _, index) => (index === 1 ? gives(['global']) : outcome),
    },
    'shows nothing of a script that failed': on(scripts.findMarks, () => gives(['prototype'])),
    'answers many callers at once, each with its own': {
      alter: outcome => (outcome.ok && outcome.value === 66 ? gives(64) : outcome),
    },
    'lets a single run pass by a batch': inOrder(),
    'lets bad scripts of one caller cost no other': {
      alter: outcome => (outcome.ok && outcome.value === 4 ? failsAs('timeout') : outcome),
    },
  })
})

/** Begins each call when the one before it is done. */
function inOrder(): Breakage {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(script, inputs, options, good) {
      const outcomes = last.then(() => good.runMany(script, inputs, options))
      last = outcomes
      return outcomes
    },
  }
}
