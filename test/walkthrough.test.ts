/**
 * A tour of the library, from top to bottom, in the order in which one would use it. Read it as documentation; it runs
 * as a test: the tree, searching it, programs that learn, and scripts that nobody trusts.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  evaluate,
  exactMatch,
  fit,
  grammarEvolution,
  ScriptSynthesis,
  Sequential,
} from '../src/modules/index.ts'
import { Sandbox } from '../src/runtime/index.ts'
import { floatV, intV, oneOf, regularizedEvolution, Space, Study } from '../src/search/index.ts'
import {
  CONTINUE,
  ENTER,
  FieldError,
  f,
  fromJson,
  insertion,
  JsonError,
  KeyPath,
  load,
  MISSING,
  PathError,
  recipe,
  register,
  SealedError,
  SymDict,
  SymList,
  SymObject,
  type SymType,
  same,
  save,
  withSealed,
} from '../src/symbolic/index.ts'

// 1. Declare: fields once, static types follow.

abstract class Layer extends SymObject.define('walkthrough.Layer', {
  name: f.string().default(''),
}) {
  abstract readonly width: number
}

class Dense extends Layer.define('walkthrough.Dense', {
  units: f.int({ min: 1 }).describe('Width of the output.'),
  activation: f.enum('relu', 'gelu').default('relu'),
}) {
  get width(): number {
    return this.units
  }
}

class Dropout extends Layer.define('walkthrough.Dropout', {
  share: f.float({ min: 0, max: 1 }).default(0.5),
}) {
  get width(): number {
    return 0
  }
}

class Model extends SymObject.define('walkthrough.Model', {
  layers: f.list(f.object(Layer)),
  head: f.object(Dense),
  rate: f.float({ min: 0 }).default(0.01),
  notes: f.dict(f.string()).orEmpty(),
}) {
  /** Hooks see every new instance once, with all its values in place, and may refuse it. */
  onBound(): void {
    if (this.head.units > 1000) throw new RangeError('the head is too wide')
  }
}

class Tree extends SymObject.define('walkthrough.Tree', {
  value: f.int(),
  children: f.list(f.lazy((): SymType<Tree> => Tree)).orEmpty(),
}) {}

const model = new Model({
  layers: [new Dense({ units: 32 }), new Dropout()],
  head: new Dense({ units: 10, name: 'head' }),
})

