import { expect } from 'chai'
import { type Json, Sandbox } from '../../../src/runtime/index.ts'
import { processorOf } from '../../../src/runtime/seccomp.ts'
import { needsPython } from './needs.ts'

describe('a fork of the zygote, without namespaces', function () {
  this.timeout(20_000)
  const sandbox = new Sandbox({
    language: 'python',
    isolation: 'process',
    allowUnsandboxedPython: true,
    timeout: 3000,
    memory: 64,
  })
  before(async function () {
    await needsPython.call(this)
    if (process.platform !== 'linux' || !processorOf()) this.skip()
  })
  after(() => sandbox.close())

  const value = async (script: string, inputs: Json = null) => {
    const outcome = await sandbox.run(script, inputs)
    return outcome.ok ? outcome.value : outcome.message
  }

  /** What each of the expressions raises. */
  const refusals = (expressions: readonly string[]) =>
    value(
      `
import os, signal, socket, subprocess, resource, sys
result = []
for text in inputs:
    try: result.append(repr(eval(text)))
    except Exception as error: result.append(type(error).__name__)`,
      expressions,
    )

  it('starts and signals no process, though they are in sight', async () => {
    const tries = [
      'os.fork()',
      'os.execv(sys.executable, ["python3"])',
      'subprocess.run(["/bin/true"])',
      'os.kill(os.getppid(), 9)',
      `os.kill(${process.pid}, 9)`,
      'os.killpg(0, 9)',
      'resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))',
    ]
    expect(await refusals(tries)).to.deep.equal(tries.map(() => 'PermissionError'))
  })

  it('writes no file and opens no socket', async () => {
    const tries = [
      'open("/tmp/espalier-never", "w")',
      'open("/tmp/espalier-never", "a")',
      'open("/dev/null", "r+")',
      'os.mkdir("/tmp/espalier-never")',
      'os.unlink("/tmp/espalier-never")',
      'os.rename("/tmp", "/tmp/espalier-never")',
      'os.chmod("/tmp", 0)',
      'socket.socket()',
      'socket.socket(socket.AF_UNIX)',
    ]
    expect(await refusals(tries)).to.deep.equal(tries.map(() => 'PermissionError'))
  })

  it('is bound by limits that it cannot raise', async () => {
    const script = `
import resource
names = ('CORE', 'FSIZE', 'NOFILE', 'CPU')
result = [resource.getrlimit(getattr(resource, 'RLIMIT_' + name)) for name in names]
for name in names:
    try:
        resource.setrlimit(getattr(resource, 'RLIMIT_' + name), (9999, 9999))
        result = name
    except (ValueError, PermissionError):
        pass`
    expect(await value(script)).to.deep.equal([
      [0, 0],
      [0, 0],
      [32, 32],
      [4, 5],
    ])
    expect(await value('x = bytearray(100 << 20)')).to.equal('MemoryError (the limit is 64 MB: memory)')
    expect(await value('result = len(bytearray(40 << 20))')).to.equal(40 << 20)
  })

  it('holds the ends of no pipe but its own, nothing on its input, and no names but the script’s', async () => {
    const script = `
import os, sys
result = [sorted(map(int, os.listdir('/proc/self/fd')))[:-1], sys.stdin.read(), os.read(0, 9).decode(), sys.argv[1:], sorted(globals())[-4:]]`
    expect(await value(script)).to.deep.equal([
      [0, 1, 2, 3],
      '',
      '',
      [],
      ['inputs', 'os', 'sys', '__spec__'].sort(),
    ])
  })

  it('may use threads and event loops', async () => {
    const script = `
import asyncio, concurrent.futures
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    squares = list(pool.map(lambda x: x * x, range(5)))
async def main():
    return await asyncio.gather(*[asyncio.sleep(0.001, n) for n in range(3)])
result = [squares, asyncio.run(main())]`
    expect(await value(script)).to.deep.equal([
      [0, 1, 4, 9, 16],
      [0, 1, 2],
    ])
  })
})
