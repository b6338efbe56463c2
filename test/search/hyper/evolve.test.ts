import { expect } from 'chai'
import {
  Dna,
  Evolve,
  evolve,
  oneOf,
  Rng,
  registerMutation,
  Space,
  SpaceError,
  uniformMutator,
} from '../../../src/search/index.ts'
import { FieldError, f, fromJson, register, SymObject, type SymType } from '../../../src/symbolic/index.ts'

abstract class Term extends SymObject.define('test.search.evolve.Term', {}) {}
class Num extends Term.define('test.search.evolve.Num', { value: f.int() }) {}
class Add extends Term.define('test.search.evolve.Add', {
  left: f.lazy((): SymType<Term> => Term as never),
  right: f.lazy((): SymType<Term> => Term as never),
}) {}
for (const type of [Num, Add]) register(type)
class Program extends SymObject.define('test.search.evolve.Program', { result: f.object(Term) }) {}

const grow = registerMutation(
  'test.evolve.grow',
  (term: Term, rng): Term =>
    rng.int(2) === 0
      ? new Add({ left: term, right: new Num({ value: rng.int(10) }) })
      : new Num({ value: rng.int(10) }),
)
const start: Term = new Num({ value: 1 })
const space = Space.of(new Program({ result: evolve(start, grow, { name: 'rule' }) }))

describe('evolve', () => {
  it('begins with the initial tree, and mutates it step by step', () => {
    expect(String(space.materialize(space.first()))).to.equal('Program(result=Num(value=1))')
    const rng = Rng.from(3)
    let dna = space.first()
    for (let i = 0; i < 20; i++) {
      const next = uniformMutator.mutate(dna, rng)
      expect(next.equals(dna)).to.equal(false)
      const result = space.materialize(next).result
      expect(result instanceof Num || (result as Add).left.equals(space.materialize(dna).result)).to.equal(
        true,
      )
      dna = next
    }
  })

  it('is drawn some mutations away from it, the same for the same seed', () => {
    const drawn = Array.from({ length: 30 }, (_, seed) => space.random(Rng.from(seed)))
    expect(new Set(drawn.map(String)).size).to.be.greaterThan(15)
    expect(space.random(Rng.from(5)).equals(drawn[5])).to.equal(true)
  })

  it('holds the tree as JSON, so it survives and leads back', () => {
    const dna = space.random(Rng.from(2))
    expect(Dna.fromJson(JSON.parse(JSON.stringify(dna)), space.spec).equals(dna)).to.equal(true)
    expect(space.encode(space.materialize(dna)).equals(dna)).to.equal(true)
    const tree = fromJson(JSON.parse(JSON.stringify(space.template)), Program)
    expect(tree.get('result')).to.be.instanceOf(Evolve)
    expect(Space.of(tree).random(Rng.from(2)).equals(dna)).to.equal(true)
  })

  it('stands where its initial tree fits', () => {
    const dense = new Program({ result: start })
    expect(() => new Program({ result: evolve(dense as never, grow) })).to.throw(
      FieldError,
      'result cannot be this evolve: the initial tree must be',
    )
    const leave = registerMutation<Term>('test.evolve.leave', () => new Program({ result: start }) as never)
    const left = Space.of(new Program({ result: oneOf([start, evolve(start, leave)]) }))
    const out = left.spec.redrawDna(
      Dna.fromJson(['__tuple__', 1, start.toJsonString()], left.spec),
      1,
      Rng.from(1),
    )
    expect(() => left.materialize(out)).to.throw(FieldError, 'Program.result must be')
  })

  it('refuses texts that are no tree, and bad arguments', () => {
    const refuse = (text: string, why: string): void => {
      expect(() => Dna.fromNumbers([text], space.spec)).to.throw(SpaceError, why)
    }
    refuse('{', 'must be the JSON of a tree (')
    refuse('{"_type":"no.such"}', 'must be the JSON of a tree (')
    refuse('{ "_type":"test.search.evolve.Num","value":1}', 'as toJsonString writes it')
    expect(() => evolve(5 as never, grow)).to.throw(SpaceError, 'evolve starts from a tree, got 5')
    expect(() => evolve(start, { name: 'no.such' })).to.throw(
      SpaceError,
      "no mutation 'no.such' is registered",
    )
    const broken = registerMutation<Term>('test.evolve.broken', () => 7 as never)
    const bad = Space.of([evolve(start, broken)])
    expect(() => uniformMutator.mutate(bad.first(), Rng.from(1))).to.throw(
      SpaceError,
      "the mutation 'test.evolve.broken' gave 7, which is no tree",
    )
  })
})
