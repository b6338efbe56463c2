import { expect } from 'chai'
import { modelFromEnvironment } from '../../../src/modules/language/environment.ts'
import { answers, ChatServer, says } from '../../support/chat-server.ts'
import { ask } from '../../support/scripted-model.ts'

describe('modelFromEnvironment', () => {
  it('is a server, named by two variables, that is asked again when it is busy', async () => {
    const busy = answers(429, '', { 'retry-after-ms': '1' })
    const server = await ChatServer.start(busy, says('hello'))
    try {
      const environment = {
        ESPALIER_LM_URL: server.baseURL,
        ESPALIER_LM_MODEL: 'llama',
        ESPALIER_LM_KEY: 'k',
      }
      const model = modelFromEnvironment(environment)
      expect((await model?.generate(ask('hi')))?.text).to.equal('hello')
      expect(server.requests[1]?.headers.authorization).to.equal('Bearer k')
      expect(server.requests[1]?.body.model).to.equal('llama')
      expect(modelFromEnvironment(environment)).to.equal(model)
    } finally {
      server.close()
    }
  })

  it('needs both, or neither', () => {
    expect(modelFromEnvironment({})).to.equal(undefined)
    expect(modelFromEnvironment({ ESPALIER_LM_URL: '', ESPALIER_LM_MODEL: '' })).to.equal(undefined)
    expect(() => modelFromEnvironment({ ESPALIER_LM_URL: 'http://localhost' })).to.throw(
      TypeError,
      'ESPALIER_LM_MODEL must be set as well when ESPALIER_LM_URL is',
    )
    expect(() => modelFromEnvironment({ ESPALIER_LM_MODEL: 'llama' })).to.throw(
      TypeError,
      'ESPALIER_LM_URL must be set as well when ESPALIER_LM_MODEL is',
    )
  })
})
