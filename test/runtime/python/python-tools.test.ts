import { expect } from 'chai'
import { type Json, type Outcome, Sandbox, type Tools } from '../../../src/runtime/index.ts'
import { needsPython } from './needs.ts'

const short = (outcome: Outcome): Json => (outcome.ok ? outcome.value : `${outcome.kind}: ${outcome.message}`)

describe('the tools of a Python script', function () {
  this.timeout(20_000)
  const heard: unknown[] = []
  const tools: Tools = {
    add: ({ a, b }: { a: number; b: number }) => a + b,
    echo: async (input: unknown) => {
      heard.push(input)
      return input
    },
    fail: () => {
      throw new Error('no luck')
    },
    slow: { timeout: 50, execute: () => new Promise(() => {}) },
    wait: (ms: number) => new Promise(resolve => setTimeout(() => resolve(ms), ms)),
    'two-words': () => 'yes',
  }
  const sandbox = new Sandbox({
    language: 'python',
    allowUnsandboxedPython: true,
    timeout: 2000,
    maxToolCalls: 5,
    maxResult: 400_000,
    tools,
  })
  before(needsPython)
  after(() => sandbox.close())

  const value = async (script: string, inputs: Json = null, timeout = 2000) =>
    short(await sandbox.run(script, inputs, { timeout }))

  it('are functions that wait for their answer', async () => {
    expect(await value('result = tools.add(a=tools.add(a=1, b=2), b=inputs)', 3)).to.equal(6)
    expect(await value('result = [tools.echo(), tools.echo([1, (2,)]), tools.echo(x="é𝒳")]')).to.deep.equal([
      {},
      [1, [2]],
      { x: 'é𝒳' },
    ])
    expect(await value('result = getattr(tools, "two-words")()')).to.equal('yes')
    expect(await sandbox.run('result = tools.echo("a" * 300_000)[:2]', null)).to.include({
      value: 'aa',
      toolCalls: 1,
    })
  })

  it('raise what they fail with', async () => {
    const script = 'try:\n  tools.fail()\nexcept ToolError as error:\n  result = [str(error), error.tool]'
    expect(await value(script)).to.deep.equal(['tools.fail: no luck', 'fail'])
    expect(await value('tools.fail()')).to.equal('runtime: ToolError: tools.fail: no luck')
    expect(await value('tools.slow()')).to.equal('tool_timeout: ToolError: tools.slow took over 50 ms')
    expect(await value('try: tools.slow()\nexcept ToolError: result = 1')).to.equal(1)
    expect(await value('tools.nothing()')).to.match(
      /^runtime: AttributeError: there is no tool nothing; there are .*echo/,
    )
  })

  it('take JSON only, and so many calls', async () => {
    heard.length = 0
    expect(await value('tools.echo({1, 2})')).to.match(/^runtime: ToolError: tools.echo: input is a set/)
    expect(await value('tools.echo(x=[b""])')).to.match(/tools.echo: input.x\[0\] is a bytes/)
    expect(await value('tools.echo(1, x=2)')).to.match(/takes named arguments or one input/)
    expect(await value('tools.echo("x" * 400_000)')).to.match(/the input has more than 400000 characters/)
    expect(heard).to.deep.equal([])
    const script =
      'made = 0\ntry:\n  while True:\n    tools.echo()\n    made += 1\nexcept ToolError as error: result = [made, str(error)]'
    expect(await value(script)).to.deep.equal([
      5,
      'tools.echo: a script may call tools 5 times at most (maxToolCalls)',
    ])
  })

  it('do not use up the time of the script, whose own time still ends', async () => {
    expect(await value('result = [tools.wait(150), tools.wait(150)]', null, 100)).to.deep.equal([150, 150])
    expect(await value('tools.wait(50)\nwhile True: pass', null, 100)).to.match(/^timeout: /)
  })

  it('serve each input of many on its own', async () => {
    const script = 'if inputs == 1: tools.fail()\nresult = tools.add(a=inputs, b=1)'
    for (const context of ['input', 'script'] as const) {
      const outcomes = await sandbox.runMany(script, [0, 1, 2], { context })
      expect(outcomes.map(short)).to.deep.equal([1, 'runtime: ToolError: tools.fail: no luck', 3])
    }
  })

  it('are not there when there are none', async () => {
    expect(short(await sandbox.run('tools.echo()', null, { tools: {} }))).to.match(/^runtime: NameError/)
  })

  it('cannot be called in a way of the script’s own without costing it its run alone', async () => {
    const forge = (text: string) => `
import os, struct
text = ${JSON.stringify(text)}.encode()
os.write(3, struct.pack('<cI', b'c', len(text)) + text)
result = 1`
    const forged = [
      '[["nothing",1]]',
      '[]',
      'x',
      '[["echo",{"__proto__":1}]]',
      JSON.stringify(Array(6).fill(['echo', 1])),
    ]
    for (const text of forged) expect(await value(forge(text)), text).to.match(/^(?:1$|crashed)/)
    expect(await value('result = tools.echo(2)')).to.equal(2)
  })
})
