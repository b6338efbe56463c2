import { expect } from 'chai'
import { allowedCalls, callNumber } from '../../src/runtime/system-calls.ts'

describe('system calls', () => {
  it('have the numbers of their processor', () => {
    const [read, socket, getrandom] = [0, 41, 318]
    expect(allowedCalls('x86_64', false)).to.include.members([read, getrandom]).and.not.include(socket)
    expect(allowedCalls('aarch64', false)).to.include.members([63, 278]).and.not.include(198)
    expect([callNumber('clone', 'x86_64'), callNumber('clone', 'aarch64')]).to.deep.equal([56, 220])
  })

  it('are numbers throughout, each once', () => {
    for (const processor of ['x86_64', 'aarch64'] as const) {
      const calls = allowedCalls(processor, true)
      expect(calls.every(call => Number.isInteger(call) && 0 <= call && call < 500)).to.equal(true)
      expect(new Set(calls).size).to.equal(calls.length)
    }
  })

  it('are not dangerous on either processor', () => {
    // socket, connect, bind, ptrace, mount, umount2, unshare, setns, bpf, perf_event_open, keyctl, add_key, io_uring_setup,
    // init_module, process_vm_readv, userfaultfd, memfd_create, mknodat, chroot, reboot, clone3.
    const x86 = [
      41, 42, 49, 101, 165, 166, 272, 308, 321, 298, 250, 248, 425, 175, 310, 323, 319, 259, 161, 169, 435,
    ]
    const arm = [
      198, 203, 200, 117, 40, 39, 97, 268, 280, 241, 219, 217, 425, 105, 270, 282, 279, 33, 51, 142, 435,
    ]
    for (const mayFork of [true, false]) {
      expect(allowedCalls('x86_64', mayFork).filter(call => x86.includes(call))).to.deep.equal([])
      expect(allowedCalls('aarch64', mayFork).filter(call => arm.includes(call))).to.deep.equal([])
    }
  })

  it('of processes are for those who may fork', () => {
    const [fork, kill, socketpair] = [57, 62, 53]
    expect(allowedCalls('x86_64', true)).to.include.members([fork, kill, socketpair])
    expect(allowedCalls('x86_64', false))
      .to.not.include(fork)
      .and.not.include(kill)
      .and.not.include(socketpair)
  })
})
