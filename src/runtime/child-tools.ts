// Tools, as source text for the inside of a context: a part of the prelude, and plain JavaScript like the rest of it.
// A call is recorded as a string and its promise is settled in here when the answer has come, so no function of the child's
// realm ever enters the context. Records are objects without a prototype, since a script may have put setters on
// those of all others; answers are lists, whose elements are their own.

/** Shares the closure of the prelude: `locked`, `textOf` and what `CAPTURE` captured. */
export const TOOLS = `
  let hasTools = false, isOpen = false, maxCalls = 0, made = 0
  // Calls by number: those before sent have left the context, those before heard were answered.
  let calls, called = 0, sent = 0, heard = 0
  let late
  const offer = (names, most) => {
    hasTools = true
    maxCalls = most
    calls = { __proto__: null }
    late = new WeakSet()
    const tools = { __proto__: null }
    for (const name of parse(names)) tools[name] = freeze((...inputs) => callTool(name, inputs))
    locked(globalThis, 'tools', freeze(tools))
  }
  const callTool = (name, inputs) => new RealPromise((resolve, reject) => {
    // Made here for the line of the call. Its message comes later, and V8 writes the text of a stack when it is first read.
    const error = new Error()
    const refuse = why => reject(complete(error, name, 'tools.' + name + ': ' + why))
    if (!isOpen) return refuse('called after the script had ended')
    if (inputs.length > 1) return refuse('takes one input, got ' + inputs.length)
    const text = inputs.length === 0 || inputs[0] === undefined ? '{}' : textOf(inputs[0], 'input')
    if (typeof text !== 'string') return refuse(text[1])
    // Counted after the input was written, which may have run code of the script.
    if (made++ >= maxCalls) return refuse('a script may call tools ' + maxCalls + ' times at most (maxToolCalls)')
    calls[called++] = { __proto__: null, name, text: '["' + name + '",' + text + ']', error, resolve, reject }
  })
  const complete = (error, name, message) => {
    const set = (key, value) =>
      defineProperty(error, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true })
    set('message', message)
    set('name', 'ToolError')
    set('tool', name)
    return error
  }
  const isWaitingForTools = () => sent < called
  const isLate = thrown => hasTools && apply(isIn, late, [thrown])
  // The calls that wait, as many as fit in one frame; '' when there are none.
  const takeCalls = () => {
    let text = ''
    while (sent < called && text.length < 262144) {
      text += (text === '' ? '[' : ',') + calls[sent].text
      calls[sent++].text = ''
    }
    return text === '' ? '' : text + ']'
  }
  const takeAnswers = text => {
    const answers = parse(text)
    for (let index = 0; index < answers.length; index++) {
      const { name, error, resolve, reject } = calls[heard]
      delete calls[heard++]
      const kind = answers[index][0], value = answers[index][1]
      if (kind === 0) {
        resolve(value)
        continue
      }
      if (kind === 2) apply(putIn, late, [error])
      reject(complete(error, name, value))
    }
  }
`
