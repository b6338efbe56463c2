// The system calls that a confined program may make, with their numbers on the two processors we know.
// The list is what Node.js and Python need to compute, to read files and to use pipes they already hold. It has no
// socket that leads out, no mount, no namespace, no tracing, no io_uring, no bpf, no keys, no modules, and no way to
// set a clock: what is not listed is refused, and so is every call that a later kernel adds.

export type Processor = 'x86_64' | 'aarch64'

/** Name, number on x86_64, number on aarch64; a hyphen where a processor has no such call. */
const COMPUTING = `
  read 0 63, write 1 64, open 2 -, close 3 57, stat 4 -, fstat 5 80, lstat 6 -, poll 7 -, lseek 8 62, mmap 9 222,
  mprotect 10 226, munmap 11 215, brk 12 214, rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139,
  pread64 17 67, readv 19 65, writev 20 66, access 21 -, pipe 22 -, select 23 -, sched_yield 24 124, mremap 25 216,
  madvise 28 233, dup 32 23, dup2 33 -, nanosleep 35 101, getitimer 36 102, alarm 37 -, setitimer 38 103,
  getpid 39 172, execve 59 221, exit 60 93, uname 63 160, fcntl 72 25, getdents 78 -, getcwd 79 17, chdir 80 49,
  readlink 89 -, umask 95 166, gettimeofday 96 169, getrlimit 97 163, getrusage 98 165, sysinfo 99 179, times 100 153,
  getuid 102 174, getgid 104 176, geteuid 107 175, getegid 108 177, getppid 110 173, getpgrp 111 -, getgroups 115 158,
  getresuid 118 148, getresgid 120 150, getpgid 121 155, getsid 124 156, capget 125 90, rt_sigpending 127 136,
  rt_sigtimedwait 128 137, rt_sigsuspend 130 133, sigaltstack 131 132, statfs 137 43, fstatfs 138 44,
  getpriority 140 141, sched_getparam 143 121, sched_getscheduler 145 120, sched_get_priority_max 146 125,
  sched_get_priority_min 147 126, prctl 157 167, arch_prctl 158 -, setrlimit 160 164, gettid 186 178, tkill 200 130,
  time 201 -, futex 202 98, sched_getaffinity 204 123, epoll_create 213 -, getdents64 217 61, set_tid_address 218 96,
  restart_syscall 219 128, fadvise64 221 223, clock_gettime 228 113, clock_getres 229 114, clock_nanosleep 230 115,
  exit_group 231 94, epoll_wait 232 -, epoll_ctl 233 21, tgkill 234 131, openat 257 56, newfstatat 262 79,
  readlinkat 267 78, faccessat 269 48, pselect6 270 72, ppoll 271 73, set_robust_list 273 99, get_robust_list 274 100,
  epoll_pwait 281 22, eventfd 284 -, eventfd2 290 19, epoll_create1 291 20, dup3 292 24, pipe2 293 59, preadv 295 69,
  prlimit64 302 261, getcpu 309 168, seccomp 317 277, getrandom 318 278, membarrier 324 283, preadv2 327 286,
  pkey_mprotect 329 288, pkey_alloc 330 289, pkey_free 331 290, statx 332 291, rseq 334 293, close_range 436 436,
  faccessat2 439 439, epoll_pwait2 441 441, futex_waitv 449 449`

/** What a program needs besides, to start processes of its own, speak with them, wait for them, and end them. */
const FORKING = `
  fork 57 -, vfork 58 -, wait4 61 260, kill 62 129, setpgid 109 154, setsid 112 157, waitid 247 95,
  socketpair 53 199, sendto 44 206, recvfrom 45 207, sendmsg 46 211, recvmsg 47 212`

/** The process that bubblewrap leaves as the first of a namespace waits for the program. */
const WAITING = 'wait4 61 260'

/** Calls of which only some uses are allowed: the filter looks at their arguments. */
const LOOKED_AT = 'clone 56 220, ioctl 16 29, clone3 435 435'

/** The numbers of the calls that are allowed whatever their arguments. */
export function allowedCalls(processor: Processor, mayFork: boolean): number[] {
  return [...numbers(`${COMPUTING}, ${mayFork ? FORKING : WAITING}`, processor).values()]
}

/** The number of a call whose arguments matter. */
export function callNumber(name: 'clone' | 'ioctl' | 'clone3', processor: Processor): number {
  return numbers(LOOKED_AT, processor).get(name)!
}

/** The number of any call named in this file, where the processor has it. */
export function findCall(name: string, processor: Processor): number | undefined {
  return numbers(`${COMPUTING}, ${FORKING}, ${LOOKED_AT}`, processor).get(name)
}

function numbers(table: string, processor: Processor): Map<string, number> {
  const column = processor === 'x86_64' ? 1 : 2
  const rows = table.split(',').map(row => row.trim().split(' '))
  return new Map(rows.filter(row => row[column] !== '-').map(row => [row[0]!, Number(row[column])]))
}
