import { answers, failsAs, gives, instead, itNotices, on, scripts } from './broken.ts'

describe('the cases of one run', () => {
  itNotices(['inputs', 'results', 'outputs', 'failures'], {
    'gives a script its inputs, whatever JSON they are': {
      alter: outcome => (outcome.ok && outcome.value === '' ? gives(null) : outcome),
    },
    'takes inputs as they are when it is called': {
      run: async (script, inputs, options, good) => {
        await null
        return good.runMany(script, inputs, options)
      },
    },
    'leaves the inputs of its caller as they are': {
      run: async (script, inputs, options, good) => {
        const outcomes = await good.runMany(script, inputs, options)
        if (Array.isArray(inputs[0])) inputs[0].push(4)
        return outcomes
      },
    },
    'throws for inputs that are no JSON': {
      run: (script, inputs, options, good) =>
        good.runMany(script, inputs, options).catch(() => [failsAs('runtime')]),
    },
    'takes a result however it is left': on(scripts.otherEchoes[3]!, () => failsAs('no_result')),
    'counts falsy results as results': {
      alter: outcome => (outcome.ok && outcome.value === false ? failsAs('no_result') : outcome),
    },
    'says when a script leaves no result': instead('no_result', gives(null)),
    'refuses results that are no JSON': on(scripts.badResults['a map']!, () => gives({})),
    'takes results up to its limit, and none beyond': {
      alter: outcome =>
        outcome.ok && String(outcome.value).length >= 999_998 ? failsAs('result_too_large') : outcome,
    },
    'catches what a script writes, and keeps it out of the result': on(scripts.print, outcome => ({
      ...outcome,
      stderr: '',
    })),
    'keeps what a script wrote before it failed': instead('runtime', failsAs('runtime')),
    'keeps outputs of different inputs apart': {
      run: async (script, inputs, options, good) => {
        let stdout = ''
        const outcomes = await good.runMany(script, inputs, options)
        return outcomes.map(outcome => ({ ...outcome, stdout: (stdout += outcome.stdout) }))
      },
    },
    'cuts outputs at its limit, and says so': {
      alter: outcome => ({ ...outcome, stdout: outcome.stdout.slice(0, 65_536) }),
    },
    'says on which line a script is no program': {
      alter: outcome => (!outcome.ok && outcome.kind === 'syntax' ? { ...outcome, line: 3 } : outcome),
    },
    'says on which line a script failed, and why': {
      alter: outcome => (outcome.ok ? outcome : { ...outcome, line: 1 }),
    },
    'survives recursion without end': on(scripts.recursion, () => failsAs('crashed')),
    'refuses a script that is too long, and takes one that just fits': {
      run: async (script, inputs, options, good) =>
        script.length >= 262_144 ? [failsAs('source_too_large')] : good.runMany(script, inputs, options),
    },
    'gives outcomes of the agreed form': answers(() => [{ ...gives(1), ms: Number.NaN }]),
  })
})
