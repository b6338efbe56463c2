import { expect } from 'chai'
import { exactMatch, type Sequential } from '../../src/modules/index.ts'
import { type Job, Scorer } from '../../src/modules/scorer.ts'
import { Spending } from '../../src/modules/spending.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { SCRIPT_PATH, samplesOf, scriptProgram } from '../support/script-programs.ts'

const samples = samplesOf(x => x)
const right = () => scriptProgram('result = { y: inputs.x }')
const wrong = scriptProgram('result = { y: 0 }')

const jobs = (...programs: readonly Sequential[]): Job[] => programs.map(program => ({ program, samples }))

const scorerOn = (runner: FakeRunner, concurrency = 4) =>
  new Scorer({ reward: exactMatch(), runner, concurrency, spending: new Spending({}, {}, undefined) })

describe('Scorer', () => {
  it('answers in the order asked, whatever finishes first', async () => {
    const runner = new FakeRunner({ delay: script => (script.includes('inputs') ? 15 : 0) })
    const scores = await scorerOn(runner).scoreAll(jobs(right(), wrong, right()))
    expect(scores.map(score => score?.reward)).to.deep.equal([1, 0, 1])
  })

  it('runs equal programs once, also when asked again', async () => {
    const scorer = scorerOn(new FakeRunner())
    await scorer.scoreAll(jobs(right(), right(), wrong))
    await scorer.score(right(), samples)
    expect([scorer.programs, scorer.runs]).to.deep.equal([2, 8])
  })

  it('knows a program again that came back by another way', async () => {
    const scorer = scorerOn(new FakeRunner())
    const there = wrong.rebind([[SCRIPT_PATH, 'result = { y: inputs.x }']])
    const back = there.rebind([[SCRIPT_PATH, 'result = { y: 0 }']])
    await scorer.scoreAll(jobs(there, right(), back, wrong))
    expect(scorer.programs).to.equal(2)
  })

  it('does not keep what the machinery did wrong', async () => {
    let crashes = 1
    const scorer = scorerOn(new FakeRunner({ fail: () => (crashes-- > 0 ? 'crashed' : undefined) }))
    expect((await scorer.score(right(), samples))?.failures).to.equal(1)
    expect((await scorer.score(right(), samples))?.failures).to.equal(0)
  })

  it('keeps what the script did wrong', async () => {
    const scorer = scorerOn(new FakeRunner({ fail: () => 'timeout' }))
    await scorer.score(right(), samples)
    await scorer.score(right(), samples)
    expect(scorer.programs).to.equal(1)
  })

  it('runs a known program on the samples that are new to it', async () => {
    const runner = new FakeRunner()
    const scorer = scorerOn(runner)
    await scorer.score(right(), samples.slice(0, 2))
    await scorer.scoreAll([
      { program: right(), samples: samples.slice(1, 3) },
      { program: right(), samples: samples.slice(2) },
    ])
    expect(runner.calls.map(({ count }) => count)).to.deep.equal([2, 2])
    expect(scorer.runs).to.equal(4)
  })

  it('records what happened when asked, and runs again what was not recorded', async () => {
    const scorer = scorerOn(new FakeRunner())
    const program = scriptProgram('console.log(inputs.x); if (inputs.x > 1) no(); result = { y: 1 }')
    const two = samples.slice(0, 2)
    await scorer.score(program, two)
    const [score] = await scorer.scoreAll([{ program, samples: two, isRecorded: true }])
    const [first, second] = score?.records ?? []
    expect(first).to.deep.equal({
      output: { y: 1 },
      reward: 1,
      traces: [
        {
          path: 'modules[0]',
          input: { x: 1 },
          output: { y: 1 },
          defaulted: false,
          stdout: '1\n',
          stderr: '',
        },
      ],
    })
    expect(second).to.deep.include({
      reward: 0,
      error: { kind: 'runtime', message: 'ReferenceError: no is not defined' },
    })
    await scorer.scoreAll([{ program, samples: two, isRecorded: true }])
    expect(scorer.runs).to.equal(4)
  })

  it('leaves out the jobs that would run more samples than it may', async () => {
    const scorer = scorerOn(new FakeRunner())
    const few = { program: wrong, samples: samples.slice(0, 2) }
    const many = { program: right(), samples }
    const scores = await scorer.scoreAll([few, many, few], { maxRuns: 5 })
    expect(scores.map(score => score?.rewards.length)).to.deep.equal([2, undefined, 2])
    expect(scorer.runs).to.equal(2)
  })

  it('runs no more at a time than it may', async () => {
    const runner = new FakeRunner({ delay: () => 2 })
    const programs = [1, 2, 3, 4, 5].map(y => scriptProgram(`result = { y: ${y} }`))
    await scorerOn(runner, 2).scoreAll(jobs(...programs))
    expect(runner.mostUnderWay).to.equal(2)
  })

  it('leaves out what was cut off, and what was not begun in time', async () => {
    const controller = new AbortController()
    const scorer = scorerOn(new FakeRunner({ delay: () => 20 }))
    setTimeout(() => controller.abort(), 5)
    expect(await scorer.scoreAll(jobs(right()), { signal: controller.signal })).to.deep.equal([undefined])
    expect(await scorer.scoreAll(jobs(right()), { isOver: () => true })).to.deep.equal([undefined])
    expect(await scorer.scoreAll(jobs(right())))
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
