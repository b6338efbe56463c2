import { expect } from 'chai'
import fc from 'fast-check'
import { Queue } from '../../src/runtime/queue.ts'

class Call {
  readonly name: string
  readonly caller: string | undefined
  constructor(name: string, caller?: string) {
    this.name = name
    this.caller = caller
  }
}

/** A queue of calls, written as `caller:number`; of a letter alone, the call stands for itself. */
function queueOf(text: string) {
  const queue = new Queue<Call>()
  for (const name of text.split(' ')) queue.push(new Call(name, /^(.*):/.exec(name)?.[1]))
  return queue
}

function drain(queue: Queue<Call>): string {
  const names: string[] = []
  for (let call = queue.shift(); call; call = queue.shift()) names.push(call.name)
  return names.join(' ')
}

describe('the queue', () => {
  it('serves calls in order of arrival', () => {
    expect(drain(queueOf('a b c'))).to.equal('a b c')
  })

  it('lets callers take turns, and serves each in its order', () => {
    expect(drain(queueOf('x:1 x:2 x:3 x:4 y:1 z y:2'))).to.equal('x:1 y:1 z x:2 y:2 x:3 x:4')
  })

  it('lets a call that has more to do wait behind the others, of its own caller too', () => {
    const queue = queueOf('x:1 x:2 y:1')
    const served: string[] = []
    for (let call = queue.shift(); call && served.length < 8; call = queue.shift()) {
      served.push(call.name)
      queue.push(call)
    }
    expect(served.join(' ')).to.equal('x:1 y:1 x:2 y:1 x:1 y:1 x:2 y:1')
  })

  it('holds a call once', () => {
    const queue = queueOf('a')
    const call = new Call('b')
    queue.push(call)
    queue.push(call)
    expect([queue.has(call), queue.length]).to.deep.equal([true, 2])
    queue.remove(call)
    queue.remove(call)
    expect([queue.has(call), queue.length, drain(queue)]).to.deep.equal([false, 1, 'a'])
  })

  it('gives up all of its calls at once', () => {
    const queue = queueOf('x:1 x:2 a')
    expect(queue.clear().map(({ name }) => name)).to.deep.equal(['x:1', 'x:2', 'a'])
    expect([queue.length, queue.shift()]).to.deep.equal([0, undefined])
  })

  it('never serves a caller twice while another waits, loses none and keeps each in order', () => {
    const callers = fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 30 })
    const law = fc.property(callers, callers => {
      const queue = new Queue<Call>()
      const calls = callers.map((caller, index) => new Call(`${caller}${index}`, caller))
      for (const call of calls) queue.push(call)
      const served: Call[] = []
      for (let call = queue.shift(); call; call = queue.shift()) {
        const left = calls.filter(each => !served.includes(each))
        if (left.some(each => each.caller !== served.at(-1)?.caller)) {
          expect(call.caller).to.not.equal(served.at(-1)?.caller)
        }
        served.push(call)
      }
      for (const caller of new Set(callers)) {
        const own = (each: Call) => each.caller === caller
        expect(served.filter(own)).to.deep.equal(calls.filter(own))
      }
    })
    fc.assert(law)
  })
})
