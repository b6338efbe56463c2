// The desk of one script on one input: it reads the script's calls of tools, performs them side by side, and writes
// their answers in the order of the calls, so that what a script does never depends on which tool was quicker.
// Calls come from a child, which is trusted with nothing; tools are the caller's own code, which may throw, hang or answer
// what is not JSON. Nothing here throws or rejects, and no call is ever made twice.

import { hasInfinity, isDeepText, isDeepValue, isHugeText, type Json, jsonText, MAX_DEPTH } from './json.ts'
import type { ReadyTool, Toolbox, ToolCallOptions } from './tools.ts'

/** One call, as a script made it. */
export interface ToolCall {
  readonly name: string
  readonly input: Json
  /** Why no tool is to see the input, if so. */
  readonly flaw: string | undefined
}

/** Calls of one script that are performed at once; more wait for them. */
const AT_ONCE = 32
/** The answers of one batch may have so many times the characters that one answer may have. */
const BATCH_SHARE = 8
const MAX_MESSAGE = 2000

/** The calls in the text of a child, or `undefined` when it holds no calls. */
export function readToolCalls(text: string): ToolCall[] | undefined {
  let items: unknown
  try {
    items = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(items) || items.length === 0) return undefined
  if (isHugeText(text) && hasInfinity(items)) return undefined
  const mayHaveProto = /__proto__|\\u/.test(text)
  // An input stands in a call, and that in a list of calls.
  const mayBeDeep = isDeepText(text, MAX_DEPTH + 3)
  const calls: ToolCall[] = []
  for (const item of items) {
    if (!Array.isArray(item) || item.length !== 2 || typeof item[0] !== 'string') return undefined
    const [name, input] = item as [string, Json]
    let flaw: string | undefined
    // Whoever gets an input may walk through it by recursion, or merge objects and take such a key for a prototype.
    if (mayBeDeep && isDeepValue(input)) flaw = `input is over ${MAX_DEPTH} levels deep`
    else if (mayHaveProto && hasProtoKey(input)) flaw = 'input has a key __proto__'
    calls.push({ name, input, flaw })
  }
  return calls
}

/** Kinds of answers, as a context reads them: `[kind, value or message]`. */
const VALUE = 0
const ERROR = 1
const TIMEOUT = 2

export class ToolDesk {
  readonly #toolbox: Toolbox
  readonly #index: number
  readonly #maxResult: number
  /** How to end each call under way. */
  readonly #underWay = new Set<() => void>()
  #isClosed = false

  /** `index` says which input it is; `maxResult` is how many characters of JSON one answer may have. */
  constructor(toolbox: Toolbox, index: number, maxResult: number) {
    this.#toolbox = toolbox
    this.#index = index
    this.#maxResult = maxResult
  }

  /** The answers of all calls, in their order, as JSON text. */
  async perform(calls: readonly ToolCall[]): Promise<string> {
    const most = this.#maxResult * BATCH_SHARE
    const answers: string[] = new Array(calls.length)
    let room = most
    let next = 0
    const work = async () => {
      while (next < calls.length && !this.#isClosed) {
        const at = next++
        const call = calls[at]!
        if (room > 0) answers[at] = await this.#answer(call)
        room -= answers[at]?.length ?? 0
        if (room <= 0)
          answers[at] = refused(call, `calls made together were answered with over ${most} characters`)
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, calls.length) }, work))
    return `[${answers.join(',')}]`
  }

  /** Ends what is under way: the script is gone. */
  close(): void {
    this.#isClosed = true
    for (const end of this.#underWay) end()
  }

  /** The answer of one call. A tool that does not heed its signal is left to itself. */
  #answer(call: ToolCall): Promise<string> {
    const tool = this.#toolbox.find(call.name)
    if (!tool) return Promise.resolve(refused(call, 'there is no such tool'))
    return new Promise(resolve => {
      const controller = new AbortController()
      const finish = (answer: string) => {
        clearTimeout(timer)
        this.#underWay.delete(end)
        resolve(answer)
      }
      const end = () => {
        finish(refused(call, 'the script was ended'))
        controller.abort(new DOMException('the script was ended', 'AbortError'))
      }
      const late = () => {
        const message = `tools.${call.name} took over ${tool.timeout} ms`
        finish(JSON.stringify([TIMEOUT, message]))
        controller.abort(new DOMException(message, 'TimeoutError'))
      }
      const timer = setTimeout(late, tool.timeout)
      this.#underWay.add(end)
      const options = { abortSignal: controller.signal, index: this.#index }
      perform(tool, call, options, this.#maxResult).then(finish, (thrown: unknown) =>
        finish(refused(call, messageOf(thrown))),
      )
    })
  }
}

async function perform(
  tool: ReadyTool,
  call: ToolCall,
  options: ToolCallOptions,
  maxResult: number,
): Promise<string> {
  if (call.flaw !== undefined) throw new Error(call.flaw)
  const input = await tool.checkInput(call.input)
  const output = await tool.execute(input, options)
  const text = jsonText(await tool.checkOutput(output ?? null), 'output')
  if (text.length > maxResult) throw new Error(`output has over ${maxResult} characters of JSON (maxResult)`)
  return `[${VALUE},${text}]`
}

function refused({ name }: ToolCall, why: string): string {
  return JSON.stringify([ERROR, `tools.${name}: ${why}`])
}

/** What is told of an error: its message, and never its stack, which knows the host. */
function messageOf(thrown: unknown): string {
  let text = 'failed'
  try {
    text = thrown instanceof Error ? thrown.message : String(thrown)
  } catch {
    // What cannot be turned into text is not told.
  }
  return text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE)}…`
}

function hasProtoKey(value: Json): boolean {
  const left: Json[] = [value]
  for (let item = left.pop(); item !== undefined; item = left.pop()) {
    if (typeof item !== 'object' || item === null) continue
    if (Object.hasOwn(item, '__proto__')) return true
    for (const part of Object.values(item)) left.push(part)
  }
  return false
}
