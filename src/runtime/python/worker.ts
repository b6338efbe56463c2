// What a fork does with its job, as source text in Python: compile, run, check the result, answer.
// It works in a process that has seen no other script and that ends with this one, so nothing here is defended against
// the script: all it could forge is its own outcome. Limits and walls are the business of the zygote and the keeper.

import { CLOCK } from './clock.ts'
import { PYTHON_TOOLS } from './python-tools.ts'

/** The two outputs. They lie in memory shared with the keeper, so that what a killed script has written is not lost. */
const OUTPUTS = String.raw`
OUTPUT_HEAD = struct.Struct('<QQ')    # bytes kept, characters dropped

class Output(io.TextIOBase):
    encoding, errors = 'utf-8', 'replace'

    def __init__(self, at):
        self.at = at
        self.buffer = Bytes(self)

    def begin(self, limit):
        self.left, self.kept, self.dropped = limit, 0, 0
        OUTPUT_HEAD.pack_into(shared, self.at, 0, 0)

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f'write() argument must be str, not {type(text).__name__}')
        if self.left > 0:
            data = text[:self.left].encode('utf-8', 'replace')
            start = self.at + OUTPUT_HEAD.size + self.kept
            shared[start:start + len(data)] = data
            self.kept += len(data)
        self.dropped += max(0, len(text) - self.left)
        self.left = max(0, self.left - len(text))
        OUTPUT_HEAD.pack_into(shared, self.at, self.kept, self.dropped)
        return len(text)

class Bytes(io.RawIOBase):
    def __init__(self, output):
        self.output = output

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        self.output.write(data.decode('utf-8', 'replace'))
        return len(data)

# What one output holds. The keeper asks this too, of memory that a hostile script has written to.
def written(at, limit):
    kept, dropped = OUTPUT_HEAD.unpack_from(shared, at)
    start = at + OUTPUT_HEAD.size
    text = shared[start:start + min(kept, 4 * limit)].decode('utf-8', 'replace')[:limit]
    return f'{text}\n[{dropped} more characters were dropped]\n' if dropped else text

# One item of an answer: the fields given, and the outputs where there are any.
def item(fields, limit):
    for name, at in (('o', OUT), ('e', ERR)):
        text = written(at, limit)
        if text:
            fields += f',"{name}":{json.dumps(text)}'
    return '{' + fields + '}'

def failed(kind, message, line=None, column=None):
    fields = f'"k":"{kind}","m":{json.dumps(message)}'
    if line is not None:
        fields += f',"l":{line}' + ('' if column is None else f',"c":{column}')
    return fields
`

/**
 * A script is compiled as a module. Only if a `return` at the top level is what is wrong with it, it becomes the body of
 * a function whose every name is global, so that it means the same as before.
 */
const COMPILE = `
FILE = 'script.py'
RETURNED = '__returned__'

# The code of a script, and whether it is the body of a function.
def compiled(script):
    try:
        return compile(script, FILE, 'exec', dont_inherit=True), False
    except SyntaxError as error:
        if error.msg != "'return' outside function":
            raise
    tree = TopLevel().visit(ast.parse(script, FILE))
    is_future = lambda node: isinstance(node, ast.ImportFrom) and node.module == '__future__'
    module = ast.parse(f'def {RETURNED}(): pass')
    function = module.body[0]
    function.body = [node for node in tree.body if not is_future(node)] + [ast.Return(ast.Constant(...))]
    module.body[:0] = [node for node in tree.body if is_future(node)]
    build = lambda: compile(ast.fix_missing_locations(module), FILE, 'exec', dont_inherit=True)
    code = next(code for code in build().co_consts if isinstance(code, types.CodeType))
    if code.co_flags & GENERATES:
        raise SyntaxError("'yield' outside function")
    names = [*code.co_varnames, *code.co_cellvars]
    if names:
        function.body.insert(0, ast.Global(names))
    return build(), True

GENERATES = 0x20 | 0x80 | 0x200    # generator, coroutine, asynchronous generator

class TopLevel(ast.NodeTransformer):
    def visit_FunctionDef(self, node):
        return node
    visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = visit_FunctionDef

    # A bare return leaves the result as it is; None is what 'return None' gives.
    def visit_Return(self, node):
        return node if node.value else ast.copy_location(ast.Return(ast.Constant(...)), node)

    # A global name may not be annotated or declared again.
    def visit_AnnAssign(self, node):
        new = ast.Assign([node.target], node.value) if node.value else ast.Pass()
        return ast.copy_location(new, node)

    def visit_Global(self, node):
        return ast.copy_location(ast.Pass(), node)

def misspelt(error, script):
    lines = script.splitlines() or ['']
    line = getattr(error, 'lineno', None)
    message = getattr(error, 'msg', None) or str(error) or 'too deeply nested'
    name = type(error).__name__ if isinstance(error, SyntaxError) else 'SyntaxError'
    if line is not None and line > len(lines):
        return failed('syntax', f'{name}: {message}', len(lines), len(lines[-1]) + 1)
    column = None if line is None else max(1, error.offset or 1)
    return failed('syntax', f'{name}: {message}', line, column)
`

