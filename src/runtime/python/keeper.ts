// The program of a child process for Python, as source text for `python3 -c`. The process that the parent speaks with is the
// keeper: it hands each input to a worker of its own, forked in advance by the zygote, watches the deadline, and answers in the same
// frames as a JavaScript child. What a worker says is passed on unread, within a size; what it leaves behind is killed.

import { ANSWERS } from '../child-runner.ts'
import { WORKER } from './worker.ts'
import { ZYGOTE } from './zygote.ts'

/** Descriptors of the keeper, of which it needs a dozen. */
const MAX_DESCRIPTORS = 64

const HEAD = `
import array, ast, base64, builtins, gc, io, json, math, mmap, os, random, resource, select, signal, socket, struct, sys
import threading, time, types
# What most scripts import is loaded once, here.
import bisect, collections, copy, dataclasses, datetime, decimal, fractions, functools, heapq, itertools, operator, re
import statistics, string, typing

SETTINGS = json.loads(sys.argv[1])
FILTERS = [base64.b64decode(filter) for filter in SETTINGS['filters']]
IS_CONFINED = SETTINGS['isConfined']
ANSWERS, MAX_DESCRIPTORS = ${ANSWERS}, ${MAX_DESCRIPTORS}
# Outside a namespace the system counts all processes of the user; there the filter of system calls does this.
MAX_THREADS = 16 if IS_CONFINED or not FILTERS else resource.RLIM_INFINITY
FRAME, SIZE, MESSAGE = struct.Struct('<II'), struct.Struct('<I'), struct.Struct('<cI')
ITEM, CALLS = b'i', b'c'
NULL = os.open(os.devnull, os.O_RDWR)
sys.argv = ['script.py']
sys.path = [folder for folder in sys.path if folder not in ('', '.')]
`

const SHARED = `
ROOM = OUTPUT_HEAD.size + 4 * SETTINGS['maxOutput']
OUT, ERR = 0, ROOM
shared = mmap.mmap(-1, 2 * ROOM)
`

