// Tools in Python, as source text for a worker: plain functions, since a script that waits for an answer can simply wait.
// `tools.search(q='x')` sends its keyword arguments as one record, or its one argument as it is, and gives the
// answer or raises a ToolError. The frames are those of JavaScript, with one call in each.

/** Shares the names of the worker: `json_text`, `BadValue`, and the ways to its keeper. */
export const PYTHON_TOOLS = `
class ToolError(Exception):
    def __init__(self, message, tool=None):
        super().__init__(message)
        self.tool = tool

class LateTool(ToolError):
    pass

LateTool.__name__ = LateTool.__qualname__ = 'ToolError'

class Tools:
    def __init__(self, job):
        self.made, self.most, self.limit = 0, job.get('maxToolCalls', 0), job['maxResult']
        self.is_open = True
        self.turn = threading.Lock()

    def function(self, name):
        def call(*inputs, **named):
            if len(inputs) > 1 or (inputs and named):
                raise ToolError(f'tools.{name}: takes named arguments or one input, got {len(inputs)} and {len(named)} named', name)
            try:
                text = json_text(inputs[0] if inputs else named, self.limit, 'input')
            except BadValue as bad:
                raise ToolError(f'tools.{name}: {bad.message}', name) from None
            with self.turn:
                return self.ask(name, text)
        call.__name__ = call.__qualname__ = name
        return call

    def ask(self, name, text):
        if not self.is_open:
            raise ToolError(f'tools.{name}: called after the script had ended', name)
        if self.made >= self.most:
            raise ToolError(f'tools.{name}: a script may call tools {self.most} times at most (maxToolCalls)', name)
        self.made += 1
        tell(CALLS, f'[[{json.dumps(name)},{text}]]')
        (kind, value), = json.loads(hear())
        if kind == 0:
            return value
        raise (LateTool if kind == 2 else ToolError)(value, name)

    def close(self):
        self.is_open = False

# The tools by name; of one that is not there it tells which are.
class Named:
    def __init__(self, functions):
        self.__dict__.update(functions)

    def __getattr__(self, name):
        raise AttributeError(f'there is no tool {name}; there are {", ".join(self.__dict__)}')

# Puts the tools of a job among the names of a script, where there are any.
def offer(job, names):
    tools = Tools(job)
    if job.get('tools'):
        names['tools'] = Named({name: tools.function(name) for name in job['tools']})
        names['ToolError'] = ToolError
    return tools
`
