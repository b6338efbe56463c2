// What the types cost: 150 chained classes and typed paths on them, checked by TypeScript 5.9 and 7.0. The library's
// own sources are measured alone and taken off. Times are for reading; instantiations are the same on every machine,
// and are held against `budget.json`.
//
//     node bench/types/main.mjs              # exits with 1 when over budget
//     node bench/types/main.mjs --record     # makes today's figures the budget
//     node bench/types/main.mjs --keep       # leaves the program in .espalier/bench-types, for --generateTrace

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { short, table } from '../harness/table.mjs'
import { measure, versionOf } from './compiler.mjs'
import { classesText, usesText } from './program.mjs'

const CLASSES = 150
const LIBRARY = '../../../src/symbolic/index.ts'
/** How far above the recorded figure is still within budget. */
const MARGIN = 1.1

/** The compilers, and the seconds in which each should check the program. */
const GOALS = { 'typescript-5.9': 3, typescript: 1 }

const wants = name => process.argv.includes(`--${name}`)
const budgetFile = new URL('./budget.json', import.meta.url)
const folder = fileURLToPath(new URL('../../.espalier/bench-types', import.meta.url))

writePrograms()
const results = Object.entries(GOALS).map(([compiler, goal]) => {
  const alone = measure(compiler, join(folder, 'alone'))
  const all = measure(compiler, join(folder, 'chain'))
  return {
    compiler,
    version: versionOf(compiler),
    goal,
    check: all.check - alone.check,
    cpu: all.cpu - alone.cpu,
    types: all.types - alone.types,
    instantiations: all.instantiations - alone.instantiations,
  }
})
if (!wants('keep')) rmSync(folder, { recursive: true, force: true })

if (wants('record')) {
  const record = Object.fromEntries(results.map(({ compiler, instantiations }) => [compiler, instantiations]))
  writeFileSync(budgetFile, `${JSON.stringify(record, null, 2)}\n`)
}
const budget = JSON.parse(readFileSync(budgetFile, 'utf8'))

const header = ['TypeScript', 'check s', 'cpu s', 'goal s', 'types', 'instantiations', 'budget', '']
const rows = results.map(result => [
  result.version,
  result.check.toFixed(2),
  result.cpu.toFixed(2),
  result.goal.toFixed(2),
  short(result.types),
  short(result.instantiations),
  short(budget[result.compiler]),
  verdict(result),
])
console.log(`${CLASSES} chained classes and the paths on them; what the library alone takes is taken off.\n`)
console.log(table(header, rows))
process.exitCode = results.some(isOver) ? 1 : 0

function isOver({ compiler, instantiations }) {
  return !(instantiations <= budget[compiler] * MARGIN)
}

/** Other load on the machine stretches the check time, collecting garbage aside stretches CPU time: the less counts. */
function verdict(result) {
  if (isOver(result)) return 'over budget'
  return Math.min(result.check, result.cpu) <= result.goal ? 'within' : 'within budget, over the goal'
}

/** Two projects: the library alone, and the library with the chain on top. */
function writePrograms() {
  rmSync(folder, { recursive: true, force: true })
  const config = JSON.stringify({
    extends: '../../../tsconfig.json',
    compilerOptions: { types: ['node'] },
    include: ['*.ts'],
    exclude: [],
  })
  for (const [name, files] of Object.entries({
    alone: { 'main.ts': `import '${LIBRARY}'\n` },
    chain: { 'classes.ts': classesText(CLASSES, LIBRARY), 'main.ts': usesText(CLASSES, './classes.ts') },
  })) {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'tsconfig.json'), config)
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text)
  }
}
