/** Small trees with hyper values of every countable kind, nested and named, for laws about spaces. */

import fc from 'fast-check'
import {
  intV,
  manyOf,
  oneOf,
  permutate,
  Space,
  type Space as SpaceOf,
  sameAs,
} from '../../../src/search/index.ts'

/** Trees of at most so many points. */
export const hyperTrees = (most: number): fc.Arbitrary<unknown> =>
  fc
    .letrec<{ tree: unknown; hyper: unknown; leaf: unknown; many: unknown; candidates: unknown[] }>(tie => ({
      leaf: fc.constantFrom<unknown>(7, 'text', null, true),
      candidates: fc.array(fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('hyper'), tie('tree')), {
        minLength: 1,
        maxLength: 3,
      }),
      many: fc
        .tuple(tie('candidates'), fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.boolean())
        .map(([candidates, count, distinct, sorted]) =>
          manyOf(distinct ? Math.min(count, candidates.length) : count, candidates, { distinct, sorted }),
        ),
      hyper: fc.oneof(
        tie('candidates').map(candidates => oneOf(candidates)),
        tie('many'),
        tie('candidates').map(candidates => permutate(candidates)),
        fc.nat(2).map(n => intV(5, 5 + n)),
        // The same name always means the same decision, so these are tied wherever they are open together.
        fc.constant(intV(0, 1, { name: 'bit' })),
        tie('leaf').map(leaf => oneOf([leaf, intV(0, 1, { name: 'bit' }), [intV(0, 1, { name: 'bit' })]])),
      ),
      tree: fc.record({ a: tie('hyper'), b: fc.oneof(tie('leaf'), tie('hyper'), fc.constant(sameAs('a'))) }),
    }))
    .tree.filter(tree => spaceOf(tree).size <= most)

export const spaceOf = (tree: unknown): SpaceOf<unknown> => Space.of(tree) as SpaceOf<unknown>
