// The filter of system calls for a confined program: a classic BPF program, eight bytes an instruction, generated
// here because there is no native code in this library. The kernel runs it before every call. Calls are allowed by
// a list (`system-calls.ts`); everything else fails with EPERM, and a call in the manner of another processor, by
// which a filter of numbers could be walked around, kills the process.

import { allowedCalls, callNumber, findCall, type Processor } from './system-calls.ts'

/** The processor of this machine, where it is one whose calls we know. */
export function processorOf(arch: string = process.arch): Processor | undefined {
  return arch === 'x64' ? 'x86_64' : arch === 'arm64' ? 'aarch64' : undefined
}

/** The filter, as `bwrap --seccomp` takes it. `mayFork` adds processes of its own, without new namespaces. */
export function seccompFilter(processor: Processor, mayFork: boolean): Buffer {
  const ranges = rangesOf(allowedCalls(processor, mayFork))
  const program: Instruction[] = [
    load(PROCESSOR),
    ...unless(EQUAL, AUDIT_ARCH[processor], KILL),
    load(NUMBER),
    ...when(AT_LEAST, X32_BIT, KILL),
    // What is newer than the list does not exist, and clone3 hides its flags in memory: a C library that hears
    // this goes back to the older call.
    ...when(GREATER, ranges.at(-1)![1], NO_SUCH_CALL),
    ...when(EQUAL, callNumber('clone3', processor), NO_SUCH_CALL),
    ...only(callNumber('clone', processor), [
      load(FIRST_ARGUMENT),
      ...when(ANY_BIT, NEW_NAMESPACES, REFUSE),
      ...(mayFork ? [] : unless(ANY_BIT, SAME_PROCESS, REFUSE)),
      answer(ALLOW),
    ]),
    ...only(callNumber('ioctl', processor), [
      load(SECOND_ARGUMENT),
      ...HARMLESS_IOCTLS.flatMap(request => when(EQUAL, request, ALLOW)),
      answer(REFUSE),
    ]),
    ...ranges.flatMap(([from, to]) => [jump(AT_LEAST, from, 0, 2), jump(GREATER, to, 1, 0), answer(ALLOW)]),
    answer(REFUSE),
  ]
  return Buffer.concat(program)
}

/**
 * A filter to lay over that one in a process that was forked and from now on only computes: it starts, signals and
 * traces nothing, and the filters stay. `mayWrite` leaves it the opening of files for writing.
 */
export function forkFilter(processor: Processor, mayWrite: boolean): Buffer {
  const refuse = (name: string, block: readonly Instruction[] = [answer(REFUSE)]) => {
    const call = findCall(name, processor)
    return call === undefined ? [] : only(call, block)
  }
  const unlessReading = (flags: number) => [load(flags), ...when(ANY_BIT, WRITING, REFUSE), answer(ALLOW)]
  const program: Instruction[] = [
    load(NUMBER),
    ...DOING.flatMap(name => refuse(name)),
    ...refuse('clone', [load(FIRST_ARGUMENT), ...unless(ANY_BIT, SAME_PROCESS, REFUSE), answer(ALLOW)]),
    // Limits may be set for oneself, which is 0, but not for another process of the same user.
    ...refuse('prlimit64', [load(FIRST_ARGUMENT), ...unless(EQUAL, 0, REFUSE), answer(ALLOW)]),
    ...(mayWrite ? [] : refuse('open', unlessReading(SECOND_ARGUMENT))),
    ...(mayWrite ? [] : refuse('openat', unlessReading(THIRD_ARGUMENT))),
    answer(ALLOW),
  ]
  return Buffer.concat(program)
}

/** What a process does to others, or to its own filters. */
const DOING = ['fork', 'vfork', 'execve', 'kill', 'tkill', 'tgkill', 'setpgid', 'setsid', 'prctl', 'seccomp']

/** One instruction: code (16 bits), where to jump when true and when false (8 each), operand (32). */
type Instruction = Buffer

const AUDIT_ARCH = { x86_64: 0xc000003e, aarch64: 0xc00000b7 } as const

// Places in the data that the kernel hands to a filter: struct seccomp_data. Of arguments, the lower half.
const NUMBER = 0
const PROCESSOR = 4
const FIRST_ARGUMENT = 16
const SECOND_ARGUMENT = 24
const THIRD_ARGUMENT = 32

// The tests of conditional jumps.
const EQUAL = 0x15
const GREATER = 0x25
const AT_LEAST = 0x35
const ANY_BIT = 0x45

// The answers: ALLOW, KILL_PROCESS, and ERRNO with EPERM or ENOSYS.
const ALLOW = 0x7fff0000
const KILL = 0x80000000
const REFUSE = 0x00050001
const NO_SUCH_CALL = 0x00050026

/** Calls in the manner of x32 have this bit, and so has -1. */
const X32_BIT = 0x40000000
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const NEW_NAMESPACES = 0x7e020000
/** CLONE_THREAD. */
const SAME_PROCESS = 0x00010000
/** O_WRONLY, O_RDWR, O_CREAT and O_TRUNC. */
const WRITING = 0x243
/** FIOCLEX, FIONCLEX, FIONBIO, FIONREAD, and the questions TCGETS and TIOCGWINSZ. */
const HARMLESS_IOCTLS = [0x5451, 0x5450, 0x5421, 0x541b, 0x5401, 0x5413]

function load(place: number): Instruction {
  return instruction(0x20, 0, 0, place)
}

function answer(action: number): Instruction {
  return instruction(0x06, 0, 0, action)
}

/** Skips so many instructions when the test is true, and so many when it is false. */
function jump(test: number, value: number, whenTrue: number, whenFalse: number): Instruction {
  return instruction(test, whenTrue, whenFalse, value)
}

function when(test: number, value: number, action: number): Instruction[] {
  return [jump(test, value, 0, 1), answer(action)]
}

function unless(test: number, value: number, action: number): Instruction[] {
  return [jump(test, value, 1, 0), answer(action)]
}

/** A block for one call; it ends in an answer. */
function only(call: number, block: readonly Instruction[]): Instruction[] {
  return [jump(EQUAL, call, 0, block.length), ...block]
}

function instruction(code: number, whenTrue: number, whenFalse: number, operand: number): Instruction {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16LE(code, 0)
  bytes.writeUInt8(whenTrue, 2)
  bytes.writeUInt8(whenFalse, 3)
  bytes.writeUInt32LE(operand, 4)
  return bytes
}

/** Numbers as ranges, first and last: most calls have neighbors. */
function rangesOf(calls: readonly number[]): [number, number][] {
  const ranges: [number, number][] = []
  for (const call of calls.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && call <= last[1] + 1) last[1] = call
    else ranges.push([call, call])
  }
  return ranges
}
