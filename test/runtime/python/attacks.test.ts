// What hostile scripts try under the operating system's confinement: each is answered, reaches nothing, leaves nothing
// behind, and the script after it runs as if it had never been.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Json, type Outcome, Sandbox } from '../../../src/runtime/index.ts'
import { descendantsOf } from '../processes.ts'
import { needsConfinedPython } from './needs.ts'

const short = (outcome: Outcome): Json => (outcome.ok ? outcome.value : outcome.kind)

/** A script that tries expressions, and leaves what each gave, or the name of what it raised. */
const TRY = `
import ctypes, os, resource, signal, socket, subprocess, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
def attempt(text):
    try:
        return repr(eval(text))
    except BaseException as error:
        return type(error).__name__
result = [attempt(text) for text in inputs]`

describe('hostile Python scripts', function () {
  this.timeout(30_000)
  const secret = 'a-secret-of-the-host'
  const sandbox = new Sandbox({ language: 'python', isolation: 'os', size: 1, timeout: 20_000, memory: 96 })
  let folder: string
  let server: Server
  let visits = 0
  let firstDraw: Json

  before(async function () {
    await needsConfinedPython.call(this)
    folder = mkdtempSync(join(tmpdir(), 'attacked-'))
    writeFileSync(join(folder, 'file'), secret, { mode: 0o666 })
    process.env.ESPALIER_TEST_SECRET = secret
    server = createServer((_, response) => {
      visits++
      response.end(secret)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    firstDraw = short(await sandbox.run('import random\nresult = random.random()', null))
  })
  after(async () => {
    await sandbox.close()
    server?.close()
    if (folder) rmSync(folder, { recursive: true })
    delete process.env.ESPALIER_TEST_SECRET
  })

  const run = (script: string, inputs: Json = null, timeout = 20_000) =>
    sandbox.run(script, inputs, { timeout })

  /** Nothing is left of whoever ran before. */
  async function expectClean() {
    const script = `
import builtins, json, os, random, sys, tempfile, threading
names = sorted(name for name in globals() if not name.startswith('__'))
processes = len([name for name in os.listdir('/proc') if name.isdigit()])
result = [names[0:1], getattr(builtins, 'mark', None), json.dumps({'a': 1}), hasattr(sys, 'mark'), threading.active_count(),
          [fd for fd in os.listdir('/proc/self/fd')][:-1], sys.stdout.write(''), random.random()]
assert processes <= 5, processes`
    const outcome = await run(script)
    expect(outcome).to.deep.include({
      ok: true,
      value: [['builtins'], null, '{"a": 1}', false, 1, ['0', '1', '2', '3'], 0, firstDraw],
      stdout: '',
    })
  }

  /** Each expression gives one of the names, or one of the values written as Python does. */
  async function expectEach(expressions: readonly string[], ...answers: string[]) {
    const given = short(await run(TRY, expressions)) as string[]
    expressions.forEach((text, index) => {
      expect(given[index], text).to.be.oneOf(answers)
    })
    await expectClean()
  }

  it('start no process, in any way', async () => {
    await expectEach(
      [
        'os.fork()',
        'os.forkpty()',
        'os.posix_spawn("/usr/bin/python3", ["python3"], {})',
        'os.execv(sys.executable, ["python3", "-c", "1"])',
        'subprocess.run(["/bin/sh"])',
        'subprocess.run([sys.executable, "-c", "1"])',
        'os.popen("id").read()',
        '__import__("multiprocessing").Process(target=print).start()',
        'os.setsid()',
        'os.setpgid(0, 0)',
      ],
      'PermissionError',
      'FileNotFoundError',
    )
    await expectEach(['libc.fork()', 'libc.syscall(435, 0, 0)'], '-1')
    expect(short(await run('import os\nresult = os.system("id")'))).to.not.equal(0)
    await expectClean()
  })

  it('signal, limit and trace no process', async () => {
    const others = ['1', '2', '3', 'os.getppid()', '-1']
    await expectEach(
      [
        ...others.map(pid => `os.kill(${pid}, 9)`),
        'os.kill(os.getpid(), 0)',
        'os.killpg(0, 9)',
        'signal.pidfd_send_signal(3, 9)',
        'os.pidfd_open(os.getppid())',
        'resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))',
        'resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))',
        'os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)',
        'os.sched_setaffinity(os.getppid(), {0})',
        'open(f"/proc/{os.getppid()}/mem", "rb")',
        'os.readlink(f"/proc/{os.getppid()}/fd/3")',
        'open(f"/proc/{os.getppid()}/fd/3", "wb")',
        'open(f"/proc/{os.getppid()}/oom_score_adj", "w").write("1000")',
      ],
      'PermissionError',
      'ProcessLookupError',
      'OSError',
    )
    await expectEach(
      ['libc.ptrace(16, os.getppid(), 0, 0)', 'libc.prctl(1, 0)', 'libc.syscall(317, 0, 0, 0)'],
      '-1',
    )
    await expectEach(['resource.setrlimit(resource.RLIMIT_AS, (-1, -1))'], 'ValueError', 'PermissionError')
    await expectEach(
      ['resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))'],
      'ValueError',
      'PermissionError',
    )
  })

  it('find no file of the host, and write none', async () => {
    const places = [join(folder, 'file'), '/etc/passwd', '/root', '/home', '/tmp', process.execPath]
    await expectEach(
      [
        ...places.map(place => `os.stat(${JSON.stringify(place)})`),
        `open(${JSON.stringify(join(folder, 'new'))}, "w")`,
        ...['/new', '/dev/new', '/dev/shm/new', '/proc/new', '/usr/lib/new'].map(
          place => `open("${place}", "w")`,
        ),
        'os.mkdir("/new")',
        'os.unlink(os.__file__)',
        'os.rename(os.__file__, "/new")',
        'os.symlink("/", "/new")',
        'os.mknod("/new")',
        'os.chroot("/")',
        'os.memfd_create("new")',
      ],
      'FileNotFoundError',
      'PermissionError',
      'OSError',
      'AttributeError',
    )
    expect(short(await run('import os\nresult = sorted(os.listdir("/"))'))).to.not.include.members([
      'etc',
      'tmp',
      'home',
    ])
    expect(readdirSync(folder)).to.deep.equal(['file'])
  })

  it('find no network', async () => {
    const { port } = server.address() as AddressInfo
    await expectEach(
      [
        'socket.socket()',
        'socket.socket(socket.AF_INET, socket.SOCK_DGRAM)',
        'socket.socket(socket.AF_UNIX)',
        'socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)',
        `socket.create_connection(("127.0.0.1", ${port}))`,
        `__import__("urllib.request").request.urlopen("http://127.0.0.1:${port}/")`,
        'socket.getaddrinfo("example.org", 80)',
      ],
      'PermissionError',
      'URLError',
      'gaierror',
      'OSError',
    )
    expect(visits).to.equal(0)
  })

  it('find no secret in the environment, in memory or in procfs', async () => {
    const script = `
import gc, os
texts = [repr(dict(os.environ))]
for name in os.listdir('/proc'):
    for file in ('environ', 'cmdline'):
        try:
            texts.append(open(f'/proc/{name}/{file}').read())
        except OSError:
            pass
for each in gc.get_objects():
    if type(each) is dict:
        texts.extend(value for value in list(each.values()) if type(value) is str)
result = [inputs + '-of-the-host' in text for text in texts].count(True)`
    expect(short(await run(script, 'a-secret'))).to.equal(0)
  })

  it('find nothing of the scripts before them, nor of the inputs beside theirs', async () => {
    // Looks through all the memory of its process; the pattern does not match itself.
    const search = `
import ctypes, re
pattern, found = re.compile(rb'NEED[L]E-[0-9]{4}'), 0
for line in open('/proc/self/maps'):
    span, rights, *_ = line.split()
    if rights.startswith('rw') and '[v' not in line:
        start, end = (int(part, 16) for part in span.split('-'))
        found += len(pattern.findall(ctypes.string_at(start, end - start)))
result = found`
    const needle = 'NEEDLE-4711'
    expect(short(await run(search, needle))).to.be.at.least(1)
    expect(short(await run(search))).to.equal(0)
    const outcomes = await sandbox.runMany(search, [needle, null, needle, null])
    expect(outcomes.map(outcome => short(outcome) !== 0)).to.deep.equal([true, false, true, false])
    await run(`print("${needle}" * 100)\nresult = "${needle}"`)
    await run(`# ${needle}\nprint("${needle}" * 100)\nwhile True: pass`, needle, 50)
    expect(short(await run(search))).to.equal(0)
  })

  it('end at their limits', async () => {
    const endless = [
      'while True: pass',
      'result = 9 ** 9 ** 9',
      'result = sum(range(10 ** 12))',
      'import re\nre.match(r"(a+)+$", "a" * 40 + "b")',
      'import signal, time\nfor n in range(1, 32):\n  try: signal.signal(n, signal.SIG_IGN)\n  except OSError: pass\ntime.sleep(60)',
      'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
      'import threading\nthreading.Lock().acquire()\nl = threading.Lock(); l.acquire(); l.acquire()',
      'import sys\nsys.settrace(lambda *a: sys._getframe(0) and None)\nwhile True: (lambda: 0)()',
      'class A:\n  def __del__(self):\n    while True: pass\na = A()\ndel a',
      'class D(dict):\n  def __missing__(self, key):\n    while True: pass\nresult = "%(x)s" % D()',
    ]
    for (const script of endless) {
      const outcome = await run(script, null, 80)
      expect(outcome, script).to.include({ kind: 'timeout', message: 'the script took over 80 ms (timeout)' })
      // A few milliseconds later when the machine is quiet; without a limit of its own, it would be 20 seconds.
      expect(outcome.ms, script).to.be.within(79, 15_000)
    }
    // A limit that a script sets for itself ends it sooner; on a busy machine, a second of processor time takes longer.
    const busy = 'import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass'
    expect(await run(busy, null, 20_000)).to.include({
      kind: 'timeout',
      message: 'the script took over 21 s of processor time (from timeout)',
    })
    const greedy = [
      'x = "x" * 10 ** 12',
      'x = bytearray(200_000_000)',
      'x = []\nwhile True: x.append(bytearray(1_000_000))',
      'x = [0]\nwhile True: x += x',
      'x = {}\nwhile True: x[len(x)] = object()',
      'import mmap\nx = [mmap.mmap(-1, 1 << 24) for _ in range(100)]\nresult = 1',
    ]
    for (const script of greedy) {
      expect(short(await run(script, null, 3000)), script).to.be.oneOf(['out_of_memory', 'runtime'])
    }
    await expectClean()
  })

  it('crash alone', async () => {
    const crashes = [
      'import os\nos._exit(0)',
      'import os\nos._exit(7)',
      'import os\nos.abort()',
      'import ctypes\nctypes.string_at(0)',
      'import os\nos.close(3)',
      'import os\nos.closerange(0, 50)',
      'import os\nfor fd in range(51):\n  try: os.write(fd, b"x" * 100_000)\n  except OSError: pass',
      'import os\nos.write(3, b"i\\xff\\xff\\xff\\xff")',
      'import os\nos.write(3, b"i\\x04\\x00\\x00\\x00null")',
      'import signal, time\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(1)',
      'import ctypes\nf = lambda: f()\nctypes.CFUNCTYPE(None)(f)\nctypes.pythonapi.Py_FatalError(b"no")',
    ]
    for (const script of crashes) {
      const outcomes = await sandbox.runMany(
        `if inputs == 1:\n${script.replace(/^/gm, '  ')}\nresult = inputs`,
        [0, 1, 2],
      )
      expect(outcomes.map(short), script).to.deep.equal([0, 'crashed', 2])
    }
    await expectClean()
  })

  it('forge nobody’s outcome but their own', async () => {
    const forge = `
import os, struct
item = b'{"v":"forged"}'
if inputs == 1:
    for fd in range(51):
        try: os.write(fd, (struct.pack('<cI', b'i', len(item)) + item) * 5)
        except OSError: pass
result = inputs`
    const outcomes = await sandbox.runMany(forge, [0, 1, 2, 3])
    expect(outcomes.map(short)).to.deep.equal([0, 'forged', 2, 3])
    await expectClean()
  })

  it('change nothing for those after them', async () => {
    const pollutions = [
      'import builtins\nbuiltins.mark = 1\nbuiltins.len = builtins.print = None',
      'import json, sys, random\njson.dumps = json.loads = None\nsys.mark = 1\nsys.modules.clear()\nrandom.seed(9)',
      'import sys\nsys.stdout = sys.stderr = None\nsys.setrecursionlimit(50)',
      'import threading, time\nthreading.Thread(target=lambda: time.sleep(60)).start()\nresult = 1',
      'import atexit, os\natexit.register(lambda: os.write(3, b"late"))\nresult = 1',
      'import gc\ngc.disable()\nfor each in gc.get_objects():\n  if type(each) is dict and "spare" in each: each.clear()\nresult = 1',
      'import sys\nframe = sys._getframe()\nwhile frame:\n  frame.f_globals.clear()\n  frame = frame.f_back',
      'import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nresult = 1',
      'import ctypes\nctypes.memset(id(0) + 24, 7, 1)\nresult = 1',
      'import os\nos.chdir("/usr")\nos.umask(0)\nos.nice(5)\nresult = 1',
    ]
    for (const script of pollutions) {
      await run(script, null, 500)
      await expectClean()
    }
  })

  it('leave the number of processes as it was, over hundreds of them', async () => {
    const scripts = [
      'result = inputs',
      'while True: pass',
      'import os\nos._exit(1)',
      '1 / 0',
      'x = "x" * 10 ** 12',
    ]
    await run('result = 0')
    const before = descendantsOf(process.pid).length
    const few = Number(process.env.ESPALIER_SOAK ?? 500)
    for (let index = 0; index < few; index += 50) {
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, at) => {
          const script = at % 10 === 9 ? (scripts[(index / 50 + at) % 5] ?? '') : 'result = inputs'
          return run(script, index + at, 20)
        }),
      )
      outcomes.forEach((outcome, at) => {
        if (at % 10 !== 9 && outcome.ok) expect(outcome.value).to.equal(index + at)
      })
    }
    await expectClean()
    // The worker made in advance may be on its way.
    expect(descendantsOf(process.pid).length).to.be.within(before - 1, before + 1)
  })
})
