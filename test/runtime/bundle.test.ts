// The sandbox as one text, as a bundler makes it, run from standard input in an empty folder: no file of it is on the disk.

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const ENTRY = fileURLToPath(new URL('../../src/runtime/index.ts', import.meta.url))
const USE = `
  const sandbox = new Sandbox({ tools: { twice: x => x * 2 } })
  const outcome = await sandbox.run('result = await tools.twice(inputs)', 21)
  await sandbox.close()
  console.log(outcome.ok ? outcome.value : outcome.message)`

/** Bundles with the esbuild that tsx brings along. */
async function bundle(format: 'esm' | 'cjs'): Promise<string> {
  const { build } = createRequire(createRequire(import.meta.url).resolve('tsx'))('esbuild')
  const wrapped = format === 'esm' ? USE : `(async () => {${USE}})()`
  const { outputFiles } = await build({
    stdin: { contents: `import { Sandbox } from ${JSON.stringify(ENTRY)}\n${wrapped}`, resolveDir: '/' },
    external: ['acorn', 'astring'],
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    logLevel: 'error',
    format,
  })
  return outputFiles[0].text
}

describe('the sandbox in a bundle', () => {
  for (const [format, type] of [
    ['esm', 'module'],
    ['cjs', 'commonjs'],
  ] as const) {
    it(`runs scripts without a file (${format})`, async () => {
      const program = await bundle(format)
      const cwd = mkdtempSync(join(tmpdir(), 'bundle-'))
      try {
        const said = await new Promise<string>((resolve, reject) => {
          const args = [`--input-type=${type}`, '-']
          const child = execFile(process.execPath, args, { cwd }, (error, stdout) =>
            error ? reject(error) : resolve(stdout),
          )
          child.stdin!.end(program)
        })
        expect(said.trim()).to.equal('42')
      } finally {
        rmSync(cwd, { recursive: true })
      }
    })
  }
})
