import { expect } from 'chai'
import { exactMatch } from '../../src/modules/index.ts'
import { Scorer } from '../../src/modules/scorer.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { SCRIPT_PATH, samplesOf, scriptProgram } from '../support/script-programs.ts'

const samples = samplesOf(x => x)
const right = () => scriptProgram('result = { y: inputs.x }')
const wrong = scriptProgram('result = { y: 0 }')

const scorerOn = (runner: FakeRunner, concurrency = 4) =>
  new Scorer({ reward: exactMatch(), runner, concurrency })

describe('Scorer', () => {
  it('answers in the order asked, whatever finishes first', async () => {
    const runner = new FakeRunner({ delay: script => (script.includes('inputs') ? 15 : 0) })
    const scores = await scorerOn(runner).scoreAll([right(), wrong, right()], samples)
    expect(scores.map(score => score?.reward)).to.deep.equal([1, 0, 1])
  })

  it('runs equal programs once, also when asked again', async () => {
    const scorer = scorerOn(new FakeRunner())
    await scorer.scoreAll([right(), right(), wrong], samples)
    await scorer.score(right(), samples)
    expect(scorer.runs).to.equal(2)
    // Another batch of samples is another question.
    await scorer.score(right(), [...samples])
    expect(scorer.runs).to.equal(3)
  })

  it('knows a program again that came back by another way', async () => {
    const scorer = scorerOn(new FakeRunner())
    const there = wrong.rebind([[SCRIPT_PATH, 'result = { y: inputs.x }']])
    await scorer.scoreAll(
      [there, right(), there.rebind([[SCRIPT_PATH, 'result = { y: 0 }']]), wrong],
      samples,
    )
    expect(scorer.runs).to.equal(2)
  })

  it('does not keep what the machinery did wrong', async () => {
    let crashes = 1
    const scorer = scorerOn(new FakeRunner({ fail: () => (crashes-- > 0 ? 'crashed' : undefined) }))
    expect((await scorer.score(right(), samples)).failures).to.equal(1)
    expect((await scorer.score(right(), samples)).failures).to.equal(0)
  })

  it('keeps what the script did wrong', async () => {
    const scorer = scorerOn(new FakeRunner({ fail: () => 'timeout' }))
    await scorer.score(right(), samples)
    await scorer.score(right(), samples)
    expect(scorer.runs).to.equal(1)
  })

  it('runs no more at a time than it may', async () => {
    const runner = new FakeRunner({ delay: () => 2 })
    const programs = [1, 2, 3, 4, 5].map(y => scriptProgram(`result = { y: ${y} }`))
    await scorerOn(runner, 2).scoreAll(programs, samples)
    expect(runner.mostUnderWay).to.equal(2)
  })

  it('leaves out what was cut off, and what was not begun in time', async () => {
    const controller = new AbortController()
    const scorer = scorerOn(new FakeRunner({ delay: () => 20 }))
    setTimeout(() => controller.abort(), 5)
    expect(await scorer.scoreAll([right()], samples, { signal: controller.signal })).to.deep.equal([
      undefined,
    ])
    expect(await scorer.scoreAll([right()], samples, { isOver: () => true })).to.deep.equal([undefined])
    expect(await scorer.scoreAll([right()], samples))
      .to.have.property('0')
      .that.includes({ reward: 1 })
  })

  it('throws for a base program that cannot be run, and not for one that fails', async () => {
    const broken = scorerOn(new FakeRunner({ fail: () => 'unavailable' }))
    const failed = await broken.scoreBase(right(), samples).catch(String)
    expect(failed).to.equal('Error: the program cannot be run: made to fail as unavailable')
    expect((await scorerOn(new FakeRunner()).scoreBase(scriptProgram('no()'), samples)).failures).to.equal(4)
  })
})
