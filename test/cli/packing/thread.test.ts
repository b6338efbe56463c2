import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect } from 'chai'
import { bestFit } from '../../../src/cli/packing/rules.ts'
import { threadFile, trainingSet } from '../../../src/cli/packing/search.ts'
import { waste } from '../../../src/cli/packing/simulate.ts'

describe('a thread of packing', () => {
  it('answers with the waste of a rule on the training instances', async () => {
    const worker = new Worker(threadFile(), { workerData: { kind: 'or3', seed: 4 } })
    worker.postMessage(bestFit.toJsonString())
    const [answer] = await once(worker, 'message')
    await worker.terminate()
    expect(answer).to.eql({ reward: waste(bestFit, trainingSet('or3', 4)) })
  }).timeout(20_000)
})
