/** The package as users meet it: built, imported by its own name, one room at a time. */

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as {
  exports: Record<string, unknown>
}

/** What a program says that is run beside the package, without loaders or conditions. */
function run(program: string): { status: number | null; out: string; err: string } {
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return { status: child.status, out: child.stdout, err: child.stderr }
}

describe('the built package', () => {
  const rooms = Object.keys(manifest.exports).filter(name => !name.endsWith('.json'))

  for (const room of rooms) {
    const name = room.replace('.', 'espalier')
    it(`gives ${name}`, () => {
      const { status, out, err } = run(
        `const room = await import('${name}'); console.log(Object.keys(room).length > 1)`,
      )
      expect(err).to.equal('')
      expect(status).to.equal(0)
      expect(out).to.equal('true\n')
    })
  }

  it('stays light where only trees are wanted', () => {
    const { out } = run(`
      import module from 'node:module'
      const loaded = []
      const load = module.Module._load
      module.Module._load = (name, ...rest) => (loaded.push(name), load(name, ...rest))
      await import('espalier/symbolic')
      const heavy = ['ajv', 'immer', 'fast-json-patch', 'node:child_process', 'child_process', 'node:vm', 'vm']
      console.log(JSON.stringify(loaded.filter(name => heavy.includes(name))))
    `)
    expect(out).to.equal('[]\n')
  })

  it('trains a tree from the outside', () => {
    const { out, err } = run(`
      import { f, oneOf, randomSearch, Study, SymObject } from 'espalier'
      class Dense extends SymObject.define('package.Dense', { units: f.int({ min: 1 }) }) {}
      const study = new Study(new Dense({ units: oneOf([1, 2, 4]) }), randomSearch(), { seed: 1 })
      for await (const trial of study.trials(3)) trial.tell(trial.value.units)
      console.log(String(study.best.value))
    `)
    expect(err).to.equal('')
    expect(out).to.equal('Dense(units=4)\n')
  })
})
