// Programs that try what they must not, run under the same command lines as scripts.

import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { expect } from 'chai'
import { type Confined, confine, findProgram, writeFilter } from '../../src/runtime/bubblewrap.ts'
import { killGroup, letGo } from '../../src/runtime/lifeline.ts'
import { type Confinement, probe } from '../../src/runtime/probe.ts'
import { stateOf } from './processes.ts'

let how: Confinement
before(async function () {
  const probed = await probe(process.execPath)
  if (!probed.ok) this.skip()
  else how = probed.confinement
})

/** Runs a program confined; gives what it wrote, and how it ended. */
function run(confined: Omit<Confined, 'env' | 'filterAt'>): Promise<{ said: string; code: number | null }> {
  const { command, args, filter, lifelineAt } = confine(how.bwrap, how.processor, {
    env: { TZ: 'UTC' },
    filterAt: 3,
    ...confined,
  })
  const { user } = how
  const started = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: { SECRET: 'of the parent' },
    cwd: '/',
    detached: true,
    ...(user === undefined ? {} : { uid: user, gid: user }),
  })
  started.on('exit', () => letGo(started, lifelineAt))
  writeFilter(started, 3, filter)
  started.stdin.end()
  let said = ''
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  return new Promise(resolve => started.on('close', code => resolve({ said: said.trim(), code })))
}

async function inNode(program: string): Promise<unknown> {
  const { said } = await run({ program: process.execPath, args: ['-e', `${TRY} ${program}`] })
  try {
    return JSON.parse(said)
  } catch {
    throw new Error(said)
  }
}

const TRY = `
  const fs = require('fs')
  const say = value => fs.writeSync(1, JSON.stringify(value))
  const attempt = action => { try { return [action()] } catch (error) { return error.code } };`

describe('a confined Node.js', () => {
  let server: Server
  let port = 0
  before(async () => {
    server = createServer(socket => socket.end()).unref()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (typeof address === 'object' && address) port = address.port
  })
  after(() => server.close())

  it('runs, as nobody, with nothing of the environment', async () => {
    expect(
      await inNode('say([process.getuid(), process.getgid(), process.env.TZ, process.env.SECRET ?? null])'),
    ).to.deep.equal([65534, 65534, 'UTC', null])
  })

  it('sees libraries and nothing else', async () => {
    const places = await inNode("say(fs.readdirSync('/'))")
    expect(places).to.include.members(['dev', 'proc', 'usr'])
    for (const place of ['etc', 'home', 'root', 'var', 'run', 'sys', 'boot', 'mnt', 'opt'])
      expect(places).to.not.include(place)
    expect(await inNode(`say(attempt(() => fs.readdirSync(${JSON.stringify(tmpdir())})))`)).to.not.be.an(
      'array',
    )
  })

  it('writes nowhere', async () => {
    const tried = ['/x', '/dev/x', '/dev/shm/x', '/proc/self/x', '/usr/lib/x', '/proc/sys/kernel/hostname']
    const codes = await inNode(
      `say(${JSON.stringify(tried)}.map(path => attempt(() => fs.writeFileSync(path, '1'))))`,
    )
    for (const code of codes as unknown[]) expect(code).to.be.oneOf(['EROFS', 'ENOENT', 'EACCES', 'EPERM'])
    expect(await inNode("say(attempt(() => fs.mkdirSync('/x')))")).to.be.oneOf(['EROFS', 'EPERM'])
  })

  it('reaches no network, not even the parent', async () => {
    const connect = `require('net').connect(${port}, '127.0.0.1')`
    expect(
      await inNode(`${connect}.on('connect', () => say('in')).on('error', error => say(error.code))`),
    ).to.equal('EPERM')
  })

  it('sees no process but its own, starts none and ends none', async () => {
    expect(await inNode("say(fs.readdirSync('/proc').filter(name => Number(name) > 0))")).to.deep.equal([
      '1',
      '2',
    ])
    expect(
      await inNode("say(attempt(() => require('child_process').execFileSync(process.execPath, ['-v'])))"),
    ).to.equal('EPERM')
    expect(await inNode('say(attempt(() => process.kill(1, 0)))')).to.equal('EPERM')
  })

  it('holds no descriptor of the filter or of the parent', async () => {
    const open = (await inNode(`
      const read = name => attempt(() => fs.readlinkSync('/proc/self/fd/' + name))
      say(fs.readdirSync('/proc/self/fd').map(read))`)) as unknown[]
    expect(open.filter(each => String(each).startsWith('socket:'))).to.have.length(3)
  })

  it('has the threads that the engine needs', async () => {
    expect(
      await inNode("new (require('worker_threads').Worker)('', { eval: true }).on('exit', say)"),
    ).to.equal(0)
  })

  it('sees what it is shown', async () => {
    const readable = [new URL('.', import.meta.url).pathname]
    const here = new URL(import.meta.url).pathname
    const args = ['-e', `${TRY} say(fs.existsSync(${JSON.stringify(here)}))`]
    expect((await run({ program: process.execPath, args, readable })).said).to.equal('true')
    expect((await run({ program: process.execPath, args })).said).to.equal('false')
  })
})

