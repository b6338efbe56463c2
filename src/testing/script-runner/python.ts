// The script runner suite in Python.

import type { RunnerScripts } from './scripts.ts'

export const python: RunnerScripts = {
  echo: 'result = inputs',
  constant: value => `import json\nresult = json.loads(${JSON.stringify(JSON.stringify(value))})`,
  double: 'result = inputs * 2',
  otherEchoes: [
    'def main():\n    global result\n    result = inputs\nmain()',
    'from copy import deepcopy\nresult = deepcopy(inputs)',
  ],
  noResult: 'x = 1',
  badResults: {
    'a function': 'result = lambda: 1',
    'a function in a list': 'result = [lambda: 1]',
    'NaN in a record': "result = {'a': [float('nan')]}",
    infinity: "result = float('inf')",
    'a circle': 'a = []\na.append(a)\nresult = a',
    'a set': 'result = {1, 2}',
    'a generator': 'result = (x for x in [1])',
    'an object': 'class A: pass\nresult = A()',
    bytes: "result = b'x'",
  },
  text: "result = 'x' * inputs",
  change: "inputs.append(4)\ninputs[0] = 'changed'\nresult = inputs",
  print: "import sys\nprint('out')\nprint('err', file=sys.stderr)\nresult = 1",
  printMuch: "for i in range(inputs):\n    print('123456789')\nresult = 1",
  fail: "print('before')\nraise ValueError('on purpose')",
  failOnNegative: "if inputs < 0:\n    raise ValueError('negative')\nresult = inputs",
  syntaxErrors: ['result = 1\nresult = = 2', 'if True:\nresult = 1', "x = 1\nresult = 'open"],
  recursion: 'def f():\n    return f() + 1\nresult = f()',
  loop: 'while True: pass',
  loopOnDemand: "while inputs == 'loop': pass\nresult = inputs",
  stubborn: {
    'a loop that catches all':
      'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
    'a built-in that takes long': 'pow(7 ** 100000, 7 ** 100000, 10 ** 100000)',
    'a regular expression': "import re\nre.match('^(a+)+$', 'a' * 60 + 'b')",
    'deafness to signals':
      'import signal\nfor number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):\n    try: signal.signal(number, signal.SIG_IGN)\n    except BaseException: pass\nwhile True: pass',
    'the message of an error':
      'class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E()',
  },
  bomb: "data = []\nwhile inputs == 'bomb':\n    data.append(bytearray(1 << 20))\nresult = inputs",
  spend:
    'import time\nend = time.monotonic() + inputs / 1000\nwhile time.monotonic() < end: pass\nresult = inputs',
  exits: [
    'import os\nos._exit(0)',
    'import sys\nsys.exit(0)',
    'import os\nos.abort()',
    'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)',
  ],
  leaveMarks: `import builtins, math, random, sys
builtins.mark = 1
math.sqrt = lambda x: 'mark'
sys.modules['mark'] = math
globals()['mark'] = 1
builtins.hex = lambda x: 'mark'
random.random = lambda: 'mark'
print('mark')
inputs = 'mark'`,
  findMarks: `import math, random, sys
found = []
try:
    mark
    found.append('global')
except NameError:
    pass
if random.random() == 'mark': found.append('random')
if math.sqrt(4) != 2: found.append('math')
if 'mark' in sys.modules: found.append('module')
if hex(1) != '0x1': found.append('hex')
result = found`,
  random: 'import random\nresult = [random.random(), random.random(), random.random()]',
  now: 'import time\nresult = int(time.time() * 1000)',
  callTool: 'result = tools.add(a=inputs, b=1)',
  catchTool: 'try:\n    tools.refuse()\nexcept ToolError as error:\n    result = str(error)',
  comment: length => `#${'x'.repeat(length - 1)}`,
}
