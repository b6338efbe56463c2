/** The classes that the other cases work on; every line is right. */

import { f, SymObject, type SymType } from '../../../src/symbolic/index.ts'

export abstract class Layer extends SymObject.define('types.Layer', {
  name: f.string().default(''),
}) {
  abstract readonly width: number
}

export class Dense extends Layer.define('types.Dense', {
  units: f.int({ min: 1 }),
  activation: f.enum('relu', 'gelu').default('relu'),
}) {
  get width() {
    return this.units
  }
}

export class Conv extends Layer.define('types.Conv', { kernel: f.int({ min: 1 }) }) {
  get width() {
    return this.kernel
  }
}

export class Model extends SymObject.define('types.Model', {
  layers: f.list(f.object(Layer)),
  head: f.object(Dense),
  rate: f.float({ min: 0 }).default(0.01),
  tail: f.object(Dense).nullable().default(null),
  note: f.string().optional(),
  block: f.union(f.object(Dense), f.object(Conv), f.string()).default(''),
  steps: f.dict(f.int()).orEmpty(),
  grid: f.list(f.list(f.int())).orEmpty(),
  free: f.dict().orEmpty(),
  extra: f.any().optional(),
}) {}

export class Tree extends SymObject.define('types.Tree', {
  value: f.int(),
  children: f.list(f.lazy((): SymType<Tree> => Tree)).orEmpty(),
}) {}

export const dense = new Dense({ units: 32 })
export const model = new Model({ layers: [dense], head: new Dense({ units: 10 }) })
export const tree = new Tree({ value: 1, children: [new Tree({ value: 2 })] })