/** Python calls the kernel without a library in between. The numbers are those of x86_64. */
describe('bubblewrap', () => {
  it('leaves none of its halves behind, whenever one is killed, and whenever its parent lets go', async function () {
    this.timeout(60_000)
    const sign = `half-of-${process.pid}`
    const halves = () =>
      readdirSync('/proc').filter(name => {
        try {
          const isDead = stateOf(Number(name)) === 'Z'
          return !isDead && readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(sign)
        } catch {
          return false
        }
      })
    const { command, args, filter, lifelineAt } = confine(how.bwrap, how.processor, {
      program: process.execPath,
      args: ['-e', '', sign],
      env: {},
      filterAt: 3,
    })
    // Of halves that were killed without a lifeline, one in ten stayed; it takes bubblewrap 5 ms to set up.
    for (let round = 0; round < 60; round++) {
      const { user } = how
      const started = spawn(command, args, {
        stdio: ['pipe', 'ignore', 'ignore', 'pipe', 'pipe'],
        env: {},
        detached: true,
        ...(user === undefined ? {} : { uid: user, gid: user }),
      })
      started.on('exit', () => letGo(started, lifelineAt))
      writeFilter(started, 3, filter)
      const closed = new Promise(resolve => started.on('close', resolve))
      await new Promise(resolve => setTimeout(resolve, round % 6))
      if (round % 3 === 0) started.kill('SIGKILL')
      else if (round % 3 === 1) letGo(started, lifelineAt)
      else killGroup(started)
      await closed
    }
    for (const end = Date.now() + 5000; halves().length > 0 && Date.now() < end; )
      await new Promise(resolve => setTimeout(resolve, 5))
    expect(halves()).to.deep.equal([])
  })
})

describe('the kernel, called by hand', () => {
  const python = '/usr/bin/python3'
  const isHere = existsSync(python) && process.arch === 'x64'
  before(function () {
    if (!isHere) this.skip()
  })

  const CALLS = {
    socket: [41, 2, 1, 0],
    kill: [62, 1, 0],
    ptrace: [101, 0, 0, 0, 0],
    mount: [165, 0, 0, 0, 0, 0],
    unshare: [272, 0x10000000],
    setns: [308, 0, 0],
    io_uring_setup: [425, 1, 0],
    bpf: [321, 0, 0, 0],
    keyctl: [250, 0, 0, 0],
    perf_event_open: [298, 0, 0, 0, 0, 0],
    process_vm_readv: [310, 1, 0, 0, 0, 0, 0],
    memfd_create: [319, 0, 0],
    'clone of a namespace': [56, 0x10000000 + 17, 0, 0, 0, 0],
    'clone of a process': [56, 17, 0, 0, 0, 0],
    'ioctl that types': [16, 0, 0x5412, 0],
  }

  const calls = (python3: string) =>
    run({
      program: python,
      args: [
        '-I',
        '-S',
        '-B',
        '-c',
        `import ctypes, json\nlibc = ctypes.CDLL(None, use_errno=True)\n${python3}`,
      ],
    })

  it('refuses', async () => {
    const { said } = await calls(`
answers = {}
for name, numbers in json.loads('${JSON.stringify(CALLS)}').items():
    answers[name] = 0 if libc.syscall(*numbers) != -1 else ctypes.get_errno()
print(json.dumps(answers))`)
    const refused = Object.fromEntries(Object.keys(CALLS).map(name => [name, 1]))
    expect(JSON.parse(said)).to.deep.equal(refused)
  })

  it('ends who calls in the manner of x32', async () => {
    const { said, code } = await calls(
      "print('before', flush=True)\nlibc.syscall(0x40000000 | 39)\nprint('after')",
    )
    expect([said, code]).to.deep.equal(['before', 128 + 31])
  })

  it('ends who calls in the manner of 32 bits', async () => {
    // mov eax, 20 (getpid there); int 0x80; ret
    const { said, code } = await calls(`
import mmap
code = mmap.mmap(-1, 4096, prot=7)
code.write(bytes([0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3]))
print('before', flush=True)
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
print('after')`)
    // A kernel without 32-bit calls answers with SIGSEGV, ours of the filter is SIGSYS.
    expect(said).to.equal('before')
    expect(code).to.be.oneOf([128 + 31, 128 + 11])
  })

  it('lets a program fork that may', async () => {
    const fork = 'import os\npid = os.fork()\nif pid == 0: os._exit(3)\nprint(os.waitpid(pid, 0)[1] >> 8)'
    const args = ['-I', '-S', '-B', '-c', fork]
    expect((await run({ program: python, args, mayFork: true })).said).to.equal('3')
    expect((await run({ program: python, args })).said).to.include('PermissionError')
  })
})

describe('findProgram', () => {
  it('gives an absolute path, or nothing', () => {
    if (process.platform !== 'win32') expect(findProgram('sh')).to.match(/^\/.*\/sh$/)
    expect(findProgram('no-such-program-anywhere')).to.equal(undefined)
  })
})
