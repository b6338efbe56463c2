// The process that forks, as source text in Python. It has loaded what scripts need and has never seen a script or an
// input, so a fork of it finds nothing of anybody else in its memory. It hears two requests over a socket from the
// keeper: a descriptor, for which it forks a worker that takes its job from there; and a process id, which it kills and buries.

/** What a fork locks before it takes its job: once this has run, it can start, signal and reach nothing. */
const CONFINE = `
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
try:
    import ctypes
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
except (ImportError, OSError, AttributeError):
    prctl = None    # not Linux, or a Python without ctypes

# Dies with its parent.
def bind_to_parent():
    if prctl:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

# A filter as the kernel takes it: a length and an address, which live as long as this does.
def filter_program(code):
    text = ctypes.create_string_buffer(code, len(code))
    return ctypes.create_string_buffer(struct.pack('HP', len(code) // 8, ctypes.addressof(text))), text

def refuse_system_calls(program):
    if prctl(PR_SET_SECCOMP, 2, ctypes.addressof(program[0]), 0, 0) != 0:
        os._exit(1)    # this system has no filters, so this keeper does not come up

# The address space in use before a script begins, in bytes.
def space_in_use():
    try:
        with open('/proc/self/statm') as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 64 << 20

def limit(job):
    space = OWN_SPACE + (job['memory'] << 20)
    # The last megabytes are for saying that there were no more.
    lower(resource.RLIMIT_AS, space, space + (8 << 20))
    lower(resource.RLIMIT_CPU, job['cpu'], job['cpu'] + 1)

def lower(limit, soft, hard=None):
    try:
        top = resource.getrlimit(limit)[1]
        hard = soft if hard is None else hard
        within = lambda value: value if top == resource.RLIM_INFINITY else min(value, top)
        resource.setrlimit(limit, (within(soft), within(hard)))
    except (ValueError, OSError):
        pass    # a limit that this system does not have
`

const FORK = `
WARM_UP = """
import json, math, random
def double(values):
    return [value * 2 for value in values if value]
print(random.random(), f'{inputs}')
result = {'y': double(inputs['x']), 'z': math.sqrt(2)}
"""
LINK = 3    # the descriptor of a worker's job and of its answer

def zygote(link):
    bind_to_parent()
    for descriptor in (0, 1, 2):
        os.dup2(NULL, descriptor)
    # What forks have in common is done once. The last filter is for them alone, since it forbids to fork.
    sys.stdin = open(0, encoding='utf-8')
    sys.stdout, sys.stderr = Output(OUT), Output(ERR)
    for name, most in (('FSIZE', 0), ('NOFILE', 32), ('MEMLOCK', 0)):
        lower(getattr(resource, 'RLIMIT_' + name), most)
    programs = [filter_program(code) for code in FILTERS] if prctl else []
    if programs:
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for program in programs[:-1]:
        refuse_system_calls(program)
    last = programs[-1:]
    global OWN_SPACE
    OWN_SPACE = space_in_use()
    warm_up()
    gc.collect()
    gc.freeze()
    while True:
        data, ancillary, *_ = link.recvmsg(4, socket.CMSG_SPACE(4))
        if not data:
            os._exit(0)
        if ancillary:
            descriptor, = struct.unpack('i', ancillary[0][2])
            pid = os.fork()
            if pid == 0:
                be_worker(descriptor, last)
            os.close(descriptor)
            link.send(struct.pack('i', pid))
        else:
            link.send(struct.pack('i', bury(*struct.unpack('i', data))))

# Runs a script a few times, so that the interpreter has made and adapted what forks would each do again.
def warm_up():
    job = {'script': WARM_UP, 'seed': 0, 'maxOutput': 0, 'maxResult': 1000, 'memory': 0}
    for _ in range(20):
        work(json.loads(json.dumps(job)), b'[{"x":[1,2.5,"a",null]}]', lambda kind, text: None)

# Kills a worker with all its group, and gives its exit status.
def bury(pid):
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except OSError:
            pass    # it is a zombie on some systems, or has not made its group yet
    return os.waitpid(pid, 0)[1]

def be_worker(descriptor, filters):
    try:
        os.setsid()
        os.dup2(descriptor, LINK)
        os.closerange(LINK + 1, MAX_DESCRIPTORS)
        bind_to_parent()
        lower(resource.RLIMIT_NPROC, MAX_THREADS)
        for program in filters:
            refuse_system_calls(program)
        job, text = json.loads(hear()), hear()
        limit(job)
        sys.stdout.begin(job['maxOutput'])
        sys.stderr.begin(job['maxOutput'])
        work(job, text, tell)
    finally:
        os._exit(0)

def read_all(descriptor, size):
    parts = []
    while size > 0:
        part = os.read(descriptor, min(size, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        size -= len(part)
    return b''.join(parts)

def write_all(descriptor, data):
    data = memoryview(data)
    while data:
        data = data[os.write(descriptor, data):]

# What a worker says is of one of two kinds: the item of an input, or calls of tools, which it then hears the answers of.
def tell(kind, text):
    data = text.encode()
    write_all(LINK, MESSAGE.pack(kind, len(data)) + data)

def hear():
    size, = SIZE.unpack(read_all(LINK, SIZE.size))
    return read_all(LINK, size)
`

export const ZYGOTE = `${CONFINE}${FORK}`
