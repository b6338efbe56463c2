import { getEventListeners } from 'node:events'
import { expect } from 'chai'
import { wait, withDeadline } from '../../../src/modules/language/wait.ts'
import { failureOf } from '../../support/scripted-model.ts'

describe('wait', () => {
  it('ends with the time, or with the signal', async () => {
    const controller = new AbortController()
    await wait(1, controller.signal)
    const waiting = failureOf(wait(60_000, controller.signal))
    controller.abort()
    expect(await waiting).to.equal('cancelled: the request was cancelled')
    expect(await failureOf(wait(60_000, controller.signal))).to.match(/^cancelled/)
    expect(getEventListeners(controller.signal, 'abort')).to.have.length(0)
  })
})

describe('withDeadline', () => {
  const untilAborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

  it('aborts when time is up, and says so', async () => {
    let late = false
    await withDeadline(5, undefined, async (signal, isLate) => {
      await untilAborted(signal).catch(() => {})
      late = isLate()
    })
    expect(late).to.equal(true)
  })

  it('aborts with the given signal', async () => {
    const controller = new AbortController()
    const outcome = withDeadline(60_000, controller.signal, async (signal, isLate) => {
      await untilAborted(signal).catch(() => {})
      return isLate()
    })
    controller.abort()
    expect(await outcome).to.equal(false)
  })

  it('leaves no listener and no timer behind', async () => {
    const { signal } = new AbortController()
    expect(await withDeadline(60_000, signal, async () => 7)).to.equal(7)
    expect(getEventListeners(signal, 'abort')).to.have.length(0)
  })
})
