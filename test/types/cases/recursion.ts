/** Classes that contain themselves or each other, by `f.lazy`; depth costs nothing but what is written. */

import { f, type SymList, SymObject, type SymType } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { type Tree, tree } from './models.ts'

expectType<SymList<Tree>>()(tree.children)
expectType<Tree | undefined>()(tree.children.at(0)?.children.at(0))
expectType<number>()(tree.get('children[0].children[1].children[-1].value'))
expectType<Tree>()(tree.get('children[0].children[1]'))
tree.rebind({ 'children[0].children[1].value': 3, 'children[1]': tree, 'children[0].children': [tree, tree] })
tree.rebind({ 'children[0].children[1].value': 'x' }) //~ 'string' is not assignable to type 'number
tree.rebind({ 'children[0].children[1].val': 3 }) //~ NoSuchField<"val", "types.Tree", "
tree.rebind({ 'children[0].children.value': 3 }) //~ NoSuchField<"value", "list", "[index]">

interface Parent {
  readonly child: Child | null
}
class Child extends SymObject.define('types.Child', {
  parents: f.list(f.lazy((): SymType<Owner> => Owner)).orEmpty(),
}) {}
class Owner extends SymObject.define('types.Owner', {
  child: f.object(Child).nullable().default(null),
}) {}
const parent: Parent = new Owner()
const owner = new Owner({ child: new Child({ parents: [new Owner()] }) })
expectType<Child | null>()(owner.get('child.parents[0].child'))
owner.rebind({ 'child.parents[0].child.parents[0]': owner })
owner.rebind({ 'child.parents[0].child.parents[0]': new Child() }) //~ not assignable to type
owner.rebind({ 'child.parents[0].childs': null }) //~ NoSuchField<"childs", "types.Owner", "child">

export { parent }

// Without the annotation the compiler turns in a circle.
class Ring extends SymObject.define('types.Ring', { next: f.lazy(() => Ring) }) {} //~ 'Ring' is referenced directly or indirectly in its own base expression

export { Ring }