describe('a walk through the symbolic tree', () => {
  it('2. builds and reads: every node knows its place', () => {
    expect(model.head.units).to.equal(10)
    expect(model.rate).to.equal(0.01)
    expect(model.layers.at(0)?.width).to.equal(32)
    expect(model.layers.length).to.equal(2)
    expect([...model.layers].map(layer => layer.width)).to.deep.equal([32, 0])

    // By path: text, a KeyPath or a list of keys. The type of the result is known to the compiler.
    const units: number = model.get('head.units')
    expect(units).to.equal(10)
    expect(model.get('layers[-1].name')).to.equal('')
    expect(model.has('layers[7]')).to.equal(false)
    expect(model.get('layers[7].name' as string, 'none')).to.equal('none')
    expect(() => model.get('head.unit' as string)).to.throw(PathError, "did you mean 'units'?")

    // Up: parent, root, path, ancestors.
    expect(model.head.parent === model).to.equal(true)
    expect(model.head.path.toString()).to.equal('head')
    expect(model.layers.at(0)?.root === model).to.equal(true)
    expect(model.layers.at(0)?.ancestor(node => node instanceof Model) === model).to.equal(true)

    // Lists and dicts without classes hold plain data.
    const config = SymDict.from({ lr: 0.1, steps: [1, 2, 3] })
    expect(config.get('steps[1]')).to.equal(2)
    expect(config.keys()).to.deep.equal(['lr', 'steps'])
    expect(config.toJS()).to.deep.equal({ lr: 0.1, steps: [1, 2, 3] })

    // Recursive classes: a tree of trees.
    const tree = new Tree({ value: 1, children: [new Tree({ value: 2 }), new Tree({ value: 3 })] })
    expect(tree.toString()).to.match(/^Tree\(value=1, children=\[Tree\(value=2/)
  })

  it('2b. checks what it is built of, and says everything that is wrong', () => {
    try {
      new Model({ layers: ['x'], head: new Dense({ units: 3 }), rates: 1 } as never)
      expect.fail('was accepted')
    } catch (error) {
      expect(error).to.be.instanceOf(FieldError)
      expect((error as FieldError).problems.map(problem => problem.path)).to.deep.equal([
        'layers[0]',
        'rates',
      ])
    }
  })

  it('3. changes: always a new tree, always all or nothing', () => {
    const wider = model.rebind({ 'head.units': 64, 'layers[0].name': 'stem' })
    expect(wider.head.units).to.equal(64)
    expect(model.head.units).to.equal(10)
    expect(same(wider.layers.at(1), model.layers.at(1))).to.equal(true)

    // A bad pair anywhere, and nothing has happened. A change that changes nothing is no new tree.
    expect(() => model.rebind({ rate: 1, 'head.units': 0 })).to.throw(
      FieldError,
      'walkthrough.Model.head.units must be',
    )
    expect(() => model.rebind({ 'head.units': 1001 })).to.throw('too wide')
    expect(model.rebind({ 'head.units': 10 })).to.equal(model)

    // Lists: positions are those before the change.
    const list = SymList.from(['a', 'b', 'c'])
    const edited = list.rebind([
      ['[0]', MISSING],
      ['[1]', insertion('new')],
      ['[-1]', 'C'],
      ['[3]', 'd'],
    ])
    expect(edited.toArray()).to.deep.equal(['new', 'b', 'C', 'd'])

    // A child rebinds in its place: its root is the new root.
    const head = model.head.rebind({ units: 20 })
    expect(head.path.toString()).to.equal('head')
    expect((head.root as Model).head.units).to.equal(20)

    // By rule, and by recipe.
    const doubled = model.transform((path, value) => (path.key === 'units' ? Number(value) * 2 : value))
    expect([doubled.head.units, doubled.get('layers[0]').width]).to.deep.equal([20, 64])
    const grow = (draft: { layers: Layer[] }): void => {
      draft.layers.push(new Dense({ units: 16 }))
    }
    const deeper = model.edit(draft => grow(draft as never))
    expect(deeper.layers.length).to.equal(3)
    expect(recipe(model, draft => grow(draft as never)).map(([path]) => path.toString())).to.deep.equal([
      'layers[2]',
    ])
  })

  it('4. protects, compares, and says what changed', () => {
    const locked = model.seal('head')
    expect(() => locked.rebind({ 'head.units': 1 })).to.throw(SealedError, "call unseal('head')")
    expect(locked.rebind({ head: new Dense({ units: 1 }) }).head.units).to.equal(1)
    expect(withSealed(false, () => locked.rebind({ 'head.units': 1 })).head.units).to.equal(1)

    const copy = fromJson(model.toJSON(), Model)
    expect(copy.equals(model) && copy.hash() === model.hash()).to.equal(true)
    expect(same(copy, model)).to.equal(false)
    expect(model.compare(copy)).to.equal(0)

    const wider = model.rebind({ 'head.units': 64 })
    const patch = model.diff(wider)
    expect(patch).to.deep.equal([{ op: 'replace', path: '/head/units', value: 64 }])
    expect(model.patch(patch).equals(wider)).to.equal(true)
    expect(model.head.detached() === wider.rebind({ 'head.units': 10 }).head.detached()).to.equal(false)
    expect(model.layers.detached() === wider.layers.detached()).to.equal(true)
  })

  it('5. saves and loads: registered types only', async () => {
    expect(JSON.stringify(model.head)).to.equal(
      '{"_type":"walkthrough.Dense","name":"head","units":10,"activation":"relu"}',
    )
    const folder = await mkdtemp(join(tmpdir(), 'espalier-walkthrough-'))
    try {
      const file = join(folder, 'model.json')
      await save(model.seal('head'), file)
      const loaded = await load(file, Model)
      expect(loaded.equals(model)).to.equal(true)
      expect(loaded.head.isSealed).to.equal(true)
    } finally {
      await rm(folder, { recursive: true })
    }
    expect(() => fromJson({ _type: 'walkthrough.Dens', units: 1 })).to.throw(
      JsonError,
      "did you mean 'walkthrough.Dense'?",
    )
    register(Dense, 'walkthrough.OldDense')
    expect(fromJson({ _type: 'walkthrough.OldDense', units: 1 })).to.be.instanceOf(Dense)
  })

  it('6. walks and finds', () => {
    const places: string[] = []
    model.walk((path, value) => {
      places.push(path.toString())
      return value instanceof Layer ? CONTINUE : ENTER
    })
    expect(places).to.deep.equal(['', 'layers', 'layers[0]', 'layers[1]', 'head', 'rate', 'notes'])
    expect([...model.query({ path: /units$/ })]).to.deep.equal([
      ['layers[0].units', 32],
      ['head.units', 10],
    ])
    const path = KeyPath.parse('layers[0].units')
    expect(path.keys).to.deep.equal(['layers', 0, 'units'])
    expect(path.toPointer()).to.equal('/layers/0/units')
    expect(model.get(path)).to.equal(32)
  })
})

describe('a walk through search, training and scripts', () => {
  it('7. searches a tree with choices in it', async () => {
    const space = Space.of(
      new Model({
        layers: [new Dense({ units: oneOf([8, 16]), activation: oneOf(['relu', 'gelu']) })],
        head: new Dense({ units: intV(1, 64) }),
        rate: floatV(1e-4, 1e-1, { scale: 'log' }),
      }),
    )
    expect(space.decisions.map(({ id }) => id)).to.deep.equal([
      'layers[0].units',
      'layers[0].activation',
      'head.units',
      'rate',
    ])
    const study = new Study(space, regularizedEvolution({ populationSize: 10, tournamentSize: 3 }), {
      seed: 7,
    })
    for await (const trial of study.trials(60)) {
      const { head, layers } = trial.value
      trial.tell(head.units + (layers.at(0)?.width ?? 0))
    }
    const { best } = study
    expect(best?.reward).to.be.at.least(70)
    expect(best?.value.layers.at(0)).to.be.instanceOf(Dense)
    expect(space.encode(best?.value as Model).equals(best?.dna)).to.equal(true)
  })

  const Output = { type: 'object', properties: { y: { type: 'integer' } }, required: ['y'] }
  const program = new Sequential({
    name: 'walk',
    modules: [
      new ScriptSynthesis({
        name: 'rule',
        schema: Output,
        script: 'result = { y: inputs.x }',
        defaultReturnValue: { y: 0 },
      }),
    ],
  })
  const samples = [-7, -2, 0, 3, 12, 40].map(x => ({ inputs: { x }, outputs: { y: Math.abs(x) } }))

  it('8. lets a program learn, and keeps what it learned as a patch', async () => {
    expect([...program.variables().keys()]).to.deep.equal(['modules[0].state'])
    const { program: trained, stopReason } = await fit(program, samples, {
      optimizer: grammarEvolution({ populationSize: 60 }),
      reward: exactMatch(),
      budget: { generations: 30 },
      seed: 1,
    })
    expect(stopReason).to.equal('target')
    expect(await trained.predict({ x: -31 })).to.deep.equal({ y: 31 })
    expect(await program.predict({ x: -31 })).to.deep.equal({ y: -31 })
    expect(program.patch(program.diff(trained)).equals(trained)).to.equal(true)
    const { reward } = await evaluate(trained, samples, { reward: exactMatch() })
    expect(reward).to.equal(1)
  })

  it('9. runs a script that nobody trusts', async () => {
    await using sandbox = new Sandbox({ timeout: 200, memory: 64, size: 1 })
    expect(await sandbox.run('result = { y: inputs.x * 2 }', { x: 21 })).to.include({ ok: true })
    const outcomes = await sandbox.runMany('if (inputs < 0) for (;;); result = inputs + 1', [1, -1, 2])
    expect(outcomes.map(outcome => (outcome.ok ? outcome.value : outcome.kind))).to.deep.equal([
      2,
      'timeout',
      3,
    ])
  })
})
