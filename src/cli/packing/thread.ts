/** A thread of packing: the waste of rules on the training instances, which it draws itself from kind and seed. */

import { workerData } from 'node:worker_threads'
import { programs } from '../../search/index.ts'
import type { Kind } from './instances.ts'
import { trainingSet } from './search.ts'
import { waste } from './simulate.ts'

const { kind, seed } = workerData as { readonly kind: Kind; readonly seed: number | string }
const instances = trainingSet(kind, seed)

programs.serveEvaluations((rule: programs.Program) => waste(rule, instances))
