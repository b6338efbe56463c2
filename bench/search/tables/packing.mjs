// Online bin packing, by the command of `npm run packing`: rules evolve from best fit on instances drawn from a seed, and
// are measured once on the published instances (or, without them, on some that were drawn anew). The rows by the number
// of rules are the same on every machine; those by the clock say how many rules there was time for.

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, range, show } from './runs.mjs'

const RULES = 6000
const SECONDS = 60
const THREADS = 2
const KINDS = [
  { kind: 'weibull', name: 'Weibull 5k', goal: '0.80' },
  { kind: 'or3', name: 'OR3', goal: '3.70' },
]

export default {
  id: 'G1',
  title: 'online bin packing, percent of waste',

  async run({ seeds = 5, data }) {
    const { drawInstances, readPublished } = await packing('instances')
    const { waste, wasteOfFirstFit } = await packing('simulate')
    const { bestFit } = await packing('rules')
    const file = data === undefined ? undefined : join(data, 'binpack', 'binpack.json')
    const isPublished = file !== undefined && existsSync(file)
    console.log(`seeds 0 to ${seeds - 1}, ${isPublished ? 'published instances' : 'instances drawn anew'}`)
    for (const { kind, name, goal } of KINDS) {
      const instances = isPublished ? readPublished(file, kind) : drawInstances(kind, 'table')
      const ours = []
      for (const [title, end] of [
        [`${name}, ${RULES} rules`, { seconds: 1e6, evaluations: RULES }],
        [`${name}, ${SECONDS} s with ${THREADS} threads`, { seconds: SECONDS }],
      ]) {
        const runs = []
        for (const seed of range(0, seeds)) runs.push(await searched(kind, seed, end))
        const wastes = runs.map(({ winner }) => waste(winner, instances))
        const figures = [median(wastes), Math.min(...wastes), Math.max(...wastes)].map(two)
        const sizes = runs.map(({ winner }) => winner.size)
        ours.push([title, ...figures, String(median(runs.map(run => run.rules))), String(median(sizes))])
      }
      const peers = [
        ['best fit', two(waste(bestFit, instances)), '', '', '', ''],
        ['first fit', two(wasteOfFirstFit(instances)), '', '', '', ''],
        ...PEERS[kind],
      ]
      show(['', 'median', 'least', 'most', 'rules', 'size'], { ours, goals: [goal, '', '', '', ''], peers })
    }
  },
}

/** On the published instances. */
const PEERS = {
  weibull: [
    ['FunSearch (published)', '0.68', '', '', '', ''],
    ['DEAP 1.3.1 GP, 2,050 rules (2 runs)', '1.40', '1.05', '1.76', '', ''],
  ],
  or3: [
    ['FunSearch (published)', '3.11', '', '', '', ''],
    ['DEAP 1.3.1 GP, trained on Weibull (2 runs)', '4.47', '4.17', '4.77', '', ''],
  ],
}

/** The files of the command, which the package does not export. */
const packing = name => import(`../../../dist/cli/packing/${name}.js`)

async function searched(kind, seed, end) {
  const { openStudy, search, winnerOf } = await packing('search')
  const folder = mkdtempSync(join(tmpdir(), 'espalier-table-'))
  const options = { kind, seed, file: join(folder, 'study.jsonl'), threads: THREADS, ...end }
  const study = openStudy(options)
  await search(study, options)
  const found = { winner: winnerOf(study, kind, seed), rules: study.history.length }
  await study.close()
  rmSync(folder, { recursive: true })
  return found
}

const two = number => number.toFixed(2)
