// The flags of `npm run bench`: `--quick` for short samples, `--json` for one JSON object on standard output,
// `--only=W1,W4` for some workloads (`gates` and `runtime` are names too).

/**
 * How long things may take: the number of samples of a row, and CPU time for each and for warming up; the updates of
 * the gate of the flat heap; seconds for each row of the script pool.
 */
const PACE = {
  full: { samples: 7, sampleMs: 50, warmMs: 300, updates: 1_000_000, seconds: 3 },
  quick: { samples: 3, sampleMs: 15, warmMs: 60, updates: 200_000, seconds: 1 },
}

/** `{ json, pace, quick, wants(name) }`, or an error that lists the flags. */
export function parseOptions(args) {
  const flags = new Map(args.map(arg => [arg.split('=')[0], arg.slice(arg.indexOf('=') + 1)]))
  for (const flag of flags.keys()) {
    if (!['--quick', '--json', '--only'].includes(flag)) {
      throw new Error(`Unknown flag ${flag}; known are --quick, --json and --only=W1,W4,gates,runtime`)
    }
  }
  const quick = flags.has('--quick')
  const only = flags.get('--only')?.split(',')
  const wants = name => only === undefined || only.some(word => name === word || name.startsWith(`${word}.`))
  return { json: flags.has('--json'), quick, pace: quick ? PACE.quick : PACE.full, wants }
}
