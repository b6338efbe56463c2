/**
 * The sources as plain JavaScript in a folder of their own, for tests that start a process many times: it then starts in
 * a fifth of a second, without loaders, and from the sources as they are.
 */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-5.9'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Writes the rooms to a new folder inside the project, and gives its path; `search/index.js` is the room of that name. */
export function transpiled(...rooms: readonly string[]): string {
  mkdirSync(join(ROOT, '.espalier'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, '.espalier', 'transpiled-'))
  for (const room of rooms) {
    for (const name of readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue
      const target = join(folder, room, name.replace(/\.ts$/, '.js'))
      mkdirSync(dirname(target), { recursive: true })
      const { outputText } = ts.transpileModule(readFileSync(join(ROOT, 'src', room, name), 'utf8'), {
        compilerOptions,
      })
      writeFileSync(target, outputText)
    }
  }
  return folder
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  useDefineForClassFields: false,
  rewriteRelativeImportExtensions: true,
}
