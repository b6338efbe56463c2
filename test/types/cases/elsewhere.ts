/** Values from elsewhere have the type of what they become, and functors, compounds and presets that of their fields. */

import {
  compound,
  f,
  fromParents,
  functor,
  inferred,
  preset,
  ref,
  type SymList,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Dense } from './models.ts'

class Block extends SymObject.define('types.elsewhere.Block', {
  rate: f.float().default(fromParents()),
  heat: f.float().contextual(),
  part: f.object(Dense),
}) {}
const block = new Block({ part: ref('other') })
expectType<number>()(block.rate)
expectType<number>()(block.heat)
expectType<Dense>()(block.part)
new Block({ part: ref('other'), rate: inferred(node => node.path.depth) })
new Block({ part: ref('other'), rate: inferred(() => 'x') }) //~ not assignable to type 'number'

const Add = functor('types.elsewhere.Add', { a: f.int(), b: f.int().default(1) }, ({ a, b }) => a + b)
const add = new Add({ a: 1 })
expectType<number>()(add.call())
expectType<number | undefined>()(add.a)
add.call({ b: 'x' }) //~ Type 'string' is not assignable to type 'number'
add.bind({ c: 1 }) //~ 'c' does not exist
new Add({ a: 'x' }) //~ Type 'string' is not assignable to type 'number'
add.rebind({ a: 3 })
add.rebind({ c: 3 }) //~ NoSuchField<"c", "types.elsewhere.Add"
const List = functor('types.elsewhere.List', { n: f.int() }, async ({ n }) => [n], {
  returns: f.list(f.int()),
})
expectType<Promise<SymList<number, number>>>()(new List().call({ n: 1 }))

const Scale = compound('types.elsewhere.Scale', { size: f.int() }, ({ size }) => [size])
expectType<number[]>()(new Scale({ size: 1 }).product)
new Scale({}) //~ Property 'size' is missing

const Gelu = preset('types.elsewhere.Gelu', Dense, { activation: 'gelu' }, { frozen: true })
expectType<number>()(new Gelu({ units: 3 }).width)
new Gelu({}) //~ Property 'units' is missing
preset('types.elsewhere.Bad', Dense, { activation: 'none' }) //~ Type '"none"' is not assignable
preset('types.elsewhere.Worse', Dense, { units: 1 }, { frozen: ['activation'] }) //~ is not assignable to type
