// One run of a TypeScript compiler over a project, and the figures it gives.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The version of a compiler in `node_modules`. */
export const versionOf = compiler => /[\d.]+/.exec(tsc(compiler, ['--version']))[0]

/** Seconds of checking and of CPU, instantiations and types. Throws when the project does not compile. */
export function measure(compiler, project) {
  const output = tsc(compiler, ['-p', project, '--pretty', 'false', '--extendedDiagnostics'])
  const figure = name => {
    const found = new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(output)
    if (found === null) throw new Error(`${compiler} gives no '${name}':\n${output}`)
    return Number(found[1])
  }
  return {
    check: figure('Check time'),
    cpu: cpuSeconds(output),
    types: figure('Types'),
    instantiations: figure('Instantiations'),
  }
}

/** The last line of the shell's `times` is what its children took, like `0m3.71s 0m0.20s`. */
function cpuSeconds(output) {
  const [minutes, seconds] = output.trim().split('\n').at(-1).split(' ')[0].split('m')
  return Number(minutes) * 60 + Number.parseFloat(seconds)
}

/** Runs under a shell, since Node does not tell what a child's own children took, and 7.0 is one. */
function tsc(compiler, args) {
  const script = '"$@"; code=$?; times; exit $code'
  const command = ['-c', script, 'sh', process.execPath, `node_modules/${compiler}/bin/tsc`, ...args]
  const { status, stdout, stderr } = spawnSync('sh', command, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${compiler} fails:\n${stdout.slice(0, 4000)}${stderr}`)
  return stdout
}
