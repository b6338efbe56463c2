import { expect } from 'chai'
import { type Json, Sandbox } from '../../src/runtime/index.ts'
import { placeInScript, TypeStripper } from '../../src/runtime/typescript.ts'
import { processorMs } from './processes.ts'

describe('a type stripper', () => {
  const stripper = new TypeStripper()
  after(() => stripper.close())

  it('answers the same script from memory', async () => {
    const script = 'const once: number = 1'
    expect(await stripper.strip(script)).to.equal('const once = 1')
    const start = processorMs()
    for (let round = 0; round < 1000; round++) await stripper.strip(script)
    // Each would take two milliseconds of the thread.
    expect(processorMs() - start).to.be.below(500)
  })

  it('refuses a namespace that has code, which would be missing', async () => {
    const refused = { kind: 'syntax', message: 'SyntaxError: a namespace cannot be stripped; use an object' }
    expect(await stripper.strip('let a = 1\n  namespace N { export const b = 1 }')).to.include({
      ...refused,
      line: 2,
      column: 3,
    })
    expect(await stripper.strip('module M.N {\n}')).to.include(refused)
    for (const script of [
      'declare namespace N { const a: number }',
      '// namespace N {',
      '`namespace N {`',
      'a.module',
      'module = {}',
    ]) {
      expect(await stripper.strip(script), script).to.be.a('string')
    }
  })
})

describe('placeInScript', () => {
  const place = (script: string, code: string, column: number) =>
    placeInScript(script, code, { line: 1, column }).column

  it('finds a column again after types were taken away', () => {
    const script = 'const a: number = (inputs as any).x.y',
      code = 'const a = (inputs ).x.y'
    expect(place(script, code, code.indexOf('inputs') + 1)).to.equal(script.indexOf('inputs') + 1)
    expect(place(script, code, code.lastIndexOf('y') + 1)).to.equal(script.lastIndexOf('y') + 1)
  })

  it('leaves out what is not certain', () => {
    expect(place('f<{ a: (b: 1) => c }>(x)', 'f(x)', 2)).to.equal(undefined)
    expect(place('enum A { B }', 'var A; (function (A) {})', 5)).to.equal(undefined)
    expect(placeInScript('a', 'a', { line: 1 })).to.deep.equal({ line: 1 })
    expect(placeInScript('a', 'a', {})).to.deep.equal({})
  })
})

describe('a sandbox for TypeScript', () => {
  const sandbox = new Sandbox({ language: 'typescript', size: 1, timeout: 5000 })
  after(() => sandbox.close())

  const run = async (script: string, inputs: Json = null) => {
    const outcome = await sandbox.run(script, inputs)
    return outcome.ok ? outcome.value : [outcome.kind, outcome.line, outcome.column]
  }

  it('runs scripts with types', async () => {
    expect(await run('const x: number = (inputs as { x: number }).x\nresult = x! * 2', { x: 21 })).to.equal(
      42,
    )
    expect(
      await run('type A = Array<string>; const f = <T,>(x: T): T => x; return f<A>(["a"]) satisfies A'),
    ).to.deep.equal(['a'])
    expect(await run('enum Color { Red, Green = 5, Blue }; result = [Color.Blue, Color[5]]')).to.deep.equal([
      6,
      'Green',
    ])
    expect(
      await run(
        'class P { constructor(private readonly q: number) {} get r(): number { return this.q } }; result = new P(3).r',
      ),
    ).to.equal(3)
    expect(
      await run(
        'import type { A } from "a"\nconst x: typeof import("b") = await Promise.resolve<any>(4)\nresult = x',
      ),
    ).to.equal(4)
    const outcomes = await sandbox.runMany('result = (inputs as number) + 1', [1, 2, 3], {
      context: 'script',
    })
    expect(outcomes.map(each => each.ok && each.value)).to.deep.equal([2, 3, 4])
  })

  it('places errors where they were written', async () => {
    expect(await run('interface A {\n  x: number }\nconst a = (inputs as any).x.y')).to.deep.equal([
      'runtime',
      3,
      27,
    ])
    expect(await run('let x: = 1')).to.deep.equal(['syntax', 1, 8])
    expect(await run('const a: number = 1; const a: string = ""')).to.deep.equal(['syntax', 1, 28])
    expect(await run('let a: number = 1\n}')).to.deep.equal(['syntax', 2, 1])
    expect(await run('enum A { B = (null as any).x }')).to.deep.equal(['runtime', 1, undefined])
  })

  it('refuses what is refused in JavaScript', async () => {
    expect(await run('const x: any = await import("fs")')).to.deep.equal(['syntax', 1, 22])
    expect(await run('import { a } from "b"\nresult = a')).to.deep.equal(['syntax', 1, 1])
    expect(await run('export const a: number = 1')).to.deep.equal(['syntax', 1, 1])
    expect(await run('```ts\nresult = 1\n```')).to.deep.equal(['syntax', 1, 1])
    expect(await run('('.repeat(50_000))).to.deep.equal(['syntax', undefined, undefined])
    expect(await run(' '.repeat(262_145))).to.deep.equal(['source_too_large', undefined, undefined])
  })

  it('never waits for the types of another sandbox', async () => {
    await using other = new Sandbox({ language: 'typescript', size: 1, timeout: 5000 })
    await Promise.all([other, sandbox].map(each => each.run('result = 1', null)))
    // Each takes its second.
    const hostile = Array.from({ length: 20 }, (_, n) => other.run(`${'f<a>('.repeat(24)}${n}`, null))
    const first = Promise.race(hostile)
    const late = await Promise.race([first, run('const x: number = 5\nresult = x')])
    expect(late).to.equal(5)
    await other.close()
    for (const outcome of await Promise.all(hostile)) expect(outcome).to.include({ kind: 'cancelled' })
  })

  it('can be closed or cancelled while types are being stripped', async () => {
    const other = new Sandbox({ language: 'typescript', size: 1 })
    const cancelled = other.run('let x: 2 = 2', null, { signal: AbortSignal.timeout(1) })
    const closed = other.run('let x: 3 = 3', null)
    await new Promise(resolve => setTimeout(resolve, 5))
    await other.close()
    for (const outcome of await Promise.all([cancelled, closed]))
      expect(outcome).to.include({ kind: 'cancelled' })
  })
})
