import { expect } from 'chai'
import fc from 'fast-check'
import { forkFilter, processorOf, seccompFilter } from '../../src/runtime/seccomp.ts'
import { allowedCalls, callNumber, findCall, type Processor } from '../../src/runtime/system-calls.ts'

const ARCH = { x86_64: 0xc000003e, aarch64: 0xc00000b7, i386: 0x40000003, arm: 0x40000028 }
const ALLOW = 'allow'
const EPERM = 'errno 1'
const ENOSYS = 'errno 38'
const KILL = 'kill'

/** Runs a filter on a call as the kernel does: classic BPF, of which it uses five instructions. */
function answerOf(filter: Buffer, arch: number, call: number, ...args: number[]): string {
  const data = [call, arch, 0, 0, ...args.flatMap(arg => [arg >>> 0, Math.floor(arg / 2 ** 32)])]
  let loaded = 0
  for (let at = 0; at < filter.length; at += 8) {
    const operand = filter.readUInt32LE(at + 4)
    const jump = (isTrue: boolean) => {
      at += 8 * filter.readUInt8(at + (isTrue ? 2 : 3))
    }
    const code = filter.readUInt16LE(at)
    if (code === 0x20) loaded = (data[operand / 4] ?? 0) >>> 0
    else if (code === 0x15) jump(loaded === operand)
    else if (code === 0x25) jump(loaded > operand)
    else if (code === 0x35) jump(loaded >= operand)
    else if (code === 0x45) jump((loaded & operand) !== 0)
    else if (code !== 0x06) throw new Error(`no such instruction: ${code}`)
    else if (operand === 0x7fff0000) return ALLOW
    else if (operand === 0x80000000) return KILL
    else return `errno ${operand & 0xffff}`
  }
  throw new Error('the filter ends without an answer')
}

const processors: Processor[] = ['x86_64', 'aarch64']
const filters = processors.flatMap(processor =>
  [true, false].map(mayFork => ({ processor, mayFork, filter: seccompFilter(processor, mayFork) })),
)

describe('seccompFilter', () => {
  it('allows what is listed and nothing else', () => {
    for (const { processor, mayFork, filter } of filters) {
      const allowed = new Set(allowedCalls(processor, mayFork))
      for (let call = 0; call < 450; call++) {
        if (call === callNumber('clone', processor) || call === callNumber('ioctl', processor)) continue
        const otherwise = call === callNumber('clone3', processor) ? ENOSYS : EPERM
        const answer = answerOf(filter, ARCH[processor], call)
        expect(answer, `${processor} ${call}`).to.equal(allowed.has(call) ? ALLOW : otherwise)
      }
    }
  })

  it('kills what calls in the manner of another processor', () => {
    for (const { processor, filter } of filters) {
      for (const [name, arch] of Object.entries(ARCH)) {
        if (name !== processor) expect(answerOf(filter, arch, 0)).to.equal(KILL)
      }
    }
  })

  it('kills calls in the manner of x32, whatever their number', () => {
    const filter = seccompFilter('x86_64', true)
    fc.assert(
      fc.property(fc.nat(0x3fffffff), call => answerOf(filter, ARCH.x86_64, 0x40000000 + call) === KILL),
    )
  })

  it('says of calls of later kernels that they do not exist', () => {
    for (const { processor, filter } of filters) {
      fc.assert(
        fc.property(fc.integer({ min: 450, max: 0x3fffffff }), call => {
          return answerOf(filter, ARCH[processor], call) === ENOSYS
        }),
      )
    }
  })

  it('allows threads, other processes only when asked, and new namespaces never', () => {
    const [thread, process, namespaces] = [0x003d0f00, 17, [0x20000, 0x10000000, 0x20000000, 0x40000000]]
    for (const { processor, mayFork, filter } of filters) {
      const clone = (flags: number) =>
        answerOf(filter, ARCH[processor], callNumber('clone', processor), flags)
      expect(clone(thread)).to.equal(ALLOW)
      expect(clone(process)).to.equal(mayFork ? ALLOW : EPERM)
      for (const flag of namespaces) expect(clone(thread + flag)).to.equal(EPERM)
    }
  })

  it('allows what a terminal may be asked, not what it may be told', () => {
    const [question, typing] = [0x5401, 0x5412]
    for (const { processor, filter } of filters) {
      const ioctl = (request: number) =>
        answerOf(filter, ARCH[processor], callNumber('ioctl', processor), 0, request)
      expect([ioctl(question), ioctl(typing)]).to.deep.equal([ALLOW, EPERM])
    }
  })
})

describe('forkFilter', () => {
  const answers = (name: string, mayWrite: boolean, ...args: number[]) =>
    processors.map(processor => {
      const call = findCall(name, processor)
      return call === undefined
        ? undefined
        : answerOf(forkFilter(processor, mayWrite), ARCH[processor], call, ...args)
    })

  it('refuses to start, signal and trace, and leaves the rest to the filter below', () => {
    for (const name of ['execve', 'kill', 'tkill', 'tgkill', 'setsid', 'prctl', 'seccomp']) {
      expect(answers(name, true), name).to.deep.equal([EPERM, EPERM])
    }
    expect(answers('fork', true)).to.deep.equal([EPERM, undefined])
    for (const name of ['read', 'mmap', 'futex', 'exit_group', 'socketpair']) {
      expect(answers(name, true), name).to.deep.equal([ALLOW, ALLOW])
    }
  })

  it('allows threads, and limits of its own', () => {
    expect(answers('clone', true, 0x003d0f00)).to.deep.equal([ALLOW, ALLOW])
    expect(answers('clone', true, 17)).to.deep.equal([EPERM, EPERM])
    expect(answers('prlimit64', true, 0)).to.deep.equal([ALLOW, ALLOW])
    expect(answers('prlimit64', true, 1)).to.deep.equal([EPERM, EPERM])
  })

  it('refuses to open files for writing when asked', () => {
    const [reading, writing, creating] = [0x80000, 1, 0x40]
    for (const flags of [reading, writing, creating]) {
      const expected = flags === reading ? ALLOW : EPERM
      expect(answers('openat', false, 0, 0, flags)).to.deep.equal([expected, expected])
      expect(answers('openat', true, 0, 0, flags)).to.deep.equal([ALLOW, ALLOW])
      expect(answers('open', false, 0, flags)).to.deep.equal([expected, undefined])
    }
  })
})

describe('processorOf', () => {
  it('knows two', () => {
    expect(['x64', 'arm64', 'ia32', 'riscv64'].map(arch => processorOf(arch))).to.deep.equal([
      'x86_64',
      'aarch64',
      undefined,
      undefined,
    ])
  })
})
