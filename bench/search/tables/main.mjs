// `npm run bench:search`: how good the algorithms are, table by table, beside the goals and what peers reached.
//
//     npm run bench:search -- --table=G2,G3    some of the tables; all without it
//     npm run bench:search -- --seeds=10       fewer seeds than the protocol has
//     npm run bench:search -- --window=4       answers come as late as in a study by default; peers are told at once
//     npm run bench:search -- --data=../data   the folder with nb201/nb201.json and binpack/binpack.json; or ESPALIER_DATA

import automlZero from './automl-zero.mjs'
import conditional from './conditional.mjs'
import continuous from './continuous.mjs'
import fronts from './fronts.mjs'
import nasBench from './nas-bench.mjs'
import nguyen from './nguyen.mjs'
import oneMax from './one-max.mjs'
import packing from './packing.mjs'
import travel from './travel.mjs'

const TABLES = [packing, nasBench, conditional, continuous, nguyen, oneMax, travel, fronts, automlZero]

const options = parse(process.argv.slice(2))
for (const table of TABLES.filter(({ id }) => options.tables.includes(id.toLowerCase()))) {
  const start = process.cpuUsage()
  console.log(`${table.id}: ${table.title}`)
  await table.run(options)
  const { user, system } = process.cpuUsage(start)
  console.log(`${((user + system) / 1e6).toFixed(1)} s of CPU on Node ${process.versions.node}\n`)
}

function parse(args) {
  const flags = new Map(args.map(arg => [arg.split('=')[0], arg.slice(arg.indexOf('=') + 1)]))
  const known = ['--table', '--seeds', '--window', '--data']
  for (const flag of flags.keys()) {
    if (!known.includes(flag)) throw new Error(`Unknown flag ${flag}; known are ${known.join(', ')}`)
  }
  const ids = TABLES.map(({ id }) => id.toLowerCase())
  const tables = flags.get('--table')?.toLowerCase().split(',') ?? ids
  const unknown = tables.find(id => !ids.includes(id))
  if (unknown !== undefined) throw new Error(`There is no table ${unknown}; there are ${ids.join(', ')}`)
  return {
    tables,
    seeds: flags.has('--seeds') ? positive('--seeds', flags.get('--seeds')) : undefined,
    window: flags.has('--window') ? positive('--window', flags.get('--window')) : 1,
    data: flags.get('--data') ?? process.env.ESPALIER_DATA,
  }
}

function positive(flag, text) {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new Error(`${flag} must be a positive integer, got ${text}`)
}