const KEEP = `
class Late(Exception):
    pass

class Ended(Exception):
    pass

class Worker:
    def __init__(self):
        self.link, end = socket.socketpair()
        control.sendmsg([b'fork'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [end.fileno()]))])
        end.close()
        self.pid = None    # not heard yet
        self.poll = select.poll()
        self.poll.register(self.link.fileno(), select.POLLIN)
        self.poll.register(0, 0)    # tells of nothing but the end of the parent

    def send(self, data, deadline):
        self.link.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            self.link.sendall(SIZE.pack(len(data)) + data)
        except socket.timeout:
            raise Late from None

    # What it says next; whatever happens, this returns or raises by the deadline, with a bounded number of bytes read.
    def hear(self, deadline):
        kind, size = MESSAGE.unpack(self.read(MESSAGE.size, deadline))
        if size > SETTINGS['maxItem']:
            raise Ended('it said more than it may')
        return kind, self.read(size, deadline)

    def read(self, size, deadline):
        data = bytearray()
        while len(data) < size:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Late
            for descriptor, _ in self.poll.poll(math.ceil(left * 1000)):
                if descriptor == 0:
                    self.bury()
                    os._exit(0)
                more = self.link.recv(min(size - len(data), 1 << 20))
                if not more:
                    raise Ended
                data += more
        return data

    # Hears the process id that the zygote has told; it tells things in the order in which they were asked.
    def arrive(self):
        if self.pid is None:
            self.pid = reply()

    # Ends the worker and its group, and gives its exit code, or the number of its signal below zero.
    def bury(self):
        self.arrive()
        spare.arrive()
        control.send(struct.pack('i', self.pid))
        status = reply()
        self.link.close()
        return os.waitstatus_to_exitcode(status)

def reply():
    data = control.recv(4)
    if not data:
        os._exit(1)    # without a zygote there is nothing to keep
    return struct.unpack('i', data)[0]

# Empties the outputs. All of the memory is dropped, since a hostile script may have written anywhere in it.
def clear():
    if hasattr(mmap, 'MADV_REMOVE'):
        shared.madvise(mmap.MADV_REMOVE)
    else:
        shared[:] = bytes(len(shared))

# In a namespace of our own, everybody else is somebody's leftover.
def sweep():
    while IS_CONFINED:
        spare.arrive()
        own = {1, os.getpid(), mother, spare.pid}
        others = [int(name) for name in os.listdir('/proc') if name.isdigit() and int(name) not in own]
        if not others:
            return
        for pid in others:
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            except OSError:
                pass    # not a child of ours: the first process of the namespace buries it

def serve(job, text):
    # The parent counts in UTF-16 units, as JavaScript does.
    units = None if text.isascii() else text.decode().encode('utf-16-le')
    at = failures = 0
    job.update(begun=time.monotonic(), done=0, isOver=False)
    for length in job['parts']:
        piece = text[at:at + length] if units is None else units[2 * at:2 * (at + length)].decode('utf-16-le').encode()
        at += length
        piece, left = b'[' + piece + b']', job['each']
        while left > 0:
            if job['isOver']:
                return
            done = attend(job, piece, left)
            left -= done
            failures = 0 if done else failures + 1
            if failures == 3:
                os._exit(1)    # something is wrong with this keeper; the parent can start another
            if 0 < done and 0 < left:
                piece = json.dumps(json.loads(piece)[done:]).encode()

# Gives a worker its inputs and answers for as many as it comes to, the one that it fails on included. That is none when
# it had died before it had its job, which is nobody's fault.
def attend(job, text, count):
    global spare
    worker, spare = spare, Worker()    # the next is made while this one works
    clear()
    done, limit = 0, job['timeout'] / 1000
    cpu = min(600, math.ceil(limit * count) + 1)
    start = time.monotonic()
    failure = None
    try:
        try:
            worker.send(json.dumps(job_of_worker(job, cpu)).encode(), start + limit)
            worker.send(text, start + limit)
        except OSError:
            worker.bury()
            return 0
        while done < count and not job['isOver']:
            kind, said = worker.hear(start + limit)
            if kind == CALLS:
                # Its clock stands still while its tools work; the parent's does not.
                asked = time.monotonic()
                say({'id': job['id'], 'calls': True}, said)
                answers = frame()[1]
                start += time.monotonic() - asked
                worker.send(answers, start + limit)
                continue
            done += 1
            answer(job, said, start)
            start = time.monotonic()
    except Late:
        worker.bury()
        failure = failed('timeout', f'the script took over {job["timeout"]} ms (timeout)')
    except (Ended, OSError) as end:
        code = worker.bury()
        how = str(end) or (f'exit code {code}' if code >= 0 else f'signal {-code}')
        failure = failed('crashed', f'the script ended its process: {how}')
        if code == -signal.SIGXCPU:
            failure = failed('timeout', f'the script took over {cpu} s of processor time (from timeout)')
    else:
        worker.bury()
    if failure:
        done += 1
        answer(job, item(failure, job['maxOutput']).encode(), start)
    sweep()
    return done

FOR_WORKER = ('script', 'maxResult', 'maxOutput', 'now', 'tools', 'maxToolCalls')

def job_of_worker(job, cpu):
    seed = functools.reduce(lambda seed, word: seed << 32 | word & 0xffffffff, job['random'], 0)
    own = {name: job[name] for name in FOR_WORKER if name in job}
    return {**own, 'seed': seed, 'memory': SETTINGS['memory'], 'cpu': cpu}

def answer(job, text, start):
    now = time.monotonic()
    # When its time is over, the inputs that are left wait for another turn.
    job['done'] += 1
    job['isOver'] = job['done'] < job['count'] and now - job['begun'] >= job['quantum'] / 1000
    ms = round((now - start) * 1000, 3)
    say({'id': job['id'], 'count': 1, 'ms': ms, 'rss': rss, 'rest': job['isOver']}, b'[' + text + b']')

def say(head, text=b''):
    head = json.dumps(head).encode()
    write_all(ANSWERS, FRAME.pack(len(head), len(text)) + head + text)

# The next frame of the parent; the end of it is the end of this.
def frame():
    return [read_all(0, size) for size in FRAME.unpack(read_all(0, FRAME.size))]

# What the parent has left open by mistake is not for scripts.
for name in os.listdir('/dev/fd'):
    if int(name) > ANSWERS and int(name) != NULL:
        try:
            os.close(int(name))
        except OSError:
            pass    # the list itself
for name, most in (('CORE', 0), ('NOFILE', MAX_DESCRIPTORS)):
    lower(getattr(resource, 'RLIMIT_' + name), most)
control, end = socket.socketpair()
mother = os.fork()
if mother == 0:
    control.close()
    zygote(end)
end.close()
spare = Worker()
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
say({'ready': True, 'version': sys.version.split()[0]})
while True:
    head, text = frame()
    serve(json.loads(head), text)
`

/** The whole program. Its argument is JSON: `filters`, `isConfined`, `memory`, `maxItem` and `maxOutput`. */
export const KEEPER = `${HEAD}${WORKER}${ZYGOTE}${SHARED}${KEEP}`