/** What becomes JSON: None, bool, int, float, str, list, tuple (a list) and dict. All else is refused, with its place. */
const RESULT = `
MAX_INT = 2 ** 53 - 1
MAX_DEPTH = 1000
NEAR = {
    set: 'sorted(…) or list(…)', frozenset: 'sorted(…) or list(…)', range: 'list(…)', map: 'list(…)', filter: 'list(…)',
    zip: 'list(…)', enumerate: 'list(…)', reversed: 'list(…)', types.GeneratorType: 'list(…)', bytes: '.decode()',
    bytearray: '.decode()', type({}.keys()): 'list(…)', type({}.values()): 'list(…)', type({}.items()): 'dict(…)',
}

class Flaw(Exception):
    def __init__(self, what):
        self.what, self.steps = what, []

class TooLarge(Exception):
    pass

class BadValue(Exception):
    def __init__(self, kind, message):
        self.kind, self.message = kind, message

class Checker:
    def __init__(self, budget):
        # What is left of the characters, when each part is counted at its shortest: one, and a comma or colon.
        self.budget = budget

    def check(self, value, depth=0):
        if value is None or value is True or value is False:
            return
        if isinstance(value, str):
            self.spend(len(value) + 1)
        elif isinstance(value, int):
            if not -MAX_INT <= value <= MAX_INT:
                raise Flaw('is an integer beyond 2**53 - 1, which JSON does not hold exactly; use str(…)')
        elif isinstance(value, float):
            if value - value != 0:
                raise Flaw(f'is {float.__repr__(value)}, which JSON cannot hold')
        elif depth > MAX_DEPTH:
            raise Flaw(f'is circular or over {MAX_DEPTH} levels deep')
        elif isinstance(value, dict):
            self.spend(5 * len(value) or 1)
            for key, part in dict.items(value):
                if not isinstance(key, str):
                    raise Flaw(f'has the key {short(repr(key), 60)}, which is no str; use str(…)')
                self.spend(len(key))
                self.enter(key, part, depth)
        elif isinstance(value, (list, tuple)):
            self.spend(2 * len(value) or 1)
            kinds = set(map(type, value))
            # Most lists are rows of numbers: they are judged without a step for each.
            if kinds == INTS and -MAX_INT <= min(value) and max(value) <= MAX_INT:
                return
            if kinds == FLOATS and math.isfinite(sum(value)):
                return
            for index, part in enumerate(value):
                self.enter(index, part, depth)
        else:
            kind = type(value)
            advice = f'; use {NEAR[kind]}' if kind in NEAR else ''
            raise Flaw(f'is a {kind.__name__}, which JSON cannot hold{advice}')

    def enter(self, step, value, depth):
        try:
            self.check(value, depth + 1)
        except Flaw as flaw:
            flaw.steps.append(step)
            raise

    def spend(self, size):
        self.budget -= size
        if self.budget < 0:
            raise TooLarge

INTS, FLOATS = {int}, {float}

def place(steps):
    text = ''
    for step in reversed(steps):
        if isinstance(step, int):
            text += f'[{step}]'
        else:
            text += f'.{step}' if step.isascii() and step.isidentifier() else f'[{json.dumps(step)}]'
        if len(text) > 120:
            return text[:60] + '…'
    return text

# The JSON text of a value, or a BadValue that says what is wrong with it.
def json_text(value, limit, name):
    depth = sys.getrecursionlimit()
    sys.setrecursionlimit(10 * MAX_DEPTH)
    try:
        Checker(limit).check(value)
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(',', ':'))
        try:
            size = len(text) if text.isascii() else len(text.encode('utf-16-le')) // 2
        except UnicodeEncodeError:    # half of a pair of surrogates, which only an escape can say
            text = json.dumps(value, separators=(',', ':'))
            size = len(text)
        if size > limit:
            raise TooLarge
        return text
    except Flaw as flaw:
        raise BadValue('bad_result', f'{name}{place(flaw.steps)} {flaw.what}') from None
    except TooLarge:
        raise BadValue('result_too_large', f'the {name} has more than {limit} characters of JSON (maxResult)') from None
    except (TypeError, ValueError) as error:    # something that lies about its class
        raise BadValue('bad_result', f'{name} cannot be written as JSON: {short(str(error))}') from None
    finally:
        sys.setrecursionlimit(depth)
`

const RUN = `
def short(text, limit=2000):
    return text if len(text) <= limit else text[:limit] + '…'

def threw(error):
    kind = 'tool_timeout' if isinstance(error, LateTool) else 'runtime'
    try:
        text = str(error)
    except BaseException:
        text = 'an error that cannot be shown'
    name = type(error).__name__
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == FILE:
            line = step.tb_lineno
        step = step.tb_next
    return failed(kind, short(f'{name}: {text}' if text else name), line)

# Runs the script on one input, and gives the fields of its item; None when memory ran out.
def run(code, is_body, inputs, job):
    module = types.ModuleType('__main__')
    names = module.__dict__
    names.update(inputs=inputs, __builtins__=builtins)
    tools = offer(job, names)
    sys.modules['__main__'] = module
    random.seed(job['seed'])
    try:
        exec(code, names)
        value = names.pop(RETURNED)() if is_body else ...
        if value is ...:
            if 'result' not in names:
                return failed('no_result', 'the script left no result: assign "result"')
            value = names['result']
        return '"v":' + json_text(value, job['maxResult'], 'result')
    except BadValue as bad:
        return failed(bad.kind, bad.message)
    except MemoryError:
        names.clear()
    except BaseException as error:
        return threw(error)
    finally:
        tools.close()

# Does a job: an item for each of its inputs, and then nothing more.
def work(job, text, tell):
    limit = job['maxOutput']
    spent = failed('out_of_memory', 'MemoryError')
    try:
        flaw, (code, is_body) = None, compiled(job['script'])
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        flaw = misspelt(error, job['script'])
    try:
        inputs = json.loads(text)
    except MemoryError:
        flaw, inputs = spent, [None]
    if job.get('now') is not None:
        stop_clock(job['now'])
    outputs = sys.stdout, sys.stderr
    for value in inputs:
        tell(ITEM, item(flaw or run(code, is_body, value, job) or spent, limit))
        for output in outputs:
            output.begin(limit)
`

export const WORKER = `${OUTPUTS}${COMPILE}${RESULT}${PYTHON_TOOLS}${CLOCK}${RUN}`
