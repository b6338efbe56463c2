import { expect } from 'chai'
import { engineOf } from '../../src/runtime/engine.ts'
import { readSettings } from '../../src/runtime/options.ts'

describe('engineOf', () => {
  it('refuses the word import in JavaScript, and size alone in Python', () => {
    const script = 'import(\n"os")'
    expect(engineOf('javascript').findFlaw(script, 100)).to.include({ kind: 'syntax' })
    expect(engineOf('python').findFlaw(script, 100)).to.equal(undefined)
    expect(engineOf('typescript').findFlaw(script, 100)).to.equal(undefined)
    for (const language of ['javascript', 'typescript', 'python'] as const) {
      expect(engineOf(language).findFlaw(script, 5)).to.include({ kind: 'source_too_large' })
      expect(engineOf(language).findFlaw('```\n1\n```', 100)).to.include({ kind: 'syntax', line: 1 })
    }
  })

  it('translates TypeScript, and refuses the word import in what is left', async () => {
    expect(engineOf('javascript').translator).to.equal(undefined)
    const translator = engineOf('typescript').translator!()
    const { translate } = translator
    expect(await translate('let a: typeof import("b") = 1', 100)).to.equal('let a = 1')
    expect(await translate('let a: any = 1; import("b")', 100)).to.include({ kind: 'syntax', column: 17 })
    expect(await translate('let x: = 1\n```', 100)).to.include({ kind: 'syntax', line: 1, column: 8 })
    expect(await translate('enum A { B, C }', 50)).to.include({ kind: 'source_too_large' })
    translator.close()
    expect(await translate('let b: 1', 50)).to.include({ kind: 'unavailable' })
  })

  it('plans at least one launch, or says why there is none', async () => {
    const { launches } = await engineOf('javascript').plan(readSettings())
    expect(launches.length).to.be.at.least(1)
    const settings = readSettings({ language: 'python', pythonPath: '/no/such/python3' })
    const refusal = await engineOf('python')
      .plan(settings)
      .then(
        () => '',
        (error: unknown) => String(error),
      )
    expect(refusal).to.include('set pythonPath')
  })
})
