import { type Breakage, failsAs, gives, itNotices, scripts } from './broken.ts'

/** Runs without one of the options. */
const without = (option: string): Breakage => ({
  run: (script, inputs, options, good) => good.runMany(script, inputs, { ...options, [option]: undefined }),
})

const random: Breakage = {
  run: async (_, inputs) => inputs.map(() => gives([Math.random(), Math.random(), Math.random()])),
}

describe('the cases of repeating and ending', () => {
  itNotices(['repetition', 'tools', 'cancellation', 'closing'], {
    'gives the same random numbers for the same seed, alone and in batches': random,
    'gives other random numbers for another seed': without('seed'),
    'repeats without a seed, too': random,
    'stops the clock on request, and lets it run otherwise': without('now'),
    'lets a script call a tool': without('tools'),
    'lets a script catch the error of a tool': {
      alter: outcome => (outcome.ok ? gives('it failed') : outcome),
    },
    'runs nothing when the signal is aborted already': without('signal'),
    'cancels a call under way, soon, and no other': {
      run: async (script, inputs, options, good) => {
        if (script !== scripts.spend) return good.runMany(script, inputs, options)
        await new Promise(resolve => setTimeout(resolve, 300))
        return [failsAs('cancelled')]
      },
    },
    'cancels what is under way when it is closed, and refuses what comes after': {
      run: async (script, inputs, options, good) =>
        script === scripts.loop
          ? inputs.map(() => failsAs('crashed'))
          : good.runMany(script, inputs, options),
    },
    'can be closed twice, and before its first run': { staysOpen: true },
    'works beside another of its kind': {
      alter: outcome => (outcome.ok && outcome.value === 2 ? gives(1) : outcome),
    },
  })
})
