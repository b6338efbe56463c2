/** The classes that tests of the symbolic room share: one of every kind of field. */

import { f, SymObject } from '../../src/symbolic/index.ts'

export abstract class Layer extends SymObject.define('support.Layer', {
  name: f.string().default(''),
}) {
  abstract readonly width: number
}

export class Dense extends Layer.define('support.Dense', {
  units: f.int({ min: 1 }),
  activation: f.enum('relu', 'gelu').default('relu'),
}) {
  get width(): number {
    return this.units
  }
}

export class Drop extends Layer.define('support.Drop', {
  rate: f.float({ min: 0, max: 1 }).default(0.5),
}) {
  get width(): number {
    return 0
  }
}

export class Model extends SymObject.define('support.Model', {
  layers: f.list(f.object(Layer), { maxSize: 400 }),
  head: f.object(Dense),
  rate: f.float().default(0.01),
  tags: f.list(f.string()).orEmpty(),
  notes: f.dict().orEmpty(),
  scores: f.dict(f.float()).orEmpty(),
  extra: f.any().default(null),
  note: f.string().optional(),
  mode: f.enum('train', 'test', 3, null).default('train'),
  isOn: f.bool().nullable().default(null),
  either: f.union(f.int(), f.string(), f.object(Dense)).default(0),
}) {}

/** A model with two layers, the picture in most tests. */
export const smallModel = (): Model =>
  new Model({
    layers: [new Dense({ units: 32 }), new Drop({})],
    head: new Dense({ units: 10, name: 'head' }),
    tags: ['a', 'b'],
    notes: { author: 'me', list: [1, { deep: true }] },
  })
