import { expect } from 'chai'
import { readToolCalls, type ToolCall, ToolDesk } from '../../src/runtime/tool-desk.ts'
import { Toolbox, type Tools } from '../../src/runtime/tools.ts'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const call = (name: string, input: ToolCall['input'] = null): ToolCall => ({ name, input, flaw: undefined })

function newDesk(tools: Tools, { timeout = 1000, maxResult = 1000 } = {}) {
  const desk = new ToolDesk(new Toolbox(tools, timeout), 7, maxResult)
  const perform = async (...calls: ToolCall[]) => JSON.parse(await desk.perform(calls)) as unknown
  return { desk, perform }
}

describe('readToolCalls', () => {
  const flaws = (text: string) => readToolCalls(text)?.map(({ flaw }) => flaw)
  const nested = (levels: number, core = '') => '['.repeat(levels) + core + ']'.repeat(levels)

  it('reads names and inputs', () => {
    expect(readToolCalls('[["a",1],["b",{"c":[]}]]')).to.deep.equal([call('a', 1), call('b', { c: [] })])
  })

  it('takes nothing that is not exactly calls', () => {
    for (const text of [
      '',
      '[',
      '{}',
      '[]',
      'null',
      '[1]',
      '[["a"]]',
      '[["a",1,2]]',
      '[[1,1]]',
      '[{"0":"a","1":1}]',
    ]) {
      expect(readToolCalls(text), text).to.equal(undefined)
    }
  })

  it('sees a key __proto__, however deep and however written', () => {
    const proto = 'input has a key __proto__'
    expect(flaws('[["a",{"b":[{"__proto__":1}]}],["a","__proto__"]]')).to.deep.equal([proto, undefined])
    expect(flaws('[["a",{"\\u005f_proto__":{}}]]')).to.deep.equal([proto])
    expect(flaws(`[["a",${nested(999, '{"__proto__":1}')}]]`)).to.deep.equal([proto])
  })

  it('sees an input that is deeper than what scripts are given and may give', () => {
    const deep = 'input is over 1000 levels deep'
    expect(flaws(`[["a",${nested(1001)}],["b",1]]`)).to.deep.equal([undefined, undefined])
    expect(flaws(`[["a",${nested(1002)}],["b",1]]`)).to.deep.equal([deep, undefined])
    expect(flaws(`[["a",${nested(100_000)}]]`)).to.deep.equal([deep])
  })
})

describe('the desk of tools', () => {
  it('answers in the order of the calls, with the input it serves', async () => {
    const { perform } = newDesk({ wait: (ms: number, { index }) => pause(ms).then(() => [ms, index]) })
    expect(await perform(call('wait', 30), call('wait', 1))).to.deep.equal([
      [0, [30, 7]],
      [0, [1, 7]],
    ])
  })

  it('performs 32 at once', async () => {
    let now = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++now)
      await pause(2)
      now--
    }
    const { perform } = newDesk({ work })
    expect(await perform(...new Array(100).fill(call('work')))).to.deep.equal(new Array(100).fill([0, null]))
    expect(most).to.equal(32)
  })

  it('answers with a message, whatever a tool does', async () => {
    class Odd {}
    const { perform } = newDesk({
      sync: () => {
        throw new Error('sync')
      },
      async: () => Promise.reject(new Error('async')),
      text: () => Promise.reject('text'),
      nothing: () => Promise.reject(undefined),
      hostile: () =>
        Promise.reject({
          toString() {
            throw new Error('again')
          },
        }),
      long: () => Promise.reject(new Error('x'.repeat(5000))),
      odd: () => ({ list: [new Odd()] }),
      bigint: () => 1n,
      getter: () => ({
        get a(): never {
          throw new Error('got')
        },
      }),
    })
    const answers = (await perform(
      ...['sync', 'async', 'text', 'nothing', 'hostile', 'long', 'odd', 'bigint', 'getter', 'none'].map(
        name => call(name),
      ),
    )) as [number, string][]
    expect(answers.every(([kind]) => kind === 1)).to.equal(true)
    const messages = answers.map(([, message]) => message)
    expect(messages.splice(5, 1)[0]).to.have.length(2000 + 'tools.long: …'.length)
    expect(messages).to.deep.equal([
      'tools.sync: sync',
      'tools.async: async',
      'tools.text: text',
      'tools.nothing: undefined',
      'tools.hostile: failed',
      'tools.odd: output.list[0] must be JSON, got an instance of Odd; pass plain data',
      'tools.bigint: output must be JSON, got a bigint',
      'tools.getter: got',
      'tools.none: there is no such tool',
    ])
  })

  it('gives up a call that takes too long, and a result that comes later is nobody’s', async () => {
    const reasons: string[] = []
    const slow = async (ms: number, { abortSignal }: { abortSignal: AbortSignal }) => {
      await pause(ms)
      reasons.push(abortSignal.reason?.name)
      throw new Error('late')
    }
    const { perform } = newDesk({ slow }, { timeout: 20 })
    expect(await perform(call('slow', 60))).to.deep.equal([[2, 'tools.slow took over 20 ms']])
    await pause(80)
    expect(reasons).to.deep.equal(['TimeoutError'])
  })

  it('ends what is under way when it is closed, and begins nothing more', async () => {
    let begun = 0
    const never = () => {
      begun++
      return new Promise(() => {})
    }
    const { desk } = newDesk({ never })
    const performing = desk.perform(new Array(40).fill(call('never')))
    desk.close()
    await performing
    expect(begun).to.equal(32)
    await desk.perform([call('never')])
    expect(begun).to.equal(32)
  })

  it('refuses an input with a key __proto__, which tools that merge objects would take for their prototype', async () => {
    const { desk } = newDesk({ merge: (input: object) => Object.keys(Object.assign({}, input)) })
    const text = await desk.perform(readToolCalls('[["merge",{"a":{"__proto__":{"isAdmin":true}}}]]')!)
    expect(text).to.include('tools.merge: input has a key __proto__')
  })
})
