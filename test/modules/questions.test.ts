import { expect } from 'chai'
import {
  type LanguageFunction,
  LanguageModelError,
  languageModelsOf,
  type Question,
} from '../../src/modules/index.ts'
import { Questions } from '../../src/modules/questions.ts'
import { Spending } from '../../src/modules/spending.ts'

const question = (content: string, more: Partial<Question> = {}): Question => ({
  languageModel: 'default',
  messages: [{ role: 'user', content }],
  ...more,
})
const over = (like: LanguageFunction, concurrency = 2, onFailure?: 'throw') =>
  new Questions({
    spending: new Spending(languageModelsOf(like), {}, undefined),
    concurrency,
    signal: undefined,
    onFailure,
  })

describe('Questions', () => {
  it('answers in the order asked, whatever comes first, and counts', async () => {
    const slow: LanguageFunction = async ({ messages }) => {
      const [{ content } = { content: '' }] = messages
      await new Promise(resolve => setTimeout(resolve, content === 'a' ? 15 : 0))
      return { text: content.toUpperCase(), usage: { inputTokens: 2 } }
    }
    const questions = over(slow)
    const answers = await questions.ask(['a', 'b', 'c'].map(each => question(each)))
    expect(answers.map(answer => answer.ok && answer.value)).to.deep.equal(['A', 'B', 'C'])
    expect(questions.asked).to.deep.equal({
      questions: 3,
      usage: { inputTokens: 6, outputTokens: undefined, cachedTokens: undefined, reasoningTokens: undefined },
      cost: 0,
    })
  })

  it('gives values that fit the schema, and asks once more for one that does not', async () => {
    const replies = ['no', '{"x":1}']
    const schema = { type: 'object', properties: { x: { type: 'integer' } }, required: ['x'] } as const
    const [answer] = await over(() => replies.shift() ?? '').ask([question('q', { schema })])
    expect(answer).to.deep.include({ ok: true, value: { x: 1 } })
  })

  it('makes an answer of a failure, and an error of a model that cannot be used', async () => {
    const failing = over(() => {
      throw new Error('too hot')
    })
    expect(await failing.ask([question('q')])).to.deep.equal([
      { ok: false, kind: 'failed', message: 'too hot' },
    ])
    const unpaid = over(() => {
      throw new LanguageModelError('misconfigured', 'no money left')
    })
    expect(await unpaid.ask([question('q')]).catch(String)).to.contain('no money left')
    const other = await over(() => '')
      .ask([question('q', { languageModel: 'large' })])
      .catch(String)
    expect(other).to.contain("there is no language model 'large'")
  })

  it('throws for what no question is to blame for, if it is told to', async () => {
    const gone: LanguageFunction = () => {
      throw new LanguageModelError('unavailable', 'nobody there')
    }
    const odd: LanguageFunction = () => ({ text: 'half', finishReason: 'length' })
    expect(
      await over(gone, 1, 'throw')
        .ask([question('q')])
        .catch(String),
    ).to.contain('nobody there')
    expect(await over(odd, 1, 'throw').ask([question('q')])).to.deep.equal([
      { ok: false, kind: 'cut_off', message: 'the reply was cut off at the most tokens it may have' },
    ])
  })
})
