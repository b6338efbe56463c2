// A small model as a typed tree, opened in five places; evolution finds the best of its points; the winner is saved,
// loaded and compared. Run: node --conditions=espalier-source --import tsx examples/search.ts

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { floatV, oneOf, regularizedEvolution, Space, Study } from 'espalier/search'
import { f, load, SymObject, save } from 'espalier/symbolic'

class Conv extends SymObject.define('example.Conv', {
  filters: f.int({ min: 1 }),
  kernel: f.enum(1, 3, 5).default(3),
}) {}

class Pool extends SymObject.define('example.Pool', { size: f.int({ min: 1 }) }) {}

class Model extends SymObject.define('example.Model', {
  layers: f.list(f.union(f.object(Conv), f.object(Pool))),
  activation: f.enum('relu', 'gelu').default('relu'),
  rate: f.float({ min: 0 }).default(0.01),
}) {}

// The search space is the model, with choices where there were values. The second layer is conditional: a kernel is to
// be chosen only where that layer is a convolution.
const space = Space.of(
  new Model({
    layers: [
      new Conv({ filters: oneOf([8, 16, 32, 64]) }),
      oneOf([new Conv({ filters: 64, kernel: oneOf([1, 3, 5]) }), new Pool({ size: 2 })]),
    ],
    activation: oneOf(['relu', 'gelu']),
    rate: floatV(1e-4, 1e-1, { scale: 'log' }),
  }),
)
console.log(`decisions: ${space.decisions.map(decision => decision.id).join(', ')}`)

/** Stands in for training: a made-up accuracy with its best at 32 filters, a kernel of 5, gelu and a rate of 0.003. */
function accuracy(model: Model): number {
  const [first, second] = model.layers
  const filters = first instanceof Conv ? first.filters : 0
  const kernel = second instanceof Conv ? second.kernel : 0
  const miss = Math.abs(Math.log2(filters / 32)) * 0.05 + Math.abs(kernel - 5) * 0.02
  return (
    0.95 - miss - (model.activation === 'gelu' ? 0 : 0.03) - Math.abs(Math.log10(model.rate / 0.003)) * 0.04
  )
}

const study = new Study(space, regularizedEvolution({ populationSize: 20 }), { seed: 7 })
for await (const trial of study.trials(200)) trial.tell(accuracy(trial.value))

const { best } = study
console.log(`stopped by ${study.stopReason} after ${study.history.length} trials`)
console.log(`best: trial ${best.id}, accuracy ${best.reward.toFixed(4)}, DNA ${best.dna}`)
console.log(String(best.value))

const folder = await mkdtemp(join(tmpdir(), 'espalier-'))
const file = join(folder, 'best.json')
await save(best.value, file)
const loaded = await load(file, Model)
await rm(folder, { recursive: true })
console.log(`saved, loaded, equal: ${loaded.equals(best.value)}; its DNA again: ${space.encode(loaded)}`)
